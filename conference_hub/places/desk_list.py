"""Ordered lists that organisers edit on the desk: a form to add, one to change, and buttons to move and remove."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, Generic, TypeVar

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from typing_extensions import override

from conference_hub.access.middleware import actor, conference
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.core.entries import head
from conference_hub.core.errors import NotFound
from conference_hub.core.ids import new_id
from conference_hub.core.journal import Write
from conference_hub.core.ordered import Listed, Titled, find, moved, put, refuse_more, refuse_taken, without
from conference_hub.core.stream import Stream
from conference_hub.places.requests import ItemForm, Move
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.requests import Nothing

T = TypeVar("T", bound=Listed)
N = TypeVar("N", bound=Titled)
F = TypeVar("F", bound=ItemForm)


class DeskList(ABC, Generic[T, F]):
    """An ordered list of a conference, as a request is about it: `ids` are the variable parts of its address."""

    page: ClassVar[str]
    """The endpoint of the page that shows the list."""
    item: ClassVar[str]
    """What one is called in addresses (`<room_id>`), endpoints and anchors."""
    path: ClassVar[str]
    """Where the addresses of its forms begin."""
    most: ClassVar[int]
    unknown: ClassVar[str]
    """The message about an item that is not there."""
    form: type[F]
    edit: type[F]
    """What the form of an item that is there sends."""

    def __init__(self, conf: str, ids: Mapping[str, str]) -> None:
        self.conf, self.ids = conf, ids

    @abstractmethod
    def read(self, session: Session) -> Sequence[T]:
        """Return the items in order; raises NotFound when what they belong to is not there."""

    @abstractmethod
    def save(self, write: Write, after: Sequence[T]) -> None:
        """Make the items be `after`, in this order; may refuse it."""

    @abstractmethod
    def made(self, write: Write, form: F, item_id: str) -> T:
        """Return the item that a form describes; raises Invalid about the field that cannot be."""

    @abstractmethod
    def refuse_same(self, items: Sequence[T], item: T) -> None:
        """Raise Invalid when another item is like this one."""

    @abstractmethod
    def key(self, item_id: str) -> str:
        """Return the document that a form is about: it is refused when that changed since the form was made."""

    @abstractmethod
    def show_form(self, item: T | None, seen: int) -> ResponseReturnValue:
        """Show the form of an item, of a new one for None; `seen` is what the operator's stream has told by now."""

    def remove(self, write: Write, item: T) -> None:
        """Remove an item; may refuse it."""
        self.save(write, without(self.read(write.session), {item.id}))

    def anchor(self, item: T) -> str:
        """Return where an item stands on the page of the list."""
        return f"{self.item}-{item.id}"

    def own(self, items: Sequence[T]) -> T:
        """Return the item that the address names; raises NotFound."""
        found = find(items, self.ids[f"{self.item}_id"])
        if found is None:
            raise NotFound(self.unknown)
        return found

    def back(self, words: str) -> ResponseReturnValue:
        """Lead back to the page of the list after a change, with words about it."""
        flash(words, "good")
        return redirect(url_for(self.page, conf=self.conf))


class TitledList(DeskList[N, F]):
    """A list in which no two items are called the same."""

    @override
    def refuse_same(self, items: Sequence[N], item: N) -> None:
        refuse_taken(items, item, conference().main_language)


def add_list(
    blueprint: Blueprint, lists: type[DeskList[T, F]], page: Callable[[str], ResponseReturnValue]
) -> None:
    """Add the views of a list to a blueprint; `page` is the view that shows the list."""
    item, path = lists.item, lists.path
    own = f"{path}/<{item}_id>"

    @blueprint.get(f"{path}/new", endpoint=f"new_{item}")
    @allow(Role.ORGANISER)
    def new(conf: str, **ids: str) -> ResponseReturnValue:
        """Show the form of a new item."""
        return _form(lists(conf, ids), lambda _items: None)

    @blueprint.post(f"{path}/new", endpoint=f"add_{item}")
    @allow(Role.ORGANISER)
    @takes_form(lists.form, new)
    def add(form: F, /, conf: str, **ids: str) -> ResponseReturnValue:
        """Add an item at the end of the list."""
        return _add(lists(conf, ids), form)

    @blueprint.get(own, endpoint=f"edit_{item}")
    @allow(Role.ORGANISER)
    def edit(conf: str, **ids: str) -> ResponseReturnValue:
        """Show the form of an item; raises NotFound."""
        return _form(listed := lists(conf, ids), listed.own)

    @blueprint.post(own, endpoint=f"change_{item}")
    @allow(Role.ORGANISER)
    @takes_form(lists.edit, edit)
    def change(form: F, /, conf: str, **ids: str) -> ResponseReturnValue:
        """Change an item; refused when somebody else changed it since the form was made."""
        return _change(lists(conf, ids), form)

    @blueprint.post(f"{own}/move", endpoint=f"move_{item}")
    @allow(Role.ORGANISER)
    @takes_form(Move, page)
    def move(form: Move, /, conf: str, **ids: str) -> ResponseReturnValue:
        """Move an item one place up or down."""
        return _move(lists(conf, ids), form.by)

    @blueprint.post(f"{own}/remove", endpoint=f"remove_{item}")
    @allow(Role.ORGANISER)
    @takes_form(Nothing, page)
    def remove(_form: Nothing, /, conf: str, **ids: str) -> ResponseReturnValue:
        """Remove an item; refused while something depends on it."""
        return _remove(lists(conf, ids))


def _form(listed: DeskList[T, F], chosen: Callable[[Sequence[T]], T | None]) -> ResponseReturnValue:
    with current_hub().database.reading() as db:
        item = chosen(listed.read(db))
        seen = head(db, listed.conf, Stream.OPERATOR)
    return listed.show_form(item, seen)


def _add(listed: DeskList[T, F], form: F) -> ResponseReturnValue:
    with current_hub().journal.writing(listed.conf, actor=actor()) as write:
        items = listed.read(write.session)
        refuse_more(items, listed.most)
        item = listed.made(write, form, new_id())
        listed.refuse_same(items, item)
        listed.save(write, (*items, item))
    return listed.back(_("저장했습니다."))


def _change(listed: DeskList[T, F], form: F) -> ResponseReturnValue:
    with current_hub().journal.writing(listed.conf, actor=actor()) as write:
        items = listed.read(write.session)
        item_id = listed.own(items).id
        write.require_seen(listed.key(item_id), form.seen)
        changed = listed.made(write, form, item_id)
        listed.refuse_same(items, changed)
        listed.save(write, put(items, changed))
    return listed.back(_("저장했습니다."))


def _move(listed: DeskList[T, F], by: int) -> ResponseReturnValue:
    with current_hub().journal.writing(listed.conf, actor=actor()) as write:
        items = listed.read(write.session)
        item = listed.own(items)
        listed.save(write, moved(items, item.id, by))
    return redirect(url_for(listed.page, conf=listed.conf, _anchor=listed.anchor(item)))


def _remove(listed: DeskList[T, F]) -> ResponseReturnValue:
    with current_hub().journal.writing(listed.conf, actor=actor()) as write:
        listed.remove(write, listed.own(listed.read(write.session)))
    return listed.back(_("삭제했습니다."))
