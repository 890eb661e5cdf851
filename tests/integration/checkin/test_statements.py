"""How often one scan and one search ask the database, whatever the size of the conference."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.checkin import store
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.model_day import CONF

API = f"/api/v1/c/{CONF}/checkin"
OWN = ("badge", "gate", "guest", "presence", "scan")
"""The tables of check-in and people; sign-in, commands, journal and ceremony ask others."""


@pytest.fixture
def staff(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    assert seeded is not None
    return sign_in(Role.STAFF)


@contextmanager
def of_check_in(hub: Hub) -> Iterator[list[str]]:
    """Collect the statements on tables of check-in and people."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if any(f" {table}" in statement for table in OWN):
            seen.append(statement)

    sa.event.listen(hub.database.engine, "before_cursor_execute", note)
    yield seen
    sa.event.remove(hub.database.engine, "before_cursor_execute", note)


def scan(hub: Hub, staff: FlaskClient, guest_id: str) -> str:
    with hub.database.reading() as db:
        badge = store.find_valid_badge(db, CONF, guest_id)
    assert badge is not None
    scan = {"scan_id": f"scan-{guest_id}", "gate": "main", "token": badge.token}
    verdict: str = staff.post(f"{API}/redeem", json=scan).get_json()["verdict"]
    return verdict


def test_scan_sends_few_statements_on_check_in_tables(seeded: Hub, staff: FlaskClient) -> None:
    scan(seeded, staff, "guest-001")

    with of_check_in(seeded) as asked:
        verdict = scan(seeded, staff, "guest-002")

    assert verdict == "admitted"
    assert len(asked) - 1 <= 8  # one of them is the test's own


def test_search_reads_presence_of_the_found_guests_only(seeded: Hub, staff: FlaskClient) -> None:
    staff.get(f"{API}/search", query_string={"q": "센터"})

    with of_check_in(seeded) as asked:
        found = staff.get(f"{API}/search", query_string={"q": "센터"}).get_json()["guests"]

    assert len(found) == 20
    assert ["FROM presence" in statement for statement in asked] == [True]
