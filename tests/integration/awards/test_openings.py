"""Who opened sealed content is written down, once for each person, page and hour."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.awards.openings import Opening, SealedPage, note, openings
from conference_hub.core.actor import Actor
from conference_hub.core.errors import Unavailable
from conference_hub.people.tables import GuestRow
from conference_hub.screens.actions import make_link
from conference_hub.screens.model import ScreenKind
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.model_day import CONF, FakeNow

STATE = f"/api/v1/c/{CONF}/state?stream="
DESK = f"/c/{CONF}/desk/awards"


def noted(hub: Hub) -> list[Opening]:
    with hub.database.reading() as db:
        return [*openings(db, CONF, 100)]


def told(hub: Hub) -> list[tuple[str, SealedPage, int]]:
    return sorted((one.by.label, one.page, one.times) for one in noted(hub))


def test_each_sealed_page_is_noted_for_who_opened_it(seeded: Hub, sign_in: SignIn) -> None:
    emcee, operator = sign_in(Role.EMCEE, name="사회자"), sign_in(Role.OPERATOR, name="김감독")
    emcee.get(f"{STATE}sealed")
    operator.get(f"{STATE}operator")
    operator.get(f"{STATE}sealed")
    sign_in(Role.ORGANISER, name="이주최").get(DESK)

    assert told(seeded) == [
        ("김감독", SealedPage.OPERATOR, 1),
        ("김감독", SealedPage.SEALED, 1),
        ("사회자", SealedPage.SEALED, 1),
        ("이주최", SealedPage.AWARDS, 1),
    ]


@pytest.mark.parametrize("page", ["", "/new", "/case-01", "/order"])
def test_pages_of_the_desk_are_noted(seeded: Hub, sign_in: SignIn, page: str) -> None:
    assert sign_in(Role.ORGANISER, name="이주최").get(f"{DESK}{page}").status_code == 200

    assert told(seeded) == [("이주최", SealedPage.AWARDS, 1)]


@pytest.mark.parametrize(("guest", "times"), [("guest-015", 1), ("guest-001", 1), ("guest-088", 0)])
def test_page_of_a_recipient_is_noted(seeded: Hub, sign_in: SignIn, guest: str, times: int) -> None:
    """It says which award they get; that of somebody else says nothing."""
    assert sign_in(Role.ORGANISER, name="이주최").get(f"/c/{CONF}/desk/people/{guest}").status_code == 200

    assert told(seeded) == [("이주최", SealedPage.AWARDS, 1)] * times


@pytest.mark.parametrize(("words", "times"), [("장려상", 1), ("석용주", 0), ("신규 공무원", 0)])
def test_list_that_calls_a_recipient_by_their_award_is_noted(
    seeded: Hub, sign_in: SignIn, words: str, times: int
) -> None:
    page = sign_in(Role.ORGANISER, name="이주최").get(f"/c/{CONF}/desk/people", query_string={"q": words})

    assert ("data-guest" in page.text, told(seeded)) == (True, [("이주최", SealedPage.AWARDS, 1)] * times)


@pytest.mark.parametrize("page", ["emcee", "backstage"])
def test_screens_are_noted_that_say_themselves_who_the_recipients_are(
    seeded: Hub, sign_in: SignIn, app: Flask, page: str
) -> None:
    assert sign_in(Role.EMCEE, name="사회자").get(f"/c/{CONF}/screen/{page}").status_code == 200
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        secret = make_link(write, kind=ScreenKind(page), name="무대 옆", options="")
    assert app.test_client().get(f"/s/{secret}").status_code == 200

    assert told(seeded) == [("무대 옆", SealedPage.SEALED, 1), ("사회자", SealedPage.SEALED, 1)]


@pytest.mark.parametrize(("page", "said"), [("emcee", "Seok Yong-ju"), ("backstage", "guest-015")])
def test_page_that_a_browser_keeps_says_nothing_of_recipients_and_is_not_noted(
    seeded: Hub, sign_in: SignIn, page: str, said: str
) -> None:
    with seeded.database.writing() as db:
        db.execute(sa.update(GuestRow).where(GuestRow.id == "guest-015").values(pronunciation="Seok Yong-ju"))
    emcee, address = sign_in(Role.EMCEE, name="사회자"), f"/c/{CONF}/screen/{page}"

    kept = emcee.get(address, headers={"X-Keep": "page"})
    assert (kept.status_code, said in kept.text, told(seeded)) == (200, False, [])
    assert said in emcee.get(address).text
    assert told(seeded) == [("사회자", SealedPage.SEALED, 1)]


def test_reconnecting_is_one_line_in_an_hour(seeded: Hub, sign_in: SignIn, now: FakeNow) -> None:
    emcee = sign_in(Role.EMCEE, name="사회자")
    first = now()
    for minutes in (0, 0, 2, 3, 60):
        now.forward(minutes=minutes)
        emcee.get(f"{STATE}sealed")

    assert [(one.first_at, one.last_at, one.times) for one in noted(seeded)] == [
        (now(), now(), 1),
        (first, first + timedelta(minutes=5), 3),
    ]


def test_who_may_not_open_it_is_not_noted(seeded: Hub, sign_in: SignIn, client: FlaskClient) -> None:
    staff = sign_in(Role.STAFF)

    refused = [one.get(f"{STATE}sealed").status_code for one in (client, staff)]
    allowed = [
        one.get(f"{STATE}{stream}").status_code for one, stream in ((client, "public"), (staff, "staff"))
    ]

    assert (refused, allowed) == ([401, 403], [200, 200])
    assert staff.get(DESK).status_code == 403
    assert noted(seeded) == []


def test_screens_go_on_when_nothing_can_be_written(
    seeded: Hub, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    emcee = sign_in(Role.EMCEE, name="사회자")

    def refuse(*_given: object, **_what: object) -> None:
        raise Unavailable(reason="test")

    with monkeypatch.context() as broken:
        broken.setattr("conference_hub.core.opened.keep", refuse)
        assert emcee.get(f"{STATE}sealed").status_code == 200
    emcee.get(f"{STATE}sealed")

    assert told(seeded) == [("사회자", SealedPage.SEALED, 1)]


def test_nobody_is_not_noted(seeded: Hub) -> None:
    note(seeded.database, CONF, None, SealedPage.SEALED, seeded.now())

    assert noted(seeded) == []


def test_organisers_read_who_it_was(seeded: Hub, sign_in: SignIn) -> None:
    assert seeded is not None
    organiser = sign_in(Role.ORGANISER, name="이주최")
    empty = organiser.get(f"{DESK}/seal/openings?lang=ko").text
    sign_in(Role.EMCEE, name="사회자 박").get(f"{STATE}sealed")

    page = organiser.get(f"{DESK}/seal/openings").text

    assert "아직 아무도 열지 않았습니다." in empty
    assert "사회자 박" in page
