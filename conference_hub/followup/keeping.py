"""Keeping sessions and segments of the day in one's own agenda, and reading it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy.orm import Session

from conference_hub.agenda.published import seen_by_all
from conference_hub.agenda.store import published_plan
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.journal import Write
from conference_hub.followup import facts, kept_store, own_calendar_store, sign_up_store, store
from conference_hub.followup.own_agenda import AgendaItem, ItemKind, KeptItem
from conference_hub.people.keys import guest_key
from conference_hub.people.store import get_guest

MOST = 500
"""What one guest may keep."""


def keep(write: Write, guest_id: str, item: KeptItem) -> None:
    """Keep something in a guest's agenda; what is kept already stays. Raises NotFound for what is not published."""
    guest_id = get_guest(write.session, write.conf, guest_id).id
    if not _is_published(write.session, write.conf, item):
        raise NotFound(msg("그런 순서가 없습니다."))
    if kept_store.keep(write.session, write.conf, guest_id, item, write.at):
        own_calendar_store.calendar_token(write.session, write.conf, guest_id)
        write.publish(facts.AgendaKept(guest=guest_id), guest_key(guest_id), {})


def drop(write: Write, guest_id: str, item: KeptItem) -> None:
    """Take something out of a guest's agenda; what is not in it changes nothing."""
    guest_id = get_guest(write.session, write.conf, guest_id).id
    if kept_store.drop(write.session, write.conf, guest_id, item):
        write.publish(facts.AgendaDropped(guest=guest_id), guest_key(guest_id), {})


def agenda_of(session: Session, conf: str, guest_id: str) -> list[AgendaItem]:
    """Return what is in a guest's agenda: places, waiting for one, and what is kept; in no order."""
    kept = kept_store.kept_items(session, conf, guest_id)
    return [*_sessions(session, conf, guest_id, kept), *_segments(session, conf, kept)]


def _sessions(session: Session, conf: str, guest_id: str, kept: Collection[KeptItem]) -> Iterator[AgendaItem]:
    standing = sign_up_store.standing_of_guest(session, conf, guest_id)
    for online in store.public_sessions(session, conf):
        what = KeptItem(kind=ItemKind.SESSION, id=online.id)
        place = standing.get(online.id)
        if place is not None or what in kept:
            yield AgendaItem(
                what=what,
                title=online.title,
                starts_at=online.starts_at,
                ends_at=online.ends_at,
                seat=place == sign_up_store.SEAT,
                waits=place or None,
                kept=what in kept,
                cancelled=online.is_cancelled,
            )


def _segments(session: Session, conf: str, kept: Collection[KeptItem]) -> Iterator[AgendaItem]:
    """Yield the kept segments at their published times; one that the programme has no more is cancelled."""
    version = published_plan(session, conf) if any(one.kind is ItemKind.SEGMENT for one in kept) else None
    if version is None:
        return
    plan = seen_by_all(version.plan)
    for segment in plan.segments:
        what = KeptItem(kind=ItemKind.SEGMENT, id=segment.id)
        cues = [cue for cue in plan.cues if cue.segment_id == segment.id]
        if what in kept and cues:
            yield AgendaItem(
                what=what,
                title=segment.title,
                starts_at=min(cue.planned_start for cue in cues),
                ends_at=max(cue.planned_end for cue in cues),
                kept=True,
            )
    for gone in version.cancelled:
        what = KeptItem(kind=ItemKind.SEGMENT, id=gone.id)
        if what in kept:
            yield AgendaItem(
                what=what,
                title=gone.title,
                starts_at=gone.starts_at,
                ends_at=gone.ends_at,
                kept=True,
                cancelled=True,
            )


def _is_published(session: Session, conf: str, item: KeptItem) -> bool:
    if item.kind is ItemKind.SESSION:
        online = store.find_session(session, conf, item.id)
        return online is not None and not online.is_draft
    version = published_plan(session, conf)
    plan = seen_by_all(version.plan) if version else None
    return plan is not None and any(cue.segment_id == item.id for cue in plan.cues)
