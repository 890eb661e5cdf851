"""Mails to many from the desk: who gets them, once each, in steps, and who does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.attendance.certificate_store import add_certificates
from conference_hub.attendance.certificates import About, Code
from conference_hub.attendance.model import AttendanceSetup
from conference_hub.attendance.store import save_setup
from conference_hub.conferences.store import get_conference
from conference_hub.data.pruning import prune
from conference_hub.followup import sign_up_store, store
from conference_hub.followup.actions import sign_up
from conference_hub.followup.model import Material, SessionId, SignUp
from conference_hub.mails.bulk_writing import MOST_AT_ONCE, BulkWriter
from conference_hub.outbox.queue_store import candidates
from conference_hub.outbox.sending import settle_needless
from conference_hub.outbox.sendings import pause, stop
from conference_hub.outbox.tables import MailRow
from conference_hub.people.mail_choices import MailChoices, choose
from conference_hub.people.model import GuestId, Mode
from conference_hub.web.hub import Hub
from tests.integration.access.route_ids import _certificate
from tests.integration.conftest import SignIn
from tests.integration.mails.bulk import (
    AWARDED_NOTHING,
    DOORS,
    FIRST,
    SECOND,
    SYSTEM,
    THIRD,
    WRITE,
    became,
    change_address,
    press,
    reachable,
    readers,
    remove,
    states,
    write_all,
    written,
)
from tests.model_day import CONF, FakeNow

SESSION = "session-1"


def test_those_in_the_hall_are_told_when_check_in_opens_once(organiser: FlaskClient, seeded: Hub) -> None:
    reachable(seeded, [FIRST, SECOND])
    reachable(seeded, [THIRD], Mode.ONLINE)

    before = organiser.get(DOORS).text
    answers = [press(organiser, seeded, DOORS) for _ in range(2)]

    assert "2명에게 보내기" in before
    assert [answer.status_code for answer in answers] == [302, 302]
    assert readers(seeded) == [("doors-open", FIRST), ("doors-open", SECOND)]
    mail = written(seeded)[0]
    assert mail.link == f"{seeded.settings.public_url}/c/{CONF}/"
    assert mail.unsubscribe is not None
    assert mail.unsubscribe.endswith("/news")
    assert len({one.sending_id for one in written(seeded)}) == 1
    after = organiser.get(DOORS).text
    assert all(words in after for words in ("이미 받은 사람", "받을 사람이 더 없습니다."))


def test_who_comes_later_gets_it_with_the_next_press(organiser: FlaskClient, seeded: Hub) -> None:
    reachable(seeded, [FIRST])
    press(organiser, seeded, DOORS)
    reachable(seeded, [FIRST, SECOND])

    press(organiser, seeded, DOORS)

    assert readers(seeded) == [("doors-open", FIRST), ("doors-open", SECOND)]


def test_who_wants_no_news_gets_none_and_is_counted(organiser: FlaskClient, seeded: Hub) -> None:
    reachable(seeded, [FIRST, SECOND])
    with seeded.journal.writing(CONF, actor=SYSTEM) as write:
        choose(write, FIRST, MailChoices(news=False), ())

    page = organiser.get(DOORS).text
    press(organiser, seeded, DOORS)

    assert "이런 메일을 받지 않는 사람" in page
    assert readers(seeded) == [("doors-open", SECOND)]


def test_remote_guests_are_told_how_to_join(organiser: FlaskClient, seeded: Hub) -> None:
    reachable(seeded, [FIRST])
    reachable(seeded, [SECOND], Mode.ZOOM)

    press(organiser, seeded, f"{WRITE}/broadcast-starts/2021-12-02")

    assert readers(seeded) == [("broadcast-starts", SECOND)]


def test_a_deletion_is_announced_to_all_whatever_they_refused(organiser: FlaskClient, seeded: Hub) -> None:
    reachable(seeded, [FIRST])
    with seeded.journal.writing(CONF, actor=SYSTEM) as write:
        choose(write, FIRST, MailChoices(day_ahead=False, shortly=False, news=False), ())
    with seeded.database.reading() as db:
        day = get_conference(db, CONF).purge_on
    assert day is not None

    press(organiser, seeded, f"{WRITE}/deletion-notice/{day.isoformat()}")

    assert readers(seeded) == [("deletion-notice", FIRST)]
    mail = written(seeded)[0]
    assert mail.unsubscribe is None
    assert f"{day.year}년 {day.month}월 {day.day}일" in mail.content


def test_a_recording_is_announced_to_those_who_signed_up_once_everybody_sees_it(
    organiser: FlaskClient, seeded: Hub, now: FakeNow
) -> None:
    reachable(seeded, [FIRST, SECOND])
    page = f"{WRITE}/recording/{SESSION}"
    with seeded.journal.writing(CONF, actor=SYSTEM) as write:
        online = store.get_session(write.session, CONF, SESSION)
        soon = online.ends_at + timedelta(hours=2)
        shown = (
            Material(title="녹화", url="https://example.com/video"),
            Material(title="나중", url="https://example.com/later", public_from=soon),
        )
        store.save_session(write.session, replace(online, materials=shown))
        one = SignUp(session_id=SessionId(SESSION), guest_id=GuestId(FIRST), at=write.at)
        sign_up_store.save_sign_up(write.session, CONF, one)
    assert organiser.get(page).status_code == 404

    now.instant = online.ends_at + timedelta(hours=1)
    press(organiser, seeded, page)

    assert readers(seeded) == [("recording", FIRST)]
    content = written(seeded)[0].content
    assert "- 녹화" in content
    assert "나중" not in content


def test_materials_that_are_added_are_announced_anew_and_another_title_is_not(
    organiser: FlaskClient, seeded: Hub, now: FakeNow
) -> None:
    reachable(seeded, [FIRST])
    with seeded.journal.writing(CONF, actor=SYSTEM) as write:
        online = store.get_session(write.session, CONF, SESSION)
        one = SignUp(session_id=SessionId(SESSION), guest_id=GuestId(FIRST), at=write.at)
        sign_up_store.save_sign_up(write.session, CONF, one)
    now.instant = online.ends_at + timedelta(hours=1)
    video, slides = (Material(title=one, url=f"https://example.com/{one}") for one in ("video", "slides"))
    counts = []

    for materials in [(video,), (replace(video, title="녹화 영상"),), (video, slides), (slides, video)]:
        with seeded.journal.writing(CONF, actor=SYSTEM) as write:
            online = store.get_session(write.session, CONF, SESSION)
            store.save_session(write.session, replace(online, materials=materials))
        press(organiser, seeded, f"{WRITE}/recording/{SESSION}")
        counts.append(len(written(seeded)))

    assert counts == [1, 1, 2, 2]


def give(hub: Hub, *, on: bool = True) -> None:
    """Switch certificates about the day and the follow-up on or off."""
    with hub.database.writing() as db:
        save_setup(db, CONF, AttendanceSetup(certificates=on, follow_up=on))


def test_nobody_is_sent_to_a_certificate_that_their_page_does_not_show(
    organiser: FlaskClient, seeded: Hub
) -> None:
    reachable(seeded, [FIRST])
    pages = [f"{WRITE}/certificate/attendance", f"{WRITE}/session-certificate/follow-up"]
    give(seeded)
    with seeded.journal.writing(CONF, actor=SYSTEM) as write:
        day = replace(_certificate(CONF, FIRST, write.at), guest_id=GuestId(FIRST))
        later = replace(day, code=Code("B" * 16), about=About.FOLLOW_UP)
        add_certificates(write.session, CONF, [day, later])
    for page in pages:
        organiser.post(page)  # what is still being written ends, too

    give(seeded, on=False)
    write_all(seeded)

    assert [organiser.get(page).status_code for page in pages] == [404, 404]
    assert readers(seeded) == []


def test_holders_of_certificates_are_told(organiser: FlaskClient, seeded: Hub) -> None:
    reachable(seeded, [FIRST, SECOND])
    page = f"{WRITE}/certificate/attendance"
    give(seeded)
    assert organiser.get(page).status_code == 404
    with seeded.journal.writing(CONF, actor=SYSTEM) as write:
        add_certificates(write.session, CONF, [_certificate(CONF, SECOND, write.at)])

    press(organiser, seeded, page)

    assert readers(seeded) == [("certificate", SECOND)]


def test_holders_of_certificates_about_the_follow_up_are_told_apart(
    organiser: FlaskClient, seeded: Hub
) -> None:
    reachable(seeded, [FIRST, SECOND])
    page = f"{WRITE}/session-certificate/follow-up"
    give(seeded)
    assert organiser.get(page).status_code == 404
    assert organiser.get(WRITE).text.count("참석 증명서 발급을 켜지 않았거나 아직 발급한 것이 없습니다.") == 2
    with seeded.journal.writing(CONF, actor=SYSTEM) as write:
        day = _certificate(CONF, SECOND, write.at)
        later = replace(day, code=Code("B" * 16), guest_id=GuestId(FIRST), about=About.FOLLOW_UP)
        add_certificates(write.session, CONF, [day, later])

    press(organiser, seeded, page)

    assert readers(seeded) == [("session-certificate", FIRST)]
    assert written(seeded)[0].link == f"{seeded.settings.public_url}/c/{CONF}/me"


def test_many_get_theirs_in_steps(organiser: FlaskClient, seeded: Hub) -> None:
    everybody = [f"guest-{number:03}" for number in range(1, 2 * MOST_AT_ONCE + 3)]
    reachable(seeded, everybody)
    organiser.post(DOORS)
    writer, steps = BulkWriter(), []

    while writer.work(seeded, seeded.now()) is not None:
        steps.append(len(written(seeded)))

    assert [who for _, who in readers(seeded)] == everybody
    assert steps == [MOST_AT_ONCE, 2 * MOST_AT_ONCE, 2 * MOST_AT_ONCE + 2]


@pytest.mark.parametrize("end", ["nothing/2021-12-02", "doors-open/2021-12-03", "recording/nothing"])
def test_what_cannot_be_sent_is_not_found(organiser: FlaskClient, seeded: Hub, end: str) -> None:
    assert [organiser.get(f"{WRITE}/{end}").status_code, organiser.post(f"{WRITE}/{end}").status_code] == [
        404,
        404,
    ]
    assert written(seeded) == []


def test_after_the_conference_check_in_is_not_announced(
    organiser: FlaskClient, seeded: Hub, now: FakeNow
) -> None:
    now.forward(days=2)

    assert organiser.get(DOORS).status_code == 404
    assert "행사가 끝나서 보낼 수 없습니다." in organiser.get(WRITE).text


def test_a_changed_mode_is_told_to_whom_organisers_changed(organiser: FlaskClient, seeded: Hub) -> None:
    reachable(seeded, [FIRST, SECOND])
    pick = {"pick": [FIRST, SECOND, THIRD], "confirmed": "on", "count": "3"}

    answer = organiser.post(
        f"/c/{CONF}/desk/people/selected", data={"action": "mode", "to_mode": "online", **pick}
    )

    assert answer.status_code == 302, answer.text
    assert readers(seeded) == [("mode-changed", FIRST), ("mode-changed", SECOND)]
    assert "‘현장’에서 ‘온라인 중계’(으)로" in written(seeded)[0].content
    assert len({one.sending_id for one in written(seeded)} - {None}) == 1


def test_whose_mail_was_stopped_gets_it_with_the_next_press(organiser: FlaskClient, seeded: Hub) -> None:
    reachable(seeded, [FIRST, SECOND])
    press(organiser, seeded, DOORS)
    with seeded.journal.writing(CONF, actor=SYSTEM) as write:
        stop(write, written(seeded)[0].sending_id or "")

    answers = [organiser.get(DOORS).text, (settle_needless(seeded), organiser.get(DOORS).text)[1]]
    for _ in range(2):
        press(organiser, seeded, DOORS)

    assert all("2명에게 보내기" in text for text in answers)
    assert states(seeded) == [
        (FIRST, "waiting"),
        (FIRST, "withdrawn"),
        (SECOND, "waiting"),
        (SECOND, "withdrawn"),
    ]


@pytest.mark.parametrize(
    ("state", "left"), [("failed", "replaced"), ("bounced", "bounced"), ("withdrawn", "withdrawn")]
)
def test_who_got_none_gets_it_with_the_next_press_once(
    organiser: FlaskClient, seeded: Hub, state: str, left: str
) -> None:
    reachable(seeded, [FIRST, SECOND])
    press(organiser, seeded, DOORS)
    became(seeded, state, FIRST)
    became(seeded, "sent", SECOND)

    for _ in range(2):
        press(organiser, seeded, DOORS)

    assert states(seeded) == sorted([(FIRST, left), (FIRST, "waiting"), (SECOND, "sent")])


def test_another_address_gets_what_the_one_before_had(organiser: FlaskClient, seeded: Hub) -> None:
    reachable(seeded, [FIRST])
    press(organiser, seeded, DOORS)
    became(seeded, "sent", FIRST)
    change_address(seeded, FIRST, "right@example.com")

    for _ in range(2):
        press(organiser, seeded, DOORS)

    assert states(seeded) == [(FIRST, "sent"), ("right", "waiting")]


@pytest.mark.parametrize("why", ["paused", "deferred"])
def test_news_that_wait_hold_nothing_else_back(organiser: FlaskClient, seeded: Hub, why: str) -> None:
    reachable(seeded, [FIRST])
    press(organiser, seeded, DOORS)
    if why == "paused":
        with seeded.journal.writing(CONF, actor=SYSTEM) as write:
            pause(write, written(seeded)[0].sending_id or "")
    else:
        with seeded.database.writing() as db:
            db.execute(sa.update(MailRow).values(next_try_at=seeded.now() + timedelta(hours=1)))
    with seeded.journal.writing(CONF, actor=SYSTEM) as write:
        sign_up(seeded, write, SESSION, FIRST)

    with seeded.database.reading() as db:
        due = candidates(db, seeded.now(), 20)

    assert due == [one.id for one in written(seeded) if one.kind != "doors-open"]
    assert len(due) == 1


def test_nobody_gets_it_again_when_old_mails_are_deleted(
    organiser: FlaskClient, seeded: Hub, sign_in: SignIn
) -> None:
    reachable(seeded, [FIRST, SECOND])
    press(organiser, seeded, DOORS)
    became(seeded, "sent", FIRST)
    became(seeded, "withdrawn", SECOND)

    prune(seeded.database, seeded.now() + timedelta(days=91), lambda _seconds: None)
    press(sign_in(Role.ORGANISER, name="김주최"), seeded, DOORS)

    assert states(seeded) == [(FIRST, "sent"), (SECOND, "waiting")]


def test_who_leaves_refuses_or_moves_is_not_sent_what_waits(organiser: FlaskClient, seeded: Hub) -> None:
    reachable(seeded, [FIRST, SECOND, THIRD, AWARDED_NOTHING])
    press(organiser, seeded, DOORS)
    refusal = next(one.unsubscribe for one in written(seeded) if one.to_address.startswith(SECOND))

    organiser.post(urlsplit(refusal or "").path, data={"List-Unsubscribe": "One-Click"})
    change_address(seeded, THIRD, "right@example.com")
    remove(seeded, AWARDED_NOTHING)

    assert states(seeded) == [
        (FIRST, "waiting"),
        (SECOND, "withdrawn"),
        (THIRD, "withdrawn"),
    ]


def test_who_leaves_refuses_or_moves_while_it_is_written_is_heeded(
    organiser: FlaskClient, seeded: Hub
) -> None:
    first = [f"guest-{number:03}" for number in range(1, MOST_AT_ONCE + 1)]
    refusing, moving, staying, leaving = "guest-085", "guest-086", "guest-087", AWARDED_NOTHING
    reachable(seeded, [*first, refusing, moving, staying, leaving])

    organiser.post(DOORS)
    writer = BulkWriter()
    write_all(seeded, writer, steps=1)
    remove(seeded, leaving)
    with seeded.journal.writing(CONF, actor=SYSTEM) as write:
        choose(write, refusing, MailChoices(news=False), ())
    change_address(seeded, moving, "right@example.com")
    write_all(seeded, writer)

    assert [who for _, who in readers(seeded)] == [*first, staying, "right"]
