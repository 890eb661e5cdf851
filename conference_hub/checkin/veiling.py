"""Guests as others may read of them, and in letters: without words that say which award somebody gets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from sqlalchemy.orm import Session

from conference_hub.core.text import Text
from conference_hub.people import search
from conference_hub.people.group_store import all_groups
from conference_hub.people.model import Group, GroupId, Guest
from conference_hub.web.hub import Hub, current_hub

NOBODY = Text(ko="참석자", en="Guest")
"""Stands in for a name where nothing else may."""


def veil(session: Session, conf: str, hub: Hub | None = None) -> Callable[[Guest], Guest]:
    """Return what takes away of a guest the role that tells too much, and the group; `hub`: of the request if None.

    Where the role stands in for the name, or a name tells too much itself, the group and the guest's number do so
    instead. A group tells too much by its title and by what badges say of it.
    """
    groups = all_groups(session, conf)
    told = [hook(session, conf) for hook in (hub or current_hub()).tells]

    @cache
    def tells(text: Text) -> bool:
        return any(hook(text) for hook in told)

    return lambda guest: _veiled(guest, groups, tells)


def open_groups(session: Session, conf: str) -> list[Group]:
    """Return the groups that may be named at the door, in their order: those whose words do not tell who gets what."""
    told = [hook(session, conf) for hook in current_hub().tells]
    groups = all_groups(session, conf).values()
    return [one for one in groups if not any(tells(one.title) or tells(one.on_badge) for tells in told)]


def found_veiled(session: Session, conf: str, guests: Iterable[Guest], wanted: str) -> Iterator[Guest]:
    """Yield those of the guests found that `wanted` fits without what the veil takes away, in the same order."""
    veiled = veil(session, conf)
    for guest in guests:
        shown = veiled(guest)
        if shown == guest or search.find([search.searchable(shown)], wanted):
            yield guest


def _veiled(guest: Guest, groups: Mapping[GroupId, Group], tells: Callable[[Text], bool]) -> Guest:
    group = groups.get(guest.group) if guest.group else None
    if group is not None and (tells(group.title) or tells(group.on_badge)):
        group = None
    own = guest if group is not None or guest.group is None else replace(guest, group=None)
    if own.name and _is_counted(own.name) and tells(Text.of(own.name)):
        return replace(own, name=None, label=_stand_in(own, group))
    if own.label is None or not tells(own.label):
        return own
    return replace(own, label=None if own.name else _stand_in(own, group))


def _is_counted(name: str) -> bool:
    """Return whether a name has a digit: lists write who has no name yet so, and no person is called so."""
    return any(one.isdigit() for one in name)


def _stand_in(guest: Guest, group: Group | None) -> Text:
    title = group.title if group else NOBODY
    return Text(ko=f"{title.ko} {guest.number}".strip(), en=f"{title.en} {guest.number}".strip())
