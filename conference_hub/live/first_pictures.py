"""What pages say by themselves, made at most once a second for all who open them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

from conference_hub.agenda.lane_store import load_run
from conference_hub.agenda.run import Run
from conference_hub.agenda.run_store import live_run
from conference_hub.core.stream import Stream
from conference_hub.live.audience import Audience, audience
from conference_hub.live.followers import StreamKey
from conference_hub.live.snapshot import FRESH_S, LARGEST_IN_PAGE, State, States
from conference_hub.live.team_cards import Team, team
from conference_hub.web.hub import Hub

Picture = TypeVar("Picture", Audience, Team)


class FirstPictures:
    """Makes them of the state of a stream, and keeps the last ones of each conference."""

    def __init__(self, hub: Hub, states: States) -> None:
        self._hub = hub
        self._states = states
        self._docs: dict[StreamKey, tuple[str, dict[str, Any]]] = {}
        self._audiences: dict[StreamKey, tuple[str, Audience]] = {}
        self._teams: dict[StreamKey, tuple[str, Team]] = {}

    def of_audience(self, conf: str) -> Audience | None:
        """Return what the audience is told now; None where the state is a large one. Raises NotFound."""
        return self._picture((conf, Stream.PUBLIC), self._audiences, audience)

    def of_team(self, key: StreamKey) -> Team | None:
        """Return what those who follow a stream of the team are told now; None where the state is a large one.

        Raises NotFound.
        """
        return self._picture(key, self._teams, team)

    def docs(self, key: StreamKey) -> dict[str, Any] | None:
        """Return the documents of a stream now; None where the state is a large one. Raises NotFound."""
        state = self._state(key)
        return None if state is None else self._read(state)

    def forget(self, key: StreamKey) -> None:
        """Drop what was made of a stream before it moved on: names that were in it may not be public any more."""
        for kept in (self._docs, self._audiences, self._teams):
            kept.pop(key, None)

    def _picture(
        self,
        key: StreamKey,
        kept: dict[StreamKey, tuple[str, Picture]],
        make: Callable[[Mapping[str, Any], Run, datetime], Picture],
    ) -> Picture | None:
        state = self._state(key)
        if state is None:
            return None
        now = self._hub.now()
        tag, last = kept.get(key, ("", None))
        if last is not None and tag == state.tag and abs(now - last.now) < timedelta(seconds=FRESH_S):
            return last
        with self._hub.database.reading() as db:
            run = load_run(db, key[0], live_run(db, key[0]))
        made = make(self._read(state), run, now)
        kept[key] = (state.tag, made)
        return made

    def _state(self, key: StreamKey) -> State | None:
        return self._states.small_snapshot(key, LARGEST_IN_PAGE)

    def _read(self, state: State) -> dict[str, Any]:
        tag, docs = self._docs.get(state.key, ("", {}))
        if tag != state.tag:
            docs = json.loads(state.content)
            self._docs[state.key] = (state.tag, docs)
        return docs
