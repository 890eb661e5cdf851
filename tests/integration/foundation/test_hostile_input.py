"""What nobody sends by accident is refused, not answered with a crash, and leaves nothing behind."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from prometheus_client import generate_latest

from conference_hub.access.model import Role
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.model_day import CONF

API = f"/api/v1/c/{CONF}"
NESTED = b"[" * 100_000


@pytest.mark.parametrize(
    "address",
    ["/c/a%00b/", "/api/v1/c/a%00b/state", "/cal/a%00b.ics", f"/c/{CONF}/screen/stage?lane=%00"],
)
def test_address_that_cannot_be_stored_is_refused(seeded: Hub, client: FlaskClient, address: str) -> None:
    assert seeded is not None
    assert client.get(address).status_code == 422


def test_login_that_cannot_be_stored_is_refused(seeded: Hub, client: FlaskClient) -> None:
    assert seeded is not None
    assert client.post("/sign-in", data={"login": "a\0b", "password": "x"}).status_code == 422


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b'{"command_id": "a\\u0000b"}', "command_id"),
        (b'{"command_id": "a\\ud800b"}', "command_id"),
        (b'{"command_id": "a", "seen": 1' + b"0" * 30 + b"}", "seen"),
        (NESTED, "body"),
    ],
)
def test_command_that_cannot_be_stored_names_its_field(
    seeded: Hub, sign_in: SignIn, body: bytes, field: str
) -> None:
    assert seeded is not None
    answer = sign_in(Role.OPERATOR).post(f"{API}/run/start", data=body, content_type="application/json")

    assert (answer.status_code, answer.get_json()["error"]["field"]) == (422, field)


def test_half_a_surrogate_pair_in_an_unknown_field_is_refused_by_name(seeded: Hub, sign_in: SignIn) -> None:
    assert seeded is not None
    body = b'{"command_id": "a", "lane": "hall", "aside": "\\ud800"}'
    answer = sign_in(Role.OPERATOR).post(f"{API}/run/start", data=body, content_type="application/json")

    assert (answer.status_code, answer.get_json()["error"]["field"]) == (422, "aside")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("state?stream=everything", "stream"),
        ("state?after=-1", "after"),
        ("state?after=1.5", "after"),
        ("state?after=" + "9" * 16, "after"),
        ("checkin/search?q=" + "x" * 201, "q"),
    ],
)
def test_a_query_that_does_not_fit_names_its_parameter(
    seeded: Hub, sign_in: SignIn, query: str, field: str
) -> None:
    assert seeded is not None
    answer = sign_in(Role.OPERATOR).get(f"{API}/{query}")

    assert (answer.status_code, answer.get_json()["error"]["field"]) == (422, field)


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+23:00", "9999-12-31T23:59:59-23:00"])
def test_instant_out_of_range_is_refused(seeded: Hub, sign_in: SignIn, at: str) -> None:
    assert seeded is not None
    scan = {"scan_id": "s", "gate": "north", "guest": "guest-001", "at": at}
    answer = sign_in(Role.STAFF).post(f"{API}/checkin/redeem", json=scan)

    assert (answer.status_code, answer.get_json()["error"]["field"]) == (422, "at")


def test_deeply_nested_body_of_a_stranger_is_answered_401(seeded: Hub, client: FlaskClient) -> None:
    assert seeded is not None
    answer = client.post(f"{API}/run/start", data=NESTED, content_type="application/json")

    assert answer.status_code == 401


def test_unknown_methods_share_one_metric_label(client: FlaskClient) -> None:
    assert client.open("/", method="HUBBUB").status_code == 405
    assert "HUBBUB" not in generate_latest().decode()


def test_answers_about_persons_are_not_cacheable(seeded: Hub, sign_in: SignIn) -> None:
    assert seeded is not None
    answer = sign_in(Role.STAFF).get(f"{API}/checkin/search?q=석")

    assert answer.headers["Cache-Control"] == "no-store"
