"""The projections that browsers must agree with: `agenda-clock.json` of one lane, `agenda-run.json` of all lanes.

They are in `tests/golden`, and `node --test` reads them too. When a rule of `projection.py` changes, change
`static/js/agenda/clock.js` and `lanes.js` with it and write the files by
`python -m tests.unit.agenda.test_agenda_golden`; their difference under version control shows what that does.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from conference_hub.agenda.clock import (
    arm,
    extend,
    finish,
    hold,
    jump,
    make_ready,
    next_cue,
    reopen,
    restart,
    resume,
    skip,
    start,
)
from conference_hub.agenda.documents import Document, cue_document, lane_document
from conference_hub.agenda.lane_run import LaneRun
from conference_hub.agenda.model import Cue, CueId, Lane, LaneId
from conference_hub.agenda.projection import CueProjection, LaneProjection, project, project_run
from conference_hub.agenda.run import Run
from conference_hub.core.now import iso
from conference_hub.core.text import Text
from tests.unit.agenda.lanes import CUES, LANE, at, cue, following, lane, minutes

GOLDEN = Path(__file__).parents[2] / "golden" / "agenda-clock.json"
GOLDEN_RUN = GOLDEN.with_name("agenda-run.json")

OPENING = start(lane(), at("00:20"))
CEREMONY = next_cue(OPENING, at("00:30"))
HELD = hold(CEREMONY, at("00:40"))
GALA = (cue("gala", at("23:30"), minutes(60)), cue("night", at("23:30") + minutes(60), minutes(20)))
OVERLAP = (cue("film", at("00:20"), minutes(10)), cue("talk", at("00:25"), minutes(10)))
TALK = cue("talk", at("01:15"), minutes(10))
STREET = LaneId("street")
STALL = cue("stall", at("00:25"), minutes(15), STREET)
PARADE = cue("parade", at("01:00"), minutes(30), STREET)
MEETING = (CUES[0], replace(CUES[1], sync="①"), CUES[2])
FOLLOWS = (CUES[0], replace(CUES[1], fixed=False), CUES[2])
BAND = replace(cue("band", at("00:30"), minutes(20), STREET), sync="①")
LATE = start(lane(*MEETING), at("00:25"))
FOUR = start(lane(*CUES, TALK), at("00:20"))
PLANNED = {planned.id: planned for planned in (*CUES, *GALA, *OVERLAP, TALK, STALL, PARADE, BAND)}
FOLLOWING = following(*PLANNED.values(), lanes=(LANE, Lane(id=STREET, title=Text(ko="거리", en="Street"))))
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
    "wall clock stepped back after a hold": (resume(HELD, at("00:50")), at("00:35")),
    "jumped ahead": (jump(OPENING, CueId("performance"), at("00:30")), at("00:35")),
    "jumped ahead and come back": (
        jump(jump(FOUR, CueId("performance"), at("00:30")), CueId("ceremony"), at("00:40")),
        at("00:50"),
    ),
    "started in the middle": (jump(lane(), CueId("ceremony"), at("00:29")), at("00:35")),
    "one left out": (skip(OPENING, CueId("ceremony")), at("00:25")),
    "left out, gap and all": (skip(CEREMONY, CueId("performance")), at("00:40")),
    "another one on standby": (arm(FOUR, CueId("talk")), at("00:25")),
    "one that ran on standby": (arm(CEREMONY, CueId("opening")), at("00:40")),
    "standby while waiting": (arm(lane(), CueId("ceremony")), at("00:00")),
    "restarted": (restart(extend(CEREMONY, minutes(5)), at("00:45")), at("00:50")),
    "reopened": (reopen(finish(CEREMONY, at("00:50"), early=True)), at("00:55")),
    "empty lane": (LaneRun.planned(lane_id=LANE.id, cues=()), at("00:00")),
}

EMPTY = LaneRun.planned(lane_id=STREET, cues=())


def street(*cues: Cue) -> LaneRun:
    """Make another waiting lane, of the given cues, or of a stall and a parade that ends after the hall."""
    return LaneRun.planned(lane_id=STREET, cues=cues or (STALL, PARADE))


RUN_CASES: dict[str, tuple[tuple[LaneRun, ...], datetime]] = {
    "all waiting": ((lane(), street()), at("00:00")),
    "the lane that was to end last is late": ((CEREMONY, start(street(), at("00:50"))), at("00:55")),
    "another lane than planned ends last": ((CEREMONY, street()), at("01:40")),
    "the last lane is over early": (
        (CEREMONY, finish(start(street(), at("00:25")), at("00:30"), early=True)),
        at("00:40"),
    ),
    "all over": (
        (
            finish(next_cue(CEREMONY, at("01:04")), at("01:12")),
            finish(next_cue(start(street(), at("00:25")), at("01:00")), at("01:31")),
        ),
        at("02:00"),
    ),
    "held": ((HELD, street(STALL)), at("01:30")),
    "a lane without cues": ((lane(), EMPTY), at("00:00")),
    "nothing but a lane without cues": ((EMPTY,), at("00:00")),
    "no lane": ((), at("00:00")),
    "a late hall moves the joint start": ((LATE, street(BAND, PARADE)), at("00:26")),
    "a lane that is ready": ((make_ready(LATE, at("00:34")), street(BAND)), at("00:36")),
    "ready early, for a lane that is late": (
        (
            make_ready(start(lane(*MEETING), at("00:12")), at("00:15")),
            start(street(STALL, BAND), at("00:14")),
        ),
        at("00:16"),
    ),
    "a joint cue waits for its own time": ((lane(*MEETING), street(BAND)), at("00:00")),
    "a joint cue that ran starts alone": (
        (jump(start(lane(*MEETING), at("00:12")), CUES[1].id, at("00:14")), street(BAND)),
        at("00:20"),
    ),
    "early where cues follow on": ((start(lane(*FOLLOWS), at("00:12")), street()), at("00:15")),
}


def golden() -> list[Document]:
    """Write each case as its documents, the instant, and the projection in the browser's names and units."""
    return [
        {"name": name, "now": iso(now), **_documents(run), "projection": _in_browser_terms(run, now)}
        for name, (run, now) in CASES.items()
    ]


def golden_run() -> list[Document]:
    """Write each case of several lanes as their documents, the instant, and when all of them end."""
    return [
        {
            "name": name,
            "now": iso(now),
            "lanes": [_documents(run) for run in runs],
            "finish": _finish_in_browser_terms(runs, now),
            "projections": _run_in_browser_terms(runs, now),
        }
        for name, (runs, now) in RUN_CASES.items()
    ]


def _finish_in_browser_terms(runs: tuple[LaneRun, ...], now: datetime) -> Document | None:
    """Write when the whole run ends, as `wholeFinish` of `lanes.js` says it: null for a run without cues."""
    seen = project_run(Run(lanes=runs, cues=PLANNED), now)
    if seen.planned_finish is None or seen.projected_finish is None:
        return None
    return {"planned": _ms(seen.planned_finish), "projected": _ms(seen.projected_finish)}


def _documents(run: LaneRun) -> Document:
    return {
        "lane": lane_document(FOLLOWING, run),
        "cues": [
            cue_document(PLANNED[seen.cue_id], seen, FOLLOWING.plan, place)
            for place, seen in enumerate(run.cues, start=1)
        ],
    }


def _run_in_browser_terms(runs: tuple[LaneRun, ...], now: datetime) -> Document:
    """Write the projection of each lane, as `projectRun` says it."""
    seen = project_run(Run(lanes=runs, cues=PLANNED), now)
    return {lane_id: _lane_in_browser_terms(one) for lane_id, one in seen.lanes.items()}


def _in_browser_terms(run: LaneRun, now: datetime) -> Document:
    return _lane_in_browser_terms(project(run, now))


def _lane_in_browser_terms(seen: LaneProjection) -> Document:
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


def test_the_end_of_all_lanes_equals_the_golden_file_of_the_browser() -> None:
    assert golden_run() == json.loads(GOLDEN_RUN.read_text(encoding="utf-8"))


if __name__ == "__main__":
    for path, cases in ((GOLDEN, golden()), (GOLDEN_RUN, golden_run())):
        path.write_text(json.dumps(cases, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
