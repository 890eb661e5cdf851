"""The state of a stream for whoever sent the running request, by itself over HTTP or as a part of a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask import Flask, g, request, url_for
from markupsafe import Markup

from conference_hub.access.middleware import not_published, viewer
from conference_hub.access.policy import check_stream, works_for
from conference_hub.agenda.keys import REHEARSAL
from conference_hub.awards.openings import OF_STREAM, note
from conference_hub.core.stream import Stream
from conference_hub.live.audience import Audience
from conference_hub.live.followers import StreamKey
from conference_hub.live.snapshot import LARGEST_IN_PAGE, State
from conference_hub.live.state import current_live
from conference_hub.live.team_cards import Team
from conference_hub.web.hub import current_hub
from conference_hub.web.typeface import digest_of, face_of

OF_TEAMS = (Stream.OPERATOR, Stream.SEALED, Stream.STAFF)
"""What the team of a conference says, the most first."""


def install(app: Flask) -> None:
    """Give templates the functions below, by their names."""
    for function in (stream_state, stream_docs, audience_told, team_told, crew_told, letters_face):
        app.jinja_env.globals[function.__name__] = function


def read(key: StreamKey, after: int | None, may_render: Callable[[], bool]) -> State:
    """Return the state of a stream for the viewer, and note who opens what is not revealed yet.

    Raises NotSignedIn and Forbidden when the stream is not for the viewer, NotFound without such a conference and to
    others than its team for a draft.
    """
    check_stream(viewer(), *key)
    return _shown(key, current_live().states.answer(key, after, may_render))


def stream_state(conf: str, stream: str) -> Markup | None:
    """Return what `GET state` answers the viewer now, for a `script` of the page that follows the stream.

    None: the stream is not for the viewer, its snapshot is large, or the page is for a browser to keep (`X-Keep`):
    it will be opened when this state is an old one.
    """
    key = (conf, Stream(stream))
    if not _may_carry(key):
        return None
    found = _small(key)
    return None if found is None else _in_html(_shown(key, found), current_hub().now())


def audience_told(conf: str) -> Audience | None:
    """Return what a page of the audience says by itself, None where the state is a large one.

    The page has been opened to its viewer, who may follow the public stream then.
    """
    state = _small((conf, Stream.PUBLIC))
    return None if state is None else current_live().pictures.of_audience(state)


def team_told(conf: str, stream: str) -> Team | None:
    """Return what a screen that follows a stream of the team says by itself, None where `stream_state` gives none."""
    key = (conf, Stream(stream))
    state = _small(key) if _may_carry(key) else None
    return None if state is None else current_live().pictures.of_team(state)


def crew_told(conf: str, run: str | None) -> Team | None:
    """Return what a screen of the people at the stage says by itself.

    None where `stream_state` gives none, and while there is a rehearsal that it may follow, as `run` says.
    """
    if run is not None:
        rehearsed = _small((conf, Stream.REHEARSAL))
        if rehearsed is None or any(
            key.startswith(REHEARSAL) for key in current_live().pictures.docs(rehearsed)
        ):
            return None
    return team_told(conf, Stream.SEALED)


def stream_docs(conf: str, stream: str) -> Mapping[str, Any]:
    """Return the documents that the page's viewer follows, none where `stream_state` gives none."""
    key = (conf, Stream(stream))
    state = _small(key) if _may_carry(key) else None
    return {} if state is None else current_live().pictures.docs(state)


def _small(key: StreamKey) -> State | None:
    """Return the state of a stream, None where it is a large one: of one moment for all that the page says of it.

    Raises NotFound.
    """
    known: dict[StreamKey, State | None] = g.setdefault("small_states", {})
    if key not in known:
        known[key] = current_live().states.small_snapshot(key, LARGEST_IN_PAGE)
    return known[key]


def _may_carry(key: StreamKey) -> bool:
    """Whether a page may say what its viewer may follow: one that a browser keeps is opened when that is old."""
    return "X-Keep" not in request.headers and viewer().may_follow(*key)


def letters_face(conf: str) -> Markup | None:
    """Return the CSS of the font with the letters of what the viewer may follow, None where it needs no such font."""
    stream = next(each for each in (*OF_TEAMS, Stream.PUBLIC) if viewer().may_follow(conf, each))
    letters = current_live().letters.of((conf, stream))
    if not letters:
        return None
    url = url_for("live.letters", conf=conf, stream=stream, known=digest_of(letters))
    return Markup(face_of(letters, url))  # noqa: S704 - an address of the hub and numbers


def _shown(key: StreamKey, found: State) -> State:
    conf, stream = key
    if found.draft and not works_for(viewer(), conf):
        raise not_published()
    hub = current_hub()
    if stream in OF_STREAM:
        note(hub.database, conf, viewer().worker(conf), OF_STREAM[stream], hub.now())
    return found


def _in_html(state: State, now: datetime) -> Markup:
    """Escape as Flask's `tojson` does: in JSON these characters stand within strings only."""
    text = state.as_json(now)
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - escaped above
