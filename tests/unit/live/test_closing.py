"""When pages say that everything is over, for today or for good: the cases of `tests/js/live/closing.test.js`."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from conference_hub.agenda.lane_run import CueRun, LaneRun, LaneStatus
from conference_hub.agenda.model import CueId, LaneId
from conference_hub.agenda.projection import project_run
from conference_hub.agenda.run import Run
from conference_hub.core.now import iso
from conference_hub.live.closing import Closing, closing
from conference_hub.live.lane_cards import lane_cards


def on(time: str) -> datetime:
    """Return an instant of December 2021 in Seoul: `02T09:20`."""
    return datetime.fromisoformat(f"2021-12-{time}+09:00")


def item(
    name: str, start: str, end: str | None = None, *, runs: bool = False, skipped: bool = False
) -> CueRun:
    """Return a cue of ten minutes that ran until `end`, still `runs`, or has not begun."""
    begun = on(start) if end or runs else None
    return CueRun(
        cue_id=CueId(name),
        planned_start=on(start),
        planned=timedelta(minutes=10),
        started_at=begun,
        ended_at=on(end) if end else None,
        skipped=skipped,
    )


def lane(name: str, status: str, *cues: CueRun) -> LaneRun:
    position = next((place for place, one in enumerate(cues) if status == "running" and one.started_at), None)
    return LaneRun(
        lane_id=LaneId(name), cues=cues, status=LaneStatus(status), position=position, held_since=None
    )


def found(lanes: list[LaneRun], ends: str, now: str, state: str = "ready") -> Closing | None:
    docs: dict[str, Any] = {
        "conference": {"state": state, "ends_at": iso(on(ends)), "timezone": "Asia/Seoul"},
        **{f"lane/{one.lane_id}": _lane(one) for one in lanes},
        **{f"cue/{cue.cue_id}": _cue(one, cue) for one in lanes for cue in one.cues},
    }
    run = Run(lanes=tuple(lanes), cues={})
    projection = project_run(run, on(now))
    return closing(docs, lane_cards(docs, run, projection, on(now)), projection, on(now))


def _lane(run: LaneRun) -> dict[str, Any]:
    cue = run.current.cue_id if run.current else None
    title = {"ko": run.lane_id, "en": ""}
    return {"id": run.lane_id, "title": title, "room": None, "status": run.status.value, "cue": cue}


def _cue(run: LaneRun, cue: CueRun) -> dict[str, Any]:
    return {
        "id": cue.cue_id,
        "lane": run.lane_id,
        "segment": "s",
        "title": {"ko": cue.cue_id, "en": ""},
        "speakers": [],
        "planned_start": iso(cue.planned_start),
        "started_at": iso(cue.started_at) if cue.started_at else None,
        "ended_at": iso(cue.ended_at) if cue.ended_at else None,
        "skipped": cue.skipped,
    }


ENDED = lane("hall", "finished", item("a", "02T09:20", "02T11:00"))
MORNING = lane("hall", "running", item("a", "02T09:20", runs=True))
LATE = lane("hall", "finished", item("a", "02T21:00", "03T00:20"))
AFTERNOON = lane("meta", "waiting", item("m", "02T13:00"))
SECOND_DAY = lane("second", "waiting", item("b", "03T09:00"))
EVENING = lane("hall", "finished", item("a", "02T09:20", "02T11:00"), item("b", "03T09:00"))
SKIPPED = lane("hall", "finished", item("a", "02T09:20", "02T11:00"), item("b", "03T09:00", skipped=True))


@pytest.mark.parametrize(
    ("lanes", "ends", "now", "closed"),
    [
        ([], "02T11:00", "02T09:00", None),
        ([lane("hall", "waiting", item("a", "02T09:20"))], "02T11:00", "02T09:00", None),
        ([MORNING], "02T11:00", "02T10:00", None),
        ([ENDED, AFTERNOON], "02T18:00", "02T11:01", None),
        ([ENDED], "02T11:00", "02T10:50", "over"),
        ([ENDED], "02T18:00", "02T11:01", "over"),
        ([LATE], "02T23:50", "03T00:21", "over"),
        ([LATE], "03T00:30", "03T00:21", "over"),
    ],
)
def test_all_is_over_once_every_lane_is(
    lanes: list[LaneRun], ends: str, now: str, closed: Closing | None
) -> None:
    assert found(lanes, ends, now) == closed


@pytest.mark.parametrize(
    ("lanes", "now", "closed"),
    [
        ([ENDED, SECOND_DAY], "02T11:01", "day"),
        ([ENDED, SECOND_DAY], "03T00:21", "day"),
        ([ENDED, SECOND_DAY], "03T06:00", None),
        ([ENDED], "02T11:01", "day"),
        ([ENDED], "03T18:01", "over"),
        ([EVENING], "02T11:01", "day"),
    ],
)
def test_conference_that_goes_on_tomorrow_is_over_for_the_day(
    lanes: list[LaneRun], now: str, closed: Closing | None
) -> None:
    assert found(lanes, "03T18:00", now) == closed


def test_cue_that_was_skipped_does_not_come_tomorrow() -> None:
    assert found([EVENING], "02T18:00", "02T11:01") == "day"
    assert found([SKIPPED], "02T18:00", "02T11:01") == "over"


def test_lane_that_nobody_started_is_given_up_once_the_conference_is_past() -> None:
    assert found([ENDED, AFTERNOON], "02T18:00", "02T17:59") is None
    assert found([ENDED, AFTERNOON], "02T18:00", "02T18:01") == "over"


@pytest.mark.parametrize("state", ["over", "archived"])
def test_organiser_ends_a_conference_by_hand(state: str) -> None:
    assert found([MORNING], "02T18:00", "02T10:00", state) == "over"
