"""A guest's own page of a session: what it shows, and that only a press changes anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.conferences.kept import bump_revision
from conference_hub.conferences.tables import ConferenceRow
from conference_hub.core.actor import Actor
from conference_hub.core.db import Base
from conference_hub.followup import actions, answer_store, invitation_store, store
from conference_hub.followup.answers import said
from conference_hub.followup.invitations import Answer, Invitation
from conference_hub.followup.joining import Joined, JoinedBy
from conference_hub.followup.model import OnlineSession, SessionId
from conference_hub.people.model import GuestId
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.law import holds_over
from tests.model_day import CONF, FakeNow

SESSION = SessionId("session-1")
KIM, LEE = GuestId("guest-001"), GuestId("guest-002")
MEETING = "https://meet.example.com/session-1?pwd=secret"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def online(seeded: Hub, now: FakeNow) -> OnlineSession:
    """A session for which one guest signed up, a day before it."""
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        found = replace(store.get_session(write.session, CONF, SESSION), url=MEETING, capacity=1, waits=True)
        store.save_session(write.session, found)
        now.instant = found.starts_at - timedelta(days=1)
    act(seeded, "sign_up", KIM)
    return found


@pytest.fixture
def page(seeded: Hub, online: OnlineSession) -> str:
    return f"/invited/{invitation(seeded).token}"


def act(hub: Hub, action: str, guest: GuestId) -> None:
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        getattr(actions, action)(hub, write, SESSION, guest)


def change(hub: Hub, **values: object) -> None:
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        found = store.get_session(write.session, CONF, SESSION)
        store.save_session(write.session, replace(found, **values))  # type: ignore[arg-type]


def invitation(hub: Hub, guest: GuestId = KIM) -> Invitation:
    with hub.database.writing() as db:
        return invitation_store.ensure(db, CONF, SESSION, guest)


def attended(hub: Hub) -> dict[GuestId, Joined]:
    with hub.database.reading() as db:
        return answer_store.joined(db, CONF, SESSION)


def everything(hub: Hub) -> dict[str, list[str]]:
    """Return all rows of the database."""
    with hub.database.reading() as db:
        return {
            table.name: sorted(repr(tuple(row)) for row in db.execute(sa.select(table)))
            for table in Base.metadata.sorted_tables
        }


def test_a_scanner_that_opens_the_page_changes_nothing_and_finds_no_link(
    seeded: Hub, client: FlaskClient, page: str, online: OnlineSession, now: FakeNow
) -> None:
    now.instant = online.starts_at
    before = everything(seeded)

    answer = client.get(page)
    probes = [client.get(f"{page}/{name}").status_code for name in ("answer", "place", "join")]

    assert (answer.status_code, probes) == (200, [405] * 3)
    assert "meet.example.com" not in answer.text + str(answer.headers)
    assert "참여하기" in answer.text
    assert (answer.headers["X-Robots-Tag"], answer.headers["Cache-Control"]) == (
        "noindex, nofollow",
        "no-store",
    )
    assert answer.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert everything(seeded) == before


@pytest.mark.parametrize("answer", Answer)
def test_one_press_answers_and_the_law_holds(
    seeded: Hub, client: FlaskClient, page: str, answer: Answer
) -> None:
    assert holds_over(seeded, CONF, [lambda: client.post(f"{page}/answer", data={"answer": answer.value})])

    assert said(invitation(seeded)) is answer
    shown = client.get(page).text
    assert shown.count('aria-pressed="true"') == 1
    assert "답을 기록했습니다" in shown


def test_an_answer_can_be_changed_and_nonsense_is_refused(
    seeded: Hub, client: FlaskClient, page: str
) -> None:
    client.post(f"{page}/answer", data={"answer": "accepted"})
    client.post(f"{page}/answer", data={"answer": "declined"})

    assert said(invitation(seeded)) is Answer.DECLINED
    assert client.post(f"{page}/answer", data={"answer": "perhaps"}).status_code == 422
    assert said(invitation(seeded)) is Answer.DECLINED


def test_no_form_of_the_page_is_taken_from_another_site(app: Flask, client: FlaskClient, page: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = True

    sent = [
        client.post(f"{page}/{name}", data={"answer": "accepted"}) for name in ("answer", "place", "join")
    ]

    assert [one.status_code for one in sent] == [400] * 3


def test_joining_leads_on_and_is_written_down_once(
    seeded: Hub, client: FlaskClient, page: str, online: OnlineSession, now: FakeNow
) -> None:
    now.instant = online.starts_at - MINUTE
    assert holds_over(seeded, CONF, [lambda: client.post(f"{page}/join")])
    now.instant += 10 * MINUTE
    again = client.post(f"{page}/join")

    assert (again.status_code, again.location, again.headers["Cache-Control"]) == (303, MEETING, "no-store")
    assert attended(seeded) == {
        KIM: Joined(
            session_id=SESSION,
            guest_id=KIM,
            joined_at=online.starts_at - MINUTE,
            minutes=None,
            source=JoinedBy.LINK,
        )
    }


def test_who_looks_in_long_before_does_not_attend(seeded: Hub, client: FlaskClient, page: str) -> None:
    assert client.post(f"{page}/join").status_code == 303
    assert attended(seeded) == {}


def test_a_changed_link_needs_no_new_mail(
    seeded: Hub, client: FlaskClient, page: str, online: OnlineSession, now: FakeNow
) -> None:
    now.instant = online.starts_at
    change(seeded, url="https://other.example.com/room")

    assert client.post(f"{page}/join").location == "https://other.example.com/room"


def test_before_its_time_the_page_says_when_it_opens(
    seeded: Hub, client: FlaskClient, page: str, online: OnlineSession
) -> None:
    change(seeded, link_opens_at=online.starts_at - 10 * MINUTE)

    shown, sent = client.get(page), client.post(f"{page}/join")

    assert "참여 버튼은 2021년 12월 6일 (월) 13:50에" in shown.text
    assert f"{page}/join" not in shown.text
    assert (sent.status_code, "아직 참여 링크가 열리지 않았습니다" in sent.text) == (409, True)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "취소되었습니다"), (60 + 30, "이 세션은 끝났습니다")],
    ids=["cancelled", "over"],
)
def test_what_is_cancelled_or_over_says_so_and_lets_nobody_in(
    seeded: Hub, client: FlaskClient, page: str, online: OnlineSession, now: FakeNow, minutes: int, words: str
) -> None:
    now.instant = online.starts_at + minutes * MINUTE
    if not minutes:
        with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
            actions.cancel(write, SESSION, seen=None)

    shown = client.get(page)
    sent = [client.post(f"{page}/join"), client.post(f"{page}/answer", data={"answer": "accepted"})]

    assert words in shown.text
    assert [one.status_code for one in sent] == [409, 409]
    assert attended(seeded) == {}
    assert said(invitation(seeded)) is None


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//evil.example.com", "ftp://a.example.com", None])
def test_a_link_that_is_no_web_address_leads_nowhere(
    seeded: Hub, client: FlaskClient, page: str, online: OnlineSession, now: FakeNow, url: str | None
) -> None:
    now.instant = online.starts_at
    change(seeded, url=url)

    assert client.post(f"{page}/join").status_code == 409


def test_no_address_of_the_request_decides_where_joining_leads(
    client: FlaskClient, page: str, online: OnlineSession, now: FakeNow
) -> None:
    now.instant = online.starts_at
    sent = client.post(f"{page}/join?next=https://evil.example.com", data={"url": "https://evil.example.com"})

    assert sent.location != "https://evil.example.com"


def test_withdrawing_gives_the_seat_up_and_signing_up_again_takes_a_place(
    seeded: Hub, client: FlaskClient, page: str, online: OnlineSession, now: FakeNow
) -> None:
    now.instant += MINUTE
    act(seeded, "sign_up", LEE)
    theirs = f"/invited/{invitation(seeded, LEE).token}"
    assert "대기 1번째" in client.get(theirs).text

    gone = client.post(f"{page}/place", data={"action": "give-up"})
    refused = client.post(f"{page}/answer", data={"answer": "accepted"})

    assert (gone.status_code, refused.status_code) == (302, 409)
    assert "신청하지 않은 세션입니다" in client.get(page).text
    assert "참석하십니까?" in client.get(theirs).text
    now.instant += MINUTE
    assert client.post(f"{page}/place", data={"action": "take"}).status_code == 302
    assert "대기 1번째" in client.get(page).text
    now.instant = online.starts_at
    assert [client.post(f"{one}/join").status_code for one in (page, theirs)] == [409, 303]


def test_an_unknown_secret_is_said_clearly_and_so_is_that_of_somebody_who_left(
    seeded: Hub, client: FlaskClient, page: str
) -> None:
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        actions.leave(seeded, write, [KIM])

    for address in (page, "/invited/nobody"):
        shown = client.get(address)
        assert (shown.status_code, "이 초대 링크는 쓸 수 없습니다" in shown.text) == (404, True)
        assert client.post(f"{address}/answer", data={"answer": "accepted"}).status_code == 404


def test_the_page_speaks_english(client: FlaskClient, page: str) -> None:
    shown = client.get(f"{page}?lang=en").text

    assert "Will you come?" in shown
    assert "Withdraw" in shown


def test_an_invitation_of_a_draft_opens_nothing(seeded: Hub, client: FlaskClient, page: str) -> None:
    with seeded.database.writing() as db:
        db.execute(sa.update(ConferenceRow).values(state="draft"))
        bump_revision(db, CONF)
    assert client.get(page).status_code == 404


@pytest.fixture
def guest(seeded: Hub, online: OnlineSession, sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.ATTENDEE, guest_id=KIM)


def test_who_is_signed_in_joins_from_the_list_of_sessions(
    seeded: Hub, guest: FlaskClient, online: OnlineSession, now: FakeNow
) -> None:
    now.instant = online.starts_at
    path = f"/c/{CONF}/follow-up/{SESSION}/join"

    shown, sent = guest.get(f"/c/{CONF}/follow-up"), guest.post(path)

    assert (path in shown.text, "meet.example.com" in shown.text) == (True, False)
    assert (sent.status_code, sent.location) == (303, MEETING)
    assert list(attended(seeded)) == [KIM]


def test_who_has_no_seat_does_not_join(
    seeded: Hub, sign_in: SignIn, online: OnlineSession, now: FakeNow
) -> None:
    now.instant = online.starts_at
    other = sign_in(Role.ATTENDEE, guest_id=LEE)

    assert other.post(f"/c/{CONF}/follow-up/{SESSION}/join").status_code == 409
    assert attended(seeded) == {}
