"""What was typed into a form stays when the form cannot be taken: the session ended, or somebody else is signed in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from conference_hub.access import actions
from conference_hub.access import pages as access_pages
from conference_hub.access.accounts import add_account
from conference_hub.access.model import Grant, Role
from conference_hub.access.passwords import hash_password
from conference_hub.access.policy import roles_of
from conference_hub.core.actor import Actor
from conference_hub.core.errors import Unavailable
from conference_hub.places import room_pages
from conference_hub.web.hub import Hub
from conference_hub.web.requests import Source, taken_by
from tests.integration.access.route_bodies import body_of
from tests.integration.access.route_ids import Ids, ids_of
from tests.integration.access.route_requests import routes, send
from tests.integration.kinds import ON_SQLITE
from tests.integration.rendered_forms import RenderedForm, forms_of
from tests.model_day import CONF

pytestmark = ON_SQLITE
"""One database is enough: nothing here depends on it."""

GUEST = "guest-088"
PASSWORD = "correct horse battery"
NEW_ROOM = f"/c/{CONF}/desk/conference/places/rooms/new"
MODE = f"/c/{CONF}/me/mode"
KOREAN = {"Accept-Language": "ko"}
ENDED, OTHER, OLD = "로그인이 끝났습니다", "다른 사람으로 로그인되어 있습니다", "화면이 오래되었습니다"


@pytest.fixture
def app(app: Flask) -> Flask:
    """The application with form tokens on."""
    app.config["WTF_CSRF_ENABLED"] = True
    return app


@pytest.fixture
def accounts(seeded: Hub) -> Hub:
    """A hub with two organisers who have passwords."""
    grants = [Grant(conf=CONF, role=Role.ORGANISER)]
    with seeded.database.writing() as db:
        for login in ("kim", "lee"):
            add_account(
                db,
                login=login,
                name=login,
                password_hash=hash_password(PASSWORD),
                grants=grants,
                at=seeded.now(),
                may_create=True,
            )
    return seeded


@dataclass(kw_only=True)
class Browser:
    """Somebody's browser: it opens pages, signs in and out, and sends forms."""

    hub: Hub
    client: FlaskClient
    token: str = ""

    def opened(self) -> str:
        """Open a page with a form and return its token."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.client.get("/sign-in").text)
        assert found is not None
        self.token = found[1]
        return self.token

    def sign_in(self, login: str) -> None:
        """Sign in by password."""
        form = {"login": login, "password": PASSWORD, "csrf_token": self.opened()}
        assert self.client.post("/sign-in", data=form).status_code == 302
        self.opened()

    def come_as(self, guest_id: str) -> None:
        """Sign in by a guest's personal link, whoever is signed in at this browser."""
        with self.hub.database.writing() as db:
            secret = actions.make_link(
                db,
                conf=CONF,
                role=Role.ATTENDEE,
                guest_id=guest_id,
                at=self.hub.now(),
                by=Actor.system("test"),
            )
        answer = self.client.post("/link", data={"secret": secret, "sure": "on", "csrf_token": self.opened()})
        assert answer.status_code == 302
        self.opened()

    def sign_out(self) -> None:
        """End the session; the token of the page that is open stays as it was."""
        assert self.client.post("/sign-out", data={"csrf_token": self.token}).status_code == 302

    def send(self, address: str, **form: str | list[str]) -> TestResponse:
        """Send a form of the page that is open."""
        return self.client.post(address, data={**form, "csrf_token": self.token}, headers=KOREAN)

    def send_again(self, answer: TestResponse) -> TestResponse:
        """Press the button of a page that keeps a form."""
        kept = kept_form(answer)
        answer = self.client.post(kept.action, data=kept.values, headers=KOREAN)
        answer.get_data()
        answer.close()
        return answer


@pytest.fixture
def browser(accounts: Hub, app: Flask) -> Browser:
    """A browser at which `kim` is signed in and has a page open."""
    browser = Browser(hub=accounts, client=app.test_client())
    browser.sign_in("kim")
    return browser


def kept_form(answer: TestResponse) -> RenderedForm:
    """Return the one form of a page that keeps a form."""
    (found,) = forms_of(answer.text)
    return found


def typed(form: RenderedForm) -> MultiDict[str, str]:
    """Return the fields of a kept form but its token."""
    return MultiDict([pair for pair in form.values.items(multi=True) if pair[0] != "csrf_token"])


def heading(answer: TestResponse) -> str:
    """Return the heading of a page."""
    found = re.search(r"<h1>\s*(.*?)\s*</h1>", answer.text, re.DOTALL)
    return found[1] if found else ""


@pytest.fixture
def ids(seeded: Hub) -> Ids:
    own = {"lane": "hall", "gate": "main", "guest": GUEST, "award": "case-01", "session": "session-1"}
    return ids_of(seeded, CONF, **own)


def personal_forms(app: Flask) -> Iterator[tuple[str, Rule, bool]]:
    """Yield every route that takes a form from somebody in particular, and whether a guest sends it."""
    for name, rule in routes(app):
        view = app.view_functions[rule.endpoint]
        taken, roles = taken_by(view), roles_of(view) or frozenset()
        if taken is not None and taken.source is Source.FORM and roles != {Role.PUBLIC}:
            yield name, rule, Role.ATTENDEE in roles


def texts(ids: Ids, name: str) -> MultiDict[str, str]:
    """Return what a request to the route sends and a page can keep: no files."""
    sent = body_of(name, ids).get("data", {})
    return unnumbered([(key, value) for key, value in sent.items() if isinstance(value, str)])


def unnumbered(pairs: Iterable[tuple[str, str]]) -> MultiDict[str, str]:
    """Return fields without the number that each request for an invitation has in its login."""
    return MultiDict([(key, value.rstrip("0123456789") if key == "login" else value) for key, value in pairs])


def test_every_form_is_kept_when_the_session_ended_and_sent_again_after_signing_in(
    app: Flask, browser: Browser, ids: Ids
) -> None:
    guest = Browser(hub=browser.hub, client=app.test_client())
    guest.come_as(GUEST)
    all_forms = sorted(personal_forms(app), key=lambda form: not form[2])  # organisers remove guests
    sent = [(name, rule, guest if of_guest else browser) for name, rule, of_guest in all_forms]
    guest.sign_out()
    browser.sign_out()

    refused = {
        name: send(who.client, name, rule, ids, extra={"csrf_token": who.token}, headers=KOREAN)
        for name, rule, who in sent
    }

    assert {(answer.status_code, heading(answer)) for answer in refused.values()} == {(401, ENDED)}
    assert {
        name: unnumbered(typed(kept_form(answer)).items(multi=True)) for name, answer in refused.items()
    } == {name: texts(ids, name) for name in refused}

    browser.sign_in("kim")
    guest.come_as(GUEST)
    taken = {name: who.send_again(refused[name]) for name, _, who in sent if "delete" not in name}

    assert {name: a.status for name, a in taken.items() if a.status_code in {400, 401, 403}} == {}


def test_a_kept_form_does_what_it_was_to_do(browser: Browser) -> None:
    browser.sign_out()
    refused = browser.send(NEW_ROOM, title_ko='<큰 "방">', capacity="")
    browser.sign_in("kim")

    answer = browser.send_again(refused)

    assert (refused.status_code, heading(refused), answer.status_code) == (401, ENDED, 302)
    assert "&lt;큰 &#34;방&#34;&gt;" in browser.client.get(f"/c/{CONF}/desk/conference/places").text


def test_a_page_that_keeps_a_form_is_in_no_cache_and_leads_to_sign_in_in_a_new_window(
    browser: Browser,
) -> None:
    browser.sign_out()

    answer = browser.send(NEW_ROOM, title_ko="방")

    assert answer.headers["Cache-Control"] == "no-store"
    assert re.findall(r'<a class="button"[^>]*href="([^"]+)" target="_blank"', answer.text) == [
        "/sign-in?next=/signed-in"
    ]


def test_a_form_is_kept_as_often_as_it_is_sent_too_early(browser: Browser) -> None:
    browser.sign_out()
    first = browser.send(NEW_ROOM, title_ko="방")

    second = browser.send_again(first)
    browser.sign_in("kim")

    assert (second.status_code, typed(kept_form(second))) == (401, typed(kept_form(first)))
    assert browser.send_again(second).status_code == 302


def test_repeated_fields_and_lines_stay_as_they_were(browser: Browser) -> None:
    browser.sign_out()
    fields: dict[str, str | list[str]] = {"action": "clear-seat", "pick": ["guest-001", "guest-002"]}

    kept = typed(kept_form(browser.send(f"/c/{CONF}/desk/people/selected", **fields)))

    assert kept == MultiDict([("action", "clear-seat"), ("pick", "guest-001"), ("pick", "guest-002")])


def test_ends_of_lines_may_change_on_the_way_through_a_browser(browser: Browser) -> None:
    browser.sign_out()
    refused = browser.send(NEW_ROOM, title_ko="방", note_ko="왼쪽\r\n오른쪽")
    browser.sign_in("kim")
    kept = kept_form(refused)
    kept.values["note_ko"] = "왼쪽\n오른쪽"

    assert browser.client.post(kept.action, data=kept.values).status_code != 400


def test_somebody_else_cannot_send_what_another_person_typed(browser: Browser) -> None:
    browser.sign_out()
    refused = browser.send(NEW_ROOM, title_ko="김의 방")
    browser.sign_in("lee")

    answer = browser.send_again(refused)

    assert (answer.status_code, heading(answer)) == (400, OTHER)
    assert "김의 방" not in browser.client.get(f"/c/{CONF}/desk/conference/places").text
    browser.sign_in("kim")
    assert browser.send_again(answer).status_code == 302


def test_a_form_of_one_guest_is_not_sent_for_another_at_the_same_browser(browser: Browser) -> None:
    browser.come_as("guest-001")
    opened = browser.token
    browser.come_as("guest-002")

    browser.token = opened
    answer = browser.send(MODE, mode="zoom")

    assert (answer.status_code, heading(answer)) == (400, OTHER)


def test_a_person_without_the_role_gets_the_form_of_another_kept(browser: Browser) -> None:
    opened = browser.token
    browser.sign_out()
    browser.come_as(GUEST)

    browser.token = opened
    answer = browser.send(NEW_ROOM, title_ko="방")

    assert (answer.status_code, heading(answer)) == (403, OTHER)


def test_a_form_opened_before_signing_in_again_is_sent_by_one_more_press(browser: Browser) -> None:
    opened = browser.token
    browser.sign_in("kim")

    browser.token = opened
    answer = browser.send(NEW_ROOM, title_ko="방")

    assert (answer.status_code, heading(answer)) == (400, OLD)
    assert browser.send_again(answer).status_code == 302


@pytest.mark.parametrize("change", [{"title_ko": "다른 방"}, {"capacity": "7"}])
def test_a_kept_form_that_was_changed_is_not_taken_as_it_is(browser: Browser, change: dict[str, str]) -> None:
    browser.sign_out()
    kept = kept_form(browser.send(NEW_ROOM, title_ko="방"))
    browser.sign_in("kim")

    answer = browser.client.post(kept.action, data={**kept.values, **change}, headers=KOREAN)

    assert (answer.status_code, heading(answer)) == (400, OLD)


def test_a_kept_form_counts_at_its_own_address_alone(browser: Browser) -> None:
    browser.sign_out()
    kept = kept_form(browser.send(NEW_ROOM, title_ko="방"))
    browser.sign_in("kim")

    answer = browser.client.post(f"/c/{CONF}/desk/gates/new", data=kept.values, headers=KOREAN)

    assert (answer.status_code, heading(answer)) == (400, OLD)


@pytest.mark.parametrize("token", ["", "of another site", "a.b~c.d"])
def test_nothing_is_kept_of_a_form_that_no_page_of_the_hub_made(browser: Browser, token: str) -> None:
    browser.sign_out()
    browser.token = token

    answer = browser.send(NEW_ROOM, title_ko="꾀는 말")

    assert (answer.status_code, "꾀는 말" in answer.text) == (401, False)


def test_a_form_that_nobody_opened_is_kept_for_nobody(browser: Browser) -> None:
    browser.sign_out()
    browser.opened()

    answer = browser.send(NEW_ROOM, title_ko="꾀는 말")

    assert (answer.status_code, "꾀는 말" in answer.text) == (401, False)


def test_files_are_not_kept_and_the_page_names_them(browser: Browser) -> None:
    browser.sign_out()
    file = FileStorage(BytesIO("이름\n".encode()), "명단.csv")
    form = {"file": file, "csrf_token": browser.token}

    answer = browser.client.post(f"/c/{CONF}/desk/files/import/guests", data=form, headers=KOREAN)

    assert "파일은 남겨 둘 수 없습니다. 다시 골라 주세요: 명단.csv" in answer.text
    assert 'enctype="multipart/form-data"' in answer.text


def test_a_new_password_that_comes_too_late_leads_to_sign_in(browser: Browser) -> None:
    browser.sign_out()

    answer = browser.send("/password", password="a long password", again="a long password")

    assert (answer.status_code, heading(answer)) == (401, "로그인이 필요합니다.")
    assert "a long password" not in answer.text


def test_a_form_is_kept_while_the_hub_cannot_write(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object, **_kwargs: object) -> None:
        raise Unavailable(reason="full")

    with monkeypatch.context() as patched:
        patched.setattr(room_pages, "all_rooms", full)
        refused = browser.send(NEW_ROOM, title_ko="방")

    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "2")
    assert typed(kept_form(refused)) == MultiDict({"title_ko": "방"})
    assert browser.send_again(refused).status_code == 302


def test_a_password_is_not_kept_while_the_hub_cannot_write(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_args: object, **_kwargs: object) -> None:
        raise Unavailable(reason="locked")

    monkeypatch.setattr(access_pages, "by_password", locked)
    answer = browser.send("/sign-in", login="kim", password=PASSWORD)

    assert typed(kept_form(answer)) == MultiDict({"login": "kim"})
    assert ("비밀번호는 남겨 두지 않습니다." in answer.text, PASSWORD in answer.text) == (True, False)


def test_a_script_gets_json_as_ever(browser: Browser) -> None:
    browser.sign_out()
    form = {"title_ko": "방", "csrf_token": browser.token}

    answer = browser.client.post(NEW_ROOM, data=form, headers={"Accept": "application/json"})

    assert (answer.status_code, answer.get_json()["error"]["code"]) == (401, "not_signed_in")


def test_who_signed_in_only_to_go_on_is_sent_back_to_the_other_window(browser: Browser) -> None:
    there = browser.client.get("/signed-in", headers=KOREAN)
    browser.sign_out()
    out = browser.client.get("/signed-in", headers=KOREAN)

    assert (there.status_code, heading(there)) == (200, "로그인했습니다")
    assert (out.status_code, heading(out)) == (200, "로그인이 필요합니다.")
