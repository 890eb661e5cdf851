"""What the gate, badges, mails and pages of recipients show of guests whose role or group names an award."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.app import make_hub
from conference_hub.awards.sealing import set_gate_order
from conference_hub.cli.links import COMMAND_LINE, link_for
from conference_hub.core.actor import Actor
from conference_hub.core.text import Text
from conference_hub.outbox.store import mails
from conference_hub.people.group_actions import save_groups
from conference_hub.people.group_store import all_groups
from conference_hub.web.hub import Hub
from tests.integration.checkin.guest_desk import PEOPLE, change, guest
from tests.integration.conftest import SignIn
from tests.model_day import CONF

UNNAMED = "guest-015"
SEARCH = f"/api/v1/c/{CONF}/checkin/search"
RANK, PLAIN = {"ko": "장려상 수상자 01", "en": "Encouragement Award recipient 01"}, "수상자 84"


@pytest.fixture
def staff(sign_in: SignIn, seeded: Hub) -> FlaskClient:
    assert seeded is not None
    return sign_in(Role.STAFF)


def tell(hub: Hub) -> None:
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        set_gate_order(write, told=True)


def name_group(hub: Hub, **fields: Any) -> None:
    """Call the recipients' group otherwise."""
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        own = guest(hub, UNNAMED).group
        save_groups(
            write,
            [replace(one, **fields) for one in all_groups(write.session, CONF).values() if one.id == own],
        )


def follow(app: Flask, link: str) -> str:
    """Sign in by a link, and return the page that everybody in the audience follows."""
    browser = app.test_client()
    assert browser.post("/link", data={"secret": link.partition("#")[2]}).status_code == 302
    return browser.get(f"/c/{CONF}/live").text


def found(staff: FlaskClient, words: str) -> list[dict[str, Any]]:
    guests: list[dict[str, Any]] = staff.get(SEARCH, query_string={"q": words}).get_json()["guests"]
    return guests


def test_unnamed_recipient_is_known_by_group_and_number(staff: FlaskClient) -> None:
    (guest,) = found(staff, "H-04")

    assert (guest["name"], guest["role"]) == ({"ko": PLAIN, "en": "Award recipient 84"}, None)


@pytest.mark.parametrize("words", ["장려상", "장려상 수상자", "ㅈㄹㅅ", "encouragement"])
def test_nobody_is_found_by_the_level_of_their_award(staff: FlaskClient, words: str) -> None:
    assert found(staff, words) == []


def test_organisers_may_tell_the_gate(seeded: Hub, staff: FlaskClient) -> None:
    tell(seeded)

    (guest,) = found(staff, "H-04")

    assert guest["name"] == RANK
    assert len(found(staff, "장려상")) == 12


def test_badge_names_no_level(sign_in: SignIn, seeded: Hub) -> None:
    assert seeded is not None
    sheet = sign_in(Role.ORGANISER).get(f"/c/{CONF}/desk/badges").text

    assert "장려상" not in sheet
    assert PLAIN in sheet


def test_own_page_names_no_level(sign_in: SignIn, seeded: Hub) -> None:
    assert seeded is not None
    page = sign_in(Role.ATTENDEE, guest_id=UNNAMED).get(f"/c/{CONF}/me").text
    own, _, everybodys = page.partition('<script type="application/json" data-state')

    assert "장려상" not in own
    assert PLAIN in own
    assert UNNAMED not in everybodys, "the public state names all levels, and nobody's"


def test_mail_with_a_personal_link_names_no_level(app: Flask, seeded: Hub, sign_in: SignIn) -> None:
    desk = sign_in(Role.ORGANISER)

    desk.post(
        f"{PEOPLE}/selected", data={"action": "links", "pick": UNNAMED, "confirmed": "on", "count": "1"}
    )

    with seeded.database.reading() as db:
        (mail,) = mails(db, CONF)
    assert (mail.to_name, "장려상" in mail.content, PLAIN in mail.content) == (PLAIN, False, True)
    assert PLAIN in (page := follow(app, mail.link or ""))
    assert "장려상 수상자" not in page


def test_link_of_the_desk_and_of_the_command_line_name_no_level(
    app: Flask, seeded: Hub, sign_in: SignIn
) -> None:
    answer = sign_in(Role.ORGANISER).post(f"{PEOPLE}/{UNNAMED}/link", json={}).get_json()
    commands = make_hub(seeded.settings, now=seeded.now)
    with commands.journal.writing(CONF, actor=COMMAND_LINE) as write:
        printed = link_for(commands, write, Role.ATTENDEE, UNNAMED)
    commands.database.close()

    pages = [follow(app, link) for link in (answer["url"], printed.url)]

    assert [(PLAIN in page, "장려상 수상자" in page) for page in pages] == [(True, False)] * 2


def test_badge_says_nothing_of_a_group_that_badges_name_by_a_level(seeded: Hub, sign_in: SignIn) -> None:
    name_group(seeded, title=Text.of("1조"), badge_label=Text.of("장려상"))

    sheet = sign_in(Role.ORGANISER).get(f"/c/{CONF}/desk/badges").text

    assert "장려상" not in re.sub(r"<style.*?</style>", "", sheet, flags=re.DOTALL)
    assert "참석자 84" in sheet


def test_group_that_names_an_honour_is_unknown_to_the_gate(seeded: Hub, staff: FlaskClient) -> None:
    name_group(seeded, title=Text(ko="장관표창 대상자", en="Commended"))

    (one,) = found(staff, "H-04")

    assert (one["group"], one["name"]["ko"]) == (None, "참석자 84")


def test_number_of_a_level_in_the_place_of_a_name_is_no_name(seeded: Hub, staff: FlaskClient) -> None:
    change(seeded, UNNAMED, name="장려상 수상자 01", label=None)
    change(seeded, "guest-001", name="석대상")

    (one,) = found(staff, "H-04")

    assert (one["name"]["ko"], one["masked"]) == (PLAIN, None)
    assert [one["name"]["ko"] for one in found(staff, "석대상")] == ["석대상"]
    assert found(staff, "장려상") == []
