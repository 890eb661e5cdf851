"""A part of the conference file: a table of typed records with human keys. Each feature gives its own (`exchange.py`).

The same part serves the JSON file, the workbook, lists in and out as CSV or XLSX, and the clone of a conference. A
feature subclasses `Part`; everything but reading and saving its rows is done here.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar

from sqlalchemy.orm import Session

from conference_hub.core.journal import Write
from conference_hub.core.text import Text
from conference_hub.exchange.cells import Context
from conference_hub.exchange.columns import Column, Record, flat
from conference_hub.exchange.diff import Change, Changes
from conference_hub.exchange.faults import Message
from conference_hub.exchange.progress import in_turns

R = TypeVar("R", bound=Record)

Ids = Callable[[str, str], str]
"""`ids(kind, human key)` → the id of a new row; it means nothing (`core.ids.new_id`)."""
Named = Callable[[str], tuple[Text, Container[str]]]
"""`named(part)` → the title of another part, and the words that name its records after the import (`plain_word`)."""
Known = Callable[[str], Sequence[Any]]
"""`known(part)` → the records of another part as they will be after the import."""


@dataclass(frozen=True, kw_only=True)
class Key:
    """One of the human keys of a record: what it is (`email`, `number`, `title`), and its value as it is compared.

    `kind` is the path of the value where there is one. Two records may share a key that is not `unique` (a name); it
    tells which record a row is only where one record has it. Whether it is unique makes it no other key.
    """

    kind: str
    value: str
    unique: bool = field(default=True, compare=False)


@dataclass(frozen=True, kw_only=True)
class Stated:
    """What a row of a file says of a record: values by path (`Column.path`); a path that is missing is not stated.

    An empty cell is None: it clears the value.
    """

    values: Mapping[str, Any]
    row: int | None = None
    path: str = ""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What a part finds wrong: a msgid, its details, the row of the file and the path of the value (empty: the row)."""

    text: str
    row: int | None = None
    at: str = ""
    path: str = ""
    detail: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Proposal(Generic[R]):
    """What an import would do to a part, for `Part.check`."""

    session: Session
    conf: str
    context: Context
    changes: Changes[R]
    known: Known

    def problem(self, change: Change[R], text: str, path: str = "", **detail: object) -> Problem:
        """Return a problem of one change; `path` names the value that is wrong."""
        return Problem(text=text, row=change.row, at=change.path, path=path, detail=detail)


class Part(ABC, Generic[R]):
    """A table of records.

    `name` is its key in the JSON file and the name of its import, `title` the title of its sheet. `structure`: a clone
    takes it along. `ordered`: the order of the records means something. `single`: there is exactly one record (the
    conference itself). `personal`: it holds names or addresses of people. `weekly`: its instants move by whole weeks
    when the conference moves. `standalone`: the desk offers it as an import of its own. `named_from_nothing`: what
    others name is made along only where the conference has no record of the part and the file states none; its `check`
    says what hangs on what is gone.

    `beside`: columns that sheets may have besides those of the record; `prepare` takes them up into the others, and no
    file that the hub writes has them. `alike`: a field and a part; what others name and is made along refers there to
    the record of that part that is called the same.
    """

    name: ClassVar[str]
    title: ClassVar[Text]
    structure: ClassVar[bool] = False
    ordered: ClassVar[bool] = False
    single: ClassVar[bool] = False
    personal: ClassVar[bool] = False
    weekly: ClassVar[bool] = False
    named_from_nothing: ClassVar[bool] = False
    standalone: ClassVar[bool] = True
    beside: ClassVar[Sequence[Column]] = ()
    alike: ClassVar[tuple[str, str] | None] = None
    record: type[R]

    @abstractmethod
    def keys(self, values: Mapping[str, Any], context: Context) -> Iterable[Key]:
        """Return the human keys of a record or a row, by its values by path, the strongest first.

        A row is the record that has one of its keys, when no stronger key of the same kind says otherwise and the key
        is of one record only. A row without any is new.
        """

    @abstractmethod
    def current(self, session: Session, conf: str) -> list[R]:
        """Return the records as they are, in their order; what they name in other parts by human key."""

    @abstractmethod
    def put(self, write: Write, changes: Changes[R], ids: Ids) -> None:
        """Add and change the records of `changes.staying`; `changes` were checked. Publishes the facts.

        `Change.before` tells which record it is now (its human keys may change), `ids(kind, key)` gives ids of new
        ones.
        """

    @abstractmethod
    def remove(self, write: Write, gone: Sequence[R]) -> None:
        """Remove records; called after every `put`, the last part first. Publishes the facts."""

    def match(self, rows: Sequence[Stated], current: Sequence[R], context: Context) -> Mapping[int, int]:
        """Return which row (its place in `rows`) is which record (its place in `current`): by key.

        Override it where a key alone does not tell: cue numbers are counted anew in spreadsheets.
        """
        return matched_by_key(self, rows, current, context)

    def names(self, values: Mapping[str, Any], context: Context) -> Iterable[str]:
        """Return the words by which other parts may name this record (`reference(part)`): the values of its keys."""
        return (key.value for key in self.keys(values, context))

    def named(
        self,
        word: str,
        referring: Mapping[str, Any],  # noqa: ARG002 - some parts need it
        there: Sequence[Mapping[str, Any]],
        context: Context,
    ) -> Mapping[str, Any] | None:
        """Return the values of the record that a row of another part names by `word`; None when it is among `there`.

        `referring` are the values of that row (`reference(part, creates=True)`).
        """
        words = {plain_word(str(name)) for values in there for name in self.names(values, context)}
        return None if plain_word(word) in words else {f"title.{context.main}": word}

    def extra(self, session: Session, conf: str, known: Known) -> list[Column]:  # noqa: ARG002 - some parts need it
        """Return the columns of a field with texts by column (`extra_columns`)."""
        return []

    def prepare(
        self,
        rows: Sequence[Stated],
        current: Sequence[R],  # noqa: ARG002 - some parts need it
        context: Context,  # noqa: ARG002 - some parts need it
    ) -> tuple[Sequence[Stated], list[Problem]]:
        """Return the rows with what follows from the rows around them: days of times of day, numbers not given."""
        return rows, []

    def check(self, proposal: Proposal[R]) -> Iterable[Problem]:  # noqa: ARG002 - some parts need it
        """Return what is wrong across rows, or with what is there already (a cue that ran, an award revealed)."""
        return ()

    def notices(self, proposal: Proposal[R]) -> Iterable[Message]:  # noqa: ARG002 - some parts need it
        """Return what people should know before they apply a proposal without faults, beyond its changes."""
        return ()

    def settle(self, write: Write) -> None:
        """Do what remains once a whole new conference is imported: the plan is published and its run begun."""

    def cloned(self, record: R) -> R | None:
        """Return what a clone takes of a record (links and secrets left out), None for nothing."""
        return record


def key_values(part: Part[R], record: R, context: Context) -> list[Key]:
    """Return the keys of a record."""
    return list(part.keys(flat(record), context))


def plain_word(text: str) -> str:
    """Return a human key as it is compared."""
    return " ".join(text.casefold().split())


def title_key(values: Mapping[str, Any], context: Context, field: str = "title") -> list[Key]:
    """Return the key of what is named by its title: in the main language, else in the other one."""
    others = (lang for lang in ("ko", "en") if lang != context.main)
    found = next(
        (values[f"{field}.{lang}"] for lang in (context.main, *others) if values.get(f"{field}.{lang}")), None
    )
    return [Key(kind=f"{field}.{context.main}", value=plain_word(str(found)))] if found else []


def value_key(values: Mapping[str, Any], name: str) -> list[Key]:
    """Return the key of what is named by one value: a number, an address; compared in small letters."""
    found = values.get(name)
    return (
        [Key(kind=name, value=plain_word(str(found)))] if isinstance(found, str | int) and found != "" else []
    )


def matched_by_key(
    part: Part[R], rows: Sequence[Stated], current: Sequence[R], context: Context
) -> dict[int, int]:
    """Return which row is which record by the rule of `Part.keys`; a record that two rows claim is the first one's."""
    known = [key_values(part, record, context) for record in in_turns(current)]
    places = _places(known)
    found: dict[int, int] = {}
    taken: set[int] = set()
    for number, row in enumerate(in_turns(rows)):
        keys = list(part.keys(row.values, context))
        place = next(
            (
                at
                for key in keys
                if (at := _place(places, key)) is not None and not _differs(keys, known[at], key)
            ),
            None,
        )
        if place is not None and (place not in taken or keys[0] in known[place]):
            found[number] = place
            taken.add(place)
    return found


def _places(known: Sequence[Sequence[Key]]) -> dict[Key, list[int]]:
    places: dict[Key, list[int]] = {}
    for place, keys in enumerate(known):
        for key in keys:
            places.setdefault(key, []).append(place)
    return places


def _place(places: Mapping[Key, Sequence[int]], key: Key) -> int | None:
    found = places.get(key, ())
    return found[0] if len(found) == 1 else None


def _differs(keys: Sequence[Key], known: Sequence[Key], by: Key) -> bool:
    """Return whether a key that is stronger than `by` says that the two are not the same."""
    stronger = {key.kind: key.value for key in keys[: keys.index(by)]}
    return any(key.kind in stronger and stronger[key.kind] != key.value for key in known)
