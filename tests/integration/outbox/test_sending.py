"""Sending what waits, to a real SMTP server: once, in order, again after trouble, and never what is settled."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from conference_hub.core.errors import Unavailable
from conference_hub.core.mail_server import MailServer, Security
from conference_hub.data.pruning import prune
from conference_hub.outbox import actions, sendings
from conference_hub.outbox.folder import Folder
from conference_hub.outbox.forgetting import forget_about
from conference_hub.outbox.message import Letter
from conference_hub.outbox.model import MailState
from conference_hub.outbox.retries import Deferred, Delivered, Outcome, Rejected, Unreachable
from conference_hub.outbox.sending import Sender, settle_needless
from conference_hub.outbox.smtp import Connection
from conference_hub.web.hub import Hub
from tests.integration.outbox.conftest import DRAFT, SYSTEM, Outbox, Told
from tests.integration.outbox.test_smtp import READY, TAKES, scripted
from tests.model_day import CONF, FakeNow
from tests.services.machine import free_port
from tests.services.mail_receiver import MailReceiver, receiving

LINK = "https://hub.example.com/link#secret"
WITH_LINK = {"content": "여기: {link}", "link": LINK}


def test_what_waits_is_sent_once_and_its_link_is_forgotten(
    outbox: Outbox, sender: Sender, mail_receiver: MailReceiver
) -> None:
    mail = outbox.write(**WITH_LINK)

    tried = [sender.send_waiting() for _ in range(2)]

    assert tried == [1, 0]
    assert [(one.sender, one.to, one.mail_id, one.text) for one in mail_receiver.taken] == [
        ("hub@127.0.0.1", "hong@example.com", mail, f"여기: {LINK}\r\n")
    ]
    assert (outbox.mail(mail).state, outbox.mail(mail).link) == (MailState.SENT, None)
    assert outbox.mail(mail).settled_at == outbox.hub.now()


def test_one_refused_mail_keeps_no_other_back_and_all_go_over_one_connection(
    outbox: Outbox, sender: Sender, mail_receiver: MailReceiver
) -> None:
    names = ("first", "unknown", "later", "huge", "last")
    mails = [outbox.write(f"{name}@example.com") for name in names]

    sender.send_waiting()

    assert [(one.to, one.connection) for one in mail_receiver.taken] == [
        ("first@example.com", mail_receiver.taken[0].connection),
        ("last@example.com", mail_receiver.taken[0].connection),
    ]
    assert [(outbox.mail(mail).state.value, outbox.mail(mail).last_error) for mail in mails] == [
        ("sent", ""),
        ("failed", "550 5.1.1 no such person"),
        ("waiting", "451 4.7.1 come back later"),
        ("failed", "552 5.3.4 message too big"),
        ("sent", ""),
    ]


def test_a_letter_whose_answer_was_lost_is_tried_again_alone(
    outbox: Outbox, sender: Sender, mail_receiver: MailReceiver, now: FakeNow
) -> None:
    mails = [outbox.write(f"{name}@example.com") for name in ("first", "closes", "last")]

    sender.send_waiting()

    assert [one.to for one in mail_receiver.taken] == ["first@example.com", "last@example.com"]
    lost = outbox.mail(mails[1])
    assert (lost.state, lost.attempts, lost.next_try_at) == (
        MailState.WAITING,
        1,
        now() + timedelta(minutes=1),
    )


def test_mails_lose_nothing_while_the_mail_server_is_away(
    outbox: Outbox, now: FakeNow, tmp_path: Path
) -> None:
    hub, port = outbox.hub, free_port()
    mails = [outbox.write(f"{number}@example.com") for number in range(3)]
    away = outbox.sender(Connection(MailServer(host="127.0.0.1", port=port, security=Security.NONE)))
    for _ in range(3):
        away.send_waiting()
        now.forward(days=1)

    waiting = [outbox.mail(mail) for mail in mails]

    assert [(mail.state, mail.attempts) for mail in waiting] == [(MailState.WAITING, 0)] * 3
    assert "refused" in waiting[0].last_error
    assert "refused" in hub.mail_trouble
    with receiving(tmp_path, port=port) as receiver:
        now.forward(days=1)
        away.send_waiting()
        assert [one.mail_id for one in receiver.taken] == mails
    assert hub.mail_trouble == ""


def test_mails_lose_nothing_while_the_mail_server_refuses_the_hub(outbox: Outbox, now: FakeNow) -> None:
    mails = [outbox.write() for _ in range(2)]
    with scripted((*READY, "550 5.7.1 sender not allowed", "250 reset"), (*READY, *TAKES, *TAKES)) as server:
        sender = outbox.sender(Connection(server))
        sender.send_waiting()
        assert [(outbox.mail(mail).state, outbox.mail(mail).attempts) for mail in mails] == [
            (MailState.WAITING, 0)
        ] * 2
        assert outbox.hub.mail_trouble == "550 5.7.1 sender not allowed"

        now.forward(minutes=2)
        sender.send_waiting()

    assert [outbox.mail(mail).state for mail in mails] == [MailState.SENT] * 2
    assert outbox.hub.mail_trouble == ""


def test_a_mail_server_that_is_away_is_asked_less_and_less_often(outbox: Outbox, now: FakeNow) -> None:
    outbox.write()
    nobody = Told(lambda _letter: Unreachable(reason="no route to host"))
    sender = outbox.sender(nobody)
    asked = []
    for minute in range(12):
        before = len(nobody.letters)
        sender.send_waiting()
        if len(nobody.letters) > before:
            asked.append(minute)
        now.forward(minutes=1)

    assert asked == [0, 1, 3, 7]


def test_a_mail_whose_sender_died_is_sent_again_with_the_same_message(
    outbox: Outbox, sender: Sender, mail_receiver: MailReceiver, now: FakeNow
) -> None:
    mail, other = outbox.write(), outbox.write("other@example.com")

    def die(letter: Letter) -> Outcome:
        connection = Connection(mail_receiver.server)
        connection.deliver(letter)
        connection.close()
        raise SystemExit

    with pytest.raises(SystemExit):
        outbox.sender(Told(die)).send_waiting()
    sender.send_waiting()
    assert [one.mail_id for one in mail_receiver.taken] == [mail, other]

    now.forward(seconds=301)
    sender.send_waiting()

    first, _, again = mail_receiver.taken
    assert (again.mail_id, again.content) == (mail, first.content)
    assert outbox.states() == {"sent": 2}


def test_what_became_of_a_mail_is_written_down_when_the_storage_works_again(
    outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail, carrier = outbox.write(), Told()
    sender, writing = outbox.sender(carrier), outbox.hub.database.writing

    def full(_letter: Letter) -> Outcome:
        monkeypatch.setattr(outbox.hub.database, "writing", broken)
        return Delivered()

    def broken() -> None:
        raise Unavailable(reason="full")

    carrier.answer = full
    with pytest.raises(Unavailable):
        sender.send_waiting()
    assert outbox.mail(mail).state is MailState.SENDING
    monkeypatch.setattr(outbox.hub.database, "writing", writing)

    sender.send_waiting()

    assert (outbox.mail(mail).state, len(carrier.letters)) == (MailState.SENT, 1)


def test_a_newer_mail_about_the_same_is_sent_alone(
    outbox: Outbox, sender: Sender, mail_receiver: MailReceiver
) -> None:
    other = outbox.write(about="guest/2")
    older = outbox.write(about="guest/1", **WITH_LINK)
    newer = outbox.write(about="guest/1")

    assert sender.send_waiting() == 2
    assert [one.mail_id for one in mail_receiver.taken] == [other, newer]
    assert (outbox.mail(older).state, outbox.mail(older).link) == (MailState.REPLACED, None)


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Deferred(reason="451"), MailState.REPLACED),
        (Rejected(reason="550"), MailState.REPLACED),
        (Unreachable(reason="refused"), MailState.REPLACED),
        (Delivered(), MailState.SENT),
    ],
)
def test_a_mail_that_is_replaced_while_it_is_sent_is_not_tried_again(
    outbox: Outbox, outcome: Outcome, state: MailState
) -> None:
    older, settled = outbox.write(about="guest/1"), []
    outbox.hub.mails_settled.append(lambda _db, mail, _at: settled.append((mail.id, mail.state)))

    def answer(_letter: Letter) -> Outcome:
        if outbox.states() == {"sending": 1}:
            outbox.write(about="guest/1")
            return outcome
        return Delivered()

    outbox.sender(Told(answer)).send_waiting()

    assert outbox.mail(older).state is state
    assert settled[0] == (older, state)


def test_a_mail_in_hand_when_its_process_died_gives_way_to_a_newer_one(outbox: Outbox, now: FakeNow) -> None:
    older = outbox.write(about="guest/1")

    def die(_letter: Letter) -> Outcome:
        raise SystemExit

    with pytest.raises(SystemExit):
        outbox.sender(Told(die)).send_waiting()
    newer = outbox.write(about="guest/1")
    now.forward(minutes=6)

    carrier = Told()
    outbox.sender(carrier).send_waiting()

    assert [letter.id for letter in carrier.letters] == [newer]
    assert outbox.mail(older).state is MailState.REPLACED


def lose_one(outbox: Outbox) -> None:
    """Have a process die with a mail in its hand."""

    def die(_letter: Letter) -> Outcome:
        raise SystemExit

    with pytest.raises(SystemExit):
        outbox.sender(Told(die)).send_waiting()


@pytest.mark.parametrize("server_is_away", [False, True])
def test_a_mail_in_hand_when_its_process_died_is_withdrawn_where_its_sending_was_stopped(
    *, server_is_away: bool, outbox: Outbox, now: FakeNow
) -> None:
    sending = outbox.start()
    lost = outbox.write(order_key="guest/1", sending_id=sending)
    later = outbox.write(order_key="guest/1")
    lose_one(outbox)
    outbox.act(sendings.stop, sending)
    settle_needless(outbox.hub)
    assert outbox.mail(lost).state is MailState.SENDING

    now.forward(minutes=6)
    settled: list[MailState] = []
    outbox.hub.mails_settled.append(lambda _session, mail, _at: settled.append(mail.state))
    if server_is_away:
        settle_needless(outbox.hub)
    carrier = Told()
    sender = outbox.sender(carrier)
    sender.send_waiting()
    sender.send_waiting()

    assert [letter.id for letter in carrier.letters] == [later]
    assert (outbox.mail(lost).state, outbox.mail(lost).attempts) == (MailState.WITHDRAWN, 1)
    assert settled == [MailState.WITHDRAWN, MailState.SENT]


def test_a_mail_in_hand_when_its_process_died_waits_where_its_sending_was_paused(
    outbox: Outbox, now: FakeNow
) -> None:
    sending = outbox.start()
    lost = outbox.write(order_key="guest/1", sending_id=sending)
    later = outbox.write(order_key="guest/1")
    lose_one(outbox)
    outbox.act(sendings.pause, sending)
    carrier = Told()
    sender = outbox.sender(carrier)
    sender.send_waiting()
    assert carrier.letters == []

    now.forward(minutes=6)
    sender.send_waiting()
    sender.send_waiting()
    assert outbox.mail(lost).state is MailState.WAITING
    outbox.act(sendings.resume, sending)
    sender.send_waiting()

    assert [letter.id for letter in carrier.letters] == [later, lost]


def test_a_sending_that_is_paused_holds_back_no_other_mail(outbox: Outbox) -> None:
    paused, going = outbox.start(), outbox.start()
    first, second = (outbox.write(order_key="guest/1", sending_id=paused) for _ in range(2))
    alone = outbox.write(order_key="guest/1")
    other = outbox.write(order_key="guest/1", sending_id=going)
    outbox.act(sendings.pause, paused)
    carrier = Told()
    sender = outbox.sender(carrier)

    sender.send_waiting()
    outbox.act(sendings.resume, paused)
    sender.send_waiting()

    assert [letter.id for letter in carrier.letters] == [alone, other, first, second]


def test_a_mail_in_hand_of_a_sending_that_is_paused_holds_back_others_until_it_is_decided(
    outbox: Outbox,
) -> None:
    sending = outbox.start()
    outbox.write(order_key="guest/1", sending_id=sending)
    later = outbox.write(order_key="guest/1")
    meanwhile = Told()

    def slow(letter: Letter) -> Outcome:
        if letter.id != later:
            outbox.act(sendings.pause, sending)
            outbox.sender(meanwhile).send_waiting()
        return Delivered()

    carrier = Told(slow)
    outbox.sender(carrier).send_waiting()

    assert meanwhile.letters == []
    assert len(carrier.letters) == 2


def test_a_mail_to_a_wrong_address_holds_back_none_to_the_right_one(outbox: Outbox) -> None:
    wrong = outbox.write("hong@typo.example", order_key="guest/1")
    same = outbox.write("Hong@TYPO.example", order_key="guest/1")
    right = outbox.write("hong@example.com", order_key="guest/1")

    def answer(letter: Letter) -> Outcome:
        return Delivered() if letter.id == right else Deferred(reason="450 4.1.2 domain not found")

    carrier = Told(answer)
    outbox.sender(carrier).send_waiting()

    assert [letter.id for letter in carrier.letters] == [wrong, right]
    assert outbox.mail(same).state is MailState.WAITING


def test_who_lost_a_mail_by_its_lease_still_says_that_it_was_sent(outbox: Outbox, now: FakeNow) -> None:
    """A server takes six minutes for a letter; meanwhile another process has it, and fails."""
    mail = outbox.write()
    second = outbox.sender(Told(lambda _letter: Deferred(reason="451 later")))

    def slow(_letter: Letter) -> Outcome:
        now.forward(minutes=6)
        second.send_waiting()
        return Delivered()

    outbox.sender(Told(slow)).send_waiting()

    assert outbox.mail(mail).state is MailState.SENT


def test_mails_of_one_reader_leave_in_their_order(outbox: Outbox, now: FakeNow) -> None:
    first, second = (outbox.write(subject=subject, order_key="guest/1") for subject in ("1", "2"))
    other = outbox.write(order_key="guest/2")
    answers: dict[str, Outcome] = {first: Deferred(reason="451 later")}
    carrier = Told(lambda letter: answers.pop(letter.id, Delivered()))
    sender = outbox.sender(carrier)

    sender.send_waiting()
    assert [letter.id for letter in carrier.letters] == [first, other]
    now.forward(minutes=1)
    sender.send_waiting()

    assert [letter.id for letter in carrier.letters[2:]] == [first, second]


def test_a_mail_that_was_given_up_holds_no_other(outbox: Outbox) -> None:
    first, second = (outbox.write(order_key="guest/1") for _ in range(2))
    carrier = Told(lambda letter: Rejected(reason="550") if letter.id == first else Delivered())

    outbox.sender(carrier).send_waiting()

    assert [letter.id for letter in carrier.letters] == [first, second]


def test_a_key_is_used_once(outbox: Outbox) -> None:
    first = outbox.write(once_key="reminder/1/guest-001")
    second = outbox.write(once_key="reminder/1/guest-001", subject="another")

    assert second == first
    assert outbox.states() == {"waiting": 1}


def test_mails_of_no_sending_go_first_and_sendings_take_turns(outbox: Outbox) -> None:
    big, small = outbox.start(), outbox.start()
    for number in range(30):
        outbox.write(f"big-{number}@example.com", sending_id=big)
    for number in range(10):
        outbox.write(f"small-{number}@example.com", sending_id=small)
    outbox.write("alone@example.com")
    carrier = Told()

    outbox.sender(carrier).send_waiting()

    order = [letter.to.partition("@")[0] for letter in carrier.letters]
    assert (order[0], len(order)) == ("alone", 41)
    assert {name.partition("-")[0] for name in order[1:21]} == {"big", "small"}
    assert [name for name in order if name.startswith("big")] == [f"big-{number}" for number in range(30)]


def test_a_mail_expires_where_it_was_not_sent_in_time(outbox: Outbox, now: FakeNow) -> None:
    settled: list[tuple[str, MailState]] = []
    outbox.hub.mails_settled.append(lambda _db, mail, _at: settled.append((mail.id, mail.state)))
    late = outbox.write(expires_at=now() + timedelta(minutes=10), **WITH_LINK)
    sent = outbox.write(expires_at=now() + timedelta(minutes=30))
    now.forward(minutes=10)
    carrier = Told()

    settle_needless(outbox.hub)
    outbox.sender(carrier).send_waiting()

    assert [letter.id for letter in carrier.letters] == [sent]
    assert (outbox.mail(late).state, outbox.mail(late).link) == (MailState.EXPIRED, None)
    assert settled == [(late, MailState.EXPIRED), (sent, MailState.SENT)]


def test_the_pace_holds_for_all_processes_together(outbox: Outbox, now: FakeNow) -> None:
    for number in range(5):
        outbox.write(f"{number}@example.com")
    senders = [outbox.sender(Told(), per_minute=2) for _ in range(2)]
    sent = []
    for _ in range(3):
        sent.append(sum(sender.send_waiting() for sender in senders))
        now.forward(seconds=60)

    assert sent == [2, 2, 1]


def test_nobody_waits_for_the_mail_server(outbox: Outbox) -> None:
    """While a mail is being sent no transaction is open: others write, and read what is being sent."""
    outbox.write()
    seen: list[dict[str, int]] = []

    def answer(_letter: Letter) -> Outcome:
        if not seen:
            outbox.write("other@example.com")
        seen.append(outbox.states())
        return Delivered()

    outbox.sender(Told(answer)).send_waiting()

    assert seen == [{"sending": 1, "waiting": 1}, {"sent": 1, "sending": 1}]


def test_what_became_of_a_mail_is_written_down_before_the_next_one_is_handed_over(outbox: Outbox) -> None:
    for number in range(3):
        outbox.write(f"{number}@example.com")
    seen: list[dict[str, int]] = []

    def answer(_letter: Letter) -> Outcome:
        seen.append(outbox.states())
        return Delivered()

    outbox.sender(Told(answer)).send_waiting()

    assert seen == [
        {"waiting": 2, "sending": 1},
        {"waiting": 1, "sending": 1, "sent": 1},
        {"sending": 1, "sent": 2},
    ]


def test_an_unusable_address_fails_without_being_sent(outbox: Outbox) -> None:
    mail, carrier = outbox.write("홍@example.com"), Told()

    outbox.sender(carrier).send_waiting()

    assert (outbox.mail(mail).state, outbox.mail(mail).last_error, carrier.letters) == (
        MailState.FAILED,
        "no mail address: '홍@example.com'",
        [],
    )


def test_a_mail_that_is_erased_while_it_is_sent_does_not_come_back(outbox: Outbox) -> None:
    outbox.write(about="registration/hong")

    def erase(_letter: Letter) -> Outcome:
        with outbox.hub.database.writing() as db:
            forget_about(db, CONF, ["registration/hong"])
        return Deferred(reason="451")

    outbox.sender(Told(erase)).send_waiting()

    assert outbox.states() == {}


def test_without_a_mail_server_mails_are_written_as_files_and_not_called_sent(
    outbox: Outbox, tmp_path: Path
) -> None:
    mail, folder = outbox.write(**WITH_LINK), tmp_path / "mails"

    outbox.sender(Folder(folder)).send_waiting()

    (file,) = folder.iterdir()
    assert (file.name, file.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (
        f"{mail}.eml",
        0o600,
        0o700,
    )
    assert f"Message-ID: <{mail}@127.0.0.1>".encode() in file.read_bytes()
    assert (outbox.mail(mail).state, outbox.mail(mail).link) == (MailState.WRITTEN, None)


def test_mails_wait_while_no_file_can_be_written(outbox: Outbox, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    mail = outbox.write()

    outbox.sender(Folder(blocked)).send_waiting()

    assert (outbox.mail(mail).state, outbox.mail(mail).attempts) == (MailState.WAITING, 0)
    assert str(blocked) in outbox.hub.mail_trouble


def test_a_mail_comes_back_once_and_only_if_it_left(outbox: Outbox) -> None:
    hub, settled = outbox.hub, []
    sent, waiting = outbox.write(), None
    outbox.sender(Told()).send_waiting()
    waiting = outbox.write()
    hub.mails_settled.append(lambda _db, mail, _at: settled.append((mail.id, mail.state)))

    with hub.database.writing() as db:
        found = [
            actions.bounced(hub, db, mail, "550 5.1.1 unknown", hub.now())
            for mail in (sent, sent, waiting, "nobodys")
        ]

    assert [mail and mail.state for mail in found] == [
        MailState.BOUNCED,
        MailState.BOUNCED,
        MailState.WAITING,
        None,
    ]
    assert settled == [(sent, MailState.BOUNCED)]
    assert outbox.mail(sent).last_error == "550 5.1.1 unknown"


def test_only_mails_of_a_conference_have_an_order(seeded: Hub) -> None:
    with seeded.database.writing() as db, pytest.raises(ValueError, match="of a conference"):
        actions.put_for(db, replace(DRAFT, order_key="guest/1"), conf=None, at=seeded.now(), by=SYSTEM)


def test_settled_mails_are_deleted_after_ninety_days(outbox: Outbox, now: FakeNow) -> None:
    outbox.write()
    outbox.sender(Told()).send_waiting()
    outbox.write("other@example.com")

    prune(outbox.hub.database, now() + timedelta(days=91), lambda _seconds: None)

    assert outbox.states() == {"waiting": 1}
