"""The team of a conference: invitations, passwords, roles, and what may not be done to an account of others."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.access import accounts, listing, store
from conference_hub.access.model import Grant, Role
from conference_hub.access.passwords import hash_password
from conference_hub.core.entries import since
from conference_hub.core.stream import Stream
from conference_hub.outbox.store import mails
from conference_hub.web.hub import Hub
from tests import small_conference as small
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF, FakeNow
from tests.small_conference import OTHER

pytestmark = ON_SQLITE

TEAM = f"/c/{CONF}/desk/team"
PASSWORD = "correct horse battery"
INVITATION = {"name": "박초대", "login": "Park@Example.com", "operator": "on", "staff": "on"}


@pytest.fixture
def desk(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    """An organiser's browser that asks for pages in Korean."""
    browser = sign_in(Role.ORGANISER, name="김주최")
    browser.get(f"{TEAM}?lang=ko")
    return browser


def secret_in(page: str) -> str:
    found = re.search(r"/link[^#\"]*#([\w-]+)", page)
    assert found, page
    return found[1]


def add(hub: Hub, login: str, *grants: Grant, password: str | None = PASSWORD) -> str:
    hashed = hash_password(password) if password else None
    with hub.database.writing() as db:
        return accounts.add_account(
            db, login=login, name=login, password_hash=hashed, grants=list(grants), at=hub.now()
        )


def seen_in(desk: FlaskClient, account_id: str) -> str:
    page = desk.get(f"{TEAM}/accounts/{account_id}").text
    return page.partition('name="seen" value="')[2].partition('"')[0]


def team_facts(hub: Hub) -> list[dict[str, Any]]:
    """Return what happened to accounts, as operators see it, without who did it."""
    topics = {"MemberInvited", "RolesChanged", "AccountLinkMade", "RolesRevoked"}
    with hub.database.reading() as db:
        entries = since(db, CONF, Stream.OPERATOR, 0, 1000)
    return [
        {"topic": entry.topic, **{k: v for k, v in entry.body.items() if k not in {"docs", "actor", "by"}}}
        for entry in entries
        if entry.topic in topics
    ]


def roles_of(hub: Hub, login: str) -> set[tuple[str, str]]:
    with hub.database.reading() as db:
        account = store.find_account(db, login)
        return (
            {(grant.conf, grant.role) for grant in store.account_grants(db, account.id)} if account else set()
        )


def enter(app: Flask, secret: str) -> FlaskClient:
    browser = app.test_client()
    assert browser.post("/link", data={"secret": secret}).location == "/password"
    return browser


def set_password(browser: FlaskClient, password: str = PASSWORD, **fields: str) -> tuple[int, str]:
    data = {"password": password, "again": password, **fields}
    answer = browser.post("/password", data=data, headers={"Accept-Language": "ko"})
    return answer.status_code, answer.text


def sign_in_as(app: Flask, login: str, password: str) -> int:
    return app.test_client().post("/sign-in", data={"login": login, "password": password}).status_code


def test_invited_person_sets_a_password_and_signs_in_by_it(
    seeded: Hub, app: Flask, desk: FlaskClient
) -> None:
    answer = desk.post(f"{TEAM}/invite", data=INVITATION)
    assert answer.status_code == 200
    assert roles_of(seeded, "park@example.com") == {(CONF, "operator"), (CONF, "staff")}
    with seeded.database.reading() as db:
        (mail,) = mails(db, CONF)
    assert (mail.kind, mail.to_address, secret_in(mail.link or "")) == (
        "team", "park@example.com", secret_in(answer.text),
    )  # fmt: skip

    browser = enter(app, secret_in(answer.text))
    assert set_password(browser)[0] == 302
    assert browser.get(f"/c/{CONF}/console").status_code == 200
    assert sign_in_as(app, "park@example.com", PASSWORD) == 302
    assert app.test_client().post("/link", data={"secret": secret_in(answer.text)}).status_code == 401


def test_login_that_is_no_address_is_mailed_to_nobody(seeded: Hub, desk: FlaskClient) -> None:
    desk.post(f"{TEAM}/invite", data={**INVITATION, "login": "park"})

    with seeded.database.reading() as db:
        assert list(mails(db, CONF)) == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": ""}, "꼭 필요한 항목입니다."),
        ({"login": "guest-001"}, "참석자 번호와 같아 보이는"),
        ({"operator": "", "staff": ""}, "역할을 하나 이상 골라 주세요."),
        ({"login": "closed"}, "닫힌 계정입니다"),
    ],
)
def test_refused_invitation_keeps_what_was_typed(
    seeded: Hub, desk: FlaskClient, fields: dict[str, str], words: str
) -> None:
    add(seeded, "closed")
    with seeded.database.writing() as db:
        accounts.disable_account(db, "closed", seeded.now())

    answer = desk.post(f"{TEAM}/invite", data={**INVITATION, **fields})

    assert (answer.status_code, words in answer.text) == (422, True)
    assert f'value="{fields.get("login", INVITATION["login"])}"' in answer.text


def test_somebody_with_a_password_gets_roles_and_no_link(seeded: Hub, app: Flask, desk: FlaskClient) -> None:
    small.load(seeded)
    add(seeded, "lee", Grant(conf=OTHER, role=Role.ORGANISER))

    with seeded.database.reading() as db:
        known = store.find_account(db, "lee")
    assert known is not None
    answer = desk.post(f"{TEAM}/invite", data={**INVITATION, "login": "lee", "known": known.id})

    assert (answer.status_code, "/link#" in answer.text) == (200, False)
    assert roles_of(seeded, "lee") == {(OTHER, "organiser"), (CONF, "operator"), (CONF, "staff")}
    assert sign_in_as(app, "lee", PASSWORD) == 302


def test_whoever_invites_an_account_that_is_there_is_told_first_by_whom_it_was_made(
    seeded: Hub, desk: FlaskClient, sign_in: SignIn
) -> None:
    small.load(seeded)
    other = sign_in(Role.ORGANISER, conf=OTHER, name="최다른")
    other.post(
        f"/c/{OTHER}/desk/team/invite", data={"name": "이원래", "login": "lee@example.com", "staff": "on"}
    )
    form = {"name": "이초대", "login": "Lee@example.com", "operator": "on"}

    told = desk.post(f"{TEAM}/invite", data=form)
    wrong = desk.post(f"{TEAM}/invite", data={**form, "known": "somebody-else"})

    told_words = [
        words in told.text for words in ("이미 있는 계정입니다", "이원래", "최다른", "아직 정하지 않음")
    ]
    assert (told.status_code, told_words, "이원래" in wrong.text) == (200, [True] * 4, True)
    assert roles_of(seeded, "lee@example.com") == {(OTHER, "staff")}
    with seeded.database.reading() as db:
        assert list(mails(db, CONF)) == []

    hidden = dict(
        re.findall(r'<input type="hidden" name="(known|login|name|operator)" value="([^"]*)">', told.text)
    )
    assert desk.post(f"{TEAM}/invite", data=hidden).status_code == 200
    assert roles_of(seeded, "lee@example.com") == {(OTHER, "staff"), (CONF, "operator")}


def test_closed_account_that_was_known_is_refused(seeded: Hub, desk: FlaskClient) -> None:
    account = add(seeded, "closed")
    with seeded.database.writing() as db:
        accounts.disable_account(db, "closed", seeded.now())

    answer = desk.post(f"{TEAM}/invite", data={**INVITATION, "login": "closed", "known": account})

    assert (answer.status_code, "닫힌 계정입니다" in answer.text) == (422, True)


def test_facts_of_the_team_never_name_a_login(seeded: Hub, desk: FlaskClient) -> None:
    desk.post(f"{TEAM}/invite", data=INVITATION)
    with seeded.database.reading() as db:
        account = store.find_account(db, "park@example.com")
    assert account is not None
    desk.post(
        f"{TEAM}/accounts/{account.id}",
        data={"staff": "on", "seen": seen_in(desk, account.id), "emcee": "on"},
    )
    desk.post(f"{TEAM}/accounts/{account.id}/link")
    desk.post(f"{TEAM}/accounts/{account.id}/revoke", json={})

    named = {"account": account.id, "name": "박초대"}
    assert team_facts(seeded) == [
        {"topic": "MemberInvited", **named, "roles": ["operator", "staff"]},
        {"topic": "RolesChanged", **named, "roles": ["emcee", "staff"]},
        {"topic": "AccountLinkMade", **named},
        {"topic": "RolesRevoked", **named},
    ]


def test_organiser_gets_no_link_to_an_account_of_another_conference(seeded: Hub, desk: FlaskClient) -> None:
    small.load(seeded)
    account = add(
        seeded,
        "lee",
        Grant(conf=OTHER, role=Role.ORGANISER),
        Grant(conf=CONF, role=Role.STAFF),
        password=None,
    )

    invited = desk.post(f"{TEAM}/invite", data={**INVITATION, "login": "lee"})
    renewed = desk.post(f"{TEAM}/accounts/{account}/link")

    assert ("/link#" in invited.text, renewed.status_code, "/link#" in renewed.text) == (False, 409, False)


def test_new_link_ends_the_password_the_link_before_and_the_sessions(
    seeded: Hub, app: Flask, desk: FlaskClient
) -> None:
    first = secret_in(desk.post(f"{TEAM}/invite", data={**INVITATION, "login": "park"}).text)
    with seeded.database.reading() as db:
        (park,) = (member.id for member in listing.members(db, CONF) if member.login == "park")
    second = secret_in(desk.post(f"{TEAM}/accounts/{park}/link").text)
    assert app.test_client().post("/link", data={"secret": first}).status_code == 401
    browser = enter(app, second)
    set_password(browser)

    third = secret_in(desk.post(f"{TEAM}/accounts/{park}/link").text)

    assert sign_in_as(app, "park", PASSWORD) == 401
    assert browser.get(f"/c/{CONF}/console").status_code == 302
    assert set_password(enter(app, third), "another long password")[0] == 302


def test_roles_are_changed_and_a_stale_change_is_refused(
    seeded: Hub, desk: FlaskClient, sign_in: SignIn
) -> None:
    account = add(seeded, "lee", Grant(conf=CONF, role=Role.STAFF))
    page = f"{TEAM}/accounts/{account}"
    seen = desk.get(page).text.partition('name="seen" value="')[2].partition('"')[0]
    sign_in(Role.ORGANISER, name="박주최").post(page, data={"emcee": "on", "seen": seen})

    stale = desk.post(page, data={"operator": "on", "seen": seen})

    assert (stale.status_code, "박주최 님이" in stale.text) == (409, True)
    assert roles_of(seeded, "lee") == {(CONF, "emcee")}
    seen = seen_in(desk, page.rpartition("/")[2])
    assert desk.post(page, data={"operator": "on", "staff": "on"}).status_code == 422
    assert desk.post(page, data={"operator": "on", "staff": "on", "seen": seen}).status_code == 302
    assert roles_of(seeded, "lee") == {(CONF, "operator"), (CONF, "staff")}
    assert desk.post(page, data={}).status_code == 422


def test_last_organiser_account_stays(seeded: Hub, desk: FlaskClient) -> None:
    account = add(seeded, "lee", Grant(conf=CONF, role=Role.ORGANISER))
    changed = desk.post(f"{TEAM}/accounts/{account}", data={"staff": "on", "seen": seen_in(desk, account)})
    revoked = desk.post(f"{TEAM}/accounts/{account}/revoke", json={})
    assert (changed.status_code, revoked.status_code, revoked.get_json()["error"]["code"]) == (
        409,
        409,
        "last_organiser",
    )

    add(seeded, "choi", Grant(conf=CONF, role=Role.ORGANISER))

    assert desk.post(f"{TEAM}/accounts/{account}/revoke", json={}).status_code == 200


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"again": "something else"}, "두 비밀번호가 다릅니다."),
        ({"password": "short", "again": "short"}, "10자 이상"),
        ({"current": "wrong"}, "지금 비밀번호가 맞지 않습니다."),
    ],
)
def test_refused_password_changes_nothing(
    seeded: Hub, app: Flask, fields: dict[str, str], words: str
) -> None:
    add(seeded, "lee", Grant(conf=CONF, role=Role.STAFF))
    browser = app.test_client()
    browser.post("/sign-in", data={"login": "lee", "password": PASSWORD})
    data = {
        "current": PASSWORD,
        "password": "another long password",
        "again": "another long password",
        **fields,
    }

    answer = browser.post("/password", data=data, headers={"Accept-Language": "ko"})

    assert (answer.status_code, words in answer.text, "another long" in answer.text) == (422, True, False)
    assert sign_in_as(app, "lee", PASSWORD) == 302


def test_changed_password_signs_out_the_other_browsers(seeded: Hub, app: Flask) -> None:
    add(seeded, "lee", Grant(conf=CONF, role=Role.OPERATOR))
    here, there = app.test_client(), app.test_client()
    for browser in (here, there):
        browser.post("/sign-in", data={"login": "lee", "password": PASSWORD})

    assert set_password(here, "another long password", current=PASSWORD)[0] == 302

    console = f"/c/{CONF}/console"
    assert [browser.get(console).status_code for browser in (here, there)] == [200, 302]


def test_page_is_for_accounts_only(client: FlaskClient, seeded: Hub, now: FakeNow) -> None:
    assert now() == seeded.now()
    assert client.get("/password").location.startswith("/sign-in?")
    assert client.post("/password", data={"password": "x", "again": "x"}).status_code == 401
