"""What is done with the list of guests of honour: load, decide, save, publish. One fact for each act."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from conference_hub.core.errors import Refused, msg
from conference_hub.core.facts import Fact
from conference_hub.core.journal import Write
from conference_hub.core.ordered import moved, put, without
from conference_hub.core.sighted import changed_meanwhile, require_same
from conference_hub.core.stream import Doc, Docs, Stream
from conference_hub.honours import facts
from conference_hub.honours.attending import marked
from conference_hub.honours.documents import honour_documents
from conference_hub.honours.keys import HONOURS_KEY, honour_key
from conference_hub.honours.model import Honour, HonourStanding
from conference_hub.honours.store import all_honours, get_honour, save_honours

MOST_HONOURS = 200


def add(write: Write, honours: Sequence[Honour]) -> None:
    """Add guests of honour at the end of the list; raises Refused (`full`) when there would be too many."""
    before = all_honours(write.session, write.conf)
    if len(before) + len(honours) > MOST_HONOURS:
        raise Refused(msg("내빈은 %(most)s명까지 넣을 수 있습니다."), code="full", most=MOST_HONOURS)
    if len(honours) == 1:
        fact: Fact = facts.HonourAdded(honour=honours[0].id)
        set_honours(write, (*before, *honours), fact, honour_key(honours[0].id))
    else:
        set_honours(write, (*before, *honours))


def change(write: Write, honour: Honour, *, seen: str) -> None:
    """Put a guest of honour in place of the one of the same id; raises NotFound, and Stale when that one changed."""
    before = all_honours(write.session, write.conf)
    _require_seen(write, get_honour(before, honour.id), seen)
    fact = facts.HonourChanged(honour=honour.id)
    set_honours(write, put(before, honour), fact, honour_key(honour.id))


def move(write: Write, honour_id: str, by: int) -> None:
    """Move somebody `by` places down the list, up when negative; raises NotFound."""
    before = all_honours(write.session, write.conf)
    set_honours(write, moved(before, get_honour(before, honour_id).id, by))


def remove(write: Write, honour_id: str, *, seen: str) -> None:
    """Take somebody off the list; raises NotFound, and Stale when they were changed since `seen`."""
    before = all_honours(write.session, write.conf)
    honour = get_honour(before, honour_id)
    _require_seen(write, honour, seen)
    set_honours(
        write, without(before, {honour.id}), facts.HonourRemoved(honour=honour.id), honour_key(honour.id)
    )


def announce(write: Write, *, public: bool) -> None:
    """Let everybody know of the whole list, or of nobody on it."""
    before = all_honours(write.session, write.conf)
    set_honours(write, tuple(replace(one, public=public) for one in before))


def mark(
    write: Write,
    honour_id: str,
    standing: HonourStanding,
    representative: str | None,
    *,
    expect: HonourStanding | None,
) -> Doc:
    """Say whether somebody is here; returns `{"seq"}`.

    `expect` is what the sender saw, None: they do not care. Raises NotFound, Stale, and what the rule raises.
    """
    before = all_honours(write.session, write.conf)
    honour, key = get_honour(before, honour_id), honour_key(honour_id)
    if expect not in {None, honour.standing}:
        raise changed_meanwhile(write, (key, HONOURS_KEY))
    after = marked(honour, standing, representative)
    return _publish(
        write, before, put(before, after), facts.HonourMarked(honour=honour.id, standing=standing), key
    )


def leave(write: Write, guest_ids: Collection[str]) -> None:
    """Unlink guests who are removed from the guest list; they stay guests of honour."""
    before = all_honours(write.session, write.conf)
    set_honours(
        write,
        tuple(replace(one, guest_id=None) if one.guest_id in guest_ids else one for one in before),
    )


def set_honours(
    write: Write, after: Sequence[Honour], fact: Fact | None = None, subject: str = HONOURS_KEY
) -> None:
    """Make the list be `after`, in this order; nothing is published when it is the same."""
    before = all_honours(write.session, write.conf)
    if before != tuple(after):
        _publish(write, before, after, fact or facts.HonoursArranged(), subject)


def _publish(
    write: Write, before: Sequence[Honour], after: Sequence[Honour], fact: Fact, subject: str
) -> Doc:
    """Save and publish; who is not on the list of a stream any more is taken out of its earlier entries."""
    save_honours(write.session, write.conf, before, after)
    docs: dict[Stream, Docs] = {}
    for stream in Stream:
        was, now = honour_documents(before, stream), honour_documents(after, stream)
        write.redact(stream, *(key for key in was if key not in now))
        different = {key: now.get(key) for key in {**was, **now} if was.get(key) != now.get(key)}
        if different or stream not in {Stream.PUBLIC, Stream.REHEARSAL}:
            docs[stream] = different
    return {"seq": write.publish(fact, subject, docs).seq}


def _require_seen(write: Write, honour: Honour, seen: str) -> None:
    require_same(write, seen, honour, honour_key(honour.id), HONOURS_KEY)
