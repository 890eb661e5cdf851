"""Groups and values with labels as the options of a choice on a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from flask_babel import gettext as _

from conference_hub.checkin.guest_list import NO_GROUP
from conference_hub.core.text import Text
from conference_hub.people.model import Group, GroupId
from conference_hub.web.i18n import render_text


class Labelled(Protocol):
    """A value with what people read."""

    @property
    def value(self) -> object:
        """What is sent."""

    @property
    def label(self) -> Text:
        """What people read."""


def group_options(groups: Mapping[GroupId, Group]) -> list[tuple[str, str]]:
    """Return the groups as options of a choice, the one for guests without a group last."""
    return [*((group.id, render_text(group.title)) for group in groups.values()), (NO_GROUP, _("구분 없음"))]


def labelled(values: Iterable[Labelled]) -> list[tuple[str, str]]:
    """Return values with labels as options of a choice."""
    return [(str(one.value), render_text(one.label)) for one in values]
