"""Pages and searches of a long guest list: others have turns while they are made, and they ask the database once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.checkin import actions
from conference_hub.checkin.guest_actions import register_guests
from conference_hub.checkin.qr import badge_svg
from conference_hub.core.actor import Actor
from conference_hub.core.db import Database
from conference_hub.core.journal import Journal
from conference_hub.core.now import utc_now
from conference_hub.core.stream import Stream
from conference_hub.people.model import GroupId, Guest, GuestId, Mode
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.law import Watch
from tests.model_day import CONF

STEPS = 5
"""Times that others have a turn while a list that was read is searched, filtered, sorted and shown."""
SEARCH = f"/api/v1/c/{CONF}/checkin/search"


@pytest.fixture
def desk(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.ORGANISER)


@contextmanager
def statements(hub: Hub) -> Iterator[list[str]]:
    """Collect the statements that read tables."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT"):
            seen.append(statement)

    sa.event.listen(hub.database.engine, "before_cursor_execute", note)
    yield seen
    sa.event.remove(hub.database.engine, "before_cursor_execute", note)


def guest(number: int, name: str, organisation: str = "새 기관") -> Guest:
    return Guest(
        id=GuestId(f"new-{number}"),
        name=name,
        label=None,
        organisation=organisation,
        group=GroupId("attendee"),
        mode=Mode.ONSITE,
    )


def found(client: FlaskClient, wanted: str) -> list[str]:
    answer = client.get(SEARCH, query_string={"q": wanted})
    return [one["guest"] for one in answer.get_json()["guests"]]


def test_badge_sheet_pauses_after_each_badge_and_is_streamed(seeded: Hub, desk: FlaskClient) -> None:
    turns: list[bool] = []
    seeded.pause = lambda: turns.append(True)
    parts = desk.get(f"/c/{CONF}/desk/badges", buffered=False).iter_encoded()
    page = ""
    while page.count("<svg") < 1:
        page += next(parts).decode()
    before_the_second = len(turns)
    page += b"".join(parts).decode()

    assert page.count("<svg") == 73
    assert len(turns) - before_the_second >= 72


def test_guest_list_pauses_while_it_is_read_and_is_read_once(seeded: Hub, desk: FlaskClient) -> None:
    desk.get(f"/c/{CONF}/live")  # the letters of the day's fonts are known then
    turns: list[bool] = []
    seeded.pause = lambda: turns.append(True)

    assert desk.get(f"/c/{CONF}/desk/people").text.count("data-guest=") == 50
    assert len(turns) == 121 // 50 + STEPS
    assert desk.get(f"/c/{CONF}/desk/people?page=2&sort=name").text.count("data-guest=") == 50
    assert len(turns) == 121 // 50 + 2 * STEPS


def test_a_streamed_page_keeps_its_form_token(app: Flask, seeded: Hub, sign_in: SignIn) -> None:
    browser = sign_in(Role.ORGANISER)
    app.config["WTF_CSRF_ENABLED"] = True
    page = browser.get(f"/c/{CONF}/desk/badges").text
    token = page.split('name="csrf-token" content="')[1].split('"')[0]
    answer = browser.post(
        f"/c/{CONF}/desk/people/guest-001/revoke",
        json={"command_id": "c-1"},
        headers={"X-CSRFToken": token, "Accept": "application/json"},
    )

    assert answer.status_code == 200


def test_a_code_is_drawn_once() -> None:
    badge_svg.cache_clear()
    drawn = [badge_svg("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for _ in range(3)]

    assert (len(set(drawn)), badge_svg.cache_info().misses) == (1, 1)


def test_search_sends_the_same_statements_for_any_number_of_guests(seeded: Hub, desk: FlaskClient) -> None:
    found(desk, "센터")
    with statements(seeded) as one:
        assert len(found(desk, "석용주")) == 1
    with statements(seeded) as twenty:
        assert len(found(desk, "센터")) == 20

    assert len(twenty) == len(one)
    assert [statement for statement in twenty if "FROM guest" in statement] == []


def test_a_search_follows_what_another_process_changes(seeded: Hub, desk: FlaskClient) -> None:
    assert found(desk, "새기관") == []
    other = Database(seeded.database.url.render_as_string(hide_password=False))
    with Journal(other, utc_now).writing(CONF, actor=Actor.system("elsewhere")) as write:
        register_guests(write, [guest(1, "한새봄"), guest(2, "한가람")])
    both = found(desk, "새기관")
    with Journal(other, utc_now).writing(CONF, actor=Actor.system("elsewhere")) as write:
        actions.switch_mode(write, "new-1", Mode.ZOOM)
    (person,) = desk.get(SEARCH, query_string={"q": "ㅎㅅㅂ"}).get_json()["guests"]
    other.close()

    assert both == ["new-1", "new-2"]
    assert person["mode"]["id"] == "zoom"


def test_a_search_reads_the_list_again_when_the_journal_was_pruned(seeded: Hub, desk: FlaskClient) -> None:
    found(desk, "석용주")
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        register_guests(write, [guest(1, "한새봄")])
    with seeded.database.writing() as db:
        db.execute(sa.text("DELETE FROM journal_entry WHERE topic = 'GuestsRegistered'"))

    assert found(desk, "한새봄") == ["new-1"]


def test_many_guests_are_told_in_several_facts_that_keep_the_law(seeded: Hub) -> None:
    watch = Watch(seeded, CONF)

    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        register_guests(write, [guest(number, "한새봄") for number in range(1_001)])

    told = [entry for entry in watch.look() if entry.stream is Stream.OPERATOR]
    assert [(entry.topic, entry.body["count"]) for entry in told] == [
        ("GuestsRegistered", 500),
        ("GuestsRegistered", 500),
        ("GuestsRegistered", 1),
    ]
