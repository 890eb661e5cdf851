"""What the sender of a form saw: a form carries a mark of it, and one that is out of date is refused."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from conference_hub.core.entries import last_label
from conference_hub.core.errors import Stale, msg
from conference_hub.core.journal import Write

LENGTH = 16


def mark_of(value: object) -> str:
    """Return a short mark of a frozen value: the same for equal values, another one for others."""
    return hashlib.sha256(repr(value).encode()).hexdigest()[:LENGTH]


def require_same(write: Write, seen: str, value: object, *subjects: str) -> None:
    """Raise Stale unless `seen` marks the value as it is now; `subjects` are the journal's keys of it."""
    if seen != mark_of(value):
        raise changed_meanwhile(write, subjects)


def changed_meanwhile(write: Write, subjects: Sequence[str]) -> Stale:
    """Return the refusal of a form that is out of date, which says who changed one of `subjects` last."""
    by = last_label(write.session, write.conf, subjects)
    if by is None:
        sentence = msg("그 사이 바뀌었습니다. 지금 값을 확인하고 다시 저장해 주세요.")
    else:
        sentence = msg("그 사이 %(by)s 님이 바꾸었습니다. 지금 값을 확인하고 다시 저장해 주세요.")
    return Stale(sentence, by=by or "?", key=subjects[0])
