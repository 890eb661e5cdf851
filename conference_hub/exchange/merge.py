"""Puts the rows of a file onto the records there are: what is not stated stays, an empty cell clears. Pure.

Every row is checked, and all that is wrong is told at once; `Merged.changes` mean something only without faults.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from conference_hub.core.errors import msg
from conference_hub.core.text import Text
from conference_hub.exchange.cells import Cell, Context
from conference_hub.exchange.columns import Column, Record, cells_of, columns_of, flat, nested
from conference_hub.exchange.diff import Change, Changes, moved_of
from conference_hub.exchange.faults import Fault, Message, shown
from conference_hub.exchange.fields import Heading
from conference_hub.exchange.nested import ByColumnCell, ReferenceCell
from conference_hub.exchange.part import Key, Named, Part, Problem, Stated, plain_word
from conference_hub.exchange.progress import Step, counted, in_turns, turn
from conference_hub.web.faults import BESIDE, UNUSABLE, invalid

R = TypeVar("R", bound=Record)

TWICE = msg("%(rows)s 두 곳에 같은 값이 있습니다: %(value)s")
CLAIMED = msg("%(rows)s 두 곳이 같은 항목을 가리킵니다: %(value)s")
TAKEN = msg("이미 다른 항목에 있는 값입니다: %(value)s")
NO_NAME = msg("이 행사에 없는 이름입니다: %(value)s")
UNKNOWN = msg("%(part)s에 없습니다: %(value)s")
NO_COLUMN = msg("이 뜻으로 읽은 열이 없습니다. ‘읽는 방법’에서 열을 고르거나 파일에 더해 주세요.")


class Gone(StrEnum):
    """What becomes of records that a file does not have."""

    KEEP = "keep"
    REMOVE = "remove"


@dataclass(frozen=True, kw_only=True)
class Merged:
    """A part after a file: what changes, and what is wrong."""

    changes: Changes[Any]
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Merge:
    """The merge of one part: the part, its columns, and how to name a place in a fault."""

    part: Part[Any]
    context: Context
    extra: Sequence[Column] = ()

    @cached_property
    def columns(self) -> Mapping[str, Column]:
        """The columns by path."""
        return {column.path: column for column in columns_of(self.part.record, self.context, self.extra)}

    @property
    def cells(self) -> Mapping[str, tuple[Heading, Cell]]:
        """Heading and cell of each field."""
        record: type[Record] = self.part.record
        return cells_of(record)

    def run(self, current: Sequence[Any], rows: Sequence[Stated], gone: Gone) -> Merged:
        """Return what the rows make of the records."""
        prepared, problems = self.part.prepare(rows, current, self.context)
        faults = [self.fault(one) for one in problems]
        turn()
        matched = self.part.match(prepared, current, self.context)
        turn()
        staying = list(self._changes(prepared, current, matched, faults))
        faults += [self.fault(one) for one in self._claimed(prepared, matched)]
        changes = _ordered(staying, current, matched, gone, ordered=self.part.ordered)
        turn()
        for change in in_turns(changes.all):
            change.kind  # noqa: B018 - compared here, where others have their turn, and kept
        faults += [self.fault(one) for one in self._repeated(changes)]
        return Merged(changes=changes, faults=faults)

    def fault(self, problem: Problem) -> Fault:
        """Return a problem with the name of its sheet and column."""
        column = self.columns.get(problem.path) or self.columns.get(problem.path.partition(".")[0])
        path = f"{problem.at}.{problem.path}" if problem.at and problem.path else problem.at
        return Fault(
            message=Message(text=problem.text, detail=problem.detail),
            sheet=self.part.title,
            row=problem.row,
            column=column.heading if column else None,
            path=path,
        )

    def references(self, changes: Changes[Any], named: Named) -> list[Fault]:
        """Return the fault of each name of another part's record that is not there."""
        fields = {name: cell for name, (_, cell) in self.cells.items() if isinstance(cell, ReferenceCell)}
        return [
            self._unknown(one, name, named(cell.part)[0])
            for one in in_turns(changes.staying)
            for name, cell in fields.items()
            if (value := getattr(one.after, name)) and plain_word(value) not in named(cell.part)[1]
        ]

    def _unknown(self, change: Change[Any], name: str, part: Text) -> Fault:
        detail = {"value": shown(getattr(change.after, name)), "part": part}
        return self.fault(Problem(text=UNKNOWN, row=change.row, at=change.path, path=name, detail=detail))

    def _changes(
        self, rows: Sequence[Stated], current: Sequence[Any], matched: Mapping[int, int], faults: list[Fault]
    ) -> Iterator[tuple[int, Change[Any]]]:
        stated = {path for row in rows for path in row.values}
        for number, row in enumerate(counted(Step.COMPARING, rows)):
            faults += [self.fault(one) for one in self._unknown_names(row)]
            before = current[matched[number]] if number in matched else None
            after = self._record(before, row, stated, faults)
            if after is not None:
                yield number, Change(before=before, after=after, row=row.row, path=row.path)

    def _unknown_names(self, row: Stated) -> Iterator[Problem]:
        """Yield a problem for each text by column whose column there is not."""
        for path, value in row.values.items():
            name, _, key = path.partition(".")
            if key and value and path not in self.columns and isinstance(self.cells[name][1], ByColumnCell):
                detail = {"value": shown(key)}
                yield Problem(text=NO_NAME, row=row.row, at=row.path, path=path, detail=detail)

    def _record(self, before: Any, row: Stated, stated: Container[str], faults: list[Fault]) -> Any:
        """Return the record that a row makes, None for one with faults; `stated` are the paths that any row states."""
        values = {**flat(before), **row.values} if before is not None else row.values
        try:
            return self.part.record.model_validate(nested(self.part.record, values))
        except ValidationError as error:
            for one in error.errors(include_url=False, include_input=False):
                fault = self.fault(_problem(row, one, self.columns, stated))
                if fault.row or fault.path or fault not in faults:
                    faults.append(fault)
            return None

    def _repeated(self, changes: Changes[Any]) -> Iterator[Problem]:
        """Yield a problem for each unique key that two records will have; it stands at the later row of the file."""
        seen: dict[Key, Change[Any]] = {}
        for change in in_turns(sorted(changes.staying, key=lambda one: one.row or 0)):
            for key in self.part.keys(flat(change.record), self.context):
                first = seen.setdefault(key, change)
                same = first is change or (first.before is not None and first.before is change.before)
                if key.unique and not same and (change.path or change.row):
                    yield _twice(TWICE, first, change, key)

    def _claimed(self, rows: Sequence[Stated], matched: Mapping[int, int]) -> Iterator[Problem]:
        """Yield a problem for each record that two rows are."""
        seen: dict[int, Stated] = {}
        for number, place in in_turns(matched.items()):
            first, row = seen.setdefault(place, rows[number]), rows[number]
            if first is not row:
                keys = list(self.part.keys(row.values, self.context)) or [Key(kind="", value="")]
                yield _twice(CLAIMED, first, row, keys[0])


def _twice(text: str, first: Stated | Change[Any], second: Stated | Change[Any], key: Key) -> Problem:
    """Return the problem of two rows with one value, or of a row and a record that the file does not have."""
    value = shown(key.value)
    if first.row is None and not first.path:
        return Problem(text=TAKEN, row=second.row, at=second.path, path=key.kind, detail={"value": value})
    rows = ", ".join(str(one.row) if one.row else one.path for one in (first, second))
    detail = {"rows": rows, "value": value}
    return Problem(text=text, row=second.row, at=second.path, path=key.kind, detail=detail)


def _problem(
    row: Stated, error: ErrorDetails, columns: Mapping[str, Column], stated: Container[str]
) -> Problem:
    """Return what pydantic found in a row: the sentence of the cell, or the one of forms.

    A needed column that no row of a sheet states is a problem of the sheet, at no row.
    """
    loc = ".".join(str(part) for part in error["loc"])
    path = _column_of(loc, columns)
    if error["type"] == "missing" and row.row and path not in stated:
        return Problem(text=NO_COLUMN, path=path)
    context = error.get("ctx") or {}
    if error["type"] == "cell":
        return Problem(text=context["text"], row=row.row, at=row.path, path=path, detail=context["detail"])
    refusal = invalid(error)
    sentence = str(context["sentence"]) if "sentence" in context else BESIDE.get(error["type"], UNUSABLE)
    if error["type"] == "extra_forbidden":
        sentence = refusal.message
    return Problem(
        text=sentence, row=row.row, at=row.path, path=path, detail={**refusal.detail, "field": loc}
    )


def _column_of(loc: str, columns: Mapping[str, Column]) -> str:
    """Return the path of the column at a location of pydantic: the main language of a whole text."""
    if loc in columns:
        return loc
    field = loc.partition(".")[0]
    return next((path for path, column in columns.items() if column.field == field), loc)


def _ordered(
    staying: Sequence[tuple[int, Change[Any]]],
    current: Sequence[Any],
    matched: Mapping[int, int],
    gone: Gone,
    *,
    ordered: bool,
) -> Changes[Any]:
    """Return all changes in the order they will have, those that are gone at the end."""
    places = {number: matched[number] for number, _ in staying if number in matched}
    found = set(matched.values())
    left = [place for place in range(len(current)) if place not in found]
    rest = [Change(before=current[place], after=current[place]) for place in left]
    if not ordered:
        return _unordered(staying, current, places, left, gone)
    moved = moved_of(list(places.values()))
    listed = [
        (places.get(number), _moved(change) if places.get(number) in moved else change)
        for number, change in staying
    ]
    if gone is Gone.REMOVE:
        lost = [Change(before=one.before, after=None) for one in rest]
        return Changes(all=(*(change for _, change in listed), *lost))
    return Changes(all=tuple(_woven(listed, list(zip(left, rest, strict=True)))))


def _unordered(
    staying: Sequence[tuple[int, Change[Any]]],
    current: Sequence[Any],
    places: Mapping[int, int],
    left: Sequence[int],
    gone: Gone,
) -> Changes[Any]:
    """Keep the former order, the new ones behind it."""
    by_place = {places[number]: change for number, change in staying if number in places}
    kept = {place: Change(before=current[place], after=current[place]) for place in left}
    new = [change for number, change in staying if number not in places]
    if gone is Gone.REMOVE:
        lost = [Change(before=current[place], after=None) for place in left]
        return Changes(all=(*(by_place[place] for place in sorted(by_place)), *new, *lost))
    both = by_place | kept
    return Changes(all=(*(both[place] for place in sorted(both)), *new))


def _moved(change: Change[R]) -> Change[R]:
    return Change(before=change.before, after=change.after, row=change.row, path=change.path, moved=True)


def _woven(
    listed: Sequence[tuple[int | None, Change[Any]]], rest: Sequence[tuple[int, Change[Any]]]
) -> Iterator[Change[Any]]:
    """Yield the listed records with those that the file does not have behind the one they followed."""
    waiting = dict(rest)
    last = -1
    behind: dict[int, list[Change[Any]]] = {}
    known = {place for place, _ in listed if place is not None}
    for place in range(max([*known, *waiting], default=-1) + 1):
        if place in known:
            last = place
        elif place in waiting:
            behind.setdefault(last, []).append(waiting[place])
    yield from behind.get(-1, ())
    for at, change in listed:
        yield change
        if at is not None:
            yield from behind.get(at, ())
