"""Which recipients are told that they are called soon, and which of them are ready."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.agenda.lane_store import cues_on_air
from conference_hub.awards.documents import BEFORE_REVEAL
from conference_hub.awards.keys import ready_key
from conference_hub.awards.sealing import seal_of
from conference_hub.awards.shapes import ReadyDoc, SoonDoc
from conference_hub.awards.soon import called_soon
from conference_hub.awards.soon_tables import ReadyRow
from conference_hub.awards.store import LEVELS, awards_of_cues
from conference_hub.checkin.model import Place
from conference_hub.checkin.store import presences_of
from conference_hub.conferences.store import find_conference
from conference_hub.core.now import iso
from conference_hub.core.stream import Docs, Stream
from conference_hub.people.store import guests_of

NOT_CALLED: SoonDoc = {"called": False, "ready": False}


def called_elsewhere(session: Session, conf: str) -> frozenset[str]:
    """Return the guests who are told that they are called soon: those who take part from elsewhere.

    Nobody is told where organisers do not want it, and in a conference that is not on.
    """
    conference = find_conference(session, conf)
    if conference is None or not conference.on or not seal_of(session, conf).tell_recipients:
        return frozenset()
    on_air = cues_on_air(session, conf)
    awards = awards_of_cues(session, conf, on_air.values()) if on_air else []
    called = sorted(called_soon(awards, LEVELS.of(session, conf), on_air)) if awards else []
    return _elsewhere(session, conf, called) if called else frozenset()


def told(session: Session, conf: str) -> dict[str, SoonDoc]:
    """Return by guest what those are told who are called soon."""
    called = called_elsewhere(session, conf)
    ready = ready_since(session, conf) if called else {}
    return {guest_id: {"called": True, "ready": guest_id in ready} for guest_id in called}


def ready_since(session: Session, conf: str) -> dict[str, datetime]:
    """Return who said that they are ready, and when."""
    rows = session.execute(sa.select(ReadyRow.guest_id, ReadyRow.at).where(ReadyRow.conf == conf))
    return {row.guest_id: row.at for row in rows}


def add_ready(session: Session, conf: str, guest_id: str, at: datetime) -> None:
    """Write down that a guest is ready."""
    session.merge(ReadyRow(conf=conf, guest_id=guest_id, at=at))


def remove_ready(session: Session, conf: str, guest_id: str) -> None:
    """Forget that a guest is ready."""
    session.execute(sa.delete(ReadyRow).where(ReadyRow.conf == conf, ReadyRow.guest_id == guest_id))


def conferences_with_ready(session: Session) -> list[str]:
    """Return the conferences in which somebody is ready."""
    return list(session.scalars(sa.select(ReadyRow.conf).distinct().order_by(ReadyRow.conf)))


def documents(session: Session, conf: str, stream: Stream) -> Docs:
    """Return who is ready, for those who know the recipients."""
    if stream not in BEFORE_REVEAL:
        return {}
    return {
        ready_key(guest): {**ready_document(guest, at)} for guest, at in ready_since(session, conf).items()
    }


def ready_document(guest_id: str, at: datetime) -> ReadyDoc:
    """Render that a guest is ready."""
    return {"guest": guest_id, "at": iso(at)}


def _elsewhere(session: Session, conf: str, guest_ids: Collection[str]) -> frozenset[str]:
    """Return those of these guests who take part from elsewhere, or joined from there, and are not in the hall."""
    places = {
        guest_id: presence.place for guest_id, presence in presences_of(session, conf, guest_ids).items()
    }
    return frozenset(
        guest.id
        for guest in guests_of(session, conf, guest_ids)
        if places.get(guest.id) is not Place.HALL
        and (guest.mode.remote or places.get(guest.id) is Place.REMOTE)
    )
