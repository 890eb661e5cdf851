"""What the live page says by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from conference_hub.agenda.lane_run import LaneRun, LaneStatus
from conference_hub.agenda.model import LaneId
from conference_hub.agenda.run import Run
from conference_hub.core.now import iso
from conference_hub.core.text import Text
from conference_hub.live.audience import ANNOUNCEMENT, EMERGENCY, MessageCard, audience

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


@pytest.mark.parametrize(
    ("docs", "plain"),
    [
        ({"lane/hall": lane()}, True),
        ({"lane/hall": lane(), "conference": {"state": "over"}}, False),
        ({"lane/hall": lane(status="finished")}, False),
        ({"lane/hall": lane(status="running", cue="c"), "cue/c": cue()}, True),
        ({"lane/hall": lane(status="running", cue="c"), "cue/c": cue(kind="ceremony")}, False),
        (
            {"lane/hall": lane(status="running", cue="c"), "cue/c": cue(), "award/1": award("가", ago_s=60)},
            False,
        ),
        (
            {"lane/hall": lane(status="running", cue="c"), "cue/c": cue(), "award/1": award("가", ago_s=600)},
            True,
        ),
    ],
)
def test_page_shows_lanes_first_unless_awards_are_given_or_all_is_over(
    docs: dict[str, Any], *, plain: bool
) -> None:
    assert audience(docs, Run(lanes=(HALL,), cues={}), NOW).plain is plain


def test_conference_without_a_plan_says_nothing_of_times() -> None:
    found = audience({}, NO_RUN, NOW)

    assert (found.lanes, found.finish, found.levels, found.messages, found.beside) == ([], None, [], [], NOW)
