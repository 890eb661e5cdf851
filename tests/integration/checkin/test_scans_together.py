"""Scans that come together: their rows are written together, and each is answered as if it had come alone."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from sqlalchemy.engine import Connection

from conference_hub.access.model import Role
from conference_hub.checkin.scans import scans_of
from conference_hub.checkin.store import valid_tokens
from conference_hub.core import batches
from conference_hub.people.model import GuestId
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.model_day import CONF

API = f"/api/v1/c/{CONF}"
PATIENCE_S = 20.0
KEEP = batches.Share.keep


@dataclass
class Crowd:
    """Holds the commit of the first scan back until `expected` scans share it; knows what was sent meanwhile."""

    expected: int = 1
    commits: int = 0
    statements: list[str] = field(default_factory=list)
    _came: int = 0
    _all: threading.Event = field(default_factory=threading.Event)
    _waiting: threading.Barrier = field(default_factory=lambda: threading.Barrier(1))

    def expect(self, scans: int) -> None:
        self.expected, self.commits, self._came = scans, 0, 0
        self.statements.clear()
        self._all.clear()
        self._waiting = threading.Barrier(scans, timeout=PATIENCE_S)

    def come(self, _seconds: float) -> None:
        """Let nobody begin before all of the crowd wait for their turn."""
        self._waiting.wait()

    def pause(self, _seconds: float) -> None:
        assert self._all.wait(PATIENCE_S)

    def send(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        self.statements.append(" ".join(statement.split()))

    def keep(self, share: batches.Share) -> None:
        """Count a scan whose work is done."""
        KEEP(share)
        self._came += 1
        if self._came >= self.expected:
            self._all.set()

    def count(self, _connection: Connection) -> None:
        self.commits += 1


@pytest.fixture
def staff(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    """Return somebody at a gate who let the first guest in."""
    browser = sign_in(Role.STAFF)
    redeem(browser, "first", tokens(seeded)[GuestId("guest-001")])
    return browser


@pytest.fixture
def crowd(seeded: Hub, staff: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> Iterator[Crowd]:
    found, engine = Crowd(), seeded.database.engine

    def keep(share: batches.Share) -> None:
        found.keep(share)

    monkeypatch.setattr(batches, "MOST_AGE_S", PATIENCE_S)
    monkeypatch.setattr(batches, "let_others_come", found.come)
    monkeypatch.setattr(batches, "let_others_run", found.pause)
    monkeypatch.setattr(batches.Share, "keep", keep)
    sa.event.listen(engine, "before_cursor_execute", found.send)
    sa.event.listen(engine, "commit", found.count)
    yield found
    sa.event.remove(engine, "before_cursor_execute", found.send)
    sa.event.remove(engine, "commit", found.count)


def tokens(hub: Hub) -> dict[GuestId, str]:
    with hub.database.reading() as db:
        return valid_tokens(db, CONF)


def redeem(browser: FlaskClient, scan_id: str, token: str) -> dict[str, Any]:
    body = {"scan_id": scan_id, "gate": "main", "token": token}
    answer = browser.post(f"{API}/checkin/redeem", json=body)
    assert answer.status_code == 200, answer.text
    document: dict[str, Any] = answer.get_json()
    return document


def together(crowd: Crowd, browser: FlaskClient, scans: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """Send the scans at the same time and return the answers in their order."""
    crowd.expect(len(scans))
    with ThreadPoolExecutor(len(scans)) as pool:
        sent = [pool.submit(redeem, browser, *scan) for scan in scans]
    return [one.result() for one in sent]


def inserts(crowd: Crowd) -> list[str]:
    """Return into which tables something was inserted, one for each statement."""
    return sorted(one.split()[2] for one in crowd.statements if one.startswith("INSERT"))


def admitted(hub: Hub, staff: FlaskClient) -> int:
    state = staff.get(f"{API}/state?stream=staff").get_json()
    count: int = state["snapshot"]["presence"]["admitted"]
    return count


def test_eight_scans_share_a_commit_and_all_their_statements(
    seeded: Hub, staff: FlaskClient, crowd: Crowd
) -> None:
    known = tokens(seeded)
    scans = [(f"scan-{n}", known[GuestId(f"guest-{n:03}")]) for n in range(2, 10)]

    answers = together(crowd, staff, scans)

    written, commits = list(crowd.statements), crowd.commits
    assert [answer["verdict"] for answer in answers] == ["admitted"] * 8
    assert commits == 1
    assert len(written) <= 10, Counter(one[:60] for one in written)
    assert not any("SAVEPOINT" in one for one in written)
    assert admitted(seeded, staff) == 9


def test_a_badge_shown_by_eight_at_once_is_admitted_once(
    seeded: Hub, staff: FlaskClient, crowd: Crowd
) -> None:
    token = tokens(seeded)[GuestId("guest-002")]

    answers = together(crowd, staff, [(f"scan-{n}", token) for n in range(8)])

    assert sorted(answer["verdict"] for answer in answers) == ["admitted"] + ["already_inside"] * 7
    assert crowd.commits == 1
    assert inserts(crowd) == ["command", "journal_entry", "presence", "scan"]
    with seeded.database.reading() as db:
        kept = scans_of(db, CONF, "guest-002")
    assert [scan.verdict for scan in kept] == ["admitted"] + ["already_inside"] * 7
    assert admitted(seeded, staff) == 2


def test_a_scan_sent_eight_times_at_once_gets_one_answer(
    seeded: Hub, staff: FlaskClient, crowd: Crowd
) -> None:
    token = tokens(seeded)[GuestId("guest-002")]

    answers = together(crowd, staff, [("scan", token)] * 8)

    assert [answer["verdict"] for answer in answers] == ["admitted"] * 8
    assert len({answer["scan_id"] for answer in answers}) == 1
    assert inserts(crowd) == ["command", "journal_entry", "presence", "scan"]
    with seeded.database.reading() as db:
        assert [scan.id for scan in scans_of(db, CONF, "guest-002")] == ["scan"]


def test_scans_of_badges_that_nobody_has_are_kept_beside_those_of_guests(
    seeded: Hub, staff: FlaskClient, crowd: Crowd
) -> None:
    known = tokens(seeded)
    scans = [("a", "nobody's"), ("b", known[GuestId("guest-002")]), ("c", "nobody's"), ("d", "nothing")]

    answers = together(crowd, staff, scans)

    assert [answer["verdict"] for answer in answers] == [
        "unknown_badge",
        "admitted",
        "unknown_badge",
        "unknown_badge",
    ]
    with seeded.database.reading() as db:
        numbers = list(
            db.connection().scalars(sa.text("SELECT number FROM scan WHERE id IN ('a', 'b', 'c', 'd')"))
        )
    assert len(set(numbers)) == 4
