"""The figures for monitoring. No label holds a name, a path with an id, or anything a visitor typed."""

from __future__ import annotations

from http import HTTPMethod

from flask import Flask, Response, request
from prometheus_client import Counter, Gauge, Histogram

from conference_hub.core.entries import Entry
from conference_hub.core.stream import Stream

SOCKETS = Gauge("hub_sockets", "Open sockets", ["stream"])
RELAYED = Counter("hub_entries_relayed", "Journal entries handed to the sockets", ["stream"])
OUTBOX_DEPTH = Gauge("hub_outbox_depth", "Committed journal entries not yet relayed")
FANOUT = Histogram(
    "hub_fanout_seconds",
    "From a fact's transaction to the moment it was handed over for its last follower",
    ["stream"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
CHECKINS = Counter("hub_checkins", "Guests admitted at a gate or by their link")
REFUSED_CONNECTIONS = Counter(
    "hub_connections_refused", "Connections closed because the client broke a limit", ["reason"]
)
SIGN_INS = Counter(
    "hub_sign_ins",
    "Tries to sign in by password; signed_in and not_signed_in are those whose password was hashed",
    ["result"],
)
REQUESTS = Counter("hub_http_requests", "Answered HTTP requests", ["endpoint", "method", "status"])

ADMITTED = "GuestAdmitted"
METHODS = frozenset(HTTPMethod)


def install(app: Flask) -> None:
    """Count the answers of `app` by endpoint; unknown addresses share one label, and so do made-up methods."""
    app.after_request(_count_answer)


def _count_answer(response: Response) -> Response:
    method = request.method if request.method in METHODS else "other"
    REQUESTS.labels(request.endpoint or "none", method, response.status_code).inc()
    return response


def count_facts(_conf: str, entries: list[Entry]) -> None:
    """Count admissions as they are committed in this process (a journal listener)."""
    CHECKINS.inc(sum(e.topic == ADMITTED for e in entries if e.stream is Stream.OPERATOR))
