"""What the desk's forms of points, gates and devices send."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from conference_hub.access.accounts import MAX_NAME
from conference_hub.gates.blue import Blue
from conference_hub.gates.model import Contact, PointKind, Reentry
from conference_hub.people.model import Mode
from conference_hub.places.requests import ItemForm, SeenBefore
from conference_hub.web.fields import OptionalLine
from conference_hub.web.requests import (
    Body,
    Checkbox,
    Digits,
    Empty,
    Form,
    Instant,
    Line,
    LocalTime,
    Press,
    Whole,
    text,
)
from conference_hub.web.wordings import FormWording

MOST_WINDOWS = 40
OptionalTime = Annotated[LocalTime | None, Empty]


class GateForm(ItemForm):
    """A gate as it is to be."""

    title_ko: FormWording = ""
    title_en: FormWording = ""
    point: OptionalLine = None
    groups: Annotated[list[Line], Field(max_length=200)] = []  # noqa: RUF012 - pydantic copies defaults
    modes: Annotated[list[Mode], Field(max_length=len(Mode))] = []  # noqa: RUF012 - the same


class GateEdit(GateForm):
    """A gate that is there, as it is to be."""

    seen: Digits


class PointForm(ItemForm):
    """A point as it is to be; window n is open from `opens[n]` to `closes[n]`, a row that is left empty is none."""

    title_ko: FormWording = ""
    title_en: FormWording = ""
    kind: PointKind = PointKind.DOOR
    exits: Checkbox = False
    reentry: Reentry = Reentry.AFTER_EXIT
    daily: Checkbox = False
    opens: Annotated[list[OptionalTime], Field(max_length=MOST_WINDOWS)] = []  # noqa: RUF012 - pydantic copies defaults
    closes: Annotated[list[OptionalTime], Field(max_length=MOST_WINDOWS)] = []  # noqa: RUF012 - the same


class PointEdit(PointForm):
    """A point that is there, as it is to be."""

    seen: Digits


DeviceName = Annotated[str, text(MAX_NAME)]
MOST_WAITING = 1_000_000


class DeviceForm(Form):
    """A device as it is to be; no `gates`: all of them."""

    name: DeviceName
    gates: Annotated[list[Line], Field(max_length=100)] = []  # noqa: RUF012 - pydantic copies defaults
    scan_only: Checkbox = False
    seen: SeenBefore = None


class DeviceEdit(DeviceForm):
    """A device that is paired, as it is to be."""

    seen: Digits


class EarlierPairing(Body):
    """What a browser keeps of an earlier pairing with a conference."""

    conf: Line
    device: Line
    key: Line


class Pair(Press):
    """Pair this browser by a code; `earlier` is what it keeps of earlier pairings."""

    code: Line
    earlier: Annotated[list[EarlierPairing], Field(max_length=50)] = []  # noqa: RUF012 - pydantic copies defaults


class DeviceReport(Press):
    """What a device tells of itself: its program, the time of its roster, and the scans that wait in it.

    `sent_at` is now by its own clock, `oldest_at` since when the first of the `waiting` scans waits.
    """

    version: Line | None = None
    roster_at: Instant | None = None
    waiting: Annotated[Whole, Field(ge=0, le=MOST_WAITING)] = 0
    oldest_at: Instant | None = None
    sent_at: Instant | None = None

    def contact(self, at: datetime) -> Contact:
        """Return what it told at `at`, the server's time."""
        skew = self.sent_at - at if self.sent_at else None
        return Contact(
            version=self.version,
            roster_at=self.roster_at,
            skew_ms=max(-LARGEST_SKEW, min(round(skew.total_seconds() * 1000), LARGEST_SKEW))
            if skew
            else None,
            waiting=self.waiting,
            oldest_at=self.oldest_at,
        )


LARGEST_SKEW = 2**31 - 1
"""Milliseconds (24 days): a clock that is off by more is just off."""


class BlueForm(Form):
    """What devices do with a known badge while the hub cannot be reached."""

    blue: Blue
    seen: SeenBefore = None
