"""What a gate answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from conference_hub.checkin.model import Badge, Direction, Moment, Scan, ScanId
from conference_hub.checkin.verdict import (
    FORCED,
    Code,
    Overruling,
    Passing,
    Place,
    Verdict,
    by_rules,
    judge,
)
from conference_hub.core.text import Text
from conference_hub.gates.model import Gate, GateId, Point, PointId, PointKind, Reentry, Window
from conference_hub.people.model import GroupId, Guest, GuestId, Mode

OPENS = datetime(2021, 12, 1, 21, 20, tzinfo=UTC)
CLOSES = datetime(2021, 12, 2, 4, 40, tzinfo=UTC)
NOON = datetime(2021, 12, 2, 0, 10, tzinfo=UTC)
GUEST = GuestId("guest-001")
SHUT = {"opens_at": "2021-12-01T21:20:00.000Z", "closes_at": "2021-12-02T04:40:00.000Z"}
MAIN = Gate(id=GateId("main"), title=Text.of("정문"), position=1)
VIP = Gate(id=GateId("vip"), title=Text.of("내빈"), position=2, groups=frozenset({GroupId("vip")}))
HALL = Point(id=PointId("hall"), title=Text.of("문"), position=1)
LUNCH = Point(
    id=PointId("lunch"),
    title=Text.of("점심"),
    position=2,
    kind=PointKind.COUNT,
    exits=False,
    reentry=Reentry.ONCE,
)
SOMEBODY = Guest(
    id=GUEST, name="석용주", label=None, organisation=None, group=GroupId("attendee"), mode=Mode.ONSITE
)


def place(gate: Gate = MAIN, point: Point = HALL) -> Place:
    window = Window(opens_at=OPENS, closes_at=CLOSES)
    return Place(gate=gate, point=point, windows=(window,), gates=(MAIN, VIP))


def scan(
    name: str,
    at: datetime = NOON,
    *,
    direction: Direction = Direction.IN,
    verdict: str = "admitted",
    point: Point = HALL,
) -> Scan:
    return Scan(
        id=ScanId(name),
        guest_id=GUEST,
        gate_id=MAIN.id,
        direction=direction,
        verdict=verdict,
        forced=False,
        counts=True,
        happened_at=at,
        at=at,
        by="접수 1",
        actor="device:1",
        point=point.id,
        door=point.kind is PointKind.DOOR,
    )


def passing(
    *earlier: Scan,
    now: Scan | None = None,
    guest: Guest = SOMEBODY,
    revoked_at: datetime | None = None,
    look: str | None = None,
) -> Passing:
    badge = Badge(token="A" * 26, guest_id=GUEST, issued_at=OPENS, revoked_at=revoked_at)
    now = now or scan("now")
    return Passing(
        guest=guest,
        badge=badge,
        reissued=False,
        look=look,
        scan=now,
        scans=earlier,
        badge_at=now.happened_at,
    )


FIRST = scan("first", NOON - timedelta(minutes=9))
LEFT = scan("left", NOON - timedelta(minutes=5), direction=Direction.OUT, verdict="left")
CAME = Moment(at=FIRST.happened_at, gate_id=MAIN.id, scan=FIRST.id)
GOING = replace(scan("now"), direction=Direction.OUT)
EARLY = scan("now", OPENS - timedelta(seconds=1))
LATE = scan("now", CLOSES + timedelta(seconds=1))
ATE = scan("ate", NOON - timedelta(minutes=9), point=LUNCH)
EATS = scan("now", point=LUNCH)
YESTERDAY = [
    replace(one, day="2021-12-01", happened_at=one.happened_at - timedelta(days=1)) for one in (FIRST, LEFT)
]
TODAY = [replace(one, day="2021-12-02") for one in (FIRST, LEFT)]
CAME_YESTERDAY = Moment(at=YESTERDAY[0].happened_at, gate_id=MAIN.id, scan=FIRST.id)
EACH_DAY = replace(scan("now"), day="2021-12-02")
ONLINE = replace(SOMEBODY, mode=Mode.ZOOM)


@pytest.mark.parametrize(
    ("somebody", "where", "answer"),
    [
        (passing(), place(), Verdict(code=Code.ADMITTED)),
        (passing(FIRST), place(), Verdict(code=Code.ALREADY_INSIDE, first=CAME)),
        (passing(FIRST, LEFT), place(), Verdict(code=Code.ADMITTED, first=CAME)),
        (passing(*YESTERDAY, now=EACH_DAY), place(), Verdict(code=Code.ADMITTED)),
        (passing(*YESTERDAY, *TODAY, now=EACH_DAY), place(), Verdict(code=Code.ADMITTED, first=CAME)),
        (passing(*YESTERDAY, now=scan("now")), place(), Verdict(code=Code.ADMITTED, first=CAME_YESTERDAY)),
        (passing(now=GOING), place(), Verdict(code=Code.NOT_INSIDE)),
        (passing(FIRST, now=GOING), place(), Verdict(code=Code.LEFT, first=CAME)),
        (passing(FIRST, LEFT, now=GOING), place(), Verdict(code=Code.NOT_INSIDE)),
        (passing(now=EARLY), place(), Verdict(code=Code.NOT_YET_OPEN, details=SHUT)),
        (passing(now=scan("now", OPENS)), place(), Verdict(code=Code.ADMITTED)),
        (passing(now=scan("now", CLOSES)), place(), Verdict(code=Code.ADMITTED)),
        (passing(now=LATE), place(), Verdict(code=Code.CLOSED, details=SHUT)),
        (
            passing(look="명찰 사진과 대조"),
            place(),
            Verdict(code=Code.NEEDS_LOOK, details={"note": "명찰 사진과 대조"}),
        ),
        (passing(), place(VIP), Verdict(code=Code.WRONG_GATE, details={"gates": ["main"]})),
        (
            passing(guest=ONLINE),
            place(replace(MAIN, modes=frozenset({Mode.ONSITE}))),
            Verdict(code=Code.MODE_MISMATCH, details={"modes": ["onsite"], "mode": "zoom"}),
        ),
        (
            passing(revoked_at=NOON),
            place(),
            Verdict(code=Code.REVOKED, details={"revoked_at": "2021-12-02T00:10:00.000Z", "reissued": False}),
        ),
        (passing(revoked_at=NOON + timedelta(seconds=1)), place(), Verdict(code=Code.ADMITTED)),
        (
            passing(FIRST),
            place(point=replace(HALL, reentry=Reentry.FREE)),
            Verdict(code=Code.ADMITTED, first=CAME),
        ),
        (
            passing(FIRST, LEFT),
            place(point=replace(HALL, reentry=Reentry.ONCE)),
            Verdict(
                code=Code.ALREADY_INSIDE,
                details={"reentry": "once", "left_at": "2021-12-02T00:05:00.000Z"},
                first=CAME,
            ),
        ),
        (passing(FIRST, now=EATS), place(point=LUNCH), Verdict(code=Code.ADMITTED)),
        (
            passing(FIRST, ATE, now=EATS),
            place(point=LUNCH),
            Verdict(code=Code.ALREADY_COUNTED, first=Moment(at=ATE.happened_at, gate_id=MAIN.id)),
        ),
        (passing(ATE), place(), Verdict(code=Code.ADMITTED)),
    ],
)
def test_what_is_known_decides(somebody: Passing, where: Place, answer: Verdict) -> None:
    assert judge(somebody, where, None) == answer


@pytest.mark.parametrize("days", [("2021-12-01", "2021-12-02"), ("2021-12-02", "2021-12-02")])
def test_where_days_are_counted_anew_yesterday_does_not_count(days: tuple[str, str]) -> None:
    before, today = replace(FIRST, day=days[0]), replace(scan("now"), day=days[1])

    answer = judge(passing(before, now=today), place(point=replace(HALL, daily=True)), None)

    assert answer.code == (Code.ALREADY_INSIDE if days[0] == days[1] else Code.ADMITTED)


def test_a_badge_that_was_passed_on_is_never_hidden_by_the_wrong_door() -> None:
    inside_elsewhere = passing(FIRST, look="확인", now=replace(LATE))

    assert judge(inside_elsewhere, place(VIP), None).code == Code.ALREADY_INSIDE


def test_nobody_is_kept_in_by_a_closed_door() -> None:
    going = replace(GOING, happened_at=CLOSES + timedelta(hours=1))

    assert judge(passing(FIRST, now=going, guest=ONLINE), place(VIP), None).code == Code.LEFT


def overruling(*codes: str, note: str | None = None, trusted: bool = True) -> Overruling:
    return Overruling(codes=frozenset(codes) if codes else None, note=note, trusted=trusted)


@pytest.mark.parametrize(
    ("force", "code", "over"),
    [
        (overruling(), Code.NEEDS_LOOK, (Code.ALREADY_INSIDE,)),
        (overruling("wrong_gate"), Code.ALREADY_INSIDE, ()),
        (overruling("already_inside", "needs_look"), Code.WRONG_GATE, (Code.ALREADY_INSIDE, Code.NEEDS_LOOK)),
        (
            overruling("already_inside", "needs_look", "wrong_gate"),
            Code.ADMITTED,
            (Code.ALREADY_INSIDE, Code.NEEDS_LOOK, Code.WRONG_GATE),
        ),
        (overruling("already_inside", trusted=False), Code.ALREADY_INSIDE, ()),
    ],
)
def test_force_overrules_what_staff_saw_and_nothing_else(
    force: Overruling, code: Code, over: tuple[Code, ...]
) -> None:
    answer = judge(passing(FIRST, look="확인"), place(VIP), force)

    assert (answer.code, answer.over) == (code, over)


@pytest.mark.parametrize(("note", "code"), [(None, Code.REVOKED), ("본인 확인", Code.ADMITTED)])
def test_a_revoked_badge_is_overruled_with_a_note_only(note: str | None, code: Code) -> None:
    assert judge(passing(revoked_at=OPENS), place(), overruling("revoked", note=note)).code == code


def test_nobody_overrules_a_badge_that_is_of_nobody() -> None:
    assert {Code.UNKNOWN_BADGE, Code.OTHER_CONFERENCE, Code.CANCELLED} & FORCED == set()


@pytest.mark.parametrize(
    ("somebody", "where", "code"),
    [
        (passing(FIRST), place(), Code.ADMITTED),
        (passing(FIRST), place(VIP), Code.WRONG_GATE),
        (passing(now=LATE), place(), Code.CLOSED),
        (passing(now=GOING), place(), Code.LEFT),
        (passing(revoked_at=OPENS, now=GOING), place(), Code.REVOKED),
    ],
)
def test_what_a_device_did_is_measured_by_the_rules_of_its_gate(
    somebody: Passing, where: Place, code: Code
) -> None:
    assert by_rules(somebody, where) == code


def test_somebody_who_came_in_later_belongs_to_the_same_visit() -> None:
    later = scan("later", NOON + timedelta(minutes=1))

    assert judge(passing(later), place(), None) == Verdict(
        code=Code.ALREADY_INSIDE, first=Moment(at=later.happened_at, gate_id=MAIN.id)
    )


def test_somebody_who_went_out_in_between_does_not() -> None:
    gone = scan("out", NOON + timedelta(minutes=1), direction=Direction.OUT, verdict="not_inside")
    later: Sequence[Scan] = (gone, scan("later", NOON + timedelta(minutes=2)))

    assert judge(passing(*later), place(), None).code == Code.ADMITTED
