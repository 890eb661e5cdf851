"""What a badge shows and how badges are laid out on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from conference_hub.core.text import Text
from conference_hub.people.model import Guest


class Layout(StrEnum):
    """The paper; the value is what is stored and the class in the style sheet, which has the measures."""

    A4_8 = "a4-8"
    A4_10 = "a4-10"
    A4_6 = "a4-6"
    SINGLE = "single"
    LABEL = "label-4x6"

    @property
    def label(self) -> Text:
        """What people read."""
        return _LAYOUT_LABELS[self]

    @property
    def page(self) -> str:
        """The size of a page in CSS."""
        return _PAGES[self]


class Shown(StrEnum):
    """Something that a badge may show beside the name; the value is what is stored and sent."""

    PRONUNCIATION = "pronunciation"
    ORGANISATION = "organisation"
    ROLE = "role"
    GROUP = "group"
    SEAT = "seat"
    NUMBER = "number"
    QR = "qr"

    @property
    def label(self) -> Text:
        """What people read."""
        return _SHOWN_LABELS[self]


_LAYOUT_LABELS = {
    Layout.A4_8: Text(ko="A4 한 장에 여덟 (87×58 mm)", en="Eight on A4 (87 × 58 mm)"),
    Layout.A4_10: Text(ko="A4 한 장에 열 (90×54 mm)", en="Ten on A4 (90 × 54 mm)"),
    Layout.A4_6: Text(ko="A4 한 장에 여섯 (90×88 mm)", en="Six on A4 (90 × 88 mm)"),
    Layout.SINGLE: Text(ko="한 장에 하나 (A6, 105×148 mm)", en="One on a page (A6, 105 × 148 mm)"),
    Layout.LABEL: Text(ko="라벨 프린터 (4×6 인치)", en="Label printer (4 × 6 in)"),
}
_PAGES = {
    Layout.A4_8: "A4",
    Layout.A4_10: "A4",
    Layout.A4_6: "A4",
    Layout.SINGLE: "105mm 148mm",
    Layout.LABEL: "4in 6in",
}
_SHOWN_LABELS = {
    Shown.PRONUNCIATION: Text(ko="로마자·발음", en="Romanised name"),
    Shown.ORGANISATION: Text(ko="소속", en="Organisation"),
    Shown.ROLE: Text(ko="역할·직함", en="Role"),
    Shown.GROUP: Text(ko="구분", en="Group"),
    Shown.SEAT: Text(ko="좌석", en="Seat"),
    Shown.NUMBER: Text(ko="번호", en="Number"),
    Shown.QR: Text(ko="QR 코드", en="QR code"),
}


@dataclass(frozen=True, kw_only=True)
class BadgeDesign:
    """What all badges of a conference show; `colours`: a stripe in the colour of the group."""

    layout: Layout = Layout.A4_8
    shown: frozenset[Shown] = frozenset({Shown.ORGANISATION, Shown.ROLE, Shown.GROUP, Shown.SEAT, Shown.QR})
    colours: bool = True

    def face(self, guest: Guest) -> tuple[object, ...]:
        """Return what is printed of a guest: a badge with another face is out of date."""
        printed: dict[Shown, object] = {
            Shown.PRONUNCIATION: guest.pronunciation,
            Shown.ORGANISATION: guest.organisation,
            Shown.ROLE: guest.role,
            Shown.GROUP: guest.group,
            Shown.SEAT: guest.seat,
            Shown.NUMBER: guest.number,
        }
        stripe = guest.group if self.colours else None
        return (guest.shown, stripe, *(printed[one] for one in Shown if one in self.shown & printed.keys()))


@dataclass(frozen=True, kw_only=True)
class BadgeState:
    """Whether a badge that opens gates was printed, and whether what it shows was changed since (`reprint`)."""

    token: str
    printed_at: datetime | None
    reprint: bool

    @property
    def to_print(self) -> bool:
        """Whether it has to be printed, for the first time or again."""
        return self.printed_at is None or self.reprint
