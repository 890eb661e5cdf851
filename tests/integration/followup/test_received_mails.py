"""Answers and returned mails as the hub takes them, from wherever they come, and by the command `reply`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from email.message import Message
from pathlib import Path

import pytest
import sqlalchemy as sa

from conference_hub.calendars.replies import Reply, read_reply
from conference_hub.core.actor import Actor
from conference_hub.core.errors import Unavailable
from conference_hub.core.received import MOST_BYTES
from conference_hub.followup import actions, answer_store, answering, invitation_store
from conference_hub.followup.answers import Stray, StrayKind, said
from conference_hub.followup.invitations import Answer
from conference_hub.followup.model import OnlineSession
from conference_hub.followup.tables import InvitationRow
from conference_hub.outbox.model import MailState
from conference_hub.outbox.receiving import Taken, take
from conference_hub.outbox.store import find_mail
from conference_hub.outbox.tables import MailRow
from conference_hub.people.store import get_guest
from conference_hub.web.hub import Hub, MailTaker
from tests.integration.followup.received import (
    KIM,
    LEE,
    RECEIVED,
    SESSION,
    bounce,
    invitation,
    reply,
    run_reply,
)
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF, FakeNow
from tests.services.dovecot import PASSWORD


def strays(hub: Hub) -> list[Stray]:
    with hub.database.reading() as db:
        return answer_store.strays(db, CONF)


def test_an_answer_of_a_known_address_counts_and_needs_no_organizer(
    seeded: Hub, online: OnlineSession
) -> None:
    assert take(seeded, reply(seeded, online, "TENTATIVE")) is Taken.ANSWER
    assert said(invitation(seeded)) is Answer.TENTATIVE


def test_an_answer_of_a_stranger_makes_no_guest(seeded: Hub, online: OnlineSession) -> None:
    with seeded.database.reading() as db:
        before = db.execute(sa.text("SELECT count(*) FROM guest")).scalar()

    assert take(seeded, reply(seeded, online, attendee="x@example.org", UID="nobody@example.org")) is (
        Taken.UNUSED
    )
    with seeded.database.reading() as db:
        assert db.execute(sa.text("SELECT count(*) FROM guest")).scalar() == before
    assert strays(seeded) == []


def test_an_answer_from_an_alias_waits_on_the_desk_until_it_is_assigned(
    seeded: Hub, online: OnlineSession
) -> None:
    data = reply(seeded, online, "DECLINED", attendee="Alias@example.org")
    assert take(seeded, data) is Taken.ANSWER
    assert take(seeded, data) is Taken.ANSWER
    [stray] = strays(seeded)
    assert (stray.kind, stray.address, stray.answer) == (
        StrayKind.ALIAS,
        "alias@example.org",
        Answer.DECLINED,
    )

    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        counted = answering.assign(write, stray.id, KIM)

    assert (counted, said(invitation(seeded)), strays(seeded)) == (True, Answer.DECLINED, [])


@pytest.mark.parametrize(
    ("name", "kind"),
    [("counter-exchange", StrayKind.COUNTER), ("reply-delegated", StrayKind.DELEGATED)],
)
def test_a_proposal_and_a_delegation_are_shown_and_change_nothing(
    seeded: Hub, online: OnlineSession, name: str, kind: StrayKind
) -> None:
    with seeded.database.reading() as db:
        address = get_guest(db, CONF, KIM).email or ""
    data = (RECEIVED / f"{name}.eml").read_bytes()
    data = data.replace(b"kim@ministry.example.org", address.encode()).replace(
        b"session-1.best-practice-2021@hub.example.com", online.uid.encode()
    )

    assert take(seeded, data) is Taken.ANSWER
    [stray] = strays(seeded)
    assert (stray.kind, stray.guest_id, said(invitation(seeded))) == (kind, KIM, None)


def test_an_outdated_answer_is_ignored(seeded: Hub, online: OnlineSession, now: FakeNow) -> None:
    take(seeded, reply(seeded, online, "DECLINED"))
    earlier = f"{now.instant - timedelta(hours=1):%Y%m%dT%H%M%SZ}"

    assert take(seeded, reply(seeded, online, DTSTAMP=earlier)) is Taken.IGNORED
    assert said(invitation(seeded)) is Answer.DECLINED
    with seeded.database.writing() as db:
        invitation_store.save(db, replace(invitation(seeded), sequence=4))
    assert take(seeded, reply(seeded, online, SEQUENCE="3")) is Taken.IGNORED
    assert said(invitation(seeded)) is None


def test_answers_of_strangers_end_somewhere(
    seeded: Hub, online: OnlineSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "MOST_STRAYS", 2)

    found = [take(seeded, reply(seeded, online, attendee=f"a{number}@example.org")) for number in range(3)]

    assert found == [Taken.ANSWER, Taken.ANSWER, Taken.IGNORED]


def test_a_returned_mail_is_marked_once_and_a_forged_report_marks_none(
    seeded: Hub, online: OnlineSession
) -> None:
    mail, report = bounce(seeded)

    assert take(seeded, report.replace(mail.encode(), b"nobody2345")) is Taken.IGNORED
    assert take(seeded, report) is Taken.REPORT
    with seeded.database.reading() as db:
        found = find_mail(db, mail)
    assert found is not None
    assert found.state is MailState.BOUNCED
    assert found.last_error == "550 5.1.1 <hong@example.net>: Recipient address rejected: User unknown"


def test_a_mail_that_waits_is_not_marked_by_a_report(seeded: Hub, online: OnlineSession) -> None:
    mail, report = bounce(seeded)
    with seeded.database.writing() as db:
        db.execute(sa.update(MailRow).where(MailRow.id == mail).values(state=MailState.WAITING))

    take(seeded, report)

    with seeded.database.reading() as db:
        found = find_mail(db, mail)
    assert found is not None
    assert found.state is MailState.WAITING


POISON = {
    "comments in a sender": ("(" * 3_900, "utf-8", "ab"),
    "half a character": ("a@example.net", "unicode_escape", r"a\ud800b"),
    "nothing": ("a@example.net", "utf-8", "a\0b"),
}
"""What stands in a mail that a database or Python's parser does not take: sender, charset, UID."""


@pytest.mark.parametrize("kind", POISON)
def test_a_mail_that_is_made_to_break_the_reading_is_for_a_person(
    seeded: Hub, online: OnlineSession, kind: str
) -> None:
    sender, charset, uid = POISON[kind]
    data = reply(seeded, online, UID=uid).replace(b"charset=utf-8", f"charset={charset}".encode())
    data = data.replace(b"From: ", f"From: {sender} ".encode())

    assert take(seeded, data) is Taken.UNUSED


def test_a_mail_that_breaks_a_taker_is_for_a_person_but_waits_while_the_storage_does_not_work(
    seeded: Hub, online: OnlineSession, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(error: Exception) -> Callable[..., bool]:
        def take(*_: object) -> bool:
            raise error

        return take

    data = reply(seeded, online)
    seeded.mail_takers = [MailTaker(read=read_reply, take=broken(RuntimeError("words of a stranger")))]
    assert take(seeded, data) is Taken.UNUSED
    assert "RuntimeError" in caplog.text
    assert "stranger" not in caplog.text
    seeded.mail_takers = [MailTaker(read=read_reply, take=broken(Unavailable(reason="locked")))]
    with pytest.raises(Unavailable):
        take(seeded, data)


def test_a_mail_is_parsed_beside_the_requests(seeded: Hub, online: OnlineSession) -> None:
    beside: list[str] = []

    def offload(work: Callable[..., object], *args: object) -> object:
        beside.append("begins")
        found = work(*args)
        beside.append("ends")
        return found

    def reads(mail: Message) -> Reply | None:
        beside.append("parses")
        return read_reply(mail)

    seeded.offload = offload
    seeded.mail_takers = [replace(answering.ANSWERS_BY_MAIL, read=reads)]

    assert take(seeded, reply(seeded, online)) is Taken.ANSWER
    assert beside == ["begins", "parses", "ends"]


def test_an_answer_counts_by_the_address_that_was_invited_and_by_that_of_today(
    seeded: Hub, online: OnlineSession
) -> None:
    with seeded.database.writing() as db:
        invitation_store.save(db, replace(invitation(seeded), attendee="Old@example.org"))

    for address, answer in (("old@example.org", Answer.DECLINED), (None, Answer.ACCEPTED)):
        assert take(seeded, reply(seeded, online, answer.name, attendee=address)) is Taken.ANSWER
        assert said(invitation(seeded)) is answer


def test_only_the_invitation_that_is_answered_is_loaded(seeded: Hub, online: OnlineSession) -> None:
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        actions.sign_up(seeded, write, SESSION, LEE)
    data, loaded = reply(seeded, online), set[str]()

    def note(row: InvitationRow, _context: object) -> None:
        loaded.add(row.guest_id)

    sa.event.listen(InvitationRow, "load", note)
    try:
        assert take(seeded, data) is Taken.ANSWER
    finally:
        sa.event.remove(InvitationRow, "load", note)
    assert loaded == {KIM}


def test_an_answer_from_an_address_of_two_people_waits_on_the_desk(
    seeded: Hub, online: OnlineSession
) -> None:
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        actions.sign_up(seeded, write, SESSION, LEE)
    with seeded.database.writing() as db:
        address = get_guest(db, CONF, KIM).email
        invitation_store.save(db, replace(invitation(seeded, LEE), attendee=address))

    assert take(seeded, reply(seeded, online, "DECLINED")) is Taken.ANSWER

    [stray] = strays(seeded)
    assert (stray.kind, stray.guest_id, stray.answer) == (StrayKind.SHARED, None, Answer.DECLINED)
    assert (said(invitation(seeded)), said(invitation(seeded, LEE))) == (None, None)
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        assert answering.assign(write, stray.id, LEE)
    assert (said(invitation(seeded)), said(invitation(seeded, LEE))) == (None, Answer.DECLINED)


@pytest.fixture
def environment(seeded: Hub) -> dict[str, str]:
    return {
        "HUB_DATABASE_URL": seeded.database.url.render_as_string(hide_password=False),
        "HUB_SECRET_KEY": "s" * 40,
        "HUB_PUBLIC_URL": seeded.settings.public_url,
    }


@ON_SQLITE
def test_the_command_takes_an_answer(seeded: Hub, online: OnlineSession, environment: dict[str, str]) -> None:
    assert run_reply(reply(seeded, online), **environment) == (0, "answer\n", "")
    assert said(invitation(seeded)) is Answer.ACCEPTED
    assert run_reply(b"x" * (2 * MOST_BYTES), **environment)[:2] == (0, "unused\n")


def test_the_command_asks_the_mail_server_to_keep_a_mail_that_it_cannot_take(tmp_path: Path) -> None:
    nowhere = {"HUB_DATA_DIR": str(tmp_path), "HUB_SECRET_KEY": "s" * 40}
    unset = run_reply(b"Subject: -\n\n", HUB_DATA_DIR=str(tmp_path))
    no_hub = run_reply(b"Subject: -\n\n", HUB_PUBLIC_URL="https://hub.example.com", **nowhere)

    assert [unset[0], no_hub[0]] == [75, 75]
    assert PASSWORD not in unset[2]
    assert no_hub[2].startswith("conference-hub: ")
