"""A well-formed request for every route, made of the ids of one conference."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.integration.access.route_bodies import Extra, body_of
from tests.integration.access.route_ids import Ids
from tests.model_day import CONF
from tests.small_conference import OTHER

NOTHING = "nothing-to-look-at"
ANSWERS = {
    "/readyz": {503},
    **{f"/c/{conf}/desk/check-in/{NOTHING}": {404} for conf in (CONF, OTHER)},
    **{f"/api/v1/c/{conf}/checkin/conflicts/{NOTHING}/settle": {404} for conf in (CONF, OTHER)},
}
"""Readiness is answered 503 here: no relay runs beside the tests. No scans contradict each other."""


def routes(app: Flask) -> Iterator[tuple[str, Rule]]:
    """Yield every route with its name, such as `GET /c/<conf>/live`."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield f"{method} {rule.rule}", rule


def send(
    browser: FlaskClient,
    name: str,
    rule: Rule,
    ids: Ids,
    *,
    extra: Extra | None = None,
    headers: dict[str, str] | None = None,
) -> TestResponse:
    """Send a well-formed request for the route, about the things of `ids`, and return the closed answer.

    `extra` are further fields of a form.
    """
    arguments = {key: value for key, value in ids.arguments(name).items() if key in rule.arguments}
    _, path = rule.build(arguments) or ("", "")
    query = {"conf": ids.conf} if rule.rule == "/checkin/" else {}
    carried = body_of(name, ids)
    if extra:
        carried = {"data": {**carried.get("data", {}), **extra}}
    answer = browser.open(path, method=name.partition(" ")[0], query_string=query, headers=headers, **carried)
    answer.get_data()
    answer.close()
    return answer


def let_in(answer: TestResponse) -> bool:
    """Return whether the sender may: not for 401, 403, or when led to the sign-in page.

    Raises AssertionError for an answer that says nothing about who may: one that is no success, no redirect and no
    refusal of a command by the state of the conference (409).
    """
    if answer.status_code in {401, 403} or (answer.location or "").startswith("/sign-in?"):
        return False
    path = answer.request.path
    assert answer.status_code in ANSWERS.get(path, {200, 302, 303, 409}), (
        f"{path}: {answer.status} {answer.text}"
    )
    return True
