"""What the live page says by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from conference_hub.agenda.lane_run import CueRun, LaneRun, LaneStatus
from conference_hub.agenda.model import CueId, LaneId
from conference_hub.agenda.run import Run
from conference_hub.core.now import iso
from conference_hub.core.text import Text
from conference_hub.live.audience import ANNOUNCEMENT, EMERGENCY, MessageCard, audience
from conference_hub.live.lane_cards import LATER

NOW = datetime(2021, 12, 2, 4, 0, tzinfo=UTC)
NO_RUN = Run(lanes=(), cues={})
HALL = LaneRun(lane_id=LaneId("hall"), cues=(), status=LaneStatus.WAITING, position=None, held_since=None)
GRAND = {
    "id": "grand",
    "rank": 1,
    "label": {"ko": "대상", "en": "Grand Prize"},
    "programme": None,
    "prize": None,
}
GRAND |= {"honour": {"ko": "장관상", "en": "Minister's Award"}}


def award(name: str | None, *, ago_s: float = 600, **more: Any) -> dict[str, Any]:
    said = {
        "recipient": name,
        "organisation": "천안고용센터",
        "kind": "individual",
        "lane": "hall",
        "order": 1,
    }
    revealed = iso(NOW - timedelta(seconds=ago_s))
    return {"id": name or "-", "level": GRAND, "revealed_at": revealed, "everywhere": False, **said, **more}


def message(words: str, **more: Any) -> dict[str, Any]:
    said = {"text": {"ko": words, "en": ""}, "audiences": ["public"], "emergency": False, "lane": None}
    return {"at": iso(NOW), "until": None, **said, **more}


def lane(**more: Any) -> dict[str, Any]:
    return {
        "id": "hall",
        "title": {"ko": "현장", "en": "Hall"},
        "room": None,
        "cue": None,
        "status": "waiting",
        **more,
    }


def cue(**more: Any) -> dict[str, Any]:
    said = {"title": {"ko": "시상", "en": "Awards"}, "segment": "s", "speakers": [], "kind": "opening"}
    return {**said, "started_at": iso(NOW - timedelta(minutes=5)), **more}


def names(docs: dict[str, Any]) -> list[str]:
    return [name for level in audience(docs, NO_RUN, NOW).levels for name, _ in level.named]


def test_names_stand_in_the_order_of_their_reveal() -> None:
    docs = {f"award/{n}": award(name, ago_s=ago) for n, (name, ago) in enumerate([("나", 10), ("가", 20)])}

    assert names(docs) == ["가", "나"]


@pytest.mark.parametrize(("ago_s", "told"), [(59, []), (60, ["석용주"])])
def test_name_that_a_delayed_broadcast_has_not_shown_is_held_back(ago_s: float, told: list[str]) -> None:
    docs = {"channel/hall": {"delay_ms": 0}, "channel/tube": {"delay_ms": 60_000}}

    assert names({**docs, "award/1": award("석용주", ago_s=ago_s)}) == told


def test_award_that_is_not_revealed_is_not_told() -> None:
    assert names({"award/1": award("석용주", revealed_at=None)}) == []


def test_who_is_not_named_is_counted_and_an_organisation_is_named_itself() -> None:
    ceremony = {"total": 9, "programmes": [], "counts": [{"level": "grand", "total": 3}]}
    docs = {"award/1": award(None), "award/2": award("대표", kind="organisation"), "ceremony": ceremony}

    found = audience(docs, NO_RUN, NOW)

    (level,) = found.levels
    assert (level.named, level.unnamed, level.revealed, level.total) == ([("천안고용센터", None)], 1, 2, 3)
    assert (found.revealed, found.total) == (2, 9)


def test_messages_for_the_audience_stand_by_weight_and_age_until_their_end() -> None:
    docs = {
        "lane/hall": lane(),
        "message/1": message("old", at=iso(NOW - timedelta(minutes=2))),
        "message/2": message("new", lane="hall"),
        "message/3": message("out", emergency=True, at=iso(NOW - timedelta(minutes=9))),
        "message/4": message("over", until=iso(NOW)),
        "message/5": message("stage", audiences=["stage"]),
    }

    assert audience(docs, Run(lanes=(HALL,), cues={}), NOW).messages == [
        MessageCard(head=EMERGENCY, text=Text(ko="out"), emergency=True),
        MessageCard(
            head=Text(ko="안내 · 현장", en="Announcement · Hall"), text=Text(ko="new"), emergency=False
        ),
        MessageCard(head=ANNOUNCEMENT, text=Text(ko="old"), emergency=False),
    ]


RUNNING = lane(status="running", cue="c")


@pytest.mark.parametrize(
    ("docs", "names"),
    [
        ({"cue/c": cue()}, None),
        ({"cue/c": cue(kind="ceremony")}, [None]),
        ({"cue/c": cue(), "award/1": award("가", ago_s=60)}, ["가"]),
        ({"cue/c": cue(), "award/1": award("가", ago_s=60), "award/2": award("나", ago_s=20)}, ["나"]),
        ({"cue/c": cue(), "award/1": award("가", ago_s=600)}, None),
        ({"cue/c": cue(), "award/1": award("가", ago_s=60, lane="other")}, None),
        ({"cue/c": cue(), "award/1": award("가", ago_s=60), "channel/tube": {"delay_ms": 61_000}}, None),
    ],
)
def test_awards_have_the_first_place_in_a_round_and_after_a_name_since_the_cue_began(
    docs: dict[str, Any], names: list[str | None] | None
) -> None:
    stages = audience({"lane/hall": RUNNING, **docs}, Run(lanes=(HALL,), cues={}), NOW).stages

    assert [one.award.name if one.award else None for one in stages] == (names or [])


def test_name_on_the_stages_of_all_lanes_has_one_card() -> None:
    docs = {
        "lane/hall": {**RUNNING, "position": 1},
        "lane/meta": {**RUNNING, "id": "meta", "position": 2},
        "cue/c": cue(),
        "award/1": award("가", ago_s=60, everywhere=True),
    }

    stages = audience(docs, NO_RUN, NOW).stages

    assert [(one.lane, list(one.also)) for one in stages] == [("hall", ["meta"])]


def test_names_of_a_group_stand_together_once_there_are_two() -> None:
    docs = {
        "lane/hall": RUNNING,
        "cue/c": cue(kind="ceremony"),
        "award/1": award("가", ago_s=60),
        "award/2": award(None, ago_s=30),
        "group/hall": {"revealed": ["가"]},
    }
    (one,) = audience(docs, NO_RUN, NOW).stages
    (two,) = audience({**docs, "group/hall": {"revealed": ["가", "-", "sealed"]}}, NO_RUN, NOW).stages

    assert (one.rolled, one.roll) == (False, ())
    assert (two.rolled, [each.name for each in two.roll], two.roll_unnamed) == (True, ["가"], 1)
    assert two.first == two.roll[0]


def test_long_plan_is_listed_in_part_and_counted() -> None:
    cues = tuple(
        CueRun(cue_id=CueId(f"c{n}"), planned_start=NOW + timedelta(minutes=n), planned=timedelta(minutes=1))
        for n in range(1, 101)
    )
    run = Run(lanes=(replace(HALL, cues=cues),), cues={})
    docs = {"lane/hall": lane(), **{f"cue/{one.cue_id}": cue() for one in cues}}

    (card,) = audience(docs, run, NOW).lanes

    assert (len(card.later), card.later_count) == (LATER, 99)


def test_conference_without_a_plan_says_nothing_of_times() -> None:
    found = audience({}, NO_RUN, NOW)

    assert (found.lanes, found.finish, found.levels, found.messages, found.beside) == ([], None, [], [], NOW)
