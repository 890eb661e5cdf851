"""Sends what webhooks are to send: claim, commit, send outside any transaction, write down what became of it.

Nothing is written when a fact is: a webhook is a position in the journal. One process at a time sends for it, one
message after the other. A message is sent at least once: where a process dies between the receiver's answer and the
commit, it is sent again after the lease, with the same id and body.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from conference_hub.core.entries import find_entry
from conference_hub.core.errors import Refused, Unavailable, msg
from conference_hub.core.ids import new_id
from conference_hub.outgoing import message, retries, store
from conference_hub.outgoing.following import Missing, Pass, Send, Step
from conference_hub.outgoing.http_client import post
from conference_hub.outgoing.message import Message
from conference_hub.outgoing.model import Hook, HookId, HookState
from conference_hub.outgoing.retries import Outcome
from conference_hub.web.hub import Duty, Hub

log = logging.getLogger(__name__)

MOST_AT_ONCE = 6
"""Webhooks that one process sends for at the same time: each takes one of the threads that also hash passwords."""
WORTH_WRITING = 100
"""How many entries that are not sent are passed before that is written down."""
LOOKS = 5
"""How often a process looks further for what a webhook sends before others may write."""
Post = Callable[..., Outcome]


@dataclass(frozen=True, kw_only=True)
class Job:
    """A message that is to be sent now, the webhook as it was claimed, and the number up to which it then was sent."""

    hook: Hook
    message: Message
    reaches: int


class HookSender:
    """Sends for the webhooks of all conferences."""

    def __init__(self, post_by: Post = post) -> None:
        self._post = post_by
        self._at_work: set[tuple[str, HookId]] = set()

    def work(self, hub: Hub, at: datetime) -> datetime | None:
        """Begin to send what is due beside the duties; return when something is tried again, None: nothing waits."""
        with hub.database.reading() as db:
            due = [hook for hook in store.due_hooks(db, at) if _is_worth(db, hook)]
            following = store.next_instant(db, at)
        for hook in due:
            key = (hook.conf, hook.id)
            if key not in self._at_work and len(self._at_work) < MOST_AT_ONCE:
                self._at_work.add(key)
                hub.spawn(partial(self._send_all, hub, key))
        return following

    def duty(self) -> Duty:
        """Return the work as a duty of the hub."""
        return Duty(name="sending webhooks", work=self.work)

    def _has_work(self, hub: Hub, conf: str, hook_id: HookId) -> bool:
        with hub.database.reading() as db:
            hook = store.find_hook(db, conf, hook_id)
            return hook is not None and _is_free(hook, hub.now()) and _is_worth(db, hook)

    def _send_all(self, hub: Hub, key: tuple[str, HookId]) -> None:
        """Send for a webhook until nothing is due for it."""
        try:
            while self._has_work(hub, *key) and (job := _claimed(hub, *key)) is not None:
                _settle(hub, job, send(hub, job.hook, job.message, self._post))
        except Unavailable:
            pass  # logged by the database; the lease ends
        finally:
            self._at_work.discard(key)


def send(hub: Hub, hook: Hook, what: Message, post_by: Post = post) -> Outcome:
    """Send a message once, now, and return what came of it. Raises nothing."""
    at = hub.now()
    secrets = message.secrets_of(hub.settings.secret_key, hook, at)
    headers = message.headers_of(what, secrets, at)
    work = partial(post_by, private=hub.settings.outgoing_private, system=hub.system)
    outcome: Outcome = hub.offload(work, hook.draft.url, headers, what.body)
    return outcome


def send_again(hub: Hub, conf: str, hook_id: str, seq: int) -> Outcome:
    """Send what a webhook sent of an entry once more, now, as the entry is now, and return what came of it.

    Raises NotFound for the webhook, and Refused (`not_kept`) when that message, or the entry, is there no more.
    """
    with hub.database.reading() as db:
        hook = store.get_hook(db, conf, hook_id)
        before = store.find_delivery(db, conf, hook_id, seq)
        entry = find_entry(db, conf, hook.draft.stream, seq)
    if before is None or entry is None:
        raise Refused(msg("그 메시지는 더는 남아 있지 않습니다."), code="not_kept")
    what = message.of_entry(hook, seq=seq, topic=entry.topic, at=entry.at, body=entry.body)
    outcome = send(hub, hook, what)
    with hub.database.writing() as db:
        if store.find_hook(db, conf, hook_id, lock=True) is not None:
            store.note_delivery(db, hook, what, outcome, hub.now(), attempts=before.attempts + 1)
    return outcome


def _claimed(hub: Hub, conf: str, hook_id: HookId) -> Job | None:
    """Take what a webhook sends next, None when there is nothing, it is not due, or another process sends."""
    at = hub.now()
    with hub.database.writing() as db:
        hook = store.find_hook(db, conf, hook_id, lock=True)
        if hook is None or not _is_free(hook, at):
            return None
        hook, step = _passed(db, hook)
        hook = hook if isinstance(step, Pass) else retries.claim(hook, new_id(), at)
        store.save_hook(db, hook)
        return _job(db, hook, step)


def _passed(db: Session, hook: Hook) -> tuple[Hook, Step]:
    """Return a webhook past what it does not send, a few looks further at most, and what it does next."""
    step = store.step_of(db, hook)
    for _look in range(LOOKS):
        if not isinstance(step, Pass) or step.to == hook.position:
            break
        hook = replace(hook, position=step.to)
        step = store.step_of(db, hook)
    return hook, step


def _is_worth(db: Session, hook: Hook) -> bool:
    """Return whether something is to be sent, or so much is not that it is worth to write that down."""
    step = store.step_of(db, hook)
    return not isinstance(step, Pass) or step.to - hook.position >= WORTH_WRITING


def _job(db: Session, hook: Hook, step: Step) -> Job | None:
    match step:
        case Pass():
            return None
        case Missing(before=before):
            return Job(hook=hook, message=message.of_gap(hook, step), reaches=before - 1)
        case Send(seq=seq):
            entry = find_entry(db, hook.conf, hook.draft.stream, seq)
            if entry is None:
                return None
            what = message.of_entry(hook, seq=seq, topic=entry.topic, at=entry.at, body=entry.body)
            return Job(hook=hook, message=what, reaches=seq)


def _is_free(hook: Hook, at: datetime) -> bool:
    leased = hook.leased_until is not None and hook.leased_until > at
    return hook.state is HookState.ON and hook.next_try_at <= at and not leased


def _settle(hub: Hub, job: Job, outcome: Outcome) -> None:
    """Write down what came of an attempt, unless the webhook was taken over, changed or removed in between."""
    at = hub.now()
    with hub.database.writing() as db:
        hook = store.find_hook(db, job.hook.conf, job.hook.id, lock=True)
        if hook is None or hook.lease != job.hook.lease:
            return
        settled = retries.settle(hook, job.reaches, outcome, at)
        store.save_hook(db, settled)
        store.note_delivery(db, hook, job.message, outcome, at, attempts=hook.attempts)
    if settled.state is HookState.DEAD:
        log.warning(
            "webhook stopped", extra={"conf": hook.conf, "hook": hook.id, "error": settled.last_error}
        )
