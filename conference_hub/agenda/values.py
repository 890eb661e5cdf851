"""A lane as it runs, as the stored values that undo compares and restores."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from conference_hub.agenda.history import State, Values
from conference_hub.agenda.keys import CUE, Keys
from conference_hub.agenda.lane_run import CueRun, LaneRun, LaneStatus
from conference_hub.core.now import iso, parse_iso

KEYS = Keys()
"""Values have the keys of the live run in every run."""
OWN_FAMILIES = frozenset({"lane", "cue"})
"""The families of the keys that are the lane's own."""
MS = timedelta(milliseconds=1)


def values_of(run: LaneRun) -> State:
    """Return everything that commands change in a lane, as JSON values."""
    lane = {
        "status": run.status.value,
        "cue": run.current.cue_id if run.current else None,
        "held_since": _text(run.held_since),
        "standby": run.standby,
    }
    return {KEYS.lane(run.lane_id): lane, **{f"{CUE}{cue.cue_id}": _cue_values(cue) for cue in run.cues}}


def with_values(run: LaneRun, state: State) -> LaneRun:
    """Return the lane with the values in `state`, which may hold some of its keys only.

    A cue that was on standby and has left the plan since is not put there again. Nobody becomes ready by it:
    another lane would take a lane that was on air.
    """
    cues = tuple(_with_cue_values(cue, state.get(KEYS.cue(cue.cue_id))) for cue in run.cues)
    values = state.get(KEYS.lane(run.lane_id))
    if values is None:
        return replace(run, cues=cues, ready_since=None)
    ids = [cue.cue_id for cue in cues]
    return replace(
        run,
        cues=cues,
        status=LaneStatus(values["status"]),
        position=None if values["cue"] is None else ids.index(values["cue"]),
        held_since=_instant(values["held_since"]),
        standby=values["standby"] if values["standby"] in ids else None,
        ready_since=None,
    )


def _cue_values(cue: CueRun) -> Values:
    """Return what commands change in a cue: without a call for instants it does not have, as commands ask often."""
    return {
        "started_at": None if cue.started_at is None else iso(cue.started_at),
        "ended_at": None if cue.ended_at is None else iso(cue.ended_at),
        "extension_ms": cue.extension // MS,
        "held_ms": cue.held // MS,
        "skipped": cue.skipped,
    }


def _with_cue_values(cue: CueRun, values: Values | None) -> CueRun:
    if values is None:
        return cue
    return replace(
        cue,
        started_at=_instant(values["started_at"]),
        ended_at=_instant(values["ended_at"]),
        extension=values["extension_ms"] * MS,
        held=values["held_ms"] * MS,
        skipped=values["skipped"],
    )


def _text(instant: datetime | None) -> str | None:
    return None if instant is None else iso(instant)


def _instant(text: str | None) -> datetime | None:
    return None if text is None else parse_iso(text)
