"""Changes of sessions are told after a time to think: gathered, held back, or not at all where they were taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.followup import actions, notice_store, notices, notifying, preparing, store
from conference_hub.followup.model import OnlineSession, SessionId
from conference_hub.followup.notifying import Notifier
from conference_hub.outbox import sendings
from conference_hub.outbox.model import MailState, SendingState
from conference_hub.outbox.sending_store import get_sending
from tests.integration.conftest import SignIn
from tests.integration.followup.conftest import KIM, LEE, PARK, SESSION, Told, starts_at
from tests.model_day import CONF, FakeNow

OTHER = SessionId("session-2")
DAY = timedelta(days=1)
COOLING = timedelta(minutes=10)


def online(told: Told, session_id: str = SESSION) -> OnlineSession:
    with told.hub.database.reading() as db:
        return store.get_session(db, CONF, session_id)


def move(told: Told, by: timedelta = DAY, session_id: str = SESSION) -> None:
    before = online(told, session_id)
    told.write(
        lambda write: actions.reschedule(
            write, session_id, before.starts_at + by, before.ends_at + by, seen=None
        )
    )


def cancel(told: Told) -> None:
    told.write(lambda write: actions.cancel(write, SESSION, seen=None))


def restore(told: Told) -> None:
    told.write(lambda write: actions.restore(write, SESSION, seen=None))


def waits(told: Told) -> dict[SessionId, datetime]:
    with told.hub.database.reading() as db:
        return notice_store.waiting(db, CONF)


def work(told: Told, notifier: Notifier | None = None) -> None:
    """Do what is due, until nothing is."""
    notifier = notifier or Notifier()
    while notifier.work(told.hub, told.hub.now()) == told.hub.now():
        pass


@pytest.fixture
def invited(told: Told) -> Told:
    """Two guests who were invited."""
    for guest in (KIM, LEE):
        told.sign_up(guest)
    told.settle()
    return told


def test_a_move_is_told_after_the_cooling_period_as_one_sending(invited: Told, now: FakeNow) -> None:
    move(invited)
    work(invited)
    assert (invited.waiting(), waits(invited)) == ([], {SESSION: now.instant + COOLING})

    now.instant += COOLING
    work(invited)

    mails = invited.waiting()
    assert invited.said(mails) == [
        ("REQUEST", "guest-088@example.com", 1),
        ("REQUEST", "guest-089@example.com", 1),
    ]
    assert {starts_at(mail) for mail in mails} == {online(invited).starts_at}
    assert [mail.kind for mail in mails] == ["session-changed", "session-changed"]
    [sending_id] = {mail.sending_id for mail in mails}
    assert sending_id is not None
    assert waits(invited) == {}


def test_several_changes_make_one_mail(invited: Told, now: FakeNow) -> None:
    move(invited)
    now.instant += COOLING / 2
    move(invited)
    now.instant += COOLING / 2
    work(invited)
    assert invited.waiting() == []

    now.instant += COOLING / 2
    work(invited)

    assert [starts_at(mail) for mail in invited.waiting()] == [online(invited).starts_at] * 2


def test_a_change_that_is_taken_back_leaves_nothing_to_tell(invited: Told, now: FakeNow) -> None:
    move(invited)
    move(invited, -DAY)
    assert waits(invited) == {}
    cancel(invited)
    restore(invited)
    assert waits(invited) == {}

    now.instant += COOLING
    work(invited)

    assert invited.waiting() == []
    assert online(invited).sequence == 4


def test_other_words_are_not_told(invited: Told) -> None:
    before = online(invited)
    wanted = replace(before, title=replace(before.title, ko="고친 제목"), description=before.title)
    invited.write(lambda write: preparing.put_session(write, wanted))

    assert (waits(invited), online(invited).title.ko) == ({}, "고친 제목")


def test_the_first_link_is_not_told_and_another_service_is(told: Told, now: FakeNow) -> None:
    def put_link(url: str | None) -> None:
        wanted = replace(online(told), url=url)
        told.write(lambda write: preparing.put_session(write, wanted))

    told.sign_up(KIM)
    told.settle()
    put_link("https://meet.example.com/room")
    assert waits(told) == {}
    told.write(lambda write: actions.invite_again(told.hub, write, SESSION, KIM))
    told.settle()

    put_link("https://other.example.net/room")
    now.instant += COOLING
    work(told)

    [mail] = told.waiting()
    assert "바뀐 접속 서비스: other.example.net" in mail.content
    put_link(None)
    assert waits(told) == {}


def test_cancelling_and_restoring_are_told_with_growing_sequences(invited: Told, now: FakeNow) -> None:
    for change in (cancel, restore):
        change(invited)
        now.instant += COOLING
        work(invited)
        invited.settle()

    mails = [mail for mail in invited.mails() if mail.to_address == "guest-088@example.com"]
    assert invited.said(mails) == [
        ("REQUEST", "guest-088@example.com", 0),
        ("CANCEL", "guest-088@example.com", 1),
        ("REQUEST", "guest-088@example.com", 2),
    ]
    assert [mail.kind for mail in mails] == ["session-invited", "session-cancelled", "session-restored"]


def test_nothing_is_told_while_it_is_held_and_everything_on_a_press(invited: Told, now: FakeNow) -> None:
    invited.write(notices.hold)
    move(invited)
    now.instant += 5 * COOLING
    work(invited)
    assert invited.waiting() == []

    invited.write(notices.send_now)
    work(invited)

    assert len(invited.waiting()) == 2


def test_what_is_let_go_waits_the_cooling_period_again(invited: Told, now: FakeNow) -> None:
    invited.write(lambda write: notices.set_cooling(write, 30))
    invited.write(notices.hold)
    move(invited)
    now.instant += DAY / 2
    invited.write(notices.let_go)

    assert waits(invited) == {SESSION: now.instant + timedelta(minutes=30)}


def test_who_signs_up_meanwhile_is_told_once(invited: Told, now: FakeNow) -> None:
    move(invited)
    invited.sign_up(PARK)
    assert [starts_at(mail) for mail in invited.waiting()] == [online(invited).starts_at]

    now.instant += COOLING
    work(invited)

    assert len(invited.waiting()) == 3


def test_more_seats_are_told_at_once_to_those_who_waited(told: Told) -> None:
    told.change(capacity=1, waits=True)
    for guest in (KIM, LEE, PARK):
        told.sign_up(guest)
    told.settle()
    told.write(lambda write: preparing.put_session(write, replace(online(told), capacity=2)))

    work(told)

    [mail] = told.waiting()
    assert (mail.kind, mail.to_address) == ("session-moved-up", "guest-089@example.com")


def test_fewer_seats_are_told_to_those_who_lose_one(invited: Told, now: FakeNow) -> None:
    invited.write(
        lambda write: preparing.put_session(write, replace(online(invited), capacity=1, waits=True))
    )
    now.instant += COOLING

    work(invited)

    [mail] = invited.waiting()
    assert (mail.kind, mail.to_address) == ("session-seat-lost", "guest-089@example.com")


def test_two_processes_and_a_crash_tell_each_person_once(invited: Told, now: FakeNow) -> None:
    move(invited)
    now.instant += COOLING
    first, second = Notifier(), Notifier()
    first.work(invited.hub, now.instant)  # and then it is gone, before it noted that all were told

    work(invited, second)

    assert len(invited.waiting()) == 2
    assert waits(invited) == {}


@pytest.fixture
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> Notifier:
    """Somebody who tells one guest in each transaction."""
    monkeypatch.setattr(notifying, "AT_A_TIME", 1)
    return Notifier()


def sending_now(told: Told) -> str:
    with told.hub.database.reading() as db:
        sending_id = notice_store.setup_of(db, CONF).sending_id or ""
        assert get_sending(db, CONF, sending_id).state is SendingState.GOING
    return sending_id


def test_a_sending_that_was_stopped_tells_nobody_else(
    invited: Told, now: FakeNow, one_by_one: Notifier
) -> None:
    for session_id in (SESSION, OTHER):
        move(invited, session_id=session_id)
    invited.write(lambda write: actions.sign_up(invited.hub, write, OTHER, PARK))
    before = len(invited.mails())
    now.instant += COOLING
    one_by_one.work(invited.hub, now.instant)
    stopped = sending_now(invited)
    invited.write(lambda write: sendings.stop(write, stopped))

    work(invited, one_by_one)

    assert waits(invited) == {}
    assert len(invited.mails()) == before + 1


def test_what_was_corrected_is_told_though_the_wrong_sending_is_stopped(
    invited: Told, now: FakeNow, one_by_one: Notifier
) -> None:
    move(invited)
    now.instant += COOLING
    one_by_one.work(invited.hub, now.instant)
    [wrong] = invited.waiting()
    invited.settle()
    now.forward(seconds=5)
    move(invited)
    one_by_one.work(invited.hub, now.instant)
    invited.write(lambda write: sendings.stop(write, wrong.sending_id or ""))

    now.instant += COOLING
    work(invited, one_by_one)

    mails = invited.waiting()
    assert {starts_at(mail) for mail in mails} == {online(invited).starts_at}
    assert sorted(mail.to_address for mail in mails) == ["guest-088@example.com", "guest-089@example.com"]
    assert wrong.sending_id not in {mail.sending_id for mail in mails}
    assert waits(invited) == {}


def test_stopping_what_is_told_of_one_session_leaves_another_that_is_due_meanwhile(
    invited: Told, now: FakeNow, one_by_one: Notifier
) -> None:
    invited.write(lambda write: actions.sign_up(invited.hub, write, OTHER, KIM))
    invited.settle()
    move(invited)
    now.instant += timedelta(seconds=1)
    invited.write(lambda write: actions.cancel(write, OTHER, seen=None))
    now.instant += COOLING - timedelta(seconds=1)
    one_by_one.work(invited.hub, now.instant)
    [told_of_one] = invited.waiting()
    now.instant += timedelta(seconds=1)
    invited.write(lambda write: sendings.stop(write, told_of_one.sending_id or ""))

    work(invited, one_by_one)

    [_, cancelled] = invited.waiting()
    assert invited.said([cancelled]) == [("CANCEL", "guest-088@example.com", 1)]
    assert cancelled.sending_id not in {None, told_of_one.sending_id}
    assert waits(invited) == {}


def test_a_mail_that_waits_is_replaced_by_the_newer_one(invited: Told, now: FakeNow) -> None:
    for _again in range(2):
        move(invited)
        now.instant += COOLING
        work(invited)

    states = [mail.state for mail in invited.mails() if mail.to_address == "guest-088@example.com"]
    assert states == [MailState.SENT, MailState.REPLACED, MailState.WAITING]


def test_clashes_are_counted(invited: Told) -> None:
    other = online(invited, "session-2")
    invited.write(lambda write: actions.sign_up(invited.hub, write, "session-2", KIM))
    moved = replace(online(invited), starts_at=other.starts_at, ends_at=other.ends_at)

    with invited.hub.database.reading() as db:
        found = notices.preview(db, CONF, [moved], invited.hub.now())
        unmoved = notices.preview(db, CONF, [online(invited)], invited.hub.now())

    assert found == notices.Preview(sessions=1, people=2, new=0, silent=0, clash=1)
    assert not unmoved


def test_no_mail_for_a_session_that_is_over(invited: Told, now: FakeNow) -> None:
    move(invited)
    now.instant += 60 * DAY

    work(invited)

    assert (invited.waiting(), waits(invited)) == ([], {})


DESK = f"/c/{CONF}/desk/follow-up"


@pytest.fixture
def desk(sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.ORGANISER)


def test_the_desk_is_asked_before_a_move_that_people_are_told_of(invited: Told, desk: FlaskClient) -> None:
    before = online(invited)
    page = desk.get(f"{DESK}/{SESSION}").text
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    form = {"title_ko": before.title.ko, "title_en": before.title.en, "seen": seen}
    times = {"starts_at": "2021-12-20T14:00", "ends_at": "2021-12-20T15:00"}

    asked = desk.post(f"{DESK}/{SESSION}", data={**form, **times})
    saved = desk.post(f"{DESK}/{SESSION}", data={**form, **times, "tell": "on"})

    assert (asked.status_code, "2명이 지금 일정으로 초대받았습니다" in asked.text) == (422, True)
    assert "2021-12-20T14:00" in asked.text
    assert saved.status_code == 302
    panel = desk.get(DESK).text
    assert "2명이 지난 일정을 갖고 있습니다." in panel


def test_the_desk_restores_holds_and_sends(invited: Told, desk: FlaskClient, now: FakeNow) -> None:
    def press(path: str, **data: str) -> str:
        answer = desk.post(f"{DESK}/{path}", data=data, follow_redirects=True)
        assert answer.status_code == 200, answer.text
        return answer.text

    def seen() -> str:
        return desk.get(f"{DESK}/{SESSION}").text.partition('name="seen" value="')[2].partition('"')[0]

    press(f"{SESSION}/cancel", seen=seen())
    press("notices/cooling", minutes="30")
    assert "변경 알림을 멈춰 두었습니다" in press("notices", action="hold")
    press("notices", action="send")
    work(invited)
    assert [mail.kind for mail in invited.waiting()] == ["session-cancelled"] * 2
    invited.settle()
    assert "2명에게 30분 뒤 메일로 알립니다" in desk.get(f"{DESK}/{SESSION}").text
    press(f"{SESSION}/restore", seen=seen())
    assert waits(invited) == {SESSION: now.instant + timedelta(minutes=30)}


@pytest.mark.parametrize(
    ("action", "minutes", "when"),
    [("let-go", "30", "30분 뒤"), ("let-go", "0", "바로"), ("hold", "30", "알림을 다시 시작한 뒤")],
)
def test_the_desk_says_when_people_are_told(
    invited: Told, desk: FlaskClient, action: str, minutes: str, when: str
) -> None:
    desk.post(f"{DESK}/notices/cooling", data={"minutes": minutes})
    desk.post(f"{DESK}/notices", data={"action": action})

    shown = desk.get(f"{DESK}/{SESSION}").text

    assert f"초대받은 2명에게 {when} 취소를 메일로 알립니다." in shown
    seen = shown.partition('name="seen" value="')[2].partition('"')[0]
    title = online(invited).title
    form = {"title_ko": title.ko, "title_en": title.en, "seen": seen}
    times = {"starts_at": "2021-12-20T14:00", "ends_at": "2021-12-20T15:00"}
    asked = desk.post(f"{DESK}/{SESSION}", data={**form, **times}).text
    assert f"저장하면 {when} 바뀐 내용을 메일로 알립니다." in asked


def test_an_invitation_is_sent_again_as_the_same_version(
    invited: Told, desk: FlaskClient, now: FakeNow
) -> None:
    now.forward(seconds=60)
    again = f"{DESK}/{SESSION}/sign-ups/{KIM}/again"

    assert desk.post(again).status_code == 302

    [mail] = invited.waiting()
    assert invited.said([mail]) == [("REQUEST", "guest-088@example.com", 0)]
    assert invited.invitation(KIM).stamp == now.instant
    assert desk.post(f"{DESK}/{SESSION}/sign-ups/{PARK}/again").status_code == 409
