"""What pages of the audience say by themselves, made at most once a second for all who open them."""

from __future__ import annotations

import json
from datetime import timedelta

from conference_hub.agenda.lane_store import load_run
from conference_hub.agenda.run_store import live_run
from conference_hub.core.stream import Stream
from conference_hub.live.audience import Audience, audience
from conference_hub.live.snapshot import FRESH_S, LARGEST_IN_PAGE, States
from conference_hub.web.hub import Hub


class FirstPictures:
    """Makes them of the public state, and keeps the last one of each conference."""

    def __init__(self, hub: Hub, states: States) -> None:
        self._hub = hub
        self._states = states
        self._kept: dict[str, tuple[str, Audience]] = {}

    def of(self, conf: str) -> Audience | None:
        """Return what the audience is told now; None where the state is a large one. Raises NotFound."""
        state = self._states.small_snapshot((conf, Stream.PUBLIC), LARGEST_IN_PAGE)
        if state is None:
            return None
        now = self._hub.now()
        tag, kept = self._kept.get(conf, ("", None))
        if kept is not None and tag == state.tag and abs(now - kept.now) < timedelta(seconds=FRESH_S):
            return kept
        with self._hub.database.reading() as db:
            run = load_run(db, conf, live_run(db, conf))
        made = audience(json.loads(state.content), run, now)
        self._kept[conf] = (state.tag, made)
        return made
