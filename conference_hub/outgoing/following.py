"""What a webhook does next with the entries of its stream: functions of sequence numbers and topics."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

LOOK = 200
"""How many entries are looked at in one go."""


@dataclass(frozen=True, kw_only=True)
class Send:
    """Send the entry with this number."""

    seq: int


@dataclass(frozen=True, kw_only=True)
class Missing:
    """Say that the entries above `after` and below `before` are not in the journal (any more)."""

    after: int
    before: int


@dataclass(frozen=True, kw_only=True)
class Pass:
    """Nothing is to be sent up to `to`."""

    to: int


Step = Send | Missing | Pass


def next_step(
    position: int,
    head: int,
    ahead: Sequence[tuple[int, str]],
    topics: Collection[str],
    kept: Collection[str] = (),
) -> Step:
    """Return what comes after `position` in a stream that ends with `head`.

    `ahead` are numbers and topics of the entries above `position` up to `head`, in order, at most LOOK of them. No
    `topics`: all are sent, those that are `kept` aside. A `position` beyond `head` cannot have been reached: the
    journal is another one.
    """
    if position > head:
        return Missing(after=head, before=head + 1)
    expected = position + 1
    for seq, topic in ahead:
        if seq != expected:
            return _missing_or_pass(position, expected, seq)
        if topic not in kept and (not topics or topic in topics):
            return Send(seq=seq)
        expected = seq + 1
    if len(ahead) < LOOK and expected <= head:
        return _missing_or_pass(position, expected, head + 1)
    return Pass(to=expected - 1)


def _missing_or_pass(position: int, expected: int, found: int) -> Step:
    """Go up to a gap first, so that what is said of it is the same whenever it is said."""
    if expected > position + 1:
        return Pass(to=expected - 1)
    return Missing(after=position, before=found)
