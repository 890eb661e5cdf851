"""Taking back what was given out: what ends with it, what stays, who may, and what the journal says."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.access import accounts, actions, listing
from conference_hub.access.model import NOBODY, Grant, Role, Viewer
from conference_hub.access.passwords import hash_password
from conference_hub.access.store import find_account
from conference_hub.access.tables import AccountRow, WebSessionRow
from conference_hub.access.uses import EXTENSION, Uses
from conference_hub.cli.links import COMMAND_LINE
from conference_hub.core.actor import Actor, ActorKind
from conference_hub.core.entries import since
from conference_hub.core.errors import NotSignedIn
from conference_hub.core.stream import Stream
from conference_hub.people.tables import GuestRow
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.model_day import CONF, FakeNow

CONSOLE = f"/c/{CONF}/console"
ME = f"/c/{CONF}/me"
DESK = f"/c/{CONF}/desk"
GUEST, OTHER = "guest-001", "guest-002"
PASSWORD = "correct horse battery"
HASH = hash_password(PASSWORD)
ANDROID = "Mozilla/5.0 (Linux; Android 14; SM-S921N) AppleWebKit/537.36 Chrome/142.0.0.0 Mobile Safari/537.36"


@pytest.fixture
def desk(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.ORGANISER, name="주최자 이")


def add_account(hub: Hub, login: str = "kim") -> str:
    with hub.database.writing() as db:
        grants = [Grant(conf=CONF, role=Role.OPERATOR)]
        return accounts.add_account(
            db, login=login, name="김감독", password_hash=HASH, grants=grants, at=hub.now()
        )


def enter(app: Flask, secret: str, browser: FlaskClient | None = None) -> FlaskClient:
    browser = browser or app.test_client()
    assert browser.post("/link", data={"secret": secret, "sure": "on"}).status_code == 302
    return browser


def by_password(app: Flask, browser: FlaskClient | None = None, login: str = "kim") -> FlaskClient:
    browser = browser or app.test_client()
    assert browser.post("/sign-in", data={"login": login, "password": PASSWORD}).status_code == 302
    return browser


def copied(app: Flask, browser: FlaskClient) -> FlaskClient:
    """A thief's browser with the cookie that `browser` has now."""
    cookie = browser.get_cookie("hub")
    assert cookie is not None
    thief = app.test_client()
    thief.set_cookie("hub", cookie.value)
    return thief


def personal_link(desk: FlaskClient, guest_id: str = GUEST) -> str:
    url: str = desk.post(f"{DESK}/people/{guest_id}/link", json={}).get_json()["url"]
    return url.partition("#")[2]


def facts(hub: Hub, *topics: str) -> list[dict[str, Any]]:
    with hub.database.reading() as db:
        entries = since(db, CONF, Stream.OPERATOR, 0, 1000)
    return [
        {"topic": entry.topic, **{k: v for k, v in entry.body.items() if k not in {"docs", "actor"}}}
        for entry in entries
        if entry.topic in topics
    ]


def links(hub: Hub) -> list[listing.GivenLink]:
    with hub.database.reading() as db:
        return listing.links(db, CONF, hub.now())


def devices(hub: Hub) -> list[listing.Device]:
    with hub.database.reading() as db:
        return listing.devices(db, CONF, hub.now())


def status(browser: FlaskClient, path: str) -> int:
    return browser.get(path).status_code


def test_new_personal_link_ends_the_old_one_and_signs_out_its_browsers(
    seeded: Hub, app: Flask, desk: FlaskClient
) -> None:
    old, other = personal_link(desk), personal_link(desk, OTHER)
    browser, neighbour = enter(app, old), enter(app, other)

    new = personal_link(desk)

    assert app.test_client().post("/link", data={"secret": old}).status_code == 401
    assert (status(browser, ME), status(neighbour, ME)) == (302, 200)
    assert status(enter(app, new), ME) == 200
    ended = facts(seeded, "LinkRevoked")
    assert [{**fact, "link": "?"} for fact in ended] == [
        {"topic": "LinkRevoked", "link": "?", "role": "attendee", "guest": GUEST, "by": "주최자 이"}
    ]


def test_revoking_a_personal_link_keeps_the_team_roles_of_the_browser(
    seeded: Hub, app: Flask, desk: FlaskClient, sign_in: SignIn
) -> None:
    tablet = enter(app, personal_link(desk), sign_in(Role.STAFF))
    assert (status(tablet, ME), status(tablet, "/checkin/")) == (200, 200)

    answer = desk.post(f"{DESK}/people/{GUEST}/link/revoke", json={})

    assert answer.get_json() == {"ended": 1}
    assert (status(tablet, ME), status(tablet, "/checkin/")) == (403, 200)


def test_link_of_another_guest_ends_the_first_guests_session(
    seeded: Hub, app: Flask, desk: FlaskClient
) -> None:
    browser = enter(app, personal_link(desk))
    thief = copied(app, browser)
    enter(app, personal_link(desk, OTHER), browser)

    assert status(thief, ME) == 302
    assert len([device for device in devices(seeded) if Role.ATTENDEE in device.roles]) == 1
    assert status(browser, ME) == 200


def test_signing_in_as_another_account_ends_the_earlier_session(
    seeded: Hub, app: Flask, sign_in: SignIn
) -> None:
    add_account(seeded)
    browser = sign_in(Role.EMCEE)
    thief = copied(app, browser)

    by_password(app, browser)

    assert status(thief, f"/c/{CONF}/screen/emcee") == 302
    assert status(browser, f"/c/{CONF}/screen/emcee") == 403
    assert status(browser, CONSOLE) == 200


def test_a_new_password_ends_every_session_of_the_account(seeded: Hub, app: Flask, sign_in: SignIn) -> None:
    add_account(seeded)
    first, second, other = by_password(app), by_password(app), sign_in(Role.OPERATOR)
    with seeded.database.writing() as db:
        accounts.set_password(db, "kim", hash_password("another long password"), seeded.now())

    assert [status(browser, CONSOLE) for browser in (first, second, other)] == [302, 302, 200]


def test_a_password_changed_while_it_is_verified_signs_nobody_in(seeded: Hub) -> None:
    add_account(seeded)
    with seeded.database.reading() as db:
        verified = find_account(db, "kim")
    assert verified is not None
    with seeded.database.writing() as db:
        accounts.set_password(db, "kim", hash_password("another long password"), seeded.now())

    with pytest.raises(NotSignedIn), seeded.database.writing() as db:
        actions.sign_in_account(db, verified, NOBODY, seeded.now())
    with seeded.database.reading() as db:
        assert db.scalars(sa.select(WebSessionRow)).all() == []


def test_session_that_ended_meanwhile_passes_no_roles_on(seeded: Hub, app: Flask) -> None:
    account_id = add_account(seeded)
    by_password(app)
    with seeded.database.reading() as db:
        row = db.scalars(sa.select(WebSessionRow)).one()
    viewer = Viewer(session_id=row.id, account_id=account_id)
    with seeded.database.writing() as db:
        accounts.set_password(db, "kim", hash_password("another long password"), seeded.now())
        secret = actions.make_link(db, conf=CONF, role=Role.STAFF, at=seeded.now(), by=Actor.system("test"))
        actions.use_link(db, secret, viewer, seeded.now())

    with seeded.database.reading() as db:
        fresh = db.scalars(sa.select(WebSessionRow).where(WebSessionRow.revoked_at.is_(None))).one()
    assert fresh.account_id is None


def test_a_guest_who_is_deleted_is_signed_out_and_the_link_is_gone(
    seeded: Hub, app: Flask, desk: FlaskClient
) -> None:
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        write.session.add(
            GuestRow(conf=CONF, id="guest-900", name="임시 손님", group="attendee", mode="online")
        )
    secret = personal_link(desk, "guest-900")
    browser = enter(app, secret)
    assert status(browser, ME) == 200
    with seeded.database.writing() as db:
        db.execute(sa.text("DELETE FROM presence WHERE guest_id = 'guest-900'"))
        db.execute(sa.text("DELETE FROM scan WHERE guest_id = 'guest-900'"))
        db.execute(sa.delete(GuestRow).where(GuestRow.id == "guest-900"))

    assert status(browser, ME) == 302
    assert app.test_client().post("/link", data={"secret": secret}).status_code == 401


def test_a_revoked_one_time_link_signs_out_the_browser_that_used_it(
    seeded: Hub, app: Flask, desk: FlaskClient
) -> None:
    url = desk.post(f"{DESK}/team/links", json={"role": "operator", "name": "김감독"}).get_json()["secret"]
    browser = enter(app, url.partition("#")[2])
    given = next(link for link in links(seeded) if link.name == "김감독")
    assert (given.role, given.made_by.label, given.spent) == (Role.OPERATOR, "주최자 이", True)

    assert desk.post(f"{DESK}/team/links/{given.id}/revoke", json={}).get_json() == {"id": given.id}

    assert status(browser, CONSOLE) == 302
    assert facts(seeded, "LinkRevoked") == [
        {"topic": "LinkRevoked", "link": given.id, "role": "operator", "guest": None, "by": "주최자 이"}
    ]
    assert desk.post(f"{DESK}/team/links/{given.id}/revoke", json={}).status_code == 404


@pytest.mark.parametrize(("lang", "words"), [("ko", "명령줄"), ("en", "command line")])
def test_who_made_a_link_by_command_is_named_in_the_readers_language(
    seeded: Hub, desk: FlaskClient, lang: str, words: str
) -> None:
    with seeded.database.writing() as db:
        actions.make_link(db, conf=CONF, role=Role.STAFF, at=seeded.now(), name="접수", by=COMMAND_LINE)

    assert f"<td>{words}</td>" in desk.get(f"{DESK}/team?lang={lang}").text


@pytest.mark.parametrize("label", ["seed", "command line"])
def test_an_account_called_like_a_part_of_the_hub_is_shown_by_its_name(
    seeded: Hub, desk: FlaskClient, label: str
) -> None:
    by = Actor.of(ActorKind.ACCOUNT, "7", label)
    with seeded.database.writing() as db:
        actions.make_link(db, conf=CONF, role=Role.STAFF, at=seeded.now(), by=by)

    assert f"<td>{label}</td>" in desk.get(f"{DESK}/team?lang=ko").text


def test_what_was_made_for_nobody_in_particular_is_called_by_its_role(
    seeded: Hub, app: Flask, desk: FlaskClient
) -> None:
    url = desk.post(f"{DESK}/team/links", json={"role": "operator"}).get_json()["secret"]
    browser = enter(app, url.partition("#")[2])

    page = desk.get(f"{DESK}/team?lang=en").text
    assert page.count('<th scope="row">Operator') == 2
    assert [link.name for link in links(seeded) if link.role is Role.OPERATOR] == [""]
    assert "Operator ·" not in browser.get(f"{CONSOLE}?lang=en").text


def test_a_machine_token_is_made_shown_once_and_revoked(seeded: Hub, app: Flask, desk: FlaskClient) -> None:
    secret = desk.post(f"{DESK}/team/tokens", json={"role": "operator", "name": "deck"}).get_json()["secret"]
    bearer = {"Authorization": f"Bearer {secret}"}
    state = f"/api/v1/c/{CONF}/state?stream=operator"
    assert app.test_client().get(state, headers=bearer).status_code == 200
    with seeded.database.reading() as db:
        token = listing.tokens(db, CONF)[0]
    page = desk.get(f"{DESK}/team").text
    assert (token.name, token.made_by.label, token.id in page, secret in page) == (
        "deck",
        "주최자 이",
        True,
        False,
    )

    desk.post(f"{DESK}/team/tokens/{token.id}/revoke", json={})

    assert app.test_client().get(state, headers=bearer).status_code == 401
    assert facts(seeded, "TokenRevoked") == [
        {"topic": "TokenRevoked", "token": token.id, "role": "operator", "by": "주최자 이"}
    ]


def test_a_device_is_listed_by_its_browser_and_signed_out(
    seeded: Hub, app: Flask, desk: FlaskClient, sign_in: SignIn
) -> None:
    browser = sign_in(Role.EMCEE, name="박사회")
    emcee = f"/c/{CONF}/screen/emcee"
    browser.get(emcee, headers={"User-Agent": ANDROID})
    app.extensions[EXTENSION].flush(lambda: None)
    device = next(device for device in devices(seeded) if device.name == "박사회")
    assert (device.browser, device.roles, device.last_used_at) == (
        "Chrome / Android",
        (Role.EMCEE,),
        seeded.now(),
    )
    assert "SM-S921N" not in desk.get(f"{DESK}/team").text

    desk.post(f"{DESK}/team/devices/{device.id}/revoke", json={})

    assert status(browser, emcee) == 302
    assert facts(seeded, "DeviceRevoked") == [
        {"topic": "DeviceRevoked", "device": device.id, "by": "주최자 이"}
    ]


def test_revoking_an_accounts_roles_ends_its_sessions(seeded: Hub, app: Flask, desk: FlaskClient) -> None:
    account_id = add_account(seeded)
    browser = by_password(app)

    assert desk.post(f"{DESK}/team/accounts/{account_id}/revoke", json={}).status_code == 200

    assert status(browser, CONSOLE) == 302
    assert facts(seeded, "RolesRevoked") == [
        {"topic": "RolesRevoked", "account": account_id, "name": "김감독", "by": "주최자 이"}
    ]
    assert desk.post(f"{DESK}/team/accounts/{account_id}/revoke", json={}).status_code == 404


def test_organiser_cannot_revoke_their_own_roles(seeded: Hub, app: Flask) -> None:
    account_id = add_account(seeded)
    with seeded.database.writing() as db:
        db.execute(sa.text("UPDATE account_grant SET role = 'organiser'"))
    browser = by_password(app)

    answer = browser.post(
        f"{DESK}/team/accounts/{account_id}/revoke", json={}, headers={"Accept": "application/json"}
    )

    assert (answer.status_code, answer.get_json()["error"]["code"]) == (409, "own_role")
    assert status(browser, CONSOLE) == 200


@pytest.mark.parametrize("made", ["links", "tokens"])
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"role": "attendee"}, "role"),
        ({"role": "public"}, "role"),
        ({"role": ["organiser"]}, "role"),
        ({"role": None}, "role"),
        ({"name": "x" * 81}, "name"),
        ({"name": 7}, "name"),
        ({"name": " "}, "name"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_links_and_tokens_are_refused_by_the_wrong_field(
    seeded: Hub, desk: FlaskClient, made: str, wrong: dict[str, Any], field: str
) -> None:
    answer = desk.post(f"{DESK}/team/{made}", json={"role": "staff", "name": "gate-3", **wrong})

    assert (answer.status_code, answer.get_json()["error"]["field"]) == (422, field)
    with seeded.database.reading() as db:
        assert listing.tokens(db, CONF) == []
    assert [link for link in links(seeded) if link.name == "gate-3"] == []


@pytest.mark.parametrize("made", ["links", "tokens"])
def test_links_and_tokens_need_a_role(desk: FlaskClient, made: str) -> None:
    answer = desk.post(f"{DESK}/team/{made}", json={"name": "gate-3"})

    assert (answer.status_code, answer.get_json()["error"]["field"]) == (422, "role")


def test_last_uses_are_written_at_most_once_in_five_minutes(seeded: Hub, app: Flask, now: FakeNow) -> None:
    add_account(seeded)
    browser = by_password(app)
    uses: Uses = app.extensions[EXTENSION]

    def used() -> tuple[Any, Any]:
        uses.flush(lambda: None)
        with seeded.database.reading() as db:
            row = db.scalars(sa.select(WebSessionRow)).one()
            account = db.scalars(sa.select(AccountRow)).one()
            return row.last_used_at, account.last_used_at

    start = now.instant
    browser.get(CONSOLE)
    assert used() == (start, start)
    now.forward(minutes=4)
    browser.get(CONSOLE)
    assert used() == (start, start)
    later = now.forward(minutes=1)
    browser.get(CONSOLE)
    assert used() == (later, later)


def test_last_uses_are_written_on_when_the_clock_was_set_back(seeded: Hub, app: Flask, now: FakeNow) -> None:
    add_account(seeded)
    browser = by_password(app)
    uses: Uses = app.extensions[EXTENSION]
    browser.get(CONSOLE)
    uses.flush(lambda: None)
    earlier = now.forward(hours=-1)
    browser.get(CONSOLE)
    uses.flush(lambda: None)

    assert devices(seeded)[0].last_used_at == earlier


def test_last_use_is_written_later_when_the_database_fails(seeded: Hub, app: Flask, sign_in: SignIn) -> None:
    browser = sign_in(Role.OPERATOR, name="김감독")
    uses: Uses = app.extensions[EXTENSION]
    browser.get(CONSOLE)
    with seeded.database.writing() as db:
        db.execute(sa.text("ALTER TABLE web_session RENAME TO elsewhere"))
    uses.flush(lambda: None)
    with seeded.database.writing() as db:
        db.execute(sa.text("ALTER TABLE elsewhere RENAME TO web_session"))

    uses.flush(lambda: None)

    assert devices(seeded)[0].last_used_at == seeded.now()
