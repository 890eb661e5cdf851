"""Who is let in to follow a stream: by the request that opened the connection, whoever else joins at the same time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from socketio.exceptions import ConnectionRefusedError as Refusal
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder

from conference_hub.access import actions
from conference_hub.access.model import Role
from conference_hub.conferences.model import State
from conference_hub.conferences.store import get_conference, save_conference
from conference_hub.core.actor import Actor
from conference_hub.core.entries import head
from conference_hub.core.errors import Forbidden, HubError, NotFound, NotSignedIn
from conference_hub.core.shared_reading import SharedReading
from conference_hub.core.stream import Stream
from conference_hub.live.admission import Admission, Admitted, Subscription
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.model_day import CONF

PAGE = {"Origin": "http://localhost"}
PATIENCE_S = 20.0


@pytest.fixture
def admission(app: Flask, seeded: Hub) -> Admission:
    return Admission(app, seeded, SharedReading(seeded.database))


def asked(stream: Stream = Stream.PUBLIC, conf: str = CONF, screen: str | None = None) -> Subscription:
    return Subscription(key=(conf, stream), after=None, screen=screen)


def request(headers: dict[str, str] = PAGE) -> dict[str, Any]:
    return EnvironBuilder(path="/socket.io/", headers=Headers(headers)).get_environ()


def cookies_of(client: FlaskClient) -> dict[str, str]:
    cookie = client.get_cookie("hub")
    assert cookie is not None
    return {**PAGE, "Cookie": f"hub={cookie.value}"}


def token(hub: Hub, role: Role) -> dict[str, str]:
    with hub.database.writing() as db:
        secret = actions.make_token(db, conf=CONF, role=role, name="t", at=hub.now(), by=Actor.system("test"))
    return {"Authorization": f"Bearer {secret}"}


def refused(admission: Admission, subscription: Subscription, headers: dict[str, str] = PAGE) -> str:
    try:
        admission.admit(subscription, request(headers))
    except HubError as error:
        return error.code
    except Refusal as error:
        return str(error.error_args["message"])
    return "admitted"


def test_nobody_in_particular_follows_what_is_public(seeded: Hub, admission: Admission) -> None:
    found = admission.admit(asked(), request())

    with seeded.database.reading() as db:
        assert found == Admitted(viewer=found.viewer, draft=False, head=head(db, CONF, Stream.PUBLIC))
    assert not found.viewer.signed_in


@pytest.mark.parametrize("stream", [Stream.STAFF, Stream.SEALED, Stream.OPERATOR, Stream.REHEARSAL])
def test_nobody_in_particular_follows_nothing_else(admission: Admission, stream: Stream) -> None:
    assert refused(admission, asked(stream)) == NotSignedIn.code


def test_browser_is_who_its_cookie_says(admission: Admission, sign_in: SignIn) -> None:
    emcee = cookies_of(sign_in(Role.EMCEE))

    assert admission.admit(asked(Stream.SEALED), request(emcee)).viewer.roles(CONF) >= {Role.EMCEE}
    assert refused(admission, asked(Stream.OPERATOR), emcee) == Forbidden.code


def test_browser_that_signed_out_is_nobody(admission: Admission, sign_in: SignIn, seeded: Hub) -> None:
    emcee = cookies_of(sign_in(Role.EMCEE))
    before = refused(admission, asked(Stream.SEALED), emcee)
    with seeded.database.writing() as db:
        db.execute(sa.text("UPDATE web_session SET revoked_at = created_at"))

    assert (before, refused(admission, asked(Stream.SEALED), emcee)) == ("admitted", NotSignedIn.code)


def test_cookie_that_somebody_forged_is_nobody(admission: Admission) -> None:
    forged = {**PAGE, "Cookie": "hub=eyJodWIiOiJzZWNyZXQifQ.aaaa.bbbb"}

    assert refused(admission, asked(Stream.SEALED), forged) == NotSignedIn.code
    assert refused(admission, asked(), forged) == "admitted"


def test_machine_needs_no_page_but_a_token_that_counts(admission: Admission, seeded: Hub) -> None:
    machine = token(seeded, Role.OPERATOR)

    assert refused(admission, asked(Stream.OPERATOR), machine) == "admitted"
    assert refused(admission, asked(), {"Authorization": "Bearer unknown"}) == NotSignedIn.code
    assert refused(admission, asked(), {"X-Screen": "unknown"}) == NotSignedIn.code
    assert refused(admission, asked(screen="unknown")) == NotSignedIn.code


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}])
def test_page_of_another_site_is_refused(admission: Admission, headers: dict[str, str]) -> None:
    assert refused(admission, asked(), headers) == "origin"
    assert refused(admission, asked(), {"Sec-Fetch-Site": "same-origin"}) == "admitted"


def test_draft_is_for_its_team_from_the_commit_on(admission: Admission, seeded: Hub, sign_in: SignIn) -> None:
    emcee = cookies_of(sign_in(Role.EMCEE))
    before = refused(admission, asked())
    with seeded.database.writing() as db:
        save_conference(db, replace(get_conference(db, CONF), state=State.DRAFT))

    assert (before, refused(admission, asked())) == ("admitted", "not_published")
    assert refused(admission, asked(), emcee) == "admitted"


def test_conference_that_is_not_there(admission: Admission) -> None:
    assert refused(admission, asked(conf="nowhere")) == NotFound.code


@pytest.fixture
def held_up(seeded: Hub, admission: Admission) -> Iterator[threading.Event]:
    """Another join is being read until this is set: who comes meanwhile is read for together."""
    begun, go_on = threading.Event(), threading.Event()

    def wait(*_: object) -> None:
        begun.set()
        assert go_on.wait(PATIENCE_S)

    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(admission._reading.ask, "held up", wait)
        assert begun.wait(PATIENCE_S)
        yield go_on
        go_on.set()
        held.result(PATIENCE_S)


def test_who_joins_together_is_still_who_they_are(
    admission: Admission, seeded: Hub, sign_in: SignIn, held_up: threading.Event
) -> None:
    emcee, machine = cookies_of(sign_in(Role.EMCEE)), token(seeded, Role.STAFF)
    crowd = [(Stream.SEALED, headers) for headers in (PAGE, emcee, machine, PAGE, emcee)]

    with ThreadPoolExecutor(len(crowd)) as pool:
        verdicts = [pool.submit(refused, admission, asked(stream), headers) for stream, headers in crowd]
        held_up.set()
        found = [verdict.result(PATIENCE_S) for verdict in verdicts]

    assert found == [NotSignedIn.code, "admitted", Forbidden.code, NotSignedIn.code, "admitted"]


def test_crowd_costs_one_connection_and_few_statements(
    admission: Admission, seeded: Hub, held_up: threading.Event
) -> None:
    asking = threading.Semaphore(0)
    statements: list[str] = []
    sa.event.listen(
        seeded.database.engine,
        "before_cursor_execute",
        lambda _connection, _cursor, statement, *_: statements.append(statement),
    )

    def join(_number: int) -> str:
        asking.release()
        return refused(admission, asked())

    with ThreadPoolExecutor(200) as pool:
        verdicts = [pool.submit(join, number) for number in range(200)]
        for _ in verdicts:
            assert asking.acquire(timeout=PATIENCE_S)
        held_up.set()
        found = {verdict.result(PATIENCE_S) for verdict in verdicts}

    assert found == {"admitted"}
    assert len(statements) < 20
