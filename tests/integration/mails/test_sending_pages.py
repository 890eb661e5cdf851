"""The desk's page of sendings: how far each is, paused, resumed, stopped, tried again; mails as files, and found."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.mails.readiness import readiness
from conference_hub.outbox.folder import Folder
from conference_hub.outbox.message import Letter
from conference_hub.outbox.model import MailState, SendingId
from conference_hub.outbox.retries import Deferred, Delivered, Outcome, Rejected
from conference_hub.outbox.sending import settle_needless
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.outbox.conftest import Outbox, Told
from tests.law import Watch
from tests.model_day import CONF

DESK = f"/c/{CONF}/desk/mail"
CALENDAR = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def outbox(seeded: Hub) -> Outbox:
    return Outbox(seeded)


@pytest.fixture
def organiser(outbox: Outbox, sign_in: SignIn) -> FlaskClient:
    assert outbox is not None
    return sign_in(Role.ORGANISER, name="김주최")


def begun(outbox: Outbox, number: int = 4) -> SendingId:
    sending = outbox.start()
    for one in range(number):
        outbox.write(f"guest-{one}@example.com", sending_id=sending)
    return sending


def act(organiser: FlaskClient, sending: str, verb: str) -> int:
    return organiser.post(f"{DESK}/sendings/{sending}/{verb}").status_code


def test_the_page_says_how_far_a_sending_is(organiser: FlaskClient, outbox: Outbox) -> None:
    assert "아직 여러 명에게 보낸 메일이 없습니다." in organiser.get(f"{DESK}/sendings").text
    sending = begun(outbox)
    outbox.sender(
        Told(lambda letter: Rejected(reason="550") if "-1@" in letter.to else Delivered())
    ).send_waiting()
    outbox.write("late@example.com", sending_id=sending)

    page = organiser.get(f"{DESK}/sendings").text

    for name, number in (("gone", 3), ("left", 1), ("failed", 1), ("other", 0), ("total", 5)):
        assert f'<dd id="{name}-{sending}" data-live>{number}</dd>' in page
    assert 'max="5" value="4"' in page
    assert ">보내는 중</span>" in page


def test_mails_saved_as_files_are_not_counted_as_sent(
    organiser: FlaskClient, outbox: Outbox, tmp_path: Path
) -> None:
    sending = begun(outbox)
    outbox.sender(Folder(tmp_path / "mails")).send_waiting()

    page = organiser.get(f"{DESK}/sendings").text

    for name, number in (("gone", 0), ("saved", 4), ("left", 0), ("other", 0), ("total", 4)):
        assert f'<dd id="{name}-{sending}" data-live>{number}</dd>' in page


def test_a_paused_sending_waits_and_others_go_on(organiser: FlaskClient, outbox: Outbox) -> None:
    sending, alone = begun(outbox), outbox.write("alone@example.com")
    watch, carrier = Watch(outbox.hub, CONF), Told()

    assert act(organiser, sending, "pause") == 302
    outbox.sender(carrier).send_waiting()
    assert [letter.id for letter in carrier.letters] == [alone]
    assert act(organiser, sending, "resume") == 302
    outbox.sender(carrier).send_waiting()

    assert len(carrier.letters) == 5
    assert [entry.topic for entry in watch.look()] == ["SendingSet", "SendingSet"]
    assert ">끝남</span>" in organiser.get(f"{DESK}/sendings").text


def test_a_sending_paused_in_the_middle_stops_after_the_mail_in_hand(
    organiser: FlaskClient, outbox: Outbox
) -> None:
    sending = begun(outbox)

    def pausing(_letter: Letter) -> Outcome:
        if outbox.states() == {"sending": 1, "waiting": 3}:
            act(organiser, sending, "pause")
        return Delivered()

    outbox.sender(Told(pausing)).send_waiting()

    assert outbox.states() == {"sent": 1, "waiting": 3}


def test_a_stopped_sending_sends_nothing_more_and_what_waited_is_withdrawn(
    organiser: FlaskClient, outbox: Outbox
) -> None:
    sending, settled = begun(outbox), []
    outbox.hub.mails_settled.append(lambda _db, mail, _at: settled.append(mail.state))
    carrier = Told()

    assert act(organiser, sending, "stop") == 302
    outbox.sender(carrier).send_waiting()
    later = outbox.write("late@example.com", sending_id=sending)
    assert settle_needless(outbox.hub) == 4

    assert carrier.letters == []
    assert settled == [MailState.WITHDRAWN] * 4
    assert outbox.mail(later).state is MailState.WITHDRAWN
    assert [act(organiser, sending, verb) for verb in ("resume", "pause", "stop", "retry")] == [409] * 4


def test_what_failed_is_tried_again_and_nothing_else(organiser: FlaskClient, outbox: Outbox) -> None:
    sending, alone = begun(outbox), outbox.write("alone@example.com")
    refusing = Told(lambda letter: Rejected(reason="550") if "guest-3" not in letter.to else Delivered())
    outbox.sender(refusing).send_waiting()
    assert outbox.states() == {"failed": 4, "sent": 1}

    assert act(organiser, sending, "retry") == 302
    assert outbox.states() == {"waiting": 3, "failed": 1, "sent": 1}
    assert organiser.post(f"{DESK}/retry").status_code == 302

    assert outbox.states() == {"waiting": 4, "sent": 1}
    assert (outbox.mail(alone).attempts, outbox.mail(alone).last_error) == (0, "550")


def test_mails_of_a_stopped_sending_are_not_tried_again_with_all_others(
    organiser: FlaskClient, outbox: Outbox
) -> None:
    sending = begun(outbox, 1)
    outbox.sender(Told(lambda _letter: Rejected(reason="550"))).send_waiting()
    act(organiser, sending, "stop")

    organiser.post(f"{DESK}/retry")

    assert outbox.states() == {"failed": 1}


def test_mails_are_found_by_their_reader_and_by_their_sending(organiser: FlaskClient, outbox: Outbox) -> None:
    sending = begun(outbox)
    outbox.write("Alone_1@example.com")

    def found(query: str) -> list[str]:
        text = organiser.get(f"{DESK}?{query}").text
        return sorted(
            part.partition("<")[0] for part in text.split('<span class="quiet">') if "@example.com<" in part
        )

    assert found("to=alone_1@") == ["Alone_1@example.com"]
    assert found("to=alone%251") == []
    assert found(f"sending={sending}") == [f"guest-{number}@example.com" for number in range(4)]
    assert found(f"sending={sending}&to=GUEST-2") == ["guest-2@example.com"]
    assert organiser.get(f"{DESK}?sending=nobodys").status_code == 404


def test_a_mail_is_a_file_that_mail_programs_open_as_a_draft(organiser: FlaskClient, outbox: Outbox) -> None:
    mail = outbox.write(calendar=CALENDAR, content="여기: {link}", link="https://hub.example.com/link#secret")

    answer = organiser.get(f"{DESK}/{mail}/mail.eml")

    made = message_from_bytes(answer.data, policy=default)
    assert (answer.content_type, answer.headers["Cache-Control"]) == ("message/rfc822", "no-store")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="mail-{mail}.eml"'
    assert (made["X-Unsent"], made["To"], made["Subject"]) == ("1", "홍길동 <hong@example.com>", "제목")
    assert [part.get_content_type() for part in made.walk()][-2:] == ["text/calendar", "application/ics"]
    assert "https://hub.example.com/link#secret" in list(made.walk())[2].get_content()
    assert outbox.states() == {"waiting": 1}


def test_a_mail_without_a_usable_address_makes_no_file(organiser: FlaskClient, outbox: Outbox) -> None:
    mail = outbox.write("홍@example.com")

    answer = organiser.get(f"{DESK}/{mail}/mail.eml")

    assert answer.status_code == 409
    assert "메일 파일을 만들 수 없습니다." in answer.text


def test_the_desk_says_why_mails_wait(organiser: FlaskClient, outbox: Outbox, app: Flask) -> None:
    outbox.write()
    outbox.hub.mail_trouble = "connection refused"

    assert "이유: connection refused" in organiser.get(DESK).text
    assert "이유: connection refused" in organiser.get(f"{DESK}/sendings").text

    with outbox.hub.database.reading() as db, app.test_request_context():
        (line,) = readiness(db, CONF)
    assert (line.state, line.detail) == ("open", "connection refused")

    outbox.sender(Told(lambda _letter: Deferred(reason="451"))).send_waiting()
    assert "connection refused" not in organiser.get(DESK).text
