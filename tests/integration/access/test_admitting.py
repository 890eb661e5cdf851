"""Who sends a command is looked up in its own transaction: one who lost access a moment before commands nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from conference_hub.access import actions
from conference_hub.access.model import Role
from conference_hub.access.tables import MachineTokenRow, SessionGrantRow, WebSessionRow
from conference_hub.core.actor import Actor
from conference_hub.core.db import Database
from conference_hub.web.hub import Hub
from conference_hub.web.requests import OnceBody, taken_by
from tests.integration.access.route_ids import Ids, ids_of
from tests.integration.access.route_requests import routes, send
from tests.integration.access.test_every_route import MAY
from tests.integration.conftest import SignIn
from tests.model_day import CONF


@pytest.fixture
def ids(seeded: Hub) -> Ids:
    return ids_of(
        seeded, CONF, lane="hall", gate="main", guest="guest-001", award="case-01", session="session-1"
    )


@pytest.fixture
def other_process(seeded: Hub) -> Iterator[Database]:
    """The same database as another process has it open: this one hears nothing of what it does."""
    database = Database(seeded.database.url.render_as_string(hide_password=False))
    yield database
    database.close()


@pytest.fixture
def commands(app: Flask) -> list[tuple[str, Rule]]:
    """Every route that takes a command."""
    found = []
    for name, rule in routes(app):
        taken = taken_by(app.view_functions[rule.endpoint])
        if taken is not None and issubclass(taken.model, OnceBody):
            found.append((name, rule))
    return found


@pytest.fixture
def no_emcees(commands: list[tuple[str, Rule]]) -> list[tuple[str, Rule]]:
    """Those of the commands that emcees may not send."""
    return [command for command in commands if Role.EMCEE not in MAY[command[0]]]


def machine(hub: Hub, app: Flask, role: Role) -> FlaskClient:
    with hub.database.writing() as db:
        token = actions.make_token(
            db, conf=CONF, role=role, name="deck", at=hub.now(), by=Actor.system("test")
        )
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client


def statuses(client: FlaskClient, commands: list[tuple[str, Rule]], ids: Ids) -> set[int]:
    return {send(client, name, rule, ids).status_code for name, rule in commands}


def test_a_session_that_another_process_ended_commands_nothing(
    seeded: Hub, ids: Ids, commands: list[tuple[str, Rule]], sign_in: SignIn, other_process: Database
) -> None:
    organiser = sign_in(Role.ORGANISER)
    before = statuses(organiser, commands, ids)

    with other_process.writing() as db:
        db.execute(sa.update(WebSessionRow).values(revoked_at=seeded.now()))

    assert 401 not in before
    assert 200 in before
    assert statuses(organiser, commands, ids) == {401}


def test_a_token_that_another_process_revoked_commands_nothing(
    app: Flask, seeded: Hub, ids: Ids, commands: list[tuple[str, Rule]], other_process: Database
) -> None:
    deck = machine(seeded, app, Role.ORGANISER)
    before = statuses(deck, commands, ids)

    with other_process.writing() as db:
        db.execute(sa.update(MachineTokenRow).values(revoked_at=seeded.now()))

    assert 401 not in before
    assert statuses(deck, commands, ids) == {401}


def test_a_role_that_another_process_took_back_commands_nothing(
    ids: Ids, no_emcees: list[tuple[str, Rule]], sign_in: SignIn, other_process: Database
) -> None:
    organiser = sign_in(Role.ORGANISER)
    before = statuses(organiser, no_emcees, ids)

    with other_process.writing() as db:
        db.execute(sa.update(SessionGrantRow).values(role=Role.EMCEE))

    assert 403 not in before
    assert statuses(organiser, no_emcees, ids) == {403}


def test_a_role_that_another_process_gave_counts_at_once(
    ids: Ids, no_emcees: list[tuple[str, Rule]], sign_in: SignIn, other_process: Database
) -> None:
    emcee = sign_in(Role.EMCEE)
    before = statuses(emcee, no_emcees, ids)

    with other_process.writing() as db:
        db.execute(sa.update(SessionGrantRow).values(role=Role.ORGANISER))

    assert before == {403}
    assert 403 not in statuses(emcee, no_emcees, ids)


def test_a_refused_sender_leaves_no_stored_answer(
    seeded: Hub, ids: Ids, commands: list[tuple[str, Rule]], sign_in: SignIn, other_process: Database
) -> None:
    organiser = sign_in(Role.ORGANISER)
    statuses(organiser, commands, ids)
    with other_process.writing() as db:
        db.execute(sa.update(WebSessionRow).values(revoked_at=seeded.now()))
        before = db.scalar(sa.text("SELECT count(*) FROM command"))

    statuses(organiser, commands, ids)

    with seeded.database.reading() as db:
        assert db.scalar(sa.text("SELECT count(*) FROM command")) == before
