"""The desk's pages of mails: tried again, copied and withdrawn, also as sendings; words changed and put back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from conference_hub.access.model import Role
from conference_hub.checkin.mail_kinds import DELETION, LOST_LINK
from conference_hub.core.actor import Actor
from conference_hub.core.text import Text
from conference_hub.mails.bulk_writing import BulkWriter, begin
from conference_hub.outbox.bulk import BulkMail, Occasion
from conference_hub.outbox.sendings import start_sending
from conference_hub.outbox.store import mails
from conference_hub.outbox.wording import default_words
from conference_hub.outbox.wording_model import Words
from conference_hub.people.mail_choices import MailChoices, choose
from conference_hub.people.store import get_guest, save_guests
from tests.integration.whole_day.sending import Sender, Step
from tests.small_conference import OTHER, REMOTE


def mail_desk(sender: Sender) -> Iterator[Step]:
    """Make test mails and do with them what the page can."""
    organiser = sender.sign_in(Role.ORGANISER, conf=OTHER)
    for verbs in (("retry", "copied"), ("withdraw",)):
        yield sender.form(organiser, "desk/mail/test", "MailHandled", address="me@example.com")
        with sender.hub.database.reading() as db:
            mail = mails(db, OTHER, most=1)[0]
        for verb in verbs:
            yield sender.form(organiser, f"desk/mail/{mail.id}/{verb}", "MailHandled")
    words, page = Words(subject="새 링크", text="{link}"), f"desk/mail/words/{LOST_LINK.name}/ko"
    yield sender.form(
        organiser,
        page,
        "MailWordsChanged",
        subject=words.subject,
        text=words.text,
        seen=default_words(LOST_LINK, "ko").digest,
    )
    yield sender.written(
        "choose mails",
        ("MailChoicesMade",),
        lambda write: choose(write, REMOTE, MailChoices(news=False), ()),
    )
    yield sender.form(organiser, f"{page}/reset", "MailWordsChanged", seen=words.digest)
    with sender.hub.journal.writing(OTHER, actor=Actor.system("test")) as write:
        sending = start_sending(write, "test", Text.of("안내"))
    for verb in ("pause", "resume", "stop"):
        yield sender.form(organiser, f"desk/mail/sendings/{sending}/{verb}", "SendingSet")
    yield sender.form(organiser, "desk/mail/retry", "MailsRetried")
    yield Step(name="write to many", do=partial(_write_to_many, sender), topics=("BulkMailsWritten",))


def _write_to_many(sender: Sender) -> None:
    """Announce a deletion to the one guest who has a mail address then."""
    with sender.hub.database.writing() as db:
        save_guests(db, OTHER, [replace(get_guest(db, OTHER, REMOTE), email="remote@example.com")])
    day = Text.of("2022-03-02")
    about = Occasion(id="2022-03-02", title=day, path=f"/c/{OTHER}/me", values={"day": day})
    bulk = BulkMail(kind=DELETION, occasions=lambda *_: [about], readers=lambda *_: [REMOTE])
    sender.hub.bulk_mails[DELETION.name] = bulk
    with sender.hub.journal.writing(OTHER, actor=Actor.system("whole day")) as write:
        begin(write, bulk, about, 1)
    writer = BulkWriter()
    while writer.work(sender.hub, sender.hub.now()) is not None:
        pass
