"""Applications that share their routes have the addresses, views and hooks of any other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import flask
import pytest
from flask import Flask

from conference_hub.app import create_app
from conference_hub.core.db import Database
from conference_hub.web.application import Application
from conference_hub.web.hub import Hub
from conference_hub.web.limits import limiter
from tests.integration.kinds import ON_SQLITE
from tests.services.known_routes import SharedRoutes

HOOKS = (
    *("before_request_funcs", "after_request_funcs", "teardown_request_funcs", "error_handler_spec"),
    *("url_default_functions", "url_value_preprocessors", "template_context_processors"),
)


def routes(app: Flask) -> list[tuple[Any, ...]]:
    return sorted(
        (rule.rule, rule.endpoint, sorted(rule.methods or ()), sorted(rule.arguments), str(rule.defaults))
        for rule in app.url_map.iter_rules()
    )


def hooks(app: Flask) -> dict[str, dict[Any, list[str]]]:
    return {name: {key: _names(found) for key, found in getattr(app, name).items()} for name in HOOKS}


def _names(found: Any) -> list[str]:
    return sorted(getattr(one, "__qualname__", str(one)) for one in found)


@ON_SQLITE
def test_application_with_shared_routes_is_the_products(
    app: Flask, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("conference_hub.app.Application", Application)
    monkeypatch.setattr(limiter, "enabled", True)  # as the fixture makes `app`
    whole = create_app(hub)

    assert (type(app), type(whole)) == (SharedRoutes, Application)
    assert routes(app) == routes(whole)
    assert list(app.view_functions) == list(whole.view_functions)
    assert hooks(app) == hooks(whole)
    assert list(app.blueprints) == list(whole.blueprints)


@ON_SQLITE
def test_applications_with_shared_routes_have_views_of_their_own(app: Flask, hub: Hub) -> None:
    other = create_app(hub)

    assert app.url_map is other.url_map
    app.view_functions["home"] = flask.abort
    assert other.view_functions["home"] is not flask.abort
    with pytest.raises(AssertionError, match="two views are called home"):
        other.add_url_rule("/", "home", flask.abort)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_databases_of_tests_that_share_a_dialect_leave_it_as_it_is(seeded: Hub, tmp_path: Path) -> None:
    """Each would wrap what the one before had wrapped, until Python refuses."""
    shared = seeded.database.engine.dialect
    before = (shared.do_execute, shared.do_begin, shared.set_connection_execution_options)

    another = Database(f"sqlite:///{tmp_path}/another.sqlite")

    assert another.engine.dialect is shared
    assert before == (shared.do_execute, shared.do_begin, shared.set_connection_execution_options)
