"""A guest who lost their personal link gets a new one by mail; links end one by one, and a newer one ends the older."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.access import listing
from conference_hub.access.model import Role
from conference_hub.outbox.model import Mail, MailState
from conference_hub.outbox.store import mails_about
from conference_hub.people.keys import guest_key
from conference_hub.people.model import Guest, GuestId
from conference_hub.people.store import get_guest
from conference_hub.web.hub import Hub
from conference_hub.web.limits import limiter
from tests.integration.conftest import SignIn
from tests.model_day import CONF, FakeNow

GUEST, OTHER = "guest-088", "guest-001"
PAGE = f"/c/{CONF}/lost-link"
ME = f"/c/{CONF}/me"
DESK = f"/c/{CONF}/desk/people"


def guest_of(hub: Hub, guest_id: str = GUEST) -> Guest:
    with hub.database.reading() as db:
        return get_guest(db, CONF, guest_id)


def mails(hub: Hub, guest_id: str = GUEST) -> list[Mail]:
    with hub.database.reading() as db:
        return list(mails_about(db, CONF, guest_key(GuestId(guest_id))))


def secret_of(mail: Mail) -> str:
    assert mail.link is not None
    return mail.link.partition("#")[2]


def links(hub: Hub, guest_id: str = GUEST) -> list[listing.GivenLink]:
    with hub.database.reading() as db:
        return listing.all_personal_links(db, CONF, guest_id)


@pytest.fixture
def desk(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.ORGANISER, name="주최자")


@pytest.fixture
def email(desk: FlaskClient) -> str:
    """The address of the guest, as it stands on the list."""
    page = desk.get(f"{DESK}/{GUEST}?lang=ko").text
    form = dict(re.findall(r'name="(\w+)"[^>]*value="([^"]*)"', page))
    desk.post(f"{DESK}/{GUEST}", data={**form, "email": "Park@example.com"})
    return "park@example.com"


def test_new_link_is_mailed_and_ends_the_old_one_once_it_is_opened(
    seeded: Hub, app: Flask, desk: FlaskClient, email: str, now: FakeNow
) -> None:
    old = desk.post(f"{DESK}/{GUEST}/link", json={}).get_json()["url"].partition("#")[2]
    phone = app.test_client()
    phone.post("/link", data={"secret": old})
    now.forward(minutes=1)

    answer = app.test_client().post(PAGE, data={"email": f" {email} "})
    asked = phone.get(ME).status_code
    [mail] = mails(seeded)
    laptop = app.test_client()
    laptop.post("/link", data={"secret": secret_of(mail)})

    assert answer.location == f"{PAGE}/sent"
    assert (mail.to_address, mail.kind) == ("Park@example.com", "lost-link")
    assert "요청하신 새 개인 링크입니다." in mail.content
    assert [asked, phone.get(ME).status_code, laptop.get(ME).status_code] == [200, 302, 200]
    assert app.test_client().post("/link", data={"secret": old}).status_code == 401
    assert [link.revoked_at is None for link in links(seeded)] == [True, False]


def test_answer_is_the_same_for_an_address_that_nobody_has(
    seeded: Hub, client: FlaskClient, email: str
) -> None:
    known = client.post(PAGE, data={"email": email})
    unknown = client.post(PAGE, data={"email": "nobody@example.com"})

    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    assert len(links(seeded)) == 1


def test_asking_again_replaces_the_mail_that_was_not_sent(
    seeded: Hub, client: FlaskClient, email: str, now: FakeNow
) -> None:
    for _ in range(2):
        client.post(PAGE, data={"email": email})
        now.forward(minutes=1)

    assert sorted(mail.state for mail in mails(seeded)) == sorted([MailState.REPLACED, MailState.WAITING])


@pytest.mark.parametrize("typed", ["", "park", "park@", "a b@example.com"])
def test_what_is_no_address_comes_back_with_the_error(seeded: Hub, client: FlaskClient, typed: str) -> None:
    answer = client.post(f"{PAGE}?lang=ko", data={"email": typed})

    assert answer.status_code == 422
    assert 'id="email-error"' in answer.text


def test_an_address_gets_only_some_mails_an_hour(seeded: Hub, client: FlaskClient, email: str) -> None:
    limiter.enabled = True
    try:
        limiter.reset()
        answers = [client.post(PAGE, data={"email": email}).status_code for _ in range(6)]
    finally:
        limiter.reset()
        limiter.enabled = False

    assert answers == [302] * 5 + [429]


def test_dead_link_of_a_guest_leads_to_the_page(seeded: Hub, client: FlaskClient, desk: FlaskClient) -> None:
    secret = desk.post(f"{DESK}/{GUEST}/link", json={}).get_json()["url"].partition("#")[2]
    desk.post(f"{DESK}/{GUEST}/link/revoke", json={})

    page = client.post("/link", data={"secret": secret})

    assert page.status_code == 401
    assert f'href="{PAGE}"' in page.text
    assert "lost-link" not in client.get("/link").text
    assert f'href="/c/{CONF}/lost-link"' in client.get(f"/c/{CONF}/").text


def test_desk_lists_a_guests_links_and_ends_one(
    seeded: Hub, app: Flask, desk: FlaskClient, email: str, now: FakeNow
) -> None:
    desk.post(f"{DESK}/{GUEST}/link", json={})
    now.forward(minutes=1)
    app.test_client().post(PAGE, data={"email": email})
    newest, oldest = links(seeded)
    browser = app.test_client()
    browser.post("/link", data={"secret": secret_of(mails(seeded)[-1])})

    answer = desk.post(f"{DESK}/{GUEST}/personal-links/{newest.id}/end")
    page = desk.get(f"{DESK}/{GUEST}?lang=ko").text

    assert answer.location == f"{DESK}/{GUEST}#link-title"
    assert browser.get(ME).status_code == 302
    assert "링크 다시 받기" in page
    assert "주최자" in page
    assert page.count("에 끝냈습니다.") == 2
    assert [one.id for one in links(seeded)] == [newest.id, oldest.id]


def test_link_of_another_guest_is_not_ended(seeded: Hub, desk: FlaskClient) -> None:
    desk.post(f"{DESK}/{GUEST}/link", json={})
    [mine] = links(seeded)

    assert desk.post(f"{DESK}/{OTHER}/personal-links/{mine.id}/end").status_code == 404
    assert links(seeded)[0].revoked_at is None
