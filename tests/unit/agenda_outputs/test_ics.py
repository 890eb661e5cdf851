"""The agenda as a calendar, byte for byte."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from icalendar import Calendar

from conference_hub.agenda.model import Cue, LaneId, RoomId
from conference_hub.agenda.outputs.ics import agenda_calendar
from conference_hub.core.text import Text
from tests.judges.calendar_samples import HUB, PLAN, VERSION
from tests.judges.golden import golden


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_agenda_is_the_golden_one(lang: str) -> None:
    assert agenda_calendar(HUB, VERSION, lang) == golden(f"agenda.{lang}.ics")


def test_a_segment_without_cues_is_left_out() -> None:
    events = Calendar.from_ical(agenda_calendar(HUB, VERSION, "ko")).events
    assert [str(event["SUMMARY"]) for event in events] == ["개회", "시상식"]


def test_a_segment_ends_with_its_last_cue_in_any_lane() -> None:
    longer = [
        replace(cue, planned=timedelta(minutes=25)) if cue.id == "round-2-metaverse" else cue
        for cue in PLAN.cues
    ]
    version = replace(VERSION, plan=replace(PLAN, cues=tuple(longer)))
    ceremony = Calendar.from_ical(agenda_calendar(HUB, version, "ko")).events[1]
    assert f"{ceremony.start:%H:%M}-{ceremony.end:%H:%M}" == "09:30-10:05"


def test_a_changed_plan_keeps_the_uids_and_raises_the_sequence() -> None:
    events = Calendar.from_ical(agenda_calendar(HUB, replace(VERSION, number=5), "ko")).events
    assert [(str(event["UID"]), event["SEQUENCE"]) for event in events] == [
        ("segment-opening.best-practice-2021@hub.example.com", 4),
        ("segment-ceremony.best-practice-2021@hub.example.com", 4),
    ]


def test_a_conference_without_a_venue_has_no_location() -> None:
    events = Calendar.from_ical(agenda_calendar(replace(HUB, venue=None), VERSION, "ko")).events
    assert ["LOCATION" in event for event in events] == [False, False]


@pytest.mark.parametrize(
    ("room", "location"),
    [
        ("그랜드볼룸", "웨스틴조선호텔 그랜드볼룸 (서울 중구)"),
        ("볼룸", "볼룸, 웨스틴조선호텔 그랜드볼룸 (서울 중구)"),
        ("오키드룸", "오키드룸, 웨스틴조선호텔 그랜드볼룸 (서울 중구)"),
    ],
)
def test_a_room_stands_before_the_venue_unless_the_venue_names_it(room: str, location: str) -> None:
    hall = RoomId("hall")
    lanes = tuple(replace(lane, room=hall) if lane.id == LaneId("hall") else lane for lane in PLAN.lanes)
    version = replace(VERSION, plan=replace(PLAN, lanes=lanes))
    events = Calendar.from_ical(agenda_calendar(HUB, version, "ko", {hall: Text(ko=room)})).events
    assert [str(event["LOCATION"]) for event in events] == [location, location]


def test_a_time_after_midnight_is_marked_in_the_description() -> None:
    late = replace(VERSION, plan=replace(PLAN, cues=tuple(_late(cue) for cue in PLAN.cues)))
    [*_, ceremony] = Calendar.from_ical(agenda_calendar(HUB, late, "ko")).events

    assert str(ceremony["DESCRIPTION"]).splitlines()[-2:] == [
        "23:55 ② 업무 우수자 <센터 개인> (메타버스)",
        "00:05 (+1일) ③ 외부 기관",
    ]


def _late(cue: Cue) -> Cue:
    return replace(cue, planned_start=cue.planned_start + timedelta(hours=14, minutes=15))
