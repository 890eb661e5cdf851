"""Whatever happens to mails, in whatever order: none is lost, and none overtakes another of its reader.

Only mails of a sending that is paused are overtaken, by those of no sending.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conference_hub.outbox import sendings, store
from conference_hub.outbox.message import Letter
from conference_hub.outbox.model import MailId, MailState, SendingId
from conference_hub.outbox.retries import Deferred, Delivered, Outcome, Rejected, Unreachable
from conference_hub.outbox.sending import settle_needless
from conference_hub.outbox.tables import MailRow, SendingRow
from tests.integration.kinds import ON_SQLITE
from tests.integration.outbox.conftest import SYSTEM, Outbox, Told
from tests.model_day import CONF, FakeNow

OUTCOMES: dict[str, Outcome | None] = {
    "taken": Delivered(),
    "later": Deferred(reason="451"),
    "refused": Rejected(reason="550"),
    "away": Unreachable(reason="no route"),
    "dies": None,
}
"""What becomes of a letter; `dies`: the server has it, and the process that sent it does not hear of it any more."""
STEPS = st.one_of(
    st.tuples(st.just("write"), st.integers(0, 2), st.integers(0, 2)),
    st.tuples(st.just("send"), st.lists(st.sampled_from(sorted(OUTCOMES)), max_size=4)),
    st.tuples(st.sampled_from(["pause", "resume", "wait", "retry"])),
)


@dataclass(frozen=True)
class WrittenMail:
    """A mail, whom it is to, and whether it belongs to the sending."""

    mail: MailId
    person: int
    of_sending: bool


@dataclass
class Story:
    """What was written, and what arrived."""

    outbox: Outbox
    now: FakeNow
    sending: SendingId
    written: list[WrittenMail] = field(default_factory=list)
    arrived: list[MailId] = field(default_factory=list)
    died: int = 0

    def write(self, person: int, about: int) -> None:
        """Write a mail to somebody, of a sending unless it is about something that changes."""
        mail = self.outbox.write(
            f"{person}@example.com",
            order_key=f"guest/{person}",
            about=f"{about}/{person}" if about else None,
            sending_id=None if about else self.sending,
        )
        self.written.append(WrittenMail(mail, person, of_sending=not about))

    def send(self, outcomes: Sequence[str]) -> None:
        """Send what is due; what becomes of the letters is as told, those after that are taken."""
        told = iter(outcomes)

        def answer(letter: Letter) -> Outcome:
            outcome = OUTCOMES[next(told, "taken")]
            if outcome is None or outcome == Delivered():
                self.arrived.append(MailId(letter.id))
            if outcome is None:
                self.died += 1
                raise SystemExit
            return outcome

        try:
            self.outbox.sender(Told(answer)).send_waiting()
        except SystemExit:
            return

    def act(self, what: str) -> None:
        """Pause, resume, wait, retry what failed."""
        if what == "wait":
            self.now.forward(hours=2)
            return
        with self.outbox.hub.journal.writing(CONF, actor=SYSTEM) as write:
            state = write.session.scalar(sa.select(SendingRow.state).where(SendingRow.id == self.sending))
            if what == "retry":
                sendings.retry_failed(write)
            elif (what == "pause") == (state == "going"):
                (sendings.pause if what == "pause" else sendings.resume)(write, self.sending)

    def end(self) -> dict[MailId, MailState]:
        """Let everything that waits be taken, and return what became of each mail."""
        self.act("resume")
        for _ in range(3):
            self.act("wait")
            settle_needless(self.outbox.hub)
            self.send(())
        with self.outbox.hub.database.reading() as db:
            return {mail.id: mail.state for mail in store.mails(db, CONF, most=1000)}


@ON_SQLITE
@given(steps=st.lists(STEPS, max_size=14))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_mail_is_lost_or_overtaken(steps: list[tuple[object, ...]], outbox: Outbox, now: FakeNow) -> None:
    with outbox.hub.database.writing() as db:
        db.execute(sa.delete(MailRow))
    story = Story(outbox, now, outbox.start())
    for what, *rest in steps:
        if what == "write":
            story.write(*rest)  # type: ignore[arg-type]
        elif what == "send":
            story.send(*rest)  # type: ignore[arg-type]
        else:
            story.act(str(what))

    states = story.end()

    arrived = list(dict.fromkeys(story.arrived))
    assert set(states.values()) <= {MailState.SENT, MailState.FAILED, MailState.REPLACED}
    assert {mail for mail, state in states.items() if state is MailState.SENT} <= set(arrived)
    assert len(story.arrived) - len(arrived) <= story.died
    if (
        "retry",
    ) in steps:  # a mail that was given up holds no other, and comes after it when it is tried again
        return
    for person in range(3):
        own = [one for one in story.written if one.person == person]
        apart = {one.of_sending for one in own} if ("pause",) in steps else {None}
        for of_sending in apart:
            mails = [one.mail for one in own if of_sending in {None, one.of_sending}]
            in_order = [mail for mail in arrived if mail in mails]
            assert in_order == sorted(in_order, key=mails.index)
