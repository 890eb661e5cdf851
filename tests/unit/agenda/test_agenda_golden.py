"""The projection that browsers must agree with: `tests/golden/agenda-clock.json`, read by `node --test` too.

When a rule of `projection.py` changes, change `static/js/agenda/clock.js` with it and write the file by
`python -m tests.unit.agenda.test_agenda_golden`; its difference under version control shows what that does.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

from conference_hub.agenda.clock import LaneRun, extend, finish, hold, jump, next_cue, resume, start
from conference_hub.agenda.documents import Document, cue_document, lane_document
from conference_hub.agenda.model import CueId
from conference_hub.agenda.projection import CueProjection, project
from conference_hub.core.now import iso
from tests.unit.agenda.lanes import CUES, LANE, at, cue, following, lane, minutes

GOLDEN = Path(__file__).parents[2] / "golden" / "agenda-clock.json"

OPENING = start(lane(), at("00:20"))
CEREMONY = next_cue(OPENING, at("00:30"))
HELD = hold(CEREMONY, at("00:40"))
GALA = (cue("gala", at("23:30"), minutes(60)), cue("night", at("23:30") + minutes(60), minutes(20)))
OVERLAP = (cue("film", at("00:20"), minutes(10)), cue("talk", at("00:25"), minutes(10)))
TALK = cue("talk", at("01:15"), minutes(10))
FOUR = start(lane(*CUES, TALK), at("00:20"))
PLANNED = {planned.id: planned for planned in (*CUES, *GALA, *OVERLAP, TALK)}
FOLLOWING = following(*PLANNED.values())
HALF = timedelta(milliseconds=500)

CASES = {
    "waiting, before its time": (lane(), at("00:00")),
    "waiting, after its time": (lane(), at("00:32")),
    "started early": (start(lane(), at("00:12")), at("00:15")),
    "running in time": (CEREMONY, at("00:40:30")),
    "running, to the millisecond": (start(lane(), at("00:20") + HALF), at("00:25") + HALF / 2),
    "late, absorbed by the gap": (next_cue(OPENING, at("00:34")), at("00:40")),
    "late beyond the gap": (next_cue(OPENING, at("00:38")), at("00:40")),
    "over its time": (CEREMONY, at("01:08")),
    "held": (HELD, at("00:52")),
    "held over its time": (hold(CEREMONY, at("01:05")), at("01:20")),
    "resumed": (resume(HELD, at("00:45") + HALF), at("00:50")),
    "next out of a hold": (next_cue(HELD, at("00:45")), at("00:46")),
    "extended": (extend(CEREMONY, minutes(10)), at("00:40")),
    "shortened while held": (extend(HELD, minutes(-5)), at("00:41")),
    "finished": (finish(next_cue(CEREMONY, at("01:04")), at("01:12")), at("02:00")),
    "finished early": (finish(CEREMONY, at("00:50"), early=True), at("02:00")),
    "across midnight": (start(lane(*GALA), at("23:40")), at("23:40") + minutes(30)),
    "cues planned over each other": (lane(*OVERLAP), at("00:00")),
    "wall clock stepped back": (CEREMONY, at("00:01")),
    "wall clock stepped back while held": (HELD, at("00:35")),
    "jumped ahead": (jump(OPENING, CueId("performance"), at("00:30")), at("00:35")),
    "jumped ahead and come back": (
        jump(jump(FOUR, CueId("performance"), at("00:30")), CueId("ceremony"), at("00:40")),
        at("00:50"),
    ),
    "started in the middle": (jump(lane(), CueId("ceremony"), at("00:29")), at("00:35")),
    "empty lane": (LaneRun.planned(lane_id=LANE.id, cues=()), at("00:00")),
}


def golden() -> list[Document]:
    """Write each case as its documents, the instant, and the projection in the browser's names and units."""
    return [
        {"name": name, "now": iso(now), **_documents(run), "projection": _in_browser_terms(run, now)}
        for name, (run, now) in CASES.items()
    ]


def _documents(run: LaneRun) -> Document:
    return {
        "lane": lane_document(FOLLOWING, run),
        "cues": [
            cue_document(PLANNED[seen.cue_id], seen, FOLLOWING.plan, place)
            for place, seen in enumerate(run.cues, start=1)
        ],
    }


def _in_browser_terms(run: LaneRun, now: datetime) -> Document:
    seen = project(run, now)
    return {
        "cues": [_cue_in_browser_terms(one) for one in seen.cues],
        "endsAt": _ms(seen.ends_at),
        "remainingMs": None if seen.remaining is None else seen.remaining // timedelta(milliseconds=1),
        "plannedFinish": _ms(seen.planned_finish),
        "projectedFinish": _ms(seen.projected_finish),
        "driftMs": seen.drift // timedelta(milliseconds=1),
    }


def _cue_in_browser_terms(seen: CueProjection) -> Document:
    return {
        "id": seen.cue_id,
        "plannedStart": _ms(seen.planned_start),
        "plannedEnd": _ms(seen.planned_end),
        "startedAt": _ms(seen.started_at),
        "endedAt": _ms(seen.ended_at),
        "projectedStart": _ms(seen.projected_start),
        "projectedEnd": _ms(seen.projected_end),
    }


def _ms(instant: datetime | None) -> int | None:
    """Milliseconds since 1970, as `Date.parse` gives them."""
    epoch = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
    return None if instant is None else (instant - epoch) // timedelta(milliseconds=1)


def test_projection_equals_the_golden_file_of_the_browser() -> None:
    assert golden() == json.loads(GOLDEN.read_text(encoding="utf-8"))


if __name__ == "__main__":
    GOLDEN.write_text(json.dumps(golden(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
