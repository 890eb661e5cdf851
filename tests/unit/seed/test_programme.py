"""The conference and its programme, as announced."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise

from conference_hub.agenda.kinds import SegmentKind
from tests.unit.seed.announced import CASES, COMMENDATIONS
from tests.unit.seed.records import Record


def test_conference_is_the_announced_one(seed: Record) -> None:
    conference = seed["conference"]
    assert conference["slug"] == "best-practice-2021"
    assert conference["title"]["ko"] == "2021년도 국민취업지원제도 우수사례 콘퍼런스"
    assert conference["venue"]["ko"] == "웨스틴조선호텔 그랜드볼룸 (서울 중구)"
    assert conference["timezone"] == "Asia/Seoul"
    assert conference["starts_at"] == "2021-12-02T09:20:00+09:00"
    assert conference["ends_at"] == "2021-12-02T10:40:00+09:00"
    assert [channel["id"] for channel in conference["channels"]] == ["hall", "metaverse", "zoom", "youtube"]


def test_segments_last_as_announced_and_fill_eighty_minutes(seed: Record) -> None:
    hall = minutes_by_segment(seed, "hall")
    assert hall == {"opening": 10, "ceremony": 30, "performance": 10, "case-sharing": 27, "closing": 3}
    assert hall.total() == 80
    assert [s["id"] for s in seed["agenda"]["segments"]] == list(hall)


def test_segment_kinds_are_known(seed: Record) -> None:
    segments = seed["agenda"]["segments"]
    kinds = [SegmentKind(segment["kind"]).value for segment in segments]
    assert kinds == ["opening", "ceremony", "performance", "case_sharing", "closing"]


def test_hall_runs_from_start_to_end_without_a_gap(seed: Record) -> None:
    cues = [cue for cue in seed["agenda"]["cues"] if cue["lane"] == "hall"]
    spans = []
    for cue in cues:
        start = datetime.fromisoformat(cue["planned_start"])
        spans.append((start, start + timedelta(minutes=cue["planned_min"])))
    assert len(cues) == 9
    assert all(before[1] == after[0] for before, after in pairwise(spans))
    assert spans[0][0].isoformat() == seed["conference"]["starts_at"]
    assert spans[-1][1].isoformat() == seed["conference"]["ends_at"]


def test_case_sharing_is_two_talks_and_a_video(seed: Record) -> None:
    shared = [cue["planned_min"] for cue in seed["agenda"]["cues"] if cue["segment"] == "case-sharing"]
    assert shared == [10, 10, 7]


def test_metaverse_holds_rounds_two_and_three_at_the_same_times_as_the_hall(seed: Record) -> None:
    cues = {cue["id"]: (cue["planned_start"], cue["planned_min"]) for cue in seed["agenda"]["cues"]}
    metaverse = [cue["id"] for cue in seed["agenda"]["cues"] if cue["lane"] == "metaverse"]
    assert metaverse == ["round-2-metaverse", "round-3-metaverse"]
    assert cues["round-2-metaverse"] == cues["round-2-hall"]
    assert cues["round-3-metaverse"] == cues["round-3-hall"]


def test_agenda_names_no_recipient(seed: Record) -> None:
    plan = json.dumps(seed["agenda"], ensure_ascii=False)
    assert [case[1] for case in CASES if case[1] in plan] == []
    assert "최우수상" not in plan
    assert "Top Excellence" not in plan


def test_the_hall_is_the_ballroom_of_the_venue_and_the_metaverse_has_no_room(whole: Record) -> None:
    (room,) = whole["rooms"]
    venue = whole["conference"]["venue"]
    assert room["title"] == {"ko": "그랜드볼룸", "en": "Grand Ballroom"}
    assert [text in venue[lang] for lang, text in room["title"].items()] == [True, True]
    assert [(lane["title"]["ko"], lane.get("room")) for lane in whole["lanes"]] == [
        ("현장", "그랜드볼룸"),
        ("메타버스", None),
    ]


def test_cue_sheet_names_the_minister_and_no_recipient(whole: Record) -> None:
    speakers = {cue["number"]: cue["speakers"] for cue in whole["cues"] if "speakers" in cue}
    assert speakers == {"1": [{"name": "안경덕"}]}
    sheet = json.dumps(whole["cues"], ensure_ascii=False)
    names = [*(case[1] for case in CASES), *(name for name, _ in COMMENDATIONS if name)]
    assert [name for name in names if name in sheet] == []
    assert "최우수상" not in sheet


def test_every_cue_has_words_for_the_emcee_and_notes_of_departments_alone(whole: Record) -> None:
    departments = [one["title"]["ko"] for one in whole["departments"]]
    assert [cue["number"] for cue in whole["cues"] if "MC 멘트" not in cue["notes"]] == []
    assert {name for cue in whole["cues"] for name in cue["notes"]} == set(departments)


def test_the_talks_warn_two_minutes_and_one_before_their_end(whole: Record) -> None:
    warned = {cue["number"]: (cue["warn"], cue["danger"]) for cue in whole["cues"] if "warn" in cue}
    assert warned == {"6": (120, 60), "7": (120, 60)}


def minutes_by_segment(seed: Record, lane: str) -> Counter[str]:
    """Add up the planned minutes of a lane's cues."""
    total: Counter[str] = Counter()
    for cue in seed["agenda"]["cues"]:
        if cue["lane"] == lane:
            total[cue["segment"]] += cue["planned_min"]
    return total
