"""What is wrong with joint words of a list: a lane has one twice, or awards with it are ready or revealed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from conference_hub.awards.model import Award, AwardState
from conference_hub.awards.refusals import JointFixed
from conference_hub.core.errors import msg
from conference_hub.exchange.diff import Change
from conference_hub.exchange.part import Problem, Proposal, plain_word

TWICE = msg("이 구역의 다른 상에도 같은 ‘함께 발표’가 있습니다: %(value)s")


class JointRecord(Protocol):
    """What is read of an award's record."""

    @property
    def joint(self) -> str | None:
        """Its joint word."""

    @property
    def cue(self) -> str | None:
        """The number of its cue."""


def joint_problems(proposal: Proposal[Any], awards: Iterable[Award]) -> Iterator[Problem]:
    """Yield a problem for each row whose lane has its word already, or whose word an award has that is ready or out."""
    lanes = {plain_word(cue.number or ""): plain_word(cue.lane or "") for cue in proposal.known("cues")}
    fixed = {one.joint for one in awards if one.state.is_fixed and one.state is not AwardState.WITHDRAWN}
    known: dict[tuple[str, str], Change[Any]] = {}
    for change in proposal.changes.all:
        was, now = _word(change.before, lanes), _word(change.after, lanes)
        if was != now and {one[0] for one in (was, now) if one} & fixed:
            yield proposal.problem(change, JointFixed.sentence, "joint")
        elif now and known.setdefault(now, change) is not change:
            yield proposal.problem(change, TWICE, "joint", value=now[0])


def _word(record: JointRecord | None, lanes: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the word of a placed award with its lane."""
    if record is None or not record.joint or not record.cue:
        return None
    return record.joint, lanes.get(plain_word(record.cue), "")
