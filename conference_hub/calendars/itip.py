"""Messages between calendars (iTIP, RFC 5546): an event that one person is asked to, or that is taken back.

Each message has one event and one ATTENDEE, the reader: nobody learns who else takes part. Its UID, zone and times are
those of the feeds (`build.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from icalendar import Event, vCalAddress, vText

from conference_hub.calendars.build import CalendarEntry, CalendarOwner, new_calendar, one_line, render

PARAMETER_BREAKERS = str.maketrans(dict.fromkeys(';,"', " "))
"""Characters that a name would have to be quoted for, which parsers read differently."""
ADDRESS_CHARACTERS = "@!$'*+=~"
"""What may stand in a mailto address as it is, beside letters, digits and `_.-` (RFC 6068 2)."""


@dataclass(frozen=True, kw_only=True)
class Party:
    """Who invites or is invited: a mail address, and a name, which may be empty."""

    address: str
    name: str = ""


def request(
    owner: CalendarOwner, entry: CalendarEntry, organizer: Party, attendee: Party, lang: str
) -> bytes:
    """Render METHOD:REQUEST: `attendee` is asked to come, or told of a change (RFC 5546 3.2.2).

    Raises ValueError for a naive instant.
    """
    asked = {"CUTYPE": "INDIVIDUAL", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
    return _message("REQUEST", owner, entry, (organizer, attendee), asked, lang)


def cancel(owner: CalendarOwner, entry: CalendarEntry, organizer: Party, attendee: Party, lang: str) -> bytes:
    """Render METHOD:CANCEL: the event is gone from the calendar of `attendee` (RFC 5546 3.2.5).

    Raises ValueError for a naive instant.
    """
    gone = replace(entry, cancelled=True)
    return _message("CANCEL", owner, gone, (organizer, attendee), {"CUTYPE": "INDIVIDUAL"}, lang)


def _message(
    method: str,
    owner: CalendarOwner,
    entry: CalendarEntry,
    parties: tuple[Party, Party],
    asked: Mapping[str, str],
    lang: str,
) -> bytes:
    organizer, attendee = parties

    def complete(event: Event) -> None:
        event.add("ORGANIZER", _calendar_address(organizer, {}))
        event.add("ATTENDEE", _calendar_address(attendee, {"ROLE": "REQ-PARTICIPANT", **asked}))

    calendar = new_calendar(lang)
    calendar.add("METHOD", method)
    return render(calendar, owner, [entry], lang, complete)


def _calendar_address(party: Party, parameters: Mapping[str, str]) -> vCalAddress:
    address = vCalAddress("mailto:" + quote(party.address, safe=ADDRESS_CHARACTERS))
    name = one_line(party.name.translate(PARAMETER_BREAKERS))
    for key, value in {**({"CN": name} if name else {}), **parameters}.items():
        address.params[key] = vText(value)
    return address
