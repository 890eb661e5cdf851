"""A model day whose rounds of both lanes start together, and what its tests do and ask."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

from conference_hub.core.stream import Stream
from conference_hub.web.hub import Hub
from tests.integration.agenda.commanding import apply_to_cues, done, snapshot

ROUNDS = {"round-2-hall": "②", "round-2-metaverse": "②", "round-3-hall": "③", "round-3-metaverse": "③"}


def apply(browser: FlaskClient, points: dict[str, str]) -> None:
    """Let the live run follow a plan whose cues have these sync points."""
    apply_to_cues(browser, lambda cue: {"sync": points.get(cue)})


def go(browser: FlaskClient, command: str, **body: Any) -> None:
    done(browser, f"run/{command}", **body)


def in_round_1(browser: FlaskClient) -> None:
    go(browser, "start", lane="hall")
    go(browser, "next", lane="hall")


def make_ready(browser: FlaskClient, left: str = "leave") -> None:
    """Make the hall ready for its second round, and say what becomes of the names of its first one."""
    go(browser, "next", lane="hall", with_left=left)


def start_metaverse(browser: FlaskClient) -> None:
    """Start the metaverse, which takes the hall along."""
    go(browser, "start", lane="metaverse")


def standing(hub: Hub) -> list[tuple[Any, ...]]:
    """Give of each lane what is on air, since when it is ready, and what is on standby."""
    docs = snapshot(hub, Stream.PUBLIC)
    lanes = (docs[f"lane/{lane}"] or {} for lane in ("hall", "metaverse"))
    return [(lane["cue"], lane["ready_since"], lane["standby"]) for lane in lanes]


def started(hub: Hub, *cues: str) -> list[Any]:
    docs = snapshot(hub, Stream.PUBLIC)
    return [(docs[f"cue/{cue}"] or {})["started_at"] for cue in cues]


def names_of(hub: Hub, cue: str) -> list[str]:
    """Return the awards of a round in calling order."""
    docs = {key: doc for key, doc in snapshot(hub).items() if doc and key.startswith("award/")}
    awards = [doc for doc in docs.values() if doc["cue"] == cue]
    return [award["id"] for award in sorted(awards, key=lambda award: int(award["order"]))]
