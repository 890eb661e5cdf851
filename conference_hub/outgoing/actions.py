"""What organisers do with webhooks: load, decide, save, publish."""

from __future__ import annotations

from dataclasses import replace

from conference_hub.core.entries import head
from conference_hub.core.errors import Invalid, Refused, msg
from conference_hub.core.ids import new_id
from conference_hub.core.journal import Write
from conference_hub.core.ordered import refuse_more
from conference_hub.core.sighted import require_same
from conference_hub.outgoing import message, retries, store
from conference_hub.outgoing.facts import Change, HookAdded, HookChanged, HookRemoved
from conference_hub.outgoing.model import Hook, HookDraft, HookId, HookState
from conference_hub.outgoing.reach import is_sendable

MOST_HOOKS = 10


def add_hook(write: Write, draft: HookDraft, *, private: bool) -> Hook:
    """Add a webhook that sends what happens from now on, and return it.

    Raises Invalid (`url`), and Refused (`full`) when there are too many.
    """
    refuse_more(store.hooks(write.session, write.conf), MOST_HOOKS)
    hook = _new(write, _checked(draft, private=private))
    store.save_hook(write.session, hook, write.actor.id)
    write.publish(HookAdded(hook=hook.id, stream=draft.stream), subject_of(hook.id), {})
    return hook


def change_hook(write: Write, hook_id: str, draft: HookDraft, *, seen: str, private: bool) -> Hook:
    """Change what a webhook sends where; another stream is followed from now on.

    Raises NotFound, Stale when it is not any more as `seen` marks it, and Invalid (`url`).
    """
    hook = store.get_hook(write.session, write.conf, hook_id, lock=True)
    require_same(write, seen, hook.draft, subject_of(hook.id))
    changed = replace(hook, draft=_checked(draft, private=private), lease=None, leased_until=None)
    if draft.stream is not hook.draft.stream:
        changed = replace(changed, position=_head(write, draft), attempts=0, trying_since=None)
    return _changed(write, replace(changed, next_try_at=write.at), "edited")


def pause_hook(write: Write, hook_id: str) -> Hook:
    """Have a webhook send nothing until it is resumed; raises NotFound, and Refused when it does not send."""
    hook = store.get_hook(write.session, write.conf, hook_id, lock=True)
    if hook.state is not HookState.ON:
        raise Refused(msg("이미 멈춰 있습니다."), code="not_sending")
    return _changed(write, retries.paused(hook), "paused")


def resume_hook(write: Write, hook_id: str, *, from_now: bool) -> Hook:
    """Have a webhook send again what it has not sent, or what happens from now on; raises NotFound.

    One that waits for its next try makes it at once.
    """
    hook = store.get_hook(write.session, write.conf, hook_id, lock=True)
    position = _head(write, hook.draft) if from_now else hook.position
    return _changed(write, retries.resumed(hook, position, write.at), "resumed")


def rotate_secret(write: Write, hook_id: str) -> Hook:
    """Give a webhook another secret; the one before is signed with for a day, too. Raises NotFound."""
    hook = store.get_hook(write.session, write.conf, hook_id, lock=True)
    rotated = replace(hook, secret_number=hook.secret_number + 1, rotated_at=write.at)
    return _changed(write, rotated, "rotated")


def retire_secret(write: Write, hook_id: str) -> Hook:
    """Sign by the present secret only from now on.

    Raises NotFound, and Refused (`one_secret`) when the one before is not signed with any more.
    """
    hook = store.get_hook(write.session, write.conf, hook_id, lock=True)
    if message.both_until(hook, write.at) is None:
        raise Refused(msg("이전 비밀 값으로는 이미 서명하지 않습니다."), code="one_secret")
    return _changed(write, replace(hook, rotated_at=None), "retired")


def remove_hook(write: Write, hook_id: str) -> None:
    """Remove a webhook with its deliveries; raises NotFound."""
    hook = store.get_hook(write.session, write.conf, hook_id, lock=True)
    store.delete_hook(write.session, write.conf, hook.id)
    write.publish(HookRemoved(hook=hook.id, stream=hook.draft.stream), subject_of(hook.id), {})


def subject_of(hook: HookId) -> str:
    """Return the subject of a webhook's facts."""
    return f"hook/{hook}"


def _new(write: Write, draft: HookDraft) -> Hook:
    return Hook(
        id=HookId(new_id()),
        conf=write.conf,
        draft=draft,
        state=HookState.ON,
        position=_head(write, draft),
        secret_number=1,
        rotated_at=None,
        attempts=0,
        trying_since=None,
        next_try_at=write.at,
        last_error="",
        lease=None,
        leased_until=None,
        made_at=write.at,
        by=write.actor.label,
    )


def _checked(draft: HookDraft, *, private: bool) -> HookDraft:
    if not is_sendable(draft.url, private=private):
        raise Invalid(msg("인터넷에서 열리는 https:// 주소를 적어 주세요."), field="url")
    return draft


def _changed(write: Write, hook: Hook, change: Change) -> Hook:
    store.save_hook(write.session, hook)
    fact = HookChanged(hook=hook.id, stream=hook.draft.stream, change=change)
    write.publish(fact, subject_of(hook.id), {})
    return hook


def _head(write: Write, draft: HookDraft) -> int:
    """Return the last number of a stream, with what this transaction appended."""
    return max(head(write.session, write.conf, draft.stream), write.heads[draft.stream])
