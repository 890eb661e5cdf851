"""The guest list and its groups in files: what is read back is what was there, and who a row is (cases 27 and 28)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from conference_hub.checkin import badge_store, exchange
from conference_hub.checkin.exchange import TOTAL, GuestRecord, GuestsPart
from conference_hub.core.actor import Actor
from conference_hub.core.errors import Refused
from conference_hub.core.text import Text
from conference_hub.exchange.cells import Context
from conference_hub.exchange.diff import Change, Changes
from conference_hub.exchange.part import Proposal, Stated
from conference_hub.features import GUEST_TIES
from conference_hub.people.exchange import GroupRecord, GroupsPart
from conference_hub.people.store import all_guests
from conference_hub.web.hub import Hub, PrivacyNotice
from tests.model_day import CONF

CONTEXT = Context(languages=("ko", "en"), zone=ZoneInfo("Asia/Seoul"), day=date(2021, 12, 2))
GUESTS = GuestsPart(ties=GUEST_TIES)
GROUPS = GroupsPart()
Ids = Callable[[str, str], str]


def ids() -> Ids:
    numbers = count(1)
    return lambda kind, _key: f"{kind}-new-{next(numbers)}"


def guests(hub: Hub) -> list[GuestRecord]:
    with hub.database.reading() as db:
        return GUESTS.current(db, CONF)


def put(hub: Hub, changes: Sequence[Change[GuestRecord]]) -> None:
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        GUESTS.put(write, Changes(all=tuple(changes)), ids())


def same(records: Sequence[GuestRecord]) -> list[Change[GuestRecord]]:
    return [Change(before=record, after=record) for record in records]


def test_new_guests_get_numbers_and_badges_and_others_stay(seeded: Hub) -> None:
    before = guests(seeded)
    kim = GuestRecord(name="황보 예린", organisation="시험 기관", group="내빈", phone="010-0000-0001")
    press = GuestRecord(role=Text(ko="기자", en="Press"), number="P-1", mode="zoom", group="Event staff")

    put(seeded, [*same(before), Change(before=None, after=kim), Change(before=None, after=press)])

    after = {record.number: record for record in guests(seeded)}
    assert after.pop("122") == kim.model_copy(update={"number": "122"})
    assert after.pop("P-1") == press.model_copy(update={"group": "운영진"})
    assert list(after.values()) == before
    with seeded.database.reading() as db:
        states = badge_store.badge_states(db, CONF)
        assert {guest.id for guest in all_guests(db, CONF)} == set(states)


def test_a_changed_row_is_the_guest_that_it_was_whatever_its_keys(seeded: Hub) -> None:
    first, second, *_ = guests(seeded)
    swapped = [
        Change(before=first, after=first.model_copy(update={"number": second.number, "seat": None})),
        Change(
            before=second,
            after=second.model_copy(update={"number": first.number, "email": "new@example.com"}),
        ),
    ]

    put(seeded, swapped)

    assert guests(seeded)[:2] == [change.after for change in swapped]


@pytest.mark.parametrize(
    ("row", "number"),
    [
        ({"email": "namu.427@example.com", "name": "다른 이름"}, "54"),
        ({"number": "3", "name": "다른 이름"}, "3"),
        ({"name": "석용주", "organisation": "천안고용센터"}, "32"),
        ({"name": "석용주"}, None),
        ({"name": "석용주", "organisation": "천안고용센터", "email": "other@example.com"}, None),
        ({"name": "없는 사람"}, None),
    ],
)
def test_a_row_is_who_has_its_address_number_or_name_and_organisation(
    seeded: Hub, row: dict[str, Any], number: str | None
) -> None:
    current = guests(seeded)

    found = GUESTS.match([Stated(values=row)], current, CONTEXT)

    assert [current[place].number for place in found.values()] == ([number] if number else [])


def test_two_namesakes_of_one_organisation_are_nobody_by_name_alone(seeded: Hub) -> None:
    namesake = GuestRecord(name="석용주", organisation="천안고용센터", email="other@example.com")
    put(seeded, [*same(guests(seeded)), Change(before=None, after=namesake)])

    rows = [Stated(values={"name": "석용주", "organisation": "천안고용센터"})]

    assert GUESTS.match(rows, guests(seeded), CONTEXT) == {}


def problems(hub: Hub, changes: Sequence[Change[GuestRecord]]) -> list[str]:
    with hub.database.reading() as db:
        proposal = Proposal(
            session=db, conf=CONF, context=CONTEXT, changes=Changes(all=tuple(changes)), known=lambda _: []
        )
        return [problem.text % problem.detail for problem in GUESTS.check(proposal)]


def test_nobody_is_without_name_and_role_and_no_recipient_goes(seeded: Hub) -> None:
    first, *_ = guests(seeded)
    last = guests(seeded)[-1]

    assert problems(seeded, [Change(before=None, after=GuestRecord(seat="A-1"))]) == [
        "이름이 없으면 역할·직함이 있어야 합니다."
    ]
    assert problems(seeded, [Change(before=first, after=None), Change(before=last, after=None)]) == [
        "시상에 연결된 사람이라 명단에서 뺄 수 없습니다: 석용주"
    ]


def test_guests_who_are_gone_are_removed(seeded: Hub) -> None:
    *rest, last = guests(seeded)
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        GuestsPart(ties=GUEST_TIES, leaving=seeded.guests_leaving).remove(write, [last])

    assert guests(seeded) == rest
    with (
        pytest.raises(Refused),
        seeded.journal.writing(CONF, actor=Actor.system("test")) as write,
    ):
        GuestsPart(ties=GUEST_TIES, leaving=seeded.guests_leaving).remove(write, rest[:1])


def groups(hub: Hub) -> list[GroupRecord]:
    with hub.database.reading() as db:
        return GROUPS.current(db, CONF)


def test_groups_are_changed_added_put_in_order_and_removed(seeded: Hub) -> None:
    recipient, official, *rest, attendee = groups(seeded)
    press = GroupRecord(title=Text(ko="기자", en=""), badge_label=Text(ko="취재", en=""), colour="#336699")
    renamed = official.model_copy(update={"title": Text(ko="새내기", en="Newcomer")})
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        changes = [
            Change(before=None, after=press),
            Change(before=official, after=renamed),
            Change(before=recipient, after=recipient, moved=True),
            *(Change(before=one, after=one) for one in rest),
            Change(before=attendee, after=None),
        ]
        GROUPS.put(write, Changes(all=tuple(changes)), ids())
        GROUPS.remove(write, [attendee])

    assert groups(seeded) == [press, renamed, recipient, *rest]
    assert {record.group for record in guests(seeded)} == {"새내기", "수상자", "내빈", "운영진"}


@pytest.mark.parametrize(
    ("name", "told"),
    [("30", [TOTAL]), ("5,036명", [TOTAL]), ("3M", []), ("이이", []), ("R2 D2", [])],
)
def test_last_row_of_a_list_that_counts_people_is_asked_about(
    seeded: Hub, name: str, told: list[str]
) -> None:
    new = Change(before=None, after=GuestRecord(name=name), row=40)
    with seeded.database.reading() as db:
        proposal = Proposal(
            session=db, conf=CONF, context=CONTEXT, changes=Changes(all=(new,)), known=lambda _name: ()
        )
        said = [one.text for one in GUESTS.notices(proposal)]
        assert ([text for text in said if text == TOTAL], list(GUESTS.check(proposal))) == (told, [])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (Text(ko="6개월간 보관합니다."), [("TOLD", {"version": 4}), ("KEPT", {"day": "2022-06-02"})]),
        (None, [("UNTOLD", {}), ("KEPT", {"day": "2022-06-02"})]),
    ],
)
def test_organiser_is_told_which_notice_new_guests_see_and_until_when_data_are_kept(
    seeded: Hub, app: Flask, words: Text | None, told: list[tuple[str, dict[str, object]]]
) -> None:
    seeded.privacy_notice = lambda _session, _conf: PrivacyNotice(words=words, version=4)
    changes = Changes(all=(Change(before=None, after=GuestRecord(name="새 손님"), row=2),))
    with app.app_context(), seeded.database.reading() as db:
        proposal = Proposal(session=db, conf=CONF, context=CONTEXT, changes=changes, known=lambda _name: ())
        said = [(one.text, dict(one.detail)) for one in GUESTS.notices(proposal)]
        nobody = [*GUESTS.notices(replace(proposal, changes=Changes(all=())))]

    assert said == [(getattr(exchange, name), detail) for name, detail in told]
    assert nobody == []
