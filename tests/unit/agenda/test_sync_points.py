"""Where lanes of a plan meet; `crossed` as `tests/golden/agenda-sync-points.json` has it for the browser too."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from conference_hub.agenda.edits import checked
from conference_hub.agenda.model import Cue, Lane, LaneId, Plan, SegmentId
from conference_hub.agenda.plan_refusals import SyncCrossed, SyncTaken
from conference_hub.agenda.sync_points import crossed, lone_cues, words_outside
from conference_hub.core.text import Text
from tests.unit.agenda.lanes import HALL, LANE, SEGMENT, at, cue, minutes

CASES = json.loads(
    (Path(__file__).parents[2] / "golden" / "agenda-sync-points.json").read_text(encoding="utf-8")
)
STREET, ANNEX = LaneId("street"), LaneId("annex")
LANES = (LANE, *(Lane(id=one, title=Text.of(one)) for one in (STREET, ANNEX)))


def joint(name: str, sync: str | None, lane: LaneId = HALL, *, skipped: bool = False) -> Cue:
    return replace(cue(name, at("09:00"), minutes(10), lane), number=name, sync=sync, skipped=skipped)


def planned(*cues: Cue) -> Plan:
    return Plan(revision=1, changed_at=at("00:00"), segments=(SEGMENT,), lanes=LANES, cues=cues)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_lanes_that_would_wait_for_ever_are_found(case: dict[str, Any]) -> None:
    lanes = {lane: [cue["sync"] for cue in cues] for lane, cues in case["lanes"].items()}

    assert crossed(lanes) == [tuple(one) for one in case["crossed"]]


def test_plan_whose_lanes_meet_crosswise_is_refused_with_the_first_cue_of_each() -> None:
    plan = planned(joint("1", "②"), joint("2", "③"), joint("3", "③", STREET), joint("4", "②", STREET))

    with pytest.raises(SyncCrossed) as refusal:
        checked(plan)

    assert refusal.value.detail == {"cues": "1, 3", "cue_numbers": "1, 3"}


def test_lane_cannot_start_together_with_itself() -> None:
    plan = planned(joint("1", "②"), joint("2", None), joint("3", "②"), joint("4", "②", STREET))

    with pytest.raises(SyncTaken) as refusal:
        checked(plan)

    assert refusal.value.detail == {"cues": "3", "cue_numbers": "3"}


def test_skipped_cue_meets_nobody() -> None:
    plan = planned(
        joint("1", "②"), joint("2", "③"), joint("3", "③", STREET), joint("4", "②", STREET, skipped=True)
    )

    assert (checked(plan).cues[0].sync, lone_cues(plan)) == ("②", {"1"})


def test_sync_point_of_one_lane_alone_is_named() -> None:
    plan = planned(joint("1", "②"), joint("2", "③"), joint("3", "②", STREET), joint("4", None, ANNEX))

    assert lone_cues(plan) == {"2"}


def test_word_that_the_team_alone_sees_stays_inside() -> None:
    backstage = replace(SEGMENT, id=SegmentId("backstage"), public=False)
    hidden = [
        replace(joint(name, sync, lane), segment_id=backstage.id)
        for name, sync, lane in (("3", "비밀", HALL), ("4", "비밀", STREET), ("2", "②", STREET))
    ]
    plan = replace(planned(joint("1", "②"), *hidden), segments=(SEGMENT, backstage))

    assert words_outside(plan) == {"②": "②", "비밀": "#2"}
