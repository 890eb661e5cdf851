"""Choices that people read: enumerations whose members know what they are called."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from conference_hub.core.text import Text


class Labelled(StrEnum):
    """A choice: `OPEN = "open", "누구나 등록", "Open to everybody"`, what is stored and sent and what people read."""

    _value_: str
    label: Text

    def __new__(cls, value: str, ko: str = "", en: str = "") -> Self:
        """Make a member; raises ValueError for one without a wording. The value alone looks a member up."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = Text(ko=ko, en=en)
        return member
