"""What monitoring and load balancers are told."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.live.health import StorageProbe, room_trouble
from conference_hub.live.state import EXTENSION, Live
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.integration.live.conftest import BARE, say
from tests.model_day import FakeNow


def relaying(app: Flask) -> Live:
    """The application's live side with its relay begun."""
    live: Live = app.extensions[EXTENSION]
    live.relay.begin()
    return live


def test_healthz_answers_ok(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"status": "ok"}


def test_a_working_process_is_ready(app: Flask, client: FlaskClient) -> None:
    relaying(app)
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json) == (200, {"status": "ready", "reasons": []})


def test_without_its_relay_a_process_is_not_ready(client: FlaskClient) -> None:
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json) == (503, {"status": "not_ready", "reasons": ["relay"]})


def test_a_fact_that_waits_for_five_seconds_makes_the_process_not_ready(
    app: Flask, bare: Hub, client: FlaskClient, now: FakeNow
) -> None:
    live = relaying(app)
    say(bare, "hello")
    now.forward(seconds=5)
    assert client.get("/readyz").status_code == 200
    now.forward(seconds=1)
    assert client.get("/readyz").json == {"status": "not_ready", "reasons": ["relay_lag"]}

    live.relay.step()

    assert client.get("/readyz").status_code == 200


def test_a_database_that_is_not_of_this_version_makes_the_process_not_ready(
    app: Flask, hub: Hub, client: FlaskClient
) -> None:
    relaying(app)
    with hub.database.engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0000'"))

    assert client.get("/readyz").json == {"status": "not_ready", "reasons": ["migrations"]}


def test_a_database_that_does_not_answer_makes_the_process_not_ready(
    app: Flask, hub: Hub, client: FlaskClient
) -> None:
    relaying(app)
    with hub.database.engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE journal_entry"))
        connection.execute(sa.text("DROP TABLE journal_stream"))

    assert client.get("/readyz").json == {"status": "not_ready", "reasons": ["database"]}


def test_write_probe_leaves_no_row_behind(hub: Hub) -> None:
    assert StorageProbe(hub.database).reasons() == []

    with hub.database.reading() as db:
        assert db.scalar(sa.text("SELECT count(*) FROM alembic_version")) == 1


@ON_SQLITE
def test_a_database_without_room_for_one_more_page_is_full(hub: Hub) -> None:
    with hub.database.engine.connect() as connection:
        pages = connection.scalar(sa.text("PRAGMA page_count"))
        connection.execute(sa.text(f"PRAGMA max_page_count = {pages}"))

    assert StorageProbe(hub.database).reasons() == ["full"]


@pytest.mark.parametrize(("free_bytes", "trouble"), [(0, None), (2**62, "disk_space")])
def test_readiness_reports_little_free_disk_space(
    tmp_path: Path, free_bytes: int, trouble: str | None
) -> None:
    assert room_trouble(tmp_path, free_bytes) == trouble


def test_metrics_answer_this_machine_operators_and_organisers(
    client: FlaskClient, bare: Hub, sign_in: SignIn
) -> None:
    elsewhere = {"REMOTE_ADDR": "203.0.113.7"}
    through_proxy = {"X-Forwarded-For": "203.0.113.7"}

    assert client.get("/metrics").status_code == 200
    assert (
        client.get("/metrics", environ_base=elsewhere, headers={"Accept": "application/json"}).status_code
        == 401
    )
    assert client.get("/metrics", headers={**through_proxy, "Accept": "application/json"}).status_code == 401
    assert sign_in(Role.STAFF, conf=BARE).get("/metrics", environ_base=elsewhere).status_code == 403
    assert sign_in(Role.OPERATOR, conf=BARE).get("/metrics", environ_base=elsewhere).status_code == 200


def test_metrics_count_backlog_and_answers(app: Flask, bare: Hub, client: FlaskClient) -> None:
    relaying(app)
    say(bare, "one", "two")
    client.get("/healthz")

    figures = client.get("/metrics").text

    assert "hub_outbox_depth 2.0" in figures
    assert 'hub_http_requests_total{endpoint="live.healthz",method="GET",status="200"}' in figures
