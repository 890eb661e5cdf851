"""What a command may ask of the database: one transaction, and a bounded number of statements."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.checkin.store import find_valid_badge
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.model_day import CONF

pytestmark = pytest.mark.counts_statements
API = f"/api/v1/c/{CONF}"


@dataclass
class Asked:
    """Transactions begun, and statements sent in them; savepoints are neither."""

    transactions: int = 0
    statements: list[str] = field(default_factory=list)

    def begin(self, _connection: object) -> None:
        self.transactions += 1

    def send(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "SAVEPOINT" not in statement:
            self.statements.append(statement)


@contextmanager
def asked(hub: Hub) -> Iterator[Asked]:
    found = Asked()
    sa.event.listen(hub.database.engine, "begin", found.begin)
    sa.event.listen(hub.database.engine, "before_cursor_execute", found.send)
    yield found
    sa.event.remove(hub.database.engine, "begin", found.begin)
    sa.event.remove(hub.database.engine, "before_cursor_execute", found.send)


def scan(hub: Hub, guest_id: str) -> dict[str, Any]:
    with hub.database.reading() as db:
        badge = find_valid_badge(db, CONF, guest_id)
    assert badge is not None
    return {"scan_id": f"scan-{guest_id}", "gate": "main", "token": badge.token}


def post(browser: FlaskClient, path: str, body: dict[str, Any]) -> None:
    answer = browser.post(f"{API}/{path}", json=body)
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_scan_of_a_new_badge_takes_ten_statements(seeded: Hub, sign_in: SignIn) -> None:
    staff = sign_in(Role.STAFF)
    post(staff, "checkin/redeem", scan(seeded, "guest-001"))
    body = scan(seeded, "guest-002")

    with asked(seeded) as found:
        post(staff, "checkin/redeem", body)

    assert found.transactions == 1
    assert len(found.statements) <= 10, found.statements


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_repeated_scan_takes_five_statements(seeded: Hub, sign_in: SignIn) -> None:
    staff, body = sign_in(Role.STAFF), scan(seeded, "guest-001")
    post(staff, "checkin/redeem", body)

    with asked(seeded) as found:
        post(staff, "checkin/redeem", body)

    assert found.transactions == 1
    assert len(found.statements) <= 5, found.statements


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("acts", "statements"), [((), 12), (("arm",), 14)])
def test_next_cue_takes_twelve_statements_and_two_more_to_seal_the_name_that_was_ready(
    seeded: Hub, sign_in: SignIn, acts: tuple[str, ...], statements: int
) -> None:
    operator = sign_in(Role.OPERATOR)
    post(operator, "run/start", {"command_id": "c1", "lane": "hall"})
    post(operator, "run/next", {"command_id": "c2", "lane": "hall"})
    for act in acts:
        post(operator, f"awards/case-01/{act}", {"command_id": act})

    with asked(seeded) as found:
        post(operator, "run/next", {"command_id": "c4", "lane": "hall", "with_left": "leave"})

    assert found.transactions == 1
    assert len(found.statements) <= statements, found.statements


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_command_of_a_lane_that_another_one_left_reads_it_no_more_and_needs_no_savepoint(
    seeded: Hub, sign_in: SignIn
) -> None:
    operator = sign_in(Role.OPERATOR)
    post(operator, "run/start", {"command_id": "c1", "lane": "hall"})
    post(operator, "run/extend", {"command_id": "c2", "lane": "hall", "seconds": 30})
    said: list[str] = []
    sa.event.listen(seeded.database.engine, "before_cursor_execute", lambda *given: said.append(given[2]))

    with asked(seeded) as found:
        post(operator, "run/extend", {"command_id": "c3", "lane": "hall", "seconds": 30})

    assert found.transactions == 1
    assert len(found.statements) <= 10, found.statements
    assert said == found.statements


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_reveal_takes_twelve_statements(seeded: Hub, sign_in: SignIn) -> None:
    operator = sign_in(Role.OPERATOR)
    post(operator, "awards/case-01/arm", {"command_id": "c1", "outside": "test"})

    with asked(seeded) as found:
        post(operator, "awards/case-01/reveal", {"command_id": "c2", "outside": "test"})

    assert found.transactions == 1
    assert len(found.statements) <= 12, found.statements


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_publishing_the_plan_takes_one_transaction(seeded: Hub, sign_in: SignIn) -> None:
    organiser = sign_in(Role.ORGANISER)
    revision = organiser.get(f"{API}/plan").get_json()["revision"]
    body = {"command_id": "c1", "revision": revision}
    first = organiser.post(f"{API}/plan/publish", json=body)

    with asked(seeded) as found:
        again = organiser.post(f"{API}/plan/publish", json=body)

    assert (first.status_code, again.get_json()) == (409, first.get_json())
    assert found.transactions == 1
