"""The state over HTTP, health, readiness and metrics."""

from __future__ import annotations

from contextlib import suppress
from ipaddress import ip_address

from flask import Blueprint, Response, jsonify, request, session
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from conference_hub.access.middleware import viewer
from conference_hub.access.model import Role
from conference_hub.access.policy import allow, check, check_stream, without_conference, without_viewer
from conference_hub.access.senders import viewer_of_request
from conference_hub.core.errors import NotFound, Unavailable, msg
from conference_hub.core.stream import Stream
from conference_hub.live.health import reasons_against
from conference_hub.live.reading import read
from conference_hub.live.requests import StateQuery
from conference_hub.live.shapes import ApplauseDoc, IdentifiedDoc, StateDoc
from conference_hub.live.state import current_live
from conference_hub.web import metrics
from conference_hub.web.assets import LONG_LIFE, PRIVATE_LIFE
from conference_hub.web.describing import answers
from conference_hub.web.hub import current_hub
from conference_hub.web.requests import Press, takes
from conference_hub.web.typeface import TYPE, digest_of, packed_font

live_bp = Blueprint("live", __name__)


@live_bp.get("/api/v1/c/<conf>/state")
@allow(Role.PUBLIC)
@without_conference
@answers(StateDoc, sometimes_forbidden=True)
@takes(StateQuery)
def state(query: StateQuery, conf: str) -> ResponseReturnValue:
    """Return the state of one stream; with `after` the entries since. The stream decides who may read it."""
    stream = query.stream
    found = read((conf, stream), query.after, _may_replay)
    response = Response(found.as_json(current_hub().now()), mimetype="application/json")
    if stream is not Stream.PUBLIC or found.draft:
        response.headers["Cache-Control"] = "no-store"
        return response
    session.accessed = False  # the same answer for everybody: a cache must not store one for each cookie
    response.headers["Cache-Control"] = "public, max-age=1"
    response.set_etag(found.tag, weak=True)
    return response.make_conditional(request)


@live_bp.post("/api/v1/c/<conf>/screens/identify")
@allow(Role.OPERATOR)
@answers(IdentifiedDoc)
@takes(Press)
def identify(_body: Press, conf: str) -> ResponseReturnValue:
    """Let every screen that a link opened show its name for ten seconds; answers how many are up."""
    return jsonify({"screens": current_live().screens.identify(conf)})


@live_bp.get("/api/v1/c/<conf>/applause")
@allow(Role.PUBLIC)
@answers(ApplauseDoc)
def applause(conf: str) -> ResponseReturnValue:
    """Return how many taps of applause came in the last ten seconds; for those whom no socket reaches."""
    response = jsonify(current_live().applause.document(conf))
    session.accessed = False  # the same answer for everybody
    response.headers["Cache-Control"] = "public, max-age=1"
    return response


@live_bp.get("/c/<conf>/letters/<stream>/<known>.ttf")
@allow(Role.PUBLIC)
def letters(conf: str, stream: str, known: str) -> ResponseReturnValue:
    """Return the font of what a stream says and the interface does not; `known` is what pages call it.

    Where it is another one by now, or another server's, the answer is the font of today, which nobody keeps.
    """
    if stream not in list(Stream):
        raise NotFound(msg("찾을 수 없는 주소입니다."))
    check_stream(viewer(), conf, Stream(stream))
    found = current_live().letters.of((conf, Stream(stream)))
    response = Response(packed_font(found), mimetype=TYPE)
    response.content_encoding = "gzip"
    session.accessed = False  # the same answer for everybody who may have it
    forever = PRIVATE_LIFE if stream != Stream.PUBLIC else LONG_LIFE
    response.headers["Cache-Control"] = forever if known == digest_of(found) else "no-store"
    return response


@live_bp.get("/healthz")
@allow(Role.PUBLIC)
@without_viewer
def healthz() -> ResponseReturnValue:
    """Answer as long as the process does anything at all."""
    return jsonify({"status": "ok"})


@live_bp.get("/readyz")
@allow(Role.PUBLIC)
@without_viewer
def readyz() -> ResponseReturnValue:
    """Answer 200 when the process can do its work, else 503 with the reasons."""
    live = current_live()
    reasons = reasons_against(current_hub(), live.relay, live.storage)
    answer = jsonify({"status": "not_ready" if reasons else "ready", "reasons": reasons})
    answer.headers["Cache-Control"] = "no-store"
    return answer, 503 if reasons else 200


@live_bp.get("/metrics")
@allow(Role.PUBLIC)
@without_viewer
def metrics_page() -> ResponseReturnValue:
    """Answer with the figures for Prometheus: to this machine itself, else to operators and organisers.

    Without the database `hub_outbox_depth` keeps its last value.
    """
    database = current_hub().database
    if not _asked_from_here():
        with database.reading() as db:
            asker = viewer_of_request(db)
        check(asker, None, frozenset({Role.OPERATOR, Role.ORGANISER}))
    with suppress(Unavailable), database.reading() as db:
        metrics.OUTBOX_DEPTH.set(current_live().relay.backlog(db).depth)
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def _may_replay() -> bool:
    """Return whether the sender's address may have entries read for it alone; this machine itself always may."""
    return _asked_from_here() or current_live().replays.within_budget(request.remote_addr or "")


def _asked_from_here() -> bool:
    """Return whether the request comes from this machine and was not passed on by a proxy."""
    address = request.remote_addr
    return (
        address is not None and ip_address(address).is_loopback and "X-Forwarded-For" not in request.headers
    )
