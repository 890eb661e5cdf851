"""Lists whose things are named by their titles and have an order: rooms, lanes, programmes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Annotated, Any, ClassVar, Protocol, TypeVar

from typing_extensions import override

from conference_hub.core.errors import msg
from conference_hub.core.ordered import Titled
from conference_hub.core.text import Text
from conference_hub.exchange.cells import Context, LineCell
from conference_hub.exchange.columns import Record
from conference_hub.exchange.diff import Changes
from conference_hub.exchange.fields import Words, heading
from conference_hub.exchange.part import Key, Part, Problem, Proposal, plain_word, title_key


class HasTitle(Protocol):
    """What is known by its title."""

    @property
    def title(self) -> Text:
        """The title."""


@dataclass(frozen=True)
class CalledCell(LineCell):
    """What tells things of one title apart."""

    hint: ClassVar[str] = msg("제목이 같은 것이 둘 이상일 때만: 휴식 #2")


Called = Annotated[str, CalledCell()]


class TitledRecord(Record):
    """A row that is known by its title; each part gives the field its own heading."""

    title: Words


class CalledRecord(TitledRecord):
    """A row of a list in which two may have one title: `called` then tells them apart, in other parts too."""

    called: Annotated[Called | None, heading("구별 이름", "Called", "별칭")] = None


N = TypeVar("N", bound=HasTitle)
T = TypeVar("T", bound=Titled)
R = TypeVar("R", bound=TitledRecord)
C = TypeVar("C", bound=CalledRecord)


class TitledPart(Part[R]):
    """A part whose records stand in an order and are named by their titles; a clone takes it along."""

    structure = True
    ordered = True

    @override
    def keys(self, values: Mapping[str, Any], context: Context) -> Iterable[Key]:
        return title_key(values, context)


class CalledPart(TitledPart[C]):
    """A part in which two records may have one title."""

    @override
    def keys(self, values: Mapping[str, Any], context: Context) -> Iterable[Key]:
        for key in title_key(values, context):
            called = values.get("called")
            yield replace(key, value=plain_word(str(called))) if called else key


def name_of(text: Text, main: str) -> str:
    """Return by what a title is named in other parts."""
    return text.in_language(main)


def name_of_record(record: TitledRecord, main: str) -> str:
    """Return by what a record is named in other parts."""
    called = record.called if isinstance(record, CalledRecord) else None
    return called or name_of(record.title, main)


def names_of(items: Iterable[N], main: str) -> list[str]:
    """Return by what each thing of a list is named: by its title, the second of one title as `title #2`."""
    titles = [name_of(item.title, main) for item in items]
    known, taken = set(map(plain_word, titles)), set[str]()
    names = []
    for title in titles:
        name = title
        if plain_word(title) in taken:
            numbered = (f"{title} #{number}" for number in count(2))
            name = next(one for one in numbered if plain_word(one) not in known | taken)
        taken.add(plain_word(name))
        names.append(name)
    return names


def called(items: Sequence[N], main: str) -> list[str | None]:
    """Return what the records of a list are called, None for those that their titles name."""
    names = names_of(items, main)
    return [
        None if name == name_of(item.title, main) else name for name, item in zip(names, items, strict=True)
    ]


def by_title(items: Sequence[N], main: str) -> dict[str, N]:
    """Return things by what names them, as it is compared."""
    return {plain_word(name): item for name, item in zip(names_of(items, main), items, strict=True)}


def arranged(
    known: Iterable[T],
    changes: Changes[R],
    make: Callable[[str, R, T | None], T],
    new_id: Callable[[str], str],
    main: str,
) -> list[T]:
    """Return a list after an import: what is new or stays, in its order, and behind it what is about to go.

    `make(id, record, before)` makes each of its record; `new_id(title)` gives the id of a new one.
    """
    titles = by_title(list(known), main)
    found = []
    for change in changes.all:
        before = titles.get(plain_word(name_of_record(change.before or change.record, main)))
        if change.after is not None:
            item_id = before.id if before else new_id(name_of_record(change.after, main))
            found.append(make(item_id, change.after, before))
        elif before is not None:
            found.append(before)
    return found


def left_of(known: Iterable[T], gone: Iterable[TitledRecord], main: str) -> list[T]:
    """Return a list without what these records are."""
    words = {plain_word(name_of_record(one, main)) for one in gone}
    return [item for word, item in by_title(list(known), main).items() if word not in words]


def in_use(proposal: Proposal[R], used: Iterable[str | None], sentence: str) -> Iterator[Problem]:
    """Yield a problem for each thing that is to go though others name it (`used`); `sentence` takes its `title`."""
    words = {plain_word(name) for name in used if name}
    for change in proposal.changes.of("gone"):
        name = name_of_record(change.record, proposal.context.main)
        if words & (_titles(change.record) or {plain_word(name)}):
            yield proposal.problem(change, sentence, title=name)


def _titles(record: TitledRecord) -> set[str]:
    """Return the titles of a record as they are compared, nothing for one that is called otherwise."""
    if isinstance(record, CalledRecord) and record.called:
        return set()
    return {plain_word(word) for word in (record.title.ko, record.title.en) if word}
