"""The real application in this process: real database (SQLite and PostgreSQL), real routes, a clock that tests set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from typing_extensions import override
from werkzeug.test import TestResponse

from conference_hub.access import actions, passwords
from conference_hub.access.model import Role
from conference_hub.agenda import lane_store, scene, steps
from conference_hub.agenda.scene import Scene
from conference_hub.app import create_app, make_hub
from conference_hub.core import db as core_db
from conference_hub.core.actor import Actor
from conference_hub.core.config import load
from conference_hub.core.journal import Write
from conference_hub.web.hub import Hub
from conference_hub.web.limits import limiter
from tests.integration.quick_start import QUICK_HASHER, KnownStatements
from tests.model_day import CONF, FakeNow
from tests.services.known_routes import SharedRoutes
from tests.services.shared_templates import SharedTemplates

SignIn = Callable[..., FlaskClient]
COMPILED = SharedTemplates()
ON_SQLITE_FILES = KnownStatements(core_db._sqlite_engine)
ON_POSTGRESQL = KnownStatements(core_db._postgres_engine)


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords with the smallest cost; `tests/unit/access` and `tests/live` have the product's."""
    monkeypatch.setattr(passwords, "_hasher", QUICK_HASHER)
    monkeypatch.setattr(passwords, "_NO_ACCOUNT", QUICK_HASHER.hash("nobody's password"))


@pytest.fixture(autouse=True)
def quick_routes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read each route once for all applications."""
    monkeypatch.setattr("conference_hub.app.Application", SharedRoutes)


@pytest.fixture(autouse=True)
def quick_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compile each statement once for all databases of a kind."""
    monkeypatch.setattr(core_db, "_sqlite_engine", ON_SQLITE_FILES.engine)
    monkeypatch.setattr(core_db, "_postgres_engine", ON_POSTGRESQL.engine)


@pytest.fixture(autouse=True)
def lanes_as_stored(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Compare each lane that a command finds in memory with the database; not where statements are counted."""
    if request.node.get_closest_marker("counts_statements") is None:
        monkeypatch.setattr(scene, "_scene", partial(same_as_stored, scene._scene))


def same_as_stored(found: Callable[..., Scene], write: Write, *asked: Any) -> Scene:
    """Return what `found` does, after a look into the database."""
    one = found(write, *asked)
    asked_for = (write.session, write.conf, one.following.id, one.lane.id)
    assert (one.state, one.offer) == (lane_store.lane_state(*asked_for), steps.offer(*asked_for))
    return one


@pytest.fixture
def now() -> FakeNow:
    """Twenty minutes before the opening of the model conference, as published."""
    return FakeNow()


@pytest.fixture
def hub(database_url: str, tmp_path: Path, now: FakeNow) -> Iterator[Hub]:
    """A hub on a migrated database, which is empty but for what `seeded` puts there."""
    settings = load({"HUB_DATABASE_URL": database_url, "HUB_DATA_DIR": str(tmp_path / "data")}, demo=True)
    hub = make_hub(settings, now=now)
    yield hub
    hub.database.close()


class Browser(FlaskClient):
    """A client that reads each answer to its end: a streamed page left unread would be closed amid a later request."""

    @override
    def open(self, *args: Any, buffered: bool = True, **kwargs: Any) -> TestResponse:
        return super().open(*args, buffered=buffered, **kwargs)


@pytest.fixture
def app(hub: Hub) -> Flask:
    """The application around the hub, with form tokens off: `tests/integration/access` tests them where they are on."""
    limiter.enabled = True  # while the application is made: without it no refused try is ever counted
    app = create_app(hub)
    app.config["WTF_CSRF_ENABLED"] = False
    app.jinja_env.bytecode_cache = COMPILED
    limiter.enabled = False
    app.testing = True
    app.test_client_class = Browser
    return app


@pytest.fixture
def seeded(app: Flask, hub: Hub) -> Hub:
    """The hub with the model conference in it, on its true date: `database_url` is a copy of such a database."""
    assert app is not None
    return hub


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that nobody is signed in with."""
    return app.test_client()


@pytest.fixture
def sign_in(app: Flask, hub: Hub) -> SignIn:
    """Return `sign_in(role, conf=..., guest_id=..., name=...)`: a fresh browser signed in by a one-time link."""

    def browser(role: Role, *, conf: str = CONF, guest_id: str | None = None, name: str = "") -> FlaskClient:
        client = app.test_client()
        with hub.database.writing() as db:
            secret = actions.make_link(
                db, conf=conf, role=role, at=hub.now(), name=name, guest_id=guest_id, by=Actor.system("test")
            )
        answer = client.post("/link", data={"secret": secret})
        assert answer.status_code == 302, answer.text
        return client

    return browser
