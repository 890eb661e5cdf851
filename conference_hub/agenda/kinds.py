"""What sorts of segment there are. A new kind is one entry here."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from conference_hub.core.text import Text


class SegmentKind(StrEnum):
    """The sort of a segment; the value is what is stored and sent, the label is what people read."""

    label: Text

    def __new__(cls, value: str, ko: str = "", en: str = "") -> Self:
        """Make a member of its stored value and its wording in both languages."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = Text(ko=ko, en=en)
        return member

    OPENING = "opening", "개회", "Opening"
    CEREMONY = "ceremony", "시상식", "Award ceremony"
    PERFORMANCE = "performance", "퍼포먼스", "Performance"
    CASE_SHARING = "case_sharing", "사례공유", "Case sharing"
    CLOSING = "closing", "폐회", "Closing"
    BREAK = "break", "휴식", "Break"
    GENERAL = "general", "일반", "Session"
