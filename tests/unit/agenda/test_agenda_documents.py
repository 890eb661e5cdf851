"""The agenda as browsers get it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from conference_hub.agenda.clock import extend, hold, resume, start
from conference_hub.agenda.documents import (
    as_public,
    cue_document,
    lane_document,
    notes_documents,
    operators_lane_document,
    segment_document,
    segment_documents,
)
from conference_hub.agenda.history import Offer
from conference_hub.agenda.kinds import SegmentKind
from conference_hub.agenda.model import DepartmentId, RoomId, SegmentId, Speaker
from conference_hub.core.text import Text
from tests.unit.agenda.lanes import CUES, SEGMENT, at, following, lane, minutes

FOLLOWING = following()
HELD = hold(start(lane(), at("00:21")), at("00:25"))


def test_a_waiting_lane_points_at_no_cue() -> None:
    assert lane_document(FOLLOWING, lane()) == {
        "id": "hall",
        "title": {"ko": "현장", "en": "Hall"},
        "colour": None,
        "room": None,
        "position": 1,
        "run": "run-1",
        "status": "waiting",
        "cue": None,
        "held_since": None,
        "standby": None,
        "ready_since": None,
    }


def test_a_held_lane_points_at_its_cue_and_says_since_when() -> None:
    assert lane_document(FOLLOWING, HELD) == {
        "id": "hall",
        "title": {"ko": "현장", "en": "Hall"},
        "colour": None,
        "room": None,
        "position": 1,
        "run": "run-1",
        "status": "held",
        "cue": "opening",
        "held_since": "2021-12-02T00:25:00.000Z",
        "standby": None,
        "ready_since": None,
    }


def test_operators_learn_what_they_may_command_next() -> None:
    assert operators_lane_document(FOLLOWING, HELD, Offer()) == {
        **lane_document(FOLLOWING, HELD),
        "commands": {
            "start": "already_running",
            "next": None,
            "arm": None,
            "jump": None,
            "skip": None,
            "bring-back": "not_left_out",
            "restart": None,
            "reopen": "not_finished",
            "hold": "held",
            "resume": None,
            "extend": None,
            "finish": None,
            "undo": "nothing_to_undo",
            "redo": "nothing_to_redo",
        },
        "extend_min_s": -599,
        "extend_max_s": 3600,
        "holder": None,
        "undo": None,
        "redo": None,
    }


def test_a_lane_of_one_cue_has_none_to_jump_to() -> None:
    run = start(lane(CUES[0]), at("00:21"))

    assert operators_lane_document(FOLLOWING, run, Offer())["commands"] == {
        "start": "already_running",
        "next": "last_cue",
        "arm": "nothing_on_standby",
        "jump": "on_air",
        "skip": "has_run",
        "bring-back": "not_left_out",
        "restart": None,
        "reopen": "not_finished",
        "hold": None,
        "resume": "not_held",
        "extend": None,
        "finish": None,
        "undo": "nothing_to_undo",
        "redo": "nothing_to_redo",
    }


def test_a_cue_carries_its_plan_and_its_run() -> None:
    run = extend(resume(HELD, at("00:26") + timedelta(milliseconds=500)), minutes(-2))

    speakers = (Speaker(name="김차관", role="차관", reads_for="이장관"),)
    planned = replace(CUES[0], number="1", colour="#204060", warn_s=60, speakers=speakers)

    assert cue_document(planned, run.cues[0], FOLLOWING.plan, 1) == {
        "id": "opening",
        "number": "1",
        "lane": "hall",
        "segment": "ceremony",
        "title": {"ko": "opening", "en": "opening"},
        "kind": "ceremony",
        "position": 1,
        "planned_start": "2021-12-02T00:20:00.000Z",
        "planned_s": 600,
        "colour": "#204060",
        "warn_s": 60,
        "danger_s": None,
        "speakers": [{"name": "김차관", "role": "차관", "reads_for": "이장관"}],
        "started_at": "2021-12-02T00:21:00.000Z",
        "ended_at": None,
        "extension_s": -120,
        "held_s": 60.5,
        "skipped": False,
        "fixed": True,
        "sync": None,
    }


def test_a_segment_carries_the_wording_of_its_kind() -> None:
    segment = replace(
        SEGMENT,
        kind=SegmentKind.CASE_SHARING,
        note=Text(ko="27분", en="27 min"),
        room=RoomId("grand"),
        speakers=(Speaker(name="박상담", role="상담사"),),
    )

    assert segment_document(segment, 2) == {
        "id": "ceremony",
        "kind": "case_sharing",
        "label": {"ko": "사례공유", "en": "Case sharing"},
        "title": {"ko": "시상식", "en": "Awards"},
        "note": {"ko": "27분", "en": "27 min"},
        "room": "grand",
        "speakers": [{"name": "박상담", "role": "상담사"}],
        "position": 2,
    }


def test_a_segment_may_have_no_note() -> None:
    assert segment_document(SEGMENT, 1)["note"] is None


def test_every_kind_reads_in_both_languages() -> None:
    assert [kind.value for kind in SegmentKind if not (kind.label.ko and kind.label.en)] == []
    assert SegmentKind("break").label == Text(ko="휴식", en="Break")


def test_public_sees_that_a_hidden_segment_takes_time_and_not_what_it_is() -> None:
    hidden = replace(SEGMENT, id=SegmentId("hidden"), public=False)
    secret = replace(CUES[1], segment_id=hidden.id, number="2", colour="#204060", title=Text.of("비밀 점검"))
    known = following(CUES[0], secret)
    plan = replace(known.plan, segments=(SEGMENT, hidden))
    docs = {
        **segment_documents(replace(known, plan=plan)),
        "cue/opening": cue_document(CUES[0], lane().cues[0], plan, 1),
        "cue/ceremony": cue_document(secret, lane().cues[1], plan, 2),
    }

    seen = as_public(docs, plan)

    assert seen.keys() == {"segment/ceremony", "cue/opening", "cue/ceremony"}
    assert seen["cue/opening"] == docs["cue/opening"]
    veiled = seen["cue/ceremony"] or {}
    assert (veiled["title"], veiled["number"], veiled["planned_s"]) == (
        {"ko": "준비", "en": "Preparation"},
        "",
        1800,
    )
    assert "비밀" not in str(seen)


def test_notes_go_by_department_in_their_order() -> None:
    mc, sound = (DepartmentId(name) for name in ("mc", "sound"))
    noted = replace(CUES[0], notes={sound: "등장곡", mc: "안녕하십니까"})

    assert notes_documents(following(noted, replace(CUES[1], skipped=True, notes={mc: "없음"}))) == {
        "notes/opening": {
            "cue": "opening",
            "lane": "hall",
            "position": 1,
            "notes": [
                {
                    "department": "mc",
                    "place": 1,
                    "title": {"ko": "MC 멘트", "en": "MC script"},
                    "text": "안녕하십니까",
                },
                {"department": "sound", "place": 3, "title": {"ko": "음향", "en": "Sound"}, "text": "등장곡"},
            ],
        }
    }
