"""Segments, lanes and departments of one title, which the desk lets people make: files tell them apart, lose none."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from conference_hub.agenda import plan_actions, store
from conference_hub.agenda.edits import checked
from conference_hub.agenda.model import CueId, DepartmentId, LaneId, Plan, SegmentId
from conference_hub.conferences.store import get_conference
from conference_hub.core.text import Text
from conference_hub.data import importing
from conference_hub.data.cloning import Copy, clone_conference
from conference_hub.exchange.comparing import Comparison
from conference_hub.exchange.merge import Gone
from conference_hub.features import PLAN_DEPENDENTS
from conference_hub.web.hub import Hub
from tests.integration.files.test_conference_files import WHO, empty, exported, imported, in_form
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF

__all__ = ["empty"]
pytestmark = ON_SQLITE


def plan(hub: Hub, conf: str = CONF) -> Plan:
    with hub.database.reading() as db:
        return store.working_plan(db, conf)


@pytest.fixture
def twice(seeded: Hub) -> Hub:
    """The model conference with a second segment, lane and department of the first one's title, and a cue there."""
    before = plan(seeded)
    segment = replace(before.segments[0], id=SegmentId("segment-again"))
    lane = replace(before.lanes[0], id=LaneId("lane-again"))
    department = replace(before.departments[0], id=DepartmentId("department-again"))
    notes = {before.departments[0].id: "하나", department.id: "둘"}
    cue = replace(
        before.cues[0], id=CueId("again"), number="A", segment_id=segment.id, lane_id=lane.id, notes=notes
    )
    after = replace(
        before,
        segments=(*before.segments, segment),
        lanes=(*before.lanes, lane),
        departments=(*before.departments, department),
        cues=(*before.cues, cue),
    )
    with seeded.journal.writing(CONF, actor=WHO) as write:
        plan_actions.save(write, before, checked(after), PLAN_DEPENDENTS)
    return seeded


def listed(found: Plan) -> dict[str, list[tuple[Text, list[str]]]]:
    """Return each list of a plan by title and the numbers of the cues there: ids differ from hub to hub."""
    return {
        "segments": [
            (one.title, [cue.number for cue in found.cues if cue.segment_id == one.id])
            for one in found.segments
        ],
        "lanes": [
            (one.title, [cue.number for cue in found.cues if cue.lane_id == one.id]) for one in found.lanes
        ],
        "departments": [
            (one.title, [cue.number for cue in found.cues if cue.notes.get(one.id) == "둘"])
            for one in found.departments
        ],
    }


def compared(hub: Hub, data: bytes, gone: Gone) -> Comparison:
    with hub.database.reading() as db:
        loaded = importing.load_into(hub, db, get_conference(db, CONF), data)
        return importing.compare(hub, db, CONF, loaded, gone=gone)


@pytest.mark.parametrize("form", ["json", "xlsx"])
def test_conference_is_the_same_in_an_empty_hub(twice: Hub, empty: Hub, form: str) -> None:
    file = exported(twice)

    imported(empty, in_form(file, form))

    assert json.loads(exported(empty).as_json()) == json.loads(file.as_json())
    assert listed(plan(empty)) == listed(plan(twice))
    assert [one[1] for one in listed(plan(empty))["lanes"]][-1] == ["A"]


@pytest.mark.parametrize("form", ["json", "xlsx"])
def test_second_import_changes_nothing(twice: Hub, form: str) -> None:
    comparison = compared(twice, in_form(exported(twice), form), Gone.REMOVE)

    assert (list(comparison.faults), comparison.any) == ([], False)


def test_second_of_one_title_goes_alone(twice: Hub) -> None:
    before, whole = plan(twice), json.loads(exported(twice).as_json())
    for name in ("segments", "lanes", "departments", "cues"):
        whole[name].pop()

    comparison = compared(twice, json.dumps(whole).encode(), Gone.REMOVE)
    assert list(comparison.faults) == []
    importing.put_into(twice, CONF, comparison, WHO, confirmed=True)

    after = plan(twice)
    for kept, stood in (
        (after.segments, before.segments),
        (after.lanes, before.lanes),
        (after.departments, before.departments),
        (after.cues, before.cues),
    ):
        assert [one.id for one in kept] == [one.id for one in stood[:-1]]


def test_one_that_is_used_is_named_as_files_name_it(twice: Hub) -> None:
    whole = json.loads(exported(twice).as_json())
    whole["segments"].pop()

    faults = compared(twice, json.dumps(whole).encode(), Gone.REMOVE).faults

    assert {str(fault.message.detail) for fault in faults if "title" in fault.message.detail} == {
        "{'title': '개회 #2'}"
    }


def test_clone_has_both(twice: Hub) -> None:
    with twice.database.reading() as db:
        source = get_conference(db, CONF)
    copy = Copy(title=Text.of("내년"), slug="next-year", first_day=date(2027, 12, 2))

    clone_conference(twice, source, copy, WHO)

    assert listed(plan(twice, "next-year")) == listed(plan(twice))
