"""Scans as paired devices make, keep and send them, by clocks that may be wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from conference_hub.checkin.model import Acted
from conference_hub.core.now import iso
from tests.integration.checkin.test_batch import BATCH
from tests.integration.checkin.test_quarantine import UPLOAD

ASIDE = {"quarantined": True}
LUNCH = "lunch"
"""The gate of the point that only counts."""

Answer = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Made:
    """A scan as its device made it: `body` with the time of its own clock, which was `fast` by so much."""

    body: dict[str, Any]
    guest: int
    out: bool
    at: datetime
    fast: timedelta
    badge: str

    @property
    def id(self) -> str:
        """The id of the scan."""
        return str(self.body["scan_id"])

    @property
    def acted(self) -> Acted | None:
        """What the device did by itself."""
        return Acted(self.body["acted"]) if "acted" in self.body else None

    @property
    def gate(self) -> str:
        """The gate at which it was made."""
        return str(self.body["gate"])

    @property
    def claimed(self) -> datetime:
        """When it was made by the clock of the device."""
        return self.at + self.fast

    def acting(self, what: Acted) -> Made:
        """Return it as of a device that did something by itself."""
        return replace(self, body={**self.body, "acted": what.value})

    def sent(self, now: datetime) -> dict[str, Any]:
        """Return it as it is sent `now`, by the clock with which it was made."""
        return {**self.body, "sent_at": iso(now + self.fast)}


@dataclass(kw_only=True)
class Device:
    """A paired browser, what it still has to send (`queue`) and what was answered."""

    browser: FlaskClient
    id: str
    key: str
    gate: str
    paired_at: datetime
    fast: timedelta = timedelta(0)
    ended_at: datetime | None = None
    queue: list[Made] = field(default_factory=list)
    sent: list[Made] = field(default_factory=list)

    @property
    def ended(self) -> bool:
        """Whether the desk ended it."""
        return self.ended_at is not None

    def send(self, scans: Sequence[Made], now: datetime) -> TestResponse:
        """Send scans as the device may: as itself, or by its key once it was ended."""
        body = {"scans": [one.sent(now) for one in scans]}
        if self.ended:
            key = {"X-Upload-Key": f"{self.id}.{self.key}"}
            return self.browser.post(UPLOAD, json=body, headers=key)
        return self.browser.post(BATCH, json=body)


def answers_of(response: TestResponse) -> list[Answer]:
    """Return the answers of a batch; each names its scan and is final."""
    assert response.status_code == 200, response.text
    answers: list[Answer] = response.get_json()["answers"]
    return answers


def lasting(answer: Answer) -> Answer:
    """Return what of an answer is the same each time: not what staff may do now, nor what came of it."""
    first = {"first": answer["first"].get("at")} if "first" in answer else {}
    names = ("scan_id", "verdict", "quarantined", "at", "details", "again", "forced", "over")
    return {**{name: answer[name] for name in names if name in answer}, **first}
