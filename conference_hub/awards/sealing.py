"""What the gate may know of recipients: where to send them; who gets which award and when only if organisers say so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.awards.facts import SealChanged
from conference_hub.awards.keys import SEAL
from conference_hub.awards.levels import Levels
from conference_hub.awards.seal_tables import SealRow
from conference_hub.awards.store import LEVELS
from conference_hub.conferences.kept import Kept, bump_revision
from conference_hub.core.journal import Write
from conference_hub.core.text import Text


@dataclass(frozen=True, kw_only=True)
class Seal:
    """What is told of results before they are revealed, and whether the salts of what was committed to are open.

    `tell_recipients`: recipients elsewhere are told that they are called soon.
    """

    gate_order: bool = False
    opened_at: datetime | None = None
    tell_recipients: bool = True


def seal_of(session: Session, conf: str) -> Seal:
    """Return how the results of a conference are sealed."""
    return _SEALS.of(session, conf)


def tells(session: Session, conf: str) -> Callable[[Text], bool]:
    """Return what says of a text whether it names a level: beside a person it would say who gets which award."""
    if seal_of(session, conf).gate_order:
        return lambda _text: False
    words = _WORDS.of(session, conf)
    return lambda text: any(
        _plain(own) and word in _plain(own) for own in (text.ko, text.en) for word in words
    )


def set_gate_order(write: Write, *, told: bool) -> None:
    """Say whether the gate learns in which round a recipient is called, and as which; publishes a change."""
    before = seal_of(write.session, write.conf)
    if before.gate_order != told:
        save_seal(write, replace(before, gate_order=told))
        write.publish(SealChanged(gate_order=told), SEAL, {})


def save_seal(write: Write, seal: Seal) -> None:
    """Store how the results are sealed."""
    row = SealRow(
        conf=write.conf,
        gate_order=seal.gate_order,
        opened_at=seal.opened_at,
        tell_recipients=seal.tell_recipients,
    )
    write.session.merge(row)
    bump_revision(write.session, write.conf)


def _read(session: Session, conf: str) -> Seal:
    row = session.scalar(sa.select(SealRow).where(SealRow.conf == conf))
    if row is None:
        return Seal()
    return Seal(gate_order=row.gate_order, opened_at=row.opened_at, tell_recipients=row.tell_recipients)


def _words(session: Session, conf: str) -> frozenset[str]:
    return level_words(LEVELS.of(session, conf))


def level_words(levels: Levels) -> frozenset[str]:
    """Return how levels and their honours are called, in each language, plain."""
    called = [text for level in levels.values() for text in (level.label, level.honour)]
    return frozenset(_plain(own) for text in called for own in (text.ko, text.en) if own)


def _plain(text: str) -> str:
    return "".join(text.casefold().split())


_SEALS: Kept[Seal] = Kept(_read)
_WORDS: Kept[frozenset[str]] = Kept(_words)
