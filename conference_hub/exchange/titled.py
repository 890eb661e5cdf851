"""Lists whose things are named by their titles and have an order: rooms, lanes, programmes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Protocol, TypeVar

from typing_extensions import override

from conference_hub.core.text import Text
from conference_hub.exchange.cells import Context
from conference_hub.exchange.columns import Record
from conference_hub.exchange.diff import Changes
from conference_hub.exchange.fields import Words
from conference_hub.exchange.part import Key, Part, Problem, Proposal, plain_word, title_key


class Titled(Protocol):
    """What is known by its title."""

    @property
    def title(self) -> Text:
        """The title."""


class Listed(Titled, Protocol):
    """What is known by its title, and kept under an id."""

    @property
    def id(self) -> str:
        """The id."""


class TitledRecord(Record):
    """A row that is known by its title; each part gives the field its own heading."""

    title: Words


N = TypeVar("N", bound=Titled)
T = TypeVar("T", bound=Listed)
R = TypeVar("R", bound=TitledRecord)


class TitledPart(Part[R]):
    """A part whose records stand in an order and are named by their titles; a clone takes it along."""

    structure = True
    ordered = True

    @override
    def keys(self, values: Mapping[str, Any], context: Context) -> Iterable[Key]:
        return title_key(values, context)


def name_of(text: Text, main: str) -> str:
    """Return by what a title is named in other parts."""
    return text.in_language(main)


def word_of(item: Titled, main: str) -> str:
    """Return the title of a thing as it is compared."""
    return plain_word(name_of(item.title, main))


def by_title(items: Iterable[N], main: str) -> dict[str, N]:
    """Return things by their titles as they are compared."""
    return {word_of(item, main): item for item in items}


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
    titles = by_title(known, main)
    found = []
    for change in changes.all:
        before = titles.get(word_of(change.before or change.record, main))
        if change.after is not None:
            item_id = before.id if before else new_id(name_of(change.after.title, main))
            found.append(make(item_id, change.after, before))
        elif before is not None:
            found.append(before)
    return found


def left_of(known: Iterable[T], gone: Iterable[TitledRecord], main: str) -> list[T]:
    """Return a list without what these records are."""
    words = {word_of(one, main) for one in gone}
    return [item for item in known if word_of(item, main) not in words]


def in_use(proposal: Proposal[R], used: Iterable[str | None], sentence: str) -> Iterator[Problem]:
    """Yield a problem for each thing that is to go though others name it (`used`); `sentence` takes its `title`."""
    words = {plain_word(name) for name in used if name}
    for change in proposal.changes.of("gone"):
        title = change.record.title
        if words & {plain_word(title.ko), plain_word(title.en)}:
            yield proposal.problem(change, sentence, title=name_of(title, proposal.context.main))
