"""What the desk's pages of guests and badges are asked, and what their forms send."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints

from conference_hub.checkin.badge_design import Layout, Shown
from conference_hub.checkin.guest_list import Came, Filters, Given, Printed, Sort
from conference_hub.core.text import Language, Text
from conference_hub.exchange.cells import Cell, Context, LineCell
from conference_hub.exchange.faults import CellError
from conference_hub.exchange.formats import EMAIL, PhoneCell
from conference_hub.exchange.texts import clean_line
from conference_hub.people.disclosures import Reason
from conference_hub.people.model import LONGEST_NUMBER, Mode
from conference_hub.web.i18n import translate_message
from conference_hub.web.requests import (
    Checkbox,
    Digits,
    Empty,
    Form,
    Instant,
    Line,
    OptionalLine,
    Query,
    Request,
    fault,
)
from conference_hub.web.wordings import FormWording

LONGEST_SEARCH = 200
LONGEST_TEXT = 2000
MOST_PICKED = 100
LONGEST_IDS = 9_000


def _read_by(cell: Cell) -> AfterValidator:
    """Return the check of a field by the same rule that reads the cells of files."""

    def read(value: str | None) -> str | None:
        if value is None or not clean_line(value)[0]:
            return None
        try:
            return str(cell.read(value, _NO_CONTEXT).value)
        except CellError as error:
            sentence = translate_message(error.message.text, dict(error.message.detail))
            raise fault("invalid", sentence.replace("%", "%%")) from None

    return AfterValidator(read)


_NO_CONTEXT: Context = None  # type: ignore[assignment]
"""Texts, addresses and telephone numbers are read without one."""
Cleaned = Annotated[OptionalLine, _read_by(LineCell())]
CleanedText = Annotated[
    Annotated[str, StringConstraints(strict=True, max_length=LONGEST_TEXT)] | None,
    Empty,
    _read_by(LineCell(LONGEST_TEXT, several_lines=True)),
]


class FilterFields(Request):
    """Which guests: a search and filters; what is empty does not matter."""

    q: Annotated[str, Field(max_length=LONGEST_SEARCH)] = ""
    """Name, initial consonants, organisation, seat, number, e-mail or phone."""
    group: OptionalLine = None
    """The id of a group, or `none`."""
    mode: Annotated[Mode | None, Empty] = None
    came: Annotated[Came | None, Empty] = None
    badge: Annotated[Printed | None, Empty] = None
    email: Annotated[Given | None, Empty] = None
    seat: Annotated[Given | None, Empty] = None
    needs: Annotated[Given | None, Empty] = None
    sort: Sort = Sort.NUMBER

    def filters(self) -> Filters:
        """Return the filters apart from the search."""
        return Filters(
            group=self.group,
            mode=self.mode,
            came=self.came,
            badge=self.badge,
            email=self.email,
            seat=self.seat,
            needs=self.needs,
        )

    def given(self) -> dict[str, Any]:
        """Return what is stated, for addresses and hidden fields."""
        found = {name: getattr(self, name) for name in FilterFields.model_fields}
        return {
            name: str(value)
            for name, value in found.items()
            if value and FilterFields.model_fields[name].default != value
        }


class GuestsQuery(FilterFields, Query):
    """A page of the list."""

    page: Digits = 1


class SheetFields(FilterFields):
    """Which badges: those of `only` (ids of guests, separated by commas), else of whom the filters mean."""

    only: Annotated[str, Field(max_length=LONGEST_IDS)] = ""

    def ids(self) -> list[str]:
        """Return the ids of `only`."""
        return [one for one in self.only.split(",") if one]


class SheetQuery(SheetFields, Query):
    """The badges to show: a page of them."""

    page: Digits = 1


class PrintedBadges(SheetFields, Form):
    """Say that the badges of `only` were printed, from a sheet that was made at `made`; then the filters go on."""

    made: Instant


class BulkAction(StrEnum):
    """What is done with several guests at once."""

    GROUP = "group"
    MODE = "mode"
    CLEAR_SEAT = "clear-seat"
    PARTY = "party"
    CLEAR_PARTY = "clear-party"
    BADGES = "badges"
    PRINT = "print"
    LINKS = "links"
    REMOVE = "remove"

    @property
    def label(self) -> Text:
        """What people read."""
        return _BULK_LABELS[self]


_BULK_LABELS = {
    BulkAction.GROUP: Text(ko="구분 바꾸기", en="Change group"),
    BulkAction.MODE: Text(ko="참석 방식 바꾸기", en="Change attendance"),
    BulkAction.CLEAR_SEAT: Text(ko="좌석 비우기", en="Clear seats"),
    BulkAction.PARTY: Text(ko="한 일행으로 묶기", en="Make one party"),
    BulkAction.CLEAR_PARTY: Text(ko="일행에서 빼기", en="Take out of their party"),
    BulkAction.BADGES: Text(ko="명찰 발급", en="Issue badges"),
    BulkAction.PRINT: Text(ko="명찰 인쇄", en="Print badges"),
    BulkAction.LINKS: Text(ko="개인 링크 보내기", en="Send personal links"),
    BulkAction.REMOVE: Text(ko="명단에서 삭제", en="Remove from the list"),
}


class SelectedGuests(FilterFields, Form):
    """Do something with the guests of `pick`, or with `every` guest whom the filters mean.

    Without `confirmed` it is asked first; `count` is how many the question named.
    """

    action: BulkAction
    pick: list[Annotated[str, StringConstraints(max_length=80)]] = Field(default=[], max_length=MOST_PICKED)
    every: Checkbox = False
    confirmed: Checkbox = False
    count: Annotated[Digits | None, Empty] = None
    to_group: OptionalLine = None
    to_mode: Annotated[Mode | None, Empty] = None
    to_party: OptionalLine = None


class EditGuest(Form):
    """A guest as an organiser writes them; `seen` is the state that the sender saw, empty for a new one."""

    seen: Annotated[str, StringConstraints(max_length=40)] = ""
    number: Annotated[OptionalLine, _read_by(LineCell(LONGEST_NUMBER))] = None
    name: Cleaned = None
    pronunciation: Cleaned = None
    role_ko: FormWording = ""
    role_en: FormWording = ""
    organisation: Cleaned = None
    group: OptionalLine = None
    mode: Mode = Mode.ONSITE
    seat: Cleaned = None
    party: Cleaned = None
    email: Annotated[OptionalLine, _read_by(EMAIL)] = None
    phone: Annotated[OptionalLine, _read_by(PhoneCell())] = None
    needs: CleanedText = None
    look: CleanedText = None
    notes: CleanedText = None
    language: Annotated[Language | None, Empty] = None


class RemoveGuest(Form):
    """Take a guest off the list."""


class DesignBadges(Form):
    """What badges show, and on which paper."""

    layout: Layout
    shown: list[Shown] = Field(default=[])
    colours: Checkbox = False
    seen: Line
    """The mark of the design that its sender saw."""


class ExportForm(StrEnum):
    """The kind of file."""

    XLSX = "xlsx"
    CSV = "csv"

    @property
    def label(self) -> Text:
        """What people read."""
        return _FORM_LABELS[self]


_FORM_LABELS = {
    ExportForm.XLSX: Text(ko="엑셀 (XLSX)", en="Excel (XLSX)"),
    ExportForm.CSV: Text(ko="CSV", en="CSV"),
}


class ExportedGuests(FilterFields, Form):
    """Take the guests whom the filters mean out of the hub, for a reason."""

    form: ExportForm
    reason: Annotated[Reason | None, Empty] = None
    note: Cleaned = None
