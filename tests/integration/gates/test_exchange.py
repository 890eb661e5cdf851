"""Points, opening times and the rules of gates in files: what is read back is what was there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from conference_hub.checkin.gate_store import GATE_TIES
from conference_hub.core.actor import Actor
from conference_hub.core.text import Text
from conference_hub.exchange.cells import Context
from conference_hub.exchange.diff import Change, Changes
from conference_hub.exchange.part import Part, Proposal
from conference_hub.gates.actions import set_gates, set_points
from conference_hub.gates.exchange import (
    GateRecord,
    GatesPart,
    PointRecord,
    PointsPart,
    WindowRecord,
    WindowsPart,
)
from conference_hub.gates.model import DOORS, Gate, GateId, Point, PointId, PointKind, Reentry, Window
from conference_hub.gates.store import all_gates, all_points
from conference_hub.people.group_store import all_groups
from conference_hub.people.model import Mode
from conference_hub.web.hub import Hub
from tests import small_conference as small
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF
from tests.small_conference import OTHER

pytestmark = ON_SQLITE

POINTS, WINDOWS, GATES = PointsPart(), WindowsPart(), GatesPart(GATE_TIES)
PARTS: tuple[Part[Any], ...] = (POINTS, WINDOWS, GATES)
CONTEXT = Context(languages=("ko", "en"), zone=ZoneInfo("Asia/Seoul"), day=date(2021, 12, 2))
NOON = datetime(2021, 12, 2, 3, tzinfo=UTC)
LUNCH = Point(
    id=PointId("lunch"),
    title=Text(ko="점심", en="Lunch"),
    position=2,
    kind=PointKind.COUNT,
    exits=False,
    reentry=Reentry.ONCE,
    daily=True,
    windows=tuple(
        Window(opens_at=NOON + timedelta(days=day), closes_at=NOON + timedelta(days=day, hours=1))
        for day in (0, 1)
    ),
)


@pytest.fixture
def other(seeded: Hub) -> Hub:
    """The hub with the small conference, in which lunch is counted, beside the model conference."""
    small.load(seeded)
    with seeded.journal.writing(OTHER, actor=Actor.system("test")) as write:
        group = next(iter(all_groups(write.session, OTHER)))
        set_points(write, (*all_points(write.session, OTHER), LUNCH))
        diner = Gate(
            id=GateId("diner"),
            title=Text(ko="식당", en="Diner"),
            position=9,
            point=LUNCH.id,
            groups=frozenset({group}),
            modes=frozenset({Mode.ONSITE, Mode.ZOOM}),
        )
        set_gates(write, (*all_gates(write.session, OTHER), diner), GATE_TIES)
    return seeded


def current(hub: Hub, part: Part[Any], conf: str = OTHER) -> list[Any]:
    with hub.database.reading() as db:
        return part.current(db, conf)


def put(hub: Hub, part: Part[Any], changes: list[Change[Any]], conf: str = OTHER) -> None:
    numbers = count(1)
    ids: Callable[[str, str], str] = lambda kind, _key: f"{kind}-new-{next(numbers)}"  # noqa: E731
    with hub.journal.writing(conf, actor=Actor.system("test")) as write:
        part.put(write, Changes(all=tuple(changes)), ids)
        part.remove(write, Changes(all=tuple(changes)).gone)


def test_points_are_written_with_their_rules_and_windows(other: Hub) -> None:
    assert current(other, POINTS)[1] == PointRecord(
        title=LUNCH.title, kind="count", scans="in", reentry="once", daily=True
    )
    assert current(other, WINDOWS) == [
        WindowRecord(point="점심", opens_at=window.opens_at, closes_at=window.closes_at)
        for window in LUNCH.windows
    ]
    diner = current(other, GATES)[-1]
    assert (diner.point, len(diner.groups), diner.modes) == ("점심", 1, ("onsite", "zoom"))


def test_the_same_again_changes_nothing(other: Hub) -> None:
    def stored() -> tuple[object, object]:
        with other.database.reading() as db:
            return all_points(db, OTHER), all_gates(db, OTHER)

    before = stored()

    for part in PARTS:
        put(other, part, [Change(before=one, after=one) for one in current(other, part)])

    assert stored() == before


def test_points_come_back_in_another_conference(other: Hub) -> None:
    for part in (POINTS, WINDOWS):
        put(other, part, [Change(before=None, after=one) for one in current(other, part)[-2:]], CONF)

    with other.database.reading() as db:
        copied = all_points(db, CONF)[-1]
    assert (copied.title, copied.kind, copied.exits, copied.windows) == (
        LUNCH.title,
        LUNCH.kind,
        LUNCH.exits,
        LUNCH.windows,
    )


def test_a_file_without_points_makes_the_doors_of_the_hall(other: Hub) -> None:
    with other.journal.writing(CONF, actor=Actor.system("test")) as write:
        set_gates(write, (), GATE_TIES)
        set_points(write, ())

    put(other, GATES, [Change(before=None, after=GateRecord(title=Text(ko="정문")))], CONF)

    with other.database.reading() as db:
        assert all_points(db, CONF) == (DOORS,)
        assert [(gate.point, gate.modes) for gate in all_gates(db, CONF)] == [
            (DOORS.id, frozenset({Mode.ONSITE}))
        ]


def problems(hub: Hub, part: Part[Any], changes: list[Change[Any]], **known: list[Any]) -> list[str]:
    with hub.database.reading() as db:
        proposal = Proposal(
            session=db,
            conf=OTHER,
            context=CONTEXT,
            changes=Changes(all=tuple(changes)),
            known=lambda name: known.get(name, []),
        )
        return [problem.path or "row" for problem in part.check(proposal)]


def test_what_cannot_be_is_told_at_its_cell(other: Hub) -> None:
    lunch = PointRecord(title=LUNCH.title, scans="in")
    backwards = WindowRecord(point="점심", opens_at=NOON, closes_at=NOON)
    stranger = GateRecord(title=Text(ko="문"), groups=("없는 구분",))

    assert problems(other, POINTS, [Change(before=None, after=lunch)]) == ["reentry"]
    assert problems(other, WINDOWS, [Change(before=None, after=backwards)]) == ["closes_at"]
    assert problems(other, GATES, [Change(before=None, after=stranger)]) == ["groups"]
    gone = [Change(before=current(other, POINTS)[1], after=None)]
    assert problems(other, POINTS, gone, gates=current(other, GATES)) == ["row"]
