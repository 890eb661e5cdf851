"""A form that is sent twice, by a double press or because its answer got lost: one effect, and no error page."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from conference_hub.access import actions
from conference_hub.access.model import Role
from conference_hub.access.policy import roles_of
from conference_hub.core.actor import Actor
from conference_hub.core.entries import head
from conference_hub.core.stream import Stream
from conference_hub.people.tables import GuestRow
from conference_hub.web.hub import Hub
from conference_hub.web.requests import Source, taken_by
from tests.integration.access.route_bodies import SESSION_FORM, body_of
from tests.integration.access.route_ids import Ids, ids_of
from tests.integration.access.route_requests import routes, send
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.integration.rendered_forms import forms_of
from tests.model_day import CONF, FakeNow

pytestmark = ON_SQLITE
"""One database is enough: nothing here depends on it."""

GUEST = "guest-088"
DESK = f"/c/{CONF}/desk"
NEW_GUEST = f"{DESK}/people/new"
KOREAN = {"Accept-Language": "ko"}


@pytest.fixture
def ids(seeded: Hub) -> Ids:
    own = {"lane": "hall", "gate": "main", "guest": GUEST, "award": "case-01", "session": "session-1"}
    return ids_of(seeded, CONF, **own)


def token_of(browser: FlaskClient, page: str = "/signed-in") -> str:
    """Open a page and return the form token that it gives its forms."""
    found = re.search(r'name="csrf-token" content="([^"]+)"', browser.get(page).text)
    assert found is not None
    return found[1]


def facts(hub: Hub) -> int:
    """Return the number of the last fact."""
    with hub.database.reading() as db:
        return head(db, CONF, Stream.OPERATOR)


def page_forms(app: Flask) -> Iterator[tuple[str, Rule, Role]]:
    """Yield every route that takes a form of a page, and who sends it."""
    for name, rule in routes(app):
        view = app.view_functions[rule.endpoint]
        taken = taken_by(view)
        if taken is not None and taken.source is Source.FORM and "import" not in name:
            yield name, rule, Role.ATTENDEE if Role.ATTENDEE in (roles_of(view) or ()) else Role.ORGANISER


def test_every_form_that_is_sent_twice_is_answered_alike_and_works_once(
    app: Flask, seeded: Hub, sign_in: SignIn, ids: Ids
) -> None:
    browsers = {
        role: sign_in(role, guest_id=GUEST if role is Role.ATTENDEE else None)
        for role in (Role.ORGANISER, Role.ATTENDEE)
    }
    last = ("/desk/conference/delete", "/sign-out")
    wrong = {}
    for name, rule, role in sorted(page_forms(app), key=lambda form: form[0].endswith(last)):
        browser, body = browsers[role], body_of(name, ids)
        sent = {**body.get("data", {}), "csrf_token": token_of(browser)}
        first = send(browser, name, rule, ids, extra=sent)
        before = facts(seeded)
        second = send(browser, name, rule, ids, extra=sent)
        if told(first) != told(second) or (first.status_code == 302 and facts(seeded) != before):
            wrong[name] = (told(first), told(second))

    assert wrong == {}


def told(answer: TestResponse) -> tuple[int, str | None]:
    """Return what a browser does with an answer."""
    return answer.status_code, answer.location


def send_twice(
    browser: FlaskClient, page: str, address: str, **typed: str
) -> tuple[TestResponse, TestResponse]:
    """Open a page, fill its form for `address` and press its button twice."""
    form = next(one for one in forms_of(browser.get(page).text) if one.action == address)
    sent = {**form.values, **typed}
    first, second = (browser.post(address, data=sent, headers=KOREAN) for _ in range(2))
    return first, second


def test_a_guest_who_is_added_by_a_double_press_is_there_once(sign_in: SignIn, seeded: Hub) -> None:
    browser = sign_in(Role.ORGANISER)

    first, second = send_twice(browser, NEW_GUEST, NEW_GUEST, name="두번 누른 손님")

    assert (first.status_code, told(second)) == (302, told(first))
    with seeded.database.reading() as db:
        found = db.scalars(sa.select(GuestRow.id).where(GuestRow.name == "두번 누른 손님")).all()
    assert len(found) == 1


def test_a_session_that_is_announced_by_a_double_press_is_announced_once(
    sign_in: SignIn, seeded: Hub
) -> None:
    browser = sign_in(Role.ORGANISER)
    page = browser.post(f"{DESK}/follow-up/new", data={**SESSION_FORM, "title_ko": "알릴 세션"}).location
    before = facts(seeded)

    first, second = send_twice(browser, page, f"{page}/announce")

    assert (first.status_code, told(second), facts(seeded)) == (302, told(first), before + 1)


def test_the_message_of_the_first_answer_is_shown_to_who_got_only_the_second(
    sign_in: SignIn, seeded: Hub
) -> None:
    assert seeded is not None
    browser = sign_in(Role.ORGANISER)
    sent = {"title_ko": "큰 방", "csrf_token": token_of(browser)}
    address = f"{DESK}/conference/places/rooms/new"
    cookie = browser.get_cookie("hub")
    first = browser.post(address, data=sent, headers=KOREAN)
    assert cookie is not None
    browser.set_cookie("hub", cookie.value)

    second = browser.post(address, data=sent, headers=KOREAN)
    page = browser.get(second.location, headers=KOREAN)

    assert told(second) == told(first)
    assert page.text.count('<div class="flashes"') == 1


def test_a_one_time_link_whose_answer_got_lost_lets_in_by_the_second_press(app: Flask, seeded: Hub) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    browser = app.test_client()
    with seeded.database.writing() as db:
        secret = actions.make_link(
            db, conf=CONF, role=Role.OPERATOR, at=seeded.now(), by=Actor.system("test")
        )
    sent = {"secret": secret, "csrf_token": token_of(browser, "/link")}
    cookie = browser.get_cookie("hub")
    assert cookie is not None
    first = browser.post("/link", data=sent)
    browser.set_cookie("hub", cookie.value)

    second = browser.post("/link", data=sent)

    assert (first.status_code, told(second)) == (302, told(first))
    assert browser.get(f"/c/{CONF}/console").status_code == 200


def test_the_same_from_another_page_is_done_again(sign_in: SignIn, seeded: Hub) -> None:
    assert seeded is not None
    browser = sign_in(Role.ORGANISER)
    address = f"{DESK}/people/new"

    answers = [
        browser.post(address, data={"name": "같은 이름", "csrf_token": token_of(browser)}) for _ in range(2)
    ]

    assert len({answer.location for answer in answers}) == 2


def test_another_press_on_the_same_page_is_no_repeat(sign_in: SignIn, seeded: Hub) -> None:
    assert seeded is not None
    browser = sign_in(Role.ORGANISER)
    token = token_of(browser)

    answers = [
        browser.post(NEW_GUEST, data={"name": name, "csrf_token": token}) for name in ("첫 손님", "다음 손님")
    ]

    assert len({answer.location for answer in answers}) == 2


def test_a_refused_form_may_be_sent_again_as_it_is(sign_in: SignIn, seeded: Hub, now: FakeNow) -> None:
    assert seeded is not None
    guest = sign_in(Role.ATTENDEE, guest_id=GUEST)
    sent = {"csrf_token": token_of(guest)}
    now.forward(hours=-6)
    early = guest.post(f"/c/{CONF}/me/check-in", data=sent)
    now.forward(hours=6)

    assert (early.status_code, guest.post(f"/c/{CONF}/me/check-in", data=sent).status_code) == (409, 302)


def test_an_answer_is_repeated_for_ten_minutes(sign_in: SignIn, seeded: Hub, now: FakeNow) -> None:
    assert seeded is not None
    browser = sign_in(Role.ORGANISER)
    sent = {"name": "늦은 손님", "csrf_token": token_of(browser)}
    first = browser.post(NEW_GUEST, data=sent)

    now.forward(minutes=9)
    soon = browser.post(NEW_GUEST, data=sent)
    now.forward(minutes=1)
    late = browser.post(NEW_GUEST, data=sent)

    assert told(soon) == told(first) != told(late)
