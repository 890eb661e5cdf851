"""A comparison as a page shows it: counts, a page of changes, faults and remarks in the reader's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from conference_hub.core.errors import HubError, msg
from conference_hub.core.text import Text
from conference_hub.exchange.bundle import all_languages
from conference_hub.exchange.cells import Context
from conference_hub.exchange.columns import Column, columns_of, flat
from conference_hub.exchange.comparing import Comparison
from conference_hub.exchange.diff import Change, differences
from conference_hub.exchange.faults import Fault, Message
from conference_hub.exchange.faults import shown as shown
from conference_hub.exchange.part import Part
from conference_hub.exchange.progress import in_turns
from conference_hub.web.i18n import language, translate_message

ON_A_PAGE = 100
MOST_FAULTS = 200
ROW = msg("%(row)s행")
NO_HEADING = msg("%(number)s번째 열(머리글 없음)")
SAME_HEADING = msg("%(heading)s(%(number)s번째 열)")
DONE = msg("가져왔습니다: %(what)s")
KINDS = ("new", "changed", "moved", "gone")


@dataclass(frozen=True, kw_only=True)
class Counted:
    """How many records of a part there are of each kind of change."""

    name: str
    title: Text
    counts: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Value:
    """A value that changes, as it would stand in a sheet."""

    heading: Text
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """A change of one record."""

    part: Text
    kind: str
    row: str
    name: str
    values: Sequence[Value]


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """A fault or a remark: where it is, and the sentence."""

    where: str
    sentence: str
    value: str


def counted(comparison: Comparison) -> list[Counted]:
    """Return the counts of each part that the file states."""
    return [
        Counted(
            name=part.name,
            title=part.title,
            counts=_counts(changes.all),
        )
        for part in comparison.parts
        if (changes := comparison.changes.get(part.name)) is not None
    ]


def done(comparison: Comparison) -> str:
    """Return what was brought in: how many records of which part."""
    some = [
        f"{part.title.in_language(language())} {len(changes.differing):,}"
        for part in comparison.parts
        if (changes := comparison.changes.get(part.name)) is not None and changes.any
    ]
    return translate_message(DONE, {"what": ", ".join(some)})


def _counts(changes: Iterable[Change[Any]]) -> Mapping[str, int]:
    kinds = Counter(change.kind for change in in_turns(changes))
    return {kind: kinds[kind] for kind in (*KINDS, "same")}


def page_of(
    comparison: Comparison, context: Context, *, kind: str, part: str, page: int
) -> tuple[list[Line], int]:
    """Return a page of changes and how many there are; `kind` and `part` choose some, empty texts all."""
    chosen = [
        (its, change)
        for its in comparison.parts
        if its.name in comparison.changes and part in {"", its.name}
        for change in in_turns(comparison.changes[its.name].all)
        if change.kind != "same" and kind in {"", change.kind}
    ]
    some = chosen[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    return [_line(its, change, context) for its, change in in_turns(some)], len(chosen)


def troubles(faults: Iterable[Fault]) -> list[Trouble]:
    """Return the first faults, by their place in the file."""
    ordered = sorted(faults, key=lambda fault: (fault.row or 0, fault.path))
    return [
        Trouble(where=where_of(fault), sentence=say(fault.message), value=fault.value)
        for fault in ordered[:MOST_FAULTS]
    ]


def notices(comparison: Comparison) -> list[str]:
    """Return the first things that people should know before they apply a comparison."""
    return [say(one) for one in comparison.notices[:MOST_FAULTS]]


def where_of(fault: Fault) -> str:
    """Return the place of a fault: sheet, row and column, or the path in a JSON file."""
    if fault.path:
        return fault.path
    row = translate_message(ROW, {"row": fault.row}) if fault.row else ""
    column = fault.column.in_language(language()) if fault.column else ""
    sheet = fault.sheet.in_language(language()) if fault.sheet else ""
    return " · ".join(part for part in (sheet, row, column) if part)


def unread_column(number: int, heading: str, *, alone: bool) -> str:
    """Return how a column that is not read is named: by its heading, and by its number where that does not tell."""
    if heading and alone:
        return heading
    return translate_message(SAME_HEADING if heading else NO_HEADING, {"heading": heading, "number": number})


def say(message: Message) -> str:
    """Return a message in the reader's language."""
    lang = language()
    detail = {
        name: value.in_language(lang) if isinstance(value, Text) else value
        for name, value in message.detail.items()
    }
    return translate_message(message.text, detail)


def say_refusal(refusal: HubError) -> str:
    """Return why the import was refused, in the reader's language."""
    return translate_message(refusal.message, refusal.detail)


def name_of(part: Part[Any], record: Any, context: Context) -> str:
    """Return how people call a record: its name or title, else its key."""
    values = flat(record)
    words = (
        f"title.{context.main}",
        "name",
        f"role.{context.main}",
        f"label.{context.main}",
        "title.ko",
        "title.en",
    )
    found = next((values[word] for word in words if values.get(word)), None)
    number = values.get("number")
    named = str(found or next((key.value for key in part.keys(values, context)), part.title.ko))
    return shown(f"{number} {named}" if number and found else named)


def _line(part: Part[Any], change: Change[Any], context: Context) -> Line:
    columns = {column.path: column for column in columns_of(part.record, all_languages(context))}
    values = [] if change.kind in {"gone", "moved"} else _values(change, columns, context)
    row = str(change.row) if change.row else change.path
    return Line(
        part=part.title, kind=change.kind, row=row, name=name_of(part, change.record, context), values=values
    )


def _values(change: Change[Any], columns: Mapping[str, Column], context: Context) -> list[Value]:
    found = []
    for one in differences(change):
        column = columns.get(one.path)
        heading = column.heading if column else Text.of(one.path.partition(".")[2] or one.path)
        before, after = (_written(value, column, context) for value in (one.before, one.after))
        if before != after:
            found.append(Value(heading=heading, before=before, after=after))
    return found


def _written(value: Any, column: Column | None, context: Context) -> str:
    if value is None or value == () or column is None:
        return shown(value or "")
    written = column.cell.write(value, context)
    return shown("" if written is None else written)
