"""A crowd at the gates of a fresh server: scans per second, the cost of each, and whether every answer was right."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from bench.rig.cpu import settled_cpu_s
from bench.rig.figures import P99, percentile
from bench.rig.in_flight import Outcome, send_all
from bench.rig.scans import Scan, crowd, refuse_wrong_answers
from bench.rig.subject import GATE, Subject
from bench.rig.wire import request
from tests.model_day import CONF

BADGES = 600
WARM_UP = 20
"""Badges shown before the measuring, one after the other."""
PATH = f"/api/v1/c/{CONF}/checkin/redeem"


def redeem_all(subject: Subject, in_flight: int, badges: int = BADGES) -> dict[str, Any]:
    """Let everybody in and return the figures; raises AssertionError unless each badge has exactly one admission."""
    tokens = subject.tokens
    send_all(subject.target.port, _requests(subject, crowd(tokens[:WARM_UP], "warm")), 1)
    admitted = _admitted(subject)
    scans = crowd(tokens[WARM_UP : WARM_UP + badges], "bench")
    requests = _requests(subject, scans)
    cpu_s, began = settled_cpu_s(subject.target.pid), time.perf_counter()
    outcomes = send_all(subject.target.port, requests, in_flight)
    took_s = time.perf_counter() - began
    cpu_s = settled_cpu_s(subject.target.pid) - cpu_s
    refused = [one.body for one in outcomes if one.status != HTTPStatus.OK]
    assert not refused, refused
    verdicts = refuse_wrong_answers(scans, [json.loads(one.body) for one in outcomes])
    assert _admitted(subject) - admitted == badges, "the server counts other admissions than it answered"
    return _figures(outcomes, cpu_s, took_s) | {"verdicts": dict(verdicts)}


def better(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return the run with more answers a second."""
    return max(one, other, key=lambda figures: float(figures["per_s"]))


def _figures(outcomes: Sequence[Outcome], cpu_s: float, took_s: float) -> dict[str, Any]:
    took = [one.took_s for one in outcomes]
    return {
        "cpu_ms": round(cpu_s / len(outcomes) * 1000, 2),
        "p50_ms": round(percentile(took, 0.5) * 1000, 2),
        "p99_ms": round(percentile(took, P99) * 1000, 2),
        "requests": len(outcomes),
        "per_s": round(len(outcomes) / took_s, 1),
        "per_cpu_s": round(len(outcomes) / cpu_s, 1),
    }


def _requests(subject: Subject, scans: Sequence[Scan]) -> list[bytes]:
    headers = {"Authorization": f"Bearer {subject.staff.token}", "Content-Type": "application/json"}
    return [
        request(subject.target.port, PATH, headers, json.dumps(scan.body(GATE)).encode()) for scan in scans
    ]


def _admitted(subject: Subject) -> int:
    """Return how many guests were ever admitted, as the server counts them."""
    state = subject.staff.get(f"/api/v1/c/{CONF}/state?stream=staff").document
    admitted: int = state["snapshot"]["presence"]["admitted"]
    return admitted
