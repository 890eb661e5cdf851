"""Undo and redo: what each command replaced, and whether it can be taken back or done again.

The steps of a lane, on its cues and on its awards, are a linear history, as in an editor. A step holds the stored
values of everything that its command changed, by key, before and after. What the values are is the matter of the
feature that stores them; here they are compared and handed back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NewType

from conference_hub.agenda.model import LaneId
from conference_hub.core.errors import Refused, Stale, msg
from conference_hub.core.now import iso

Values = dict[str, Any]
State = dict[str, Values]
"""Stored values (JSON) by the key of what they belong to, such as `lane/hall` or `award/case-01`."""
RunId = NewType("RunId", str)
LIVE_RUN = RunId("run-1")
"""The run that every audience follows."""


class NothingToUndo(Refused):
    """No command of the lane is left that could be taken back."""

    code = "nothing_to_undo"

    def __init__(self, subject: str) -> None:
        super().__init__(msg("실행을 취소할 명령이 없습니다."), subject=subject)


class NothingToRedo(Refused):
    """Nothing was undone, or a newer command came."""

    code = "nothing_to_redo"

    def __init__(self, subject: str) -> None:
        super().__init__(msg("다시 실행할 명령이 없습니다."), subject=subject)


class UndoEndsHere(Refused):
    """What older commands of the lane touched was changed by a new plan or on the desk: they stay as they are."""

    code = "undo_ends_here"

    def __init__(self, subject: str) -> None:
        super().__init__(
            msg("이 앞의 명령은 취소할 수 없습니다. 그 뒤에 계획이나 시상 내용이 바뀌었습니다."),
            subject=subject,
        )


class ChangedSince(Refused):
    """Another command changed what the step touched.

    `detail['key']` names what; `topic`, `number`, `at` and `by` are that command's.
    """

    code = "changed_since"

    def __init__(self, key: str, cause: Step | None) -> None:
        if cause is None:
            super().__init__(msg("그 뒤에 바뀐 것이 있습니다. 화면을 확인해 주세요."), key=key)
            return
        super().__init__(
            msg("그 뒤에 %(by)s 님이 바꾼 것이 있습니다. 화면을 확인해 주세요."),
            key=key,
            topic=cause.topic,
            number=cause.number,
            at=iso(cause.changed_at),
            by=cause.changed_by,
        )


def require_step(offered: Step | None, number: int | None) -> None:
    """Refuse to take back or to do again another step than the one that the sender saw; None does not care.

    Raises Stale.
    """
    if number is not None and offered is not None and offered.number != number:
        raise Stale(
            msg("그 사이 %(by)s 님이 먼저 바꾸었습니다. 화면을 확인하고 다시 눌러 주세요."),
            by=offered.changed_by,
            changed=[],
        )


@dataclass(frozen=True, kw_only=True)
class Step:
    """One command of a lane in a run, about `subject`: the lane itself or one of its awards.

    `number` is the sequence number of the operator's entry that it published; `topic` and `fields` are the fact's.
    `before` and `after` hold the same keys. `undone_by` is the label of who took it back; `cleared` says that it
    can neither be taken back nor be done again: a newer command of the lane came, or what it touched was changed
    otherwise. A `brief` one is deleted when the lane's next step comes.
    """

    run_id: RunId
    number: int
    lane: LaneId
    subject: str
    topic: str
    fields: Values
    before: State
    after: State
    actor: str
    by: str
    at: datetime
    undone_at: datetime | None = None
    undone_by: str | None = None
    cleared: bool = False
    brief: bool = False

    @property
    def changed_at(self) -> datetime:
        """When it last changed something: when it was undone, else when it was commanded."""
        return self.undone_at or self.at

    @property
    def changed_by(self) -> str:
        """The label of who last changed something by it."""
        return self.by if self.undone_by is None else self.undone_by


@dataclass(frozen=True, kw_only=True)
class Offer:
    """The steps of a lane that can be asked for next: the one to take back, and the one to do again."""

    undo: Step | None = None
    redo: Step | None = None


@dataclass(frozen=True, kw_only=True)
class Act:
    """A command of a lane about `subject`, its topic and details; `number` is that of the operator's entry.

    `about` is the number of the act that undo took back or redo did again, None for every other command. `by` is the
    label of who commanded it, empty once personal data were erased.
    """

    number: int
    lane: LaneId
    subject: str
    topic: str
    detail: Values
    actor: str
    by: str
    at: datetime
    about: int | None = None


def undo(
    subject: str, step: Step | None, current: Mapping[str, Values], others: Iterable[Step] = ()
) -> State:
    """Return the values that taking `step` back restores.

    `step` is the newest step of the lane that is not undone, `subject` what a refusal names, `current` what is stored
    now for each key of the step. `others` are the steps of the run, among which the cause of a difference is found.
    Raises NothingToUndo and ChangedSince.
    """
    if step is None:
        raise NothingToUndo(subject)
    _require(step, step.after, current, others)
    return step.before


def redo(
    subject: str, step: Step | None, current: Mapping[str, Values], others: Iterable[Step] = ()
) -> State:
    """Return the values that doing `step` again restores; `step` is the one of the lane that was undone last.

    The other arguments are those of `undo`. Raises NothingToRedo and ChangedSince.
    """
    if step is None:
        raise NothingToRedo(subject)
    _require(step, step.before, current, others)
    return step.after


def changed(before: State, after: State) -> tuple[State, State]:
    """Return both states with only the keys whose values differ; the two must have the same keys."""
    keys = [key for key, values in before.items() if after[key] != values]
    return {key: before[key] for key in keys}, {key: after[key] for key in keys}


def offered_document(step: Step | None) -> Values | None:
    """Render a step for the `undo` or `redo` field of an operator's document: what it did, when and by whom."""
    if step is None:
        return None
    return {**step.fields, "number": step.number, "topic": step.topic, "at": iso(step.at), "by": step.by}


def _require(step: Step, expected: State, current: Mapping[str, Values], others: Iterable[Step]) -> None:
    for key, values in expected.items():
        if current.get(key) != values:
            raise ChangedSince(key, _cause(step, key, others) if key in current else None)


def _cause(step: Step, key: str, others: Iterable[Step]) -> Step | None:
    """Return the other step that changed `key` last, or None when no command did."""
    found = [other for other in others if other.number != step.number and key in other.after]
    return max(found, key=lambda other: (other.changed_at, other.number), default=None)
