"""What pages say by themselves, made at most once a second for all who open them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

from conference_hub.agenda.lane_store import load_run
from conference_hub.agenda.run import Run
from conference_hub.agenda.run_store import live_run
from conference_hub.live.audience import Audience, audience
from conference_hub.live.followers import StreamKey
from conference_hub.live.snapshot import FRESH_S, State, States
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

    def of_audience(self, state: State) -> Audience:
        """Return what the audience is told now, `state` being a snapshot of the public stream."""
        return self._picture(state, self._audiences, audience)

    def of_team(self, state: State) -> Team:
        """Return what those who follow a stream of the team are told now, `state` being a snapshot of it."""
        return self._picture(state, self._teams, team)

    def docs(self, state: State) -> dict[str, Any]:
        """Return the documents of a snapshot."""
        tag, docs = self._docs.get(state.key, ("", {}))
        if tag != state.tag:
            docs = json.loads(state.content)
            self._keep(self._docs, state, docs)
        return docs

    def forget(self, key: StreamKey) -> None:
        """Drop what was made of a stream before it moved on: names that were in it may not be public any more."""
        for kept in (self._docs, self._audiences, self._teams):
            kept.pop(key, None)

    def _picture(
        self,
        state: State,
        kept: dict[StreamKey, tuple[str, Picture]],
        make: Callable[[Mapping[str, Any], Run, datetime], Picture],
    ) -> Picture:
        now, key = self._hub.now(), state.key
        tag, last = kept.get(key, ("", None))
        if last is not None and tag == state.tag and abs(now - last.now) < timedelta(seconds=FRESH_S):
            return last
        with self._hub.database.reading() as db:
            run = load_run(db, key[0], live_run(db, key[0]))
        made = make(self.docs(state), run, now)
        self._keep(kept, state, made)
        return made

    def _keep(self, kept: dict[StreamKey, tuple[str, Any]], state: State, made: object) -> None:
        """Keep what was made of a state, unless its stream has moved on meanwhile: nobody would drop it."""
        if not self._states.is_outdated(state):
            kept[state.key] = (state.tag, made)
