"""When recipients are called, for the gate's screen: kept in memory, and never older than the awards."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from conference_hub.awards import store
from conference_hub.awards.calls import calls_of
from conference_hub.awards.model import AwardId
from conference_hub.awards.preparing import prepare
from conference_hub.awards.sealing import set_gate_order
from conference_hub.core.actor import Actor
from conference_hub.core.stream import Doc
from conference_hub.web.hub import Hub
from tests.model_day import CONF

FIRST, SECOND = "guest-001", "guest-113"
PLACE = {
    "lane": {"ko": "현장", "en": "Hall"},
    "room": {"ko": "그랜드볼룸", "en": "Grand Ballroom"},
    "cue": None,
    "order": None,
}
CALLED = {
    **PLACE,
    "cue": {"ko": "시상 ① 상담우수자", "en": "Awards ①: outstanding counsellors"},
    "order": 25,
}


def calls(hub: Hub, *guest_ids: str) -> dict[str, Doc]:
    with hub.database.reading() as db:
        return calls_of(db, CONF, guest_ids)


def tell_order(hub: Hub) -> None:
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        set_gate_order(write, told=True)


def add_second_award(hub: Hub) -> None:
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        known = store.load(write.session, CONF).award("case-01")
        added = replace(known, id=AwardId("case-99"), number="case-99", call_order=99)
        prepare(write, lambda before: replace(before, awards={**before.awards, added.id: added}))


def test_recipient_is_called_in_a_cue_of_a_lane_and_others_are_not(seeded: Hub) -> None:
    assert calls(seeded, FIRST, "guest-900") == {FIRST: {"calls": [PLACE]}, "guest-900": {"calls": []}}


def test_gate_learns_the_round_when_organisers_say_so(seeded: Hub) -> None:
    tell_order(seeded)

    assert calls(seeded, FIRST) == {FIRST: {"calls": [CALLED]}}


def test_two_awards_in_one_lane_are_one_place(seeded: Hub) -> None:
    add_second_award(seeded)

    assert calls(seeded, FIRST) == {FIRST: {"calls": [PLACE]}}


def test_calls_are_read_once_and_again_after_an_award_was_added(seeded: Hub) -> None:
    tell_order(seeded)
    seen: list[str] = []
    sa.event.listen(seeded.database.engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
    calls(seeded, FIRST)
    calls(seeded, SECOND)
    assert len([statement for statement in seen if "FROM award \n" in statement]) == 1

    add_second_award(seeded)

    assert [call["order"] for call in calls(seeded, FIRST)[FIRST]["calls"]] == [25, 99]
