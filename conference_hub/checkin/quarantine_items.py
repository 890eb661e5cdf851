"""Scans in quarantine as people read them: when, at which gate, whose badge, and what kept them from being judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from conference_hub.checkin.quarantine import Quarantined
from conference_hub.checkin.quarantining import read
from conference_hub.checkin.scan_requests import Redeem
from conference_hub.checkin.store import find_visitor_with_badge
from conference_hub.checkin.token import read_token
from conference_hub.core.errors import Invalid
from conference_hub.core.text import Text
from conference_hub.gates.store import all_gates
from conference_hub.people.model import Guest
from conference_hub.people.store import guests_of


@dataclass(frozen=True, kw_only=True)
class QuarantinedItem:
    """A scan that waits; `gate` is None for one that is no more, `guest` for a badge of nobody.

    `scan` is None for one that cannot be read, and so not be accepted.
    """

    waiting: Quarantined
    scan: Redeem | None
    gate: Text | None
    guest: Guest | None


def items_of(session: Session, conf: str, waiting: Sequence[Quarantined]) -> list[QuarantinedItem]:
    """Return scans with their gates and people, in the same order."""
    titles: dict[str, Text] = {gate.id: gate.title for gate in all_gates(session, conf)}
    return [
        QuarantinedItem(
            waiting=one,
            scan=(scan := _read(one)),
            gate=titles.get(one.gate or ""),
            guest=_guest(session, conf, scan) if scan else None,
        )
        for one in waiting
    ]


def _read(waiting: Quarantined) -> Redeem | None:
    try:
        return read(waiting)
    except Invalid:
        return None


def _guest(session: Session, conf: str, scan: Redeem) -> Guest | None:
    if scan.guest is not None:
        return next(iter(guests_of(session, conf, [scan.guest])), None)
    for typed in (scan.token or "", *scan.also):
        token = read_token(typed)
        visitor = find_visitor_with_badge(session, conf, token) if token else None
        if visitor is not None:
            return visitor.guest
    return None
