"""The desk's pages of answers and attendance."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.core.actor import Actor
from conference_hub.core.mail_server import Security
from conference_hub.core.mailbox import Mailbox
from conference_hub.followup import actions, answer_store, answering, invitation_store, store
from conference_hub.followup.answers import said
from conference_hub.followup.invitations import Answer
from conference_hub.followup.joining import Joined, JoinedBy
from conference_hub.followup.model import OnlineSession, SessionId
from conference_hub.outbox import mailbox_store
from conference_hub.outbox.mailbox_store import Reading
from conference_hub.outbox.receiving import take
from conference_hub.people.model import GuestId
from conference_hub.people.store import get_guest, save_guests
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF, FakeNow

pytestmark = ON_SQLITE
"""The statements are judged on both databases in test_received_mails and test_invited_page."""
SESSION = SessionId("session-1")
KIM, LEE = GuestId("guest-001"), GuestId("guest-002")
DESK = f"/c/{CONF}/desk/follow-up"
ANSWERS = f"{DESK}/answers"
ATTENDANCE = f"{DESK}/{SESSION}/attendance"


@pytest.fixture
def online(seeded: Hub, now: FakeNow) -> OnlineSession:
    """A session with two seats taken."""
    with seeded.database.reading() as db:
        found = store.get_session(db, CONF, SESSION)
    now.instant = found.starts_at - timedelta(days=1)
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        for guest in (KIM, LEE):
            actions.sign_up(seeded, write, SESSION, guest)
        answering.answer(write, SESSION, LEE, Answer.DECLINED)
    return found


@pytest.fixture
def desk(online: OnlineSession, sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.ORGANISER)


def stray(hub: Hub, online: OnlineSession, comment: str = "") -> str:
    """Let an answer come from an address that nobody signed up with; return its id."""
    stamp = f"{hub.now():%Y%m%dT%H%M%SZ}"
    take(
        hub,
        (
            "From: alias@example.org\nContent-Type: text/calendar; charset=utf-8\n\n"
            f"BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:{online.uid}\nDTSTAMP:{stamp}\nSEQUENCE:0\n"
            f"COMMENT:{comment}\n"
            "ATTENDEE;PARTSTAT=ACCEPTED:mailto:alias@example.org\nEND:VEVENT\nEND:VCALENDAR\n"
        ).encode(),
    )
    with hub.database.reading() as db:
        return answer_store.strays(db, CONF)[-1].id


def attended(hub: Hub) -> dict[GuestId, Joined]:
    with hub.database.reading() as db:
        return answer_store.joined(db, CONF, SESSION)


def test_answers_are_counted_for_each_session(desk: FlaskClient) -> None:
    shown = " ".join(desk.get(ANSWERS).text.split())
    cells = (
        '<td class="number">0</td><td class="number">0</td><td class="number">1</td><td class="number">1</td>'
    )

    assert cells in shown
    assert "확인할 회신이 없습니다" in shown
    assert "HUB_IMAP_URL" in shown


def test_an_answer_from_an_unknown_address_is_assigned(
    seeded: Hub, desk: FlaskClient, online: OnlineSession
) -> None:
    found = stray(seeded, online, "<b>늦습니다</b>")
    shown = desk.get(ANSWERS).text
    with seeded.database.reading() as db:
        address = get_guest(db, CONF, KIM).email or ""

    assert "alias@example.org" in shown
    assert "&lt;b&gt;늦습니다&lt;/b&gt;" in shown
    unknown = desk.post(f"{ANSWERS}/{found}/assign", data={"guest": "nobody@example.com"})
    assert (unknown.status_code, "nobody@example.com" in unknown.text) == (422, True)
    not_invited = desk.post(f"{ANSWERS}/{found}/assign", data={"guest": "3"})
    assert not_invited.status_code in {409, 422}
    assert desk.post(f"{ANSWERS}/{found}/assign", data={"guest": address}).status_code == 302
    assert "참석자의 답으로 기록했습니다" in desk.get(ANSWERS).text
    with seeded.database.reading() as db:
        assert said(invitation_store.get(db, CONF, SESSION, KIM)) is Answer.ACCEPTED
    assert desk.post(f"{ANSWERS}/{found}/assign", data={"guest": address}).status_code == 404


def test_an_outdated_answer_is_assigned_to_nobody_and_says_so(
    seeded: Hub, desk: FlaskClient, online: OnlineSession, now: FakeNow
) -> None:
    found = stray(seeded, online)
    now.instant += timedelta(hours=1)
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        answering.answer(write, SESSION, KIM, Answer.DECLINED)
        address = get_guest(write.session, CONF, KIM).email or ""

    desk.post(f"{ANSWERS}/{found}/assign", data={"guest": address})

    assert "이 회신은 세지 않았습니다" in desk.get(ANSWERS).text
    with seeded.database.reading() as db:
        assert said(invitation_store.get(db, CONF, SESSION, KIM)) is Answer.DECLINED


def test_an_answer_is_discarded_once(seeded: Hub, desk: FlaskClient, online: OnlineSession) -> None:
    found = stray(seeded, online)

    assert [desk.post(f"{ANSWERS}/{found}/discard").status_code for _ in range(2)] == [302, 404]


def test_the_desk_says_when_the_mailbox_was_read_and_what_is_wrong(
    seeded: Hub, desk: FlaskClient, now: FakeNow
) -> None:
    mailbox = Mailbox(
        host="mail.example.com", port=993, security=Security.TLS, user="hub", folder="INBOX", password="pw"
    )
    object.__setattr__(seeded.settings, "mailbox", mailbox)
    overview = f"/c/{CONF}/desk/"
    assert "회신 메일함을 아직 읽지 않았습니다" in desk.get(overview).text
    read = Reading(name=mailbox.name, read_at=now.instant, answers=3, unused=2, unused_at=now.instant)
    with seeded.database.writing() as db:
        mailbox_store.save_reading(db, read)

    shown = desk.get(ANSWERS).text
    assert "회신 3통" in shown
    assert "메일 2통이 메일함에 읽지 않은 채" in shown
    assert "회신 메일함을 읽고 있습니다" in desk.get(overview).text
    with seeded.database.writing() as db:
        mailbox_store.save_reading(db, replace(read, trouble="Authentication failed <b>"))
    assert "Authentication failed &lt;b&gt;" in desk.get(ANSWERS).text
    assert "회신 메일함을 읽지 못하고 있습니다" in desk.get(overview).text


def report(hub: Hub, *rows: str) -> str:
    with hub.database.reading() as db:
        addresses = {one: get_guest(db, CONF, one).email or "" for one in (KIM, LEE)}
    lines = "\n".join(rows).replace("KIM", addresses[KIM]).replace("LEE", addresses[LEE])
    return f"Name (original name),Email,Join time,Leave time\n{lines}\n"


def test_a_report_is_shown_before_it_is_taken_and_gives_minutes(
    seeded: Hub, desk: FlaskClient, online: OnlineSession, now: FakeNow
) -> None:
    now.instant = online.starts_at
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        store.save_session(write.session, replace(online, url="https://meet.example.com"))
        answering.join(write, SESSION, KIM)
    listed = report(
        seeded,
        "김,KIM,2021-12-06 13:30:00,2021-12-06 14:20:00",
        "김,KIM,2021-12-06 14:10:00,2021-12-06 14:40:00",
        "이,LEE,2021-12-06 09:00:00,2021-12-06 10:00:00",
        "아무개,,2021-12-06 14:00:00,2021-12-06 15:00:00",
    )

    shown = desk.post(ATTENDANCE, data={"listed": listed})
    assert (shown.status_code, "참석자 1명의 참여를 읽었습니다" in shown.text) == (200, True)
    assert "명단에 없는 줄" in shown.text
    assert 'name="said"' in shown.text
    assert attended(seeded)[KIM].minutes is None

    taken = desk.post(ATTENDANCE, data={"listed": listed, "confirmed": "on"})
    assert taken.status_code == 302
    assert attended(seeded) == {
        KIM: Joined(
            session_id=SESSION,
            guest_id=KIM,
            joined_at=online.starts_at,
            minutes=55,
            source=JoinedBy.LINK,
        )
    }
    assert '<td class="number">55</td>' in desk.get(ATTENDANCE).text


def test_a_list_without_times_says_who_was_there(seeded: Hub, desk: FlaskClient) -> None:
    listed = report(seeded, "이,LEE,,")

    desk.post(ATTENDANCE, data={"listed": listed, "confirmed": "on"})

    found = attended(seeded)[LEE]
    assert (found.minutes, found.source) == (None, JoinedBy.REPORT)


def test_lines_that_mean_several_guests_or_nobody_are_chosen_before_they_are_taken(
    seeded: Hub, desk: FlaskClient
) -> None:
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        for one in (KIM, LEE):
            guest = replace(get_guest(write.session, CONF, one), name="같은이름")
            save_guests(write.session, CONF, [guest])
    times = "2021-12-06 14:00:00,2021-12-06 14:40:00"
    data: dict[str, object] = {"listed": report(seeded, f"같은이름,,{times}", f"닉네임,,{times}", "셋,,x,y")}

    shown = desk.post(ATTENDANCE, data=data).text
    assert f'value="2:{KIM}"' in shown
    assert f'value="2:{LEE}"' in shown
    assert "기록하지 않기" in shown
    assert "시각을 읽을 수 없습니다." in shown
    data |= {"confirmed": "on", "pick": f"2:{LEE}", "row": "3", "said": "모르는 사람"}
    again = desk.post(ATTENDANCE, data=data).text
    assert "아직 누구인지 알 수 없는 사람이 1명" in again
    assert f'value="2:{LEE}" selected' in again
    assert 'value="모르는 사람"' in again
    assert attended(seeded) == {}

    with seeded.database.reading() as db:
        number = get_guest(db, CONF, KIM).number
    assert desk.post(ATTENDANCE, data=data | {"said": number}).status_code == 302

    assert {guest: one.minutes for guest, one in attended(seeded).items()} == {KIM: 40, LEE: 40}


def test_lines_that_nobody_chose_are_left_out(seeded: Hub, desk: FlaskClient) -> None:
    listed = report(seeded, "이,LEE,,", "닉네임,,,")

    taken = desk.post(
        ATTENDANCE, data={"listed": listed, "confirmed": "on", "pick": "", "row": "3", "said": ""}
    )

    assert (taken.status_code, set(attended(seeded))) == (302, {LEE})


@pytest.mark.parametrize("listed", ["", "이름,시각\n아무개,14:00\n"])
def test_a_report_that_names_nobody_is_refused(seeded: Hub, desk: FlaskClient, listed: str) -> None:
    refused = desk.post(ATTENDANCE, data={"listed": listed, "confirmed": "on"})

    assert refused.status_code == 422
    assert attended(seeded) == {}


def test_attendance_leaves_with_a_guest(seeded: Hub, desk: FlaskClient, online: OnlineSession) -> None:
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        answering.take_minutes(write, SESSION, {KIM: 10})
        actions.leave(seeded, write, [KIM])

    assert attended(seeded) == {}
