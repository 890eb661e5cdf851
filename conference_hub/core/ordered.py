"""Ordered lists that organisers edit: things with ids and titles, found, put in place, moved, numbered and compared."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from conference_hub.core.errors import Invalid, Refused, msg
from conference_hub.core.text import Text


class Listed(Protocol):
    """Something in an ordered list, with an id."""

    @property
    def id(self) -> str:
        """What names it."""
        ...


class Titled(Listed, Protocol):
    """Something in an ordered list, with an id and a title by which people know it."""

    @property
    def title(self) -> Text:
        """What people call it."""
        ...


class Numbered(Listed, Protocol):
    """Something in an ordered list that knows its place there."""

    @property
    def position(self) -> int:
        """The place, from 1."""
        ...


T = TypeVar("T", bound=Listed)
N = TypeVar("N", bound=Titled)
P = TypeVar("P", bound=Numbered)


def find(items: Iterable[T], item_id: str) -> T | None:
    """Return the item with this id, or None."""
    return next((item for item in items if item.id == item_id), None)


def titled(items: Iterable[N], title: Text | None) -> N | None:
    """Return the item with this title, or None."""
    return next((item for item in items if title is not None and item.title == title), None)


def same_title(items: Iterable[N], item: N, lang: str) -> bool:
    """Return whether another item is called the same in a language; case and spaces make no difference."""
    own = _plain(item.title, lang)
    return any(_plain(other.title, lang) == own for other in items if other.id != item.id)


def put(items: Sequence[T], item: T) -> tuple[T, ...]:
    """Return the items with `item` in place of the one of the same id, or at the end."""
    if find(items, item.id) is None:
        return (*items, item)
    return tuple(item if other.id == item.id else other for other in items)


def moved(items: Sequence[T], item_id: str, by: int) -> tuple[T, ...]:
    """Return the items with one of them `by` places further down (up when negative), as far as there are places."""
    order = list(items)
    at = next(index for index, item in enumerate(order) if item.id == item_id)
    item = order.pop(at)
    order.insert(min(max(at + by, 0), len(order)), item)
    return tuple(order)


def without(items: Iterable[T], gone: Collection[str]) -> tuple[T, ...]:
    """Return the items whose ids are not among `gone`."""
    return tuple(item for item in items if item.id not in gone)


def numbered(items: Iterable[P]) -> tuple[P, ...]:
    """Return the items with their places in this order."""
    return tuple(
        item if item.position == place else replace(item, position=place)  # type: ignore[type-var]
        for place, item in enumerate(items, start=1)
    )


def changed(before: Sequence[T], after: Sequence[T]) -> tuple[str, ...]:
    """Return the ids of what is new, other or at another place in `after`, and then of what is gone."""
    stood = {item.id: (place, item) for place, item in enumerate(before)}
    stands = {item.id: (place, item) for place, item in enumerate(after)}
    return (
        *(item_id for item_id, now in stands.items() if stood.get(item_id) != now),
        *(item_id for item_id in stood if item_id not in stands),
    )


def refuse_taken(items: Iterable[N], item: N, main: str, *, field: str = "title") -> None:
    """Raise Invalid about `field` in the main language when another item is called the same: files know it by that."""
    if same_title(items, item, main):
        raise Invalid(msg("같은 이름이 이미 있습니다."), field=f"{field}_{main}")


def refuse_more(items: Collection[object], most: int) -> None:
    """Raise Refused when a list has as many items as it may have."""
    if len(items) >= most:
        raise Refused(msg("더 넣을 수 없습니다."), code="full")


def _plain(title: Text, lang: str) -> str:
    return " ".join(title.in_language(lang).casefold().split())
