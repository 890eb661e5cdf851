"""Who may follow which stream: judged once, when a client joins, by the request that opened its connection.

A crowd that joins at the same time shares one reading of the database; all who are nobody in particular and follow the
same stream are one question in it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from flask import Flask
from socketio.exceptions import ConnectionRefusedError as Refusal
from sqlalchemy.orm import Session

from conference_hub.access.middleware import not_published
from conference_hub.access.model import NOBODY, Viewer
from conference_hub.access.policy import check_stream, works_for
from conference_hub.access.senders import says_who, viewer_of_request, viewer_of_screen
from conference_hub.awards.openings import OF_STREAM, note
from conference_hub.conferences.store import get_conference
from conference_hub.core.entries import head
from conference_hub.core.shared_reading import SharedReading
from conference_hub.core.stream import Stream
from conference_hub.live.followers import StreamKey
from conference_hub.web.hub import Hub

SAME_ORIGIN = "same-origin"


@dataclass(frozen=True, kw_only=True)
class Subscription:
    """The stream that a client wants to follow; `after` is the last sequence number it has seen.

    `screen` is the secret of the link that opened the screen, if one did.
    """

    key: StreamKey
    after: int | None
    screen: str | None = None


@dataclass(frozen=True, kw_only=True)
class Admitted:
    """Who was let in, and the head of the stream then; a `draft` is for the team of the conference only."""

    viewer: Viewer
    draft: bool
    head: int


class Admission:
    """Looks up and checks who wants to join."""

    def __init__(self, app: Flask, hub: Hub, reading: SharedReading) -> None:
        self._app = app
        self._hub = hub
        self._reading = reading

    def admit(self, subscription: Subscription, environ: dict[str, Any]) -> Admitted:
        """Return the sender, checked against the stream; a browser must come from a page of ours.

        Raises Refusal (`origin`), NotFound, NotSignedIn, Forbidden and Unavailable.
        """
        conf, stream = subscription.key
        question, find = self._asked(subscription, environ)

        def read(db: Session) -> Admitted:
            viewer = find(db)
            draft = get_conference(db, conf).hidden
            return Admitted(viewer=viewer, draft=draft, head=head(db, conf, stream))

        found = self._reading.ask(question, read)
        viewer = found.viewer
        if not viewer.machine and not _from_own_page(environ):
            raise Refusal("origin", {})
        check_stream(viewer, conf, stream)
        if found.draft and not works_for(viewer, conf):
            raise not_published()
        if stream in OF_STREAM:
            note(self._hub.database, conf, viewer.worker(conf), OF_STREAM[stream], self._hub.now())
        return found

    def _asked(
        self, subscription: Subscription, environ: dict[str, Any]
    ) -> tuple[Hashable, Callable[[Session], Viewer]]:
        """Return what to ask, and how to look the sender up; only nobody in particular shares an answer."""
        conf, secret = subscription.key[0], subscription.screen
        if secret is not None:
            return object(), lambda db: viewer_of_screen(db, secret)
        if not says_who(self._app, environ):
            return subscription.key, lambda _db: NOBODY

        def sender(db: Session) -> Viewer:
            with self._app.request_context(environ):
                return viewer_of_request(db, conf)

        return object(), sender


def parse_subscription(auth: object) -> Subscription:
    """Read `{"conf", "stream", "after", "screen"}`; refuses with `bad_request` and the field."""
    if not isinstance(auth, dict):
        raise Refusal("bad_request", {"field": "auth"})
    conf, stream, after = auth.get("conf"), auth.get("stream"), auth.get("after")
    if not isinstance(conf, str) or not conf.isprintable():
        raise Refusal("bad_request", {"field": "conf"})
    if not isinstance(stream, str) or stream not in STREAMS:
        raise Refusal("bad_request", {"field": "stream"})
    if after is not None and (isinstance(after, bool) or not isinstance(after, int) or after < 0):
        raise Refusal("bad_request", {"field": "after"})
    screen = auth.get("screen")
    if screen is not None and not isinstance(screen, str):
        raise Refusal("bad_request", {"field": "screen"})
    return Subscription(key=(conf, Stream(stream)), after=after, screen=screen)


STREAMS = frozenset(Stream)


def _from_own_page(environ: dict[str, Any]) -> bool:
    """Return whether a browser says that the hub's own page opened the connection.

    A foreign Origin never comes so far. Long polling from the own page sends no Origin; there the browser's
    own `Sec-Fetch-Site` says it. What says neither is no page of ours.
    """
    return "HTTP_ORIGIN" in environ or environ.get("HTTP_SEC_FETCH_SITE") == SAME_ORIGIN
