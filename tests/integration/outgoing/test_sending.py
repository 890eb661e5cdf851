"""Webhooks follow the journal: each entry once, in order, again after trouble, and never a name that was taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from conference_hub.access.model import Role
from conference_hub.awards.tables import AwardRow
from conference_hub.core.actor import Actor
from conference_hub.core.entries import JournalEntryRow, head
from conference_hub.core.journal import Write
from conference_hub.core.sighted import mark_of
from conference_hub.core.stream import Stream
from conference_hub.outgoing import actions, message, retries, store
from conference_hub.outgoing.http_client import post
from conference_hub.outgoing.message import Message
from conference_hub.outgoing.model import Hook, HookDraft, HookState
from conference_hub.outgoing.retries import Delivered, Failed, Outcome
from conference_hub.outgoing.sending import HookSender
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.outgoing.receiver import Receiver
from tests.model_day import CONF, FakeNow
from tests.traces import rows_with

API = f"/api/v1/c/{CONF}"
ORGANISER = Actor.system("test")
Work = Callable[[], datetime | None]
Press = Callable[..., None]


def add(hub: Hub, url: str, *topics: str, stream: Stream = Stream.PUBLIC) -> Hook:
    draft = HookDraft(name="받는 곳", url=url, stream=stream, topics=topics)
    with hub.journal.writing(CONF, actor=ORGANISER) as write:
        return actions.add_hook(write, draft, private=True)


def now_of(hub: Hub, hook: Hook) -> Hook:
    with hub.database.reading() as db:
        return store.get_hook(db, CONF, hook.id)


def sent(hub: Hub, hook: Hook) -> list[tuple[str, bool, int]]:
    with hub.database.reading() as db:
        found = store.deliveries(db, CONF, hook.id, store.DELIVERIES_KEPT)
    return [(one.topic, one.delivered, one.attempts) for one in reversed(found)]


@pytest.fixture
def work(reaching: Hub) -> Work:
    sender = HookSender()
    return lambda: sender.work(reaching, reaching.now())


@pytest.fixture
def press(reaching: Hub, sign_in: SignIn) -> Press:
    """Send commands to a lane of the model conference, the first cue of which is `opening`."""
    operator, numbers = sign_in(Role.OPERATOR), iter(range(1000))

    def send(path: str, **body: object) -> None:
        answer = operator.post(f"{API}/{path}", json={"command_id": f"c{next(numbers)}", **body})
        assert answer.status_code == 200, answer.text

    return send


def test_what_happens_is_sent_once_and_in_order(
    reaching: Hub, receiver: Receiver, work: Work, press: Press
) -> None:
    hook = add(reaching, receiver.url)
    press("run/start", lane="hall")
    press("run/hold", lane="hall")

    assert [work(), work()] == [None, None]
    press("run/resume", lane="hall")
    work()

    assert receiver.types == ["LaneStarted", "LaneHeld", "LaneResumed"]
    with reaching.database.reading() as db:
        last = head(db, CONF, Stream.PUBLIC)
    assert [one.content["data"]["seq"] for one in receiver.received] == [last - 2, last - 1, last]
    assert sent(reaching, hook) == [(topic, True, 1) for topic in receiver.types]
    assert now_of(reaching, hook).position == last


def test_requests_are_signed(reaching: Hub, receiver: Receiver, work: Work, press: Press) -> None:
    hook = add(reaching, receiver.url)
    press("run/start", lane="hall")
    work()

    (one,) = receiver.received
    secret = message.secret_of(reaching.settings.secret_key, CONF, hook.id, 1)
    whole = Message(id=one.id, topic="", seq=None, body=one.body)
    stamp = int(reaching.now().timestamp())
    assert one.headers["webhook-timestamp"] == str(stamp)
    assert one.headers["webhook-signature"] == message.signature(secret, whole, stamp)


def test_only_the_chosen_topics_are_sent(reaching: Hub, receiver: Receiver, work: Work, press: Press) -> None:
    add(reaching, receiver.url, "LaneResumed")
    press("run/start", lane="hall")
    press("run/hold", lane="hall")
    work()
    press("run/resume", lane="hall")
    work()

    assert receiver.types == ["LaneResumed"]


def test_nothing_of_a_rehearsal_is_sent(reaching: Hub, receiver: Receiver, work: Work, press: Press) -> None:
    hook = add(reaching, receiver.url, stream=Stream.OPERATOR)
    press("runs", revision=1)
    press("runs/run-2/start", lane="hall")
    press("run/start", lane="hall")
    with reaching.database.reading() as db:
        assert store.waiting(db, hook) == 2
    work()
    work()

    assert receiver.types == ["HookAdded", "LaneStarted"]


def test_many_entries_that_are_not_sent_are_passed(
    reaching: Hub, receiver: Receiver, work: Work, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("conference_hub.outgoing.sending.WORTH_WRITING", 2)
    hook = add(reaching, receiver.url, "LaneFinished")
    before = now_of(reaching, hook).position
    press("run/start", lane="hall")
    work()
    few = now_of(reaching, hook).position
    press("run/hold", lane="hall")
    work()

    assert (few, now_of(reaching, hook).position) == (before, before + 2)
    assert receiver.received == []


def test_same_message_comes_again_until_it_is_taken_and_those_behind_it_wait(
    reaching: Hub, receiver: Receiver, work: Work, press: Press, now: FakeNow
) -> None:
    hook = add(reaching, receiver.url)
    receiver.answers = [(503, b"later"), (302, b"")]
    press("run/start", lane="hall")
    press("run/hold", lane="hall")

    assert [work(), work()] == [None, now() + timedelta(seconds=1)]
    now.forward(seconds=1)
    assert [work(), work()] == [None, now() + timedelta(seconds=2)]
    now.forward(seconds=2)
    assert [work(), work()] == [None, None]

    first, second, third, fourth = receiver.received
    assert receiver.types == ["LaneStarted"] * 3 + ["LaneHeld"]
    assert (first.id, first.body) == (second.id, second.body) == (third.id, third.body)
    assert fourth.id != first.id
    assert sent(reaching, hook) == [("LaneStarted", True, 3), ("LaneHeld", True, 1)]
    assert now_of(reaching, hook).last_error == ""


def test_receiver_that_asks_to_wait_is_not_asked_earlier(
    reaching: Hub, receiver: Receiver, work: Work, press: Press, now: FakeNow
) -> None:
    add(reaching, receiver.url)
    receiver.answers = [(429, b"slowly")]
    receiver.retry_after = "90"
    press("run/start", lane="hall")

    assert [work(), work()] == [None, now() + timedelta(seconds=90)]
    now.forward(seconds=89)
    work()
    assert receiver.types == ["LaneStarted"]
    now.forward(seconds=1)
    work()
    assert receiver.types == ["LaneStarted"] * 2


def test_another_hooks_failures_hold_nobody_up(
    reaching: Hub, receiver: Receiver, work: Work, press: Press
) -> None:
    broken = add(reaching, "http://127.0.0.1:9/")
    add(reaching, receiver.url)
    press("run/start", lane="hall")
    work()

    assert receiver.types == ["LaneStarted"]
    assert "refused" in now_of(reaching, broken).last_error


def test_webhook_stops_after_three_days_and_goes_on_where_it_stopped(
    reaching: Hub, receiver: Receiver, work: Work, press: Press, now: FakeNow
) -> None:
    hook = add(reaching, receiver.url)
    receiver.answers = [(500, b"")] * 2
    press("run/start", lane="hall")
    work()
    now.forward(days=3)
    work()
    assert (now_of(reaching, hook).state, work()) == (HookState.DEAD, None)
    press("run/hold", lane="hall")
    with reaching.journal.writing(CONF, actor=ORGANISER) as write:
        actions.resume_hook(write, hook.id, from_now=False)
    work()

    assert receiver.types == ["LaneStarted"] * 3 + ["LaneHeld"]
    assert len({one.id for one in receiver.received}) == 2


def test_webhook_that_goes_on_from_now_skips_what_it_missed(
    reaching: Hub, receiver: Receiver, work: Work, press: Press
) -> None:
    hook = add(reaching, receiver.url)
    with reaching.journal.writing(CONF, actor=ORGANISER) as write:
        actions.pause_hook(write, hook.id)
    press("run/start", lane="hall")
    work()
    with reaching.journal.writing(CONF, actor=ORGANISER) as write:
        actions.resume_hook(write, hook.id, from_now=True)
    press("run/hold", lane="hall")
    work()

    assert receiver.types == ["LaneHeld"]


def test_receiver_that_is_gone_stops_the_webhook_at_once(
    reaching: Hub, receiver: Receiver, work: Work, press: Press
) -> None:
    hook = add(reaching, receiver.url)
    receiver.answers = [(410, b"")]
    press("run/start", lane="hall")
    work()

    assert now_of(reaching, hook).state is HookState.DEAD


def test_entries_that_the_journal_lost_are_told_of(
    reaching: Hub, receiver: Receiver, work: Work, press: Press
) -> None:
    hook = add(reaching, receiver.url)
    position = now_of(reaching, hook).position
    for verb in ("start", "hold", "resume"):
        press(f"run/{verb}", lane="hall")
    with reaching.database.writing() as db:
        db.execute(
            sa.delete(JournalEntryRow).where(
                JournalEntryRow.stream == Stream.PUBLIC, JournalEntryRow.seq.in_((position + 1, position + 2))
            )
        )
    work()

    assert receiver.types == ["Reset", "LaneResumed"]
    assert receiver.received[0].content["data"] == {
        "conference": CONF,
        "stream": "public",
        "after": position,
        "before": position + 3,
    }


class Crashing:
    """Posts, and then dies before anybody hears what came of it, as often as told."""

    def __init__(self, times: int) -> None:
        self.times = times

    def __call__(self, url: str, headers: Mapping[str, str], body: bytes, **how: Any) -> Outcome:
        outcome = post(url, headers, body, **how)
        if self.times:
            self.times -= 1
            raise KeyboardInterrupt
        return outcome


def test_process_that_dies_after_the_answer_leaves_the_message_to_be_sent_again(
    reaching: Hub, receiver: Receiver, work: Work, press: Press, now: FakeNow
) -> None:
    add(reaching, receiver.url)
    press("run/start", lane="hall")
    with pytest.raises(KeyboardInterrupt):
        HookSender(Crashing(1)).work(reaching, now())
    freed = work()
    now.instant = now() + retries.LEASE
    work()

    assert freed == now()
    assert [one.type for one in receiver.received] == ["LaneStarted"] * 2
    assert len({(one.id, one.body) for one in receiver.received}) == 1


def test_two_processes_send_once(reaching: Hub, receiver: Receiver, work: Work, press: Press) -> None:
    """The second one looks while the first is sending."""
    add(reaching, receiver.url)
    press("run/start", lane="hall")
    press("run/hold", lane="hall")

    def meanwhile(url: str, headers: Mapping[str, str], body: bytes, **how: Any) -> Outcome:
        work()
        return post(url, headers, body, **how)

    HookSender(meanwhile).work(reaching, reaching.now())

    assert receiver.types == ["LaneStarted", "LaneHeld"]


@pytest.mark.parametrize("change", ["pause", "remove", "edit"])
def test_what_organisers_change_while_it_sends_stays(
    reaching: Hub, receiver: Receiver, work: Work, press: Press, change: str
) -> None:
    hook = add(reaching, receiver.url)
    press("run/start", lane="hall")

    def meanwhile(*_args: object, **_how: object) -> Outcome:
        with reaching.journal.writing(CONF, actor=ORGANISER) as write:
            match change:
                case "pause":
                    actions.pause_hook(write, hook.id)
                case "remove":
                    actions.remove_hook(write, hook.id)
                case _:
                    follow_another(reaching, write, hook)
        return Failed(error="HTTP 500", status=500) if change != "remove" else Delivered(status=204)

    HookSender(meanwhile).work(reaching, reaching.now())

    with reaching.database.reading() as db:
        left = store.find_hook(db, CONF, hook.id)
    expected = {"pause": (HookState.PAUSED, ""), "remove": None, "edit": (HookState.ON, "")}[change]
    assert (None if left is None else (left.state, left.last_error)) == expected


def follow_another(hub: Hub, write: Write, hook: Hook) -> None:
    draft = HookDraft(name="다른 이름", url=hook.draft.url, stream=Stream.STAFF)
    actions.change_hook(
        write, hook.id, draft, seen=mark_of(hook.draft), private=hub.settings.outgoing_private
    )


AWARD, NAME = "case-01", "이름이 공개된 수상자"


@pytest.fixture
def armed(reaching: Hub, press: Press) -> str:
    """The first round is on air, and its first award is ready, under a name that nothing else has."""
    with reaching.database.writing() as db:
        db.execute(sa.update(AwardRow).where(AwardRow.id == AWARD).values(recipient=NAME))
    press("run/start", lane="hall")
    press("run/jump", lane="hall", cue="round-1-hall")
    return AWARD


def test_sealed_name_reaches_no_webhook_of_the_public_stream(
    reaching: Hub, receiver: Receiver, work: Work, press: Press, armed: str
) -> None:
    add(reaching, receiver.url)
    press(f"awards/{armed}/arm")
    work()
    before = [NAME in one.body.decode() for one in receiver.received]
    press(f"awards/{armed}/reveal")
    work()

    assert before == [False] * len(before)
    assert (receiver.types[-1], NAME in receiver.received[-1].body.decode()) == ("AwardRevealed", True)


def test_name_that_was_taken_back_before_it_was_sent_is_not_sent(
    reaching: Hub, receiver: Receiver, work: Work, press: Press, armed: str
) -> None:
    add(reaching, receiver.url, "AwardRevealed", "AwardTakenBack")
    for verb in ("arm", "reveal", "take-back"):
        press(f"awards/{armed}/{verb}")
    work()

    assert receiver.types == ["AwardRevealed", "AwardTakenBack"]
    assert not any(NAME in one.body.decode() for one in receiver.received)
    assert receiver.received[0].content["data"]["body"]["redacted"] is True


def test_retry_after_a_name_was_taken_back_is_another_message_without_it(
    reaching: Hub, receiver: Receiver, work: Work, press: Press, armed: str, now: FakeNow
) -> None:
    add(reaching, receiver.url, "AwardRevealed", "AwardTakenBack")
    receiver.answers = [(500, b"")]
    press(f"awards/{armed}/arm")
    press(f"awards/{armed}/reveal")
    work()
    press(f"awards/{armed}/take-back")
    now.forward(seconds=1)
    work()

    assert receiver.types == ["AwardRevealed", "AwardRevealed", "AwardTakenBack"]
    assert [NAME in one.body.decode() for one in receiver.received] == [True, False, False]
    assert len({one.id for one in receiver.received}) == 3


@pytest.mark.parametrize("status", [200, 500])
def test_answer_that_repeats_a_name_is_not_kept(
    reaching: Hub, receiver: Receiver, work: Work, press: Press, armed: str, status: int
) -> None:
    """A name leaves the journal when it is taken back: what a receiver echoes would stay."""
    hook = add(reaching, receiver.url, "AwardRevealed", "LaneStarted")
    receiver.answers = [(200, b"began"), (status, f"got {NAME}".encode())]
    press("run/start", lane="metaverse")
    press(f"awards/{armed}/arm")
    press(f"awards/{armed}/reveal")
    work()

    with reaching.database.reading() as db:
        found = store.deliveries(db, CONF, hook.id, store.DELIVERIES_KEPT)
    assert [(one.topic, one.status, one.answer) for one in reversed(found)] == [
        ("LaneStarted", 200, "began"),
        ("AwardRevealed", status, ""),
    ]
    assert "web_hook_delivery" not in {table for table, _ in rows_with(reaching.database, NAME)}


def test_only_the_newest_deliveries_are_kept(
    reaching: Hub, receiver: Receiver, work: Work, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "DELIVERIES_KEPT", 2)
    hook = add(reaching, receiver.url)
    for verb in ("start", "hold", "resume"):
        press(f"run/{verb}", lane="hall")
        work()

    assert sent(reaching, hook) == [("LaneHeld", True, 1), ("LaneResumed", True, 1)]


def test_edit_from_another_stream_begins_with_what_happens_from_now_on(
    reaching: Hub, receiver: Receiver, work: Work, press: Press
) -> None:
    hook = add(reaching, receiver.url)
    press("run/start", lane="hall")
    with reaching.journal.writing(CONF, actor=ORGANISER) as write:
        follow_another(reaching, write, hook)
    press("run/hold", lane="hall")
    work()

    assert receiver.types == ["LaneHeld"]
    assert receiver.received[0].content["data"]["stream"] == "staff"
