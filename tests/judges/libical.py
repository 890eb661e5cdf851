"""libical, the reference in C, through ctypes: whether a calendar keeps the rules of its METHOD."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Collection
from ctypes import c_char_p, c_int, c_void_p

from tests.judges.availability import missing

EVENT = re.compile(rb"^BEGIN:VEVENT\r?\n.*?^END:VEVENT\r?\n", re.DOTALL | re.MULTILINE)

NO_ORGANIZER = (
    "Failed iTIP restrictions for ORGANIZER property. Expected 1 instances of the property and got 0"
)
"""RFC 5546 3.2.1 wants an ORGANIZER in what is published; ours names none on purpose."""


def complaints(ics: bytes, *, tolerated: Collection[str] = ()) -> list[str]:
    """Parse a calendar and check it against the rules of its METHOD; an empty list is a pass.

    libical looks no further than the first component that breaks a rule, so each event is checked in a
    calendar of its own: a tolerated complaint hides nothing.
    """
    found = [complaint for calendar in _one_event_each(ics) for complaint in _complaints(calendar)]
    return [complaint for complaint in found if complaint not in tolerated]


def _one_event_each(ics: bytes) -> list[bytes]:
    """Divide a calendar into one calendar for each event; with fewer than two it is left as it is."""
    events = EVENT.findall(ics)
    if not events[1:]:
        return [ics]
    head, _, _ = ics.partition(events[0])
    _, _, tail = ics.rpartition(events[-1])
    return [head + event + tail for event in events]


def _complaints(ics: bytes) -> list[str]:
    lib = _library()
    parsed = lib.icalparser_parse_string(ics)
    if not parsed:
        return ["not a calendar"]
    try:
        lib.icalrestriction_check(parsed)
        rendered: bytes = lib.icalcomponent_as_ical_string(parsed)
    finally:
        lib.icalcomponent_free(parsed)
    return _errors(rendered.decode())


def _errors(rendered: str) -> list[str]:
    """Pick the errors, which libical writes into the component where they were found."""
    unfolded = rendered.replace("\r\n ", "").replace("\r\n\t", "")
    return re.findall(r"^X-LIC-ERROR[^:]*:(.*?)\r?$", unfolded, re.MULTILINE)


def _library() -> ctypes.CDLL:
    try:
        lib = ctypes.CDLL("libical.so.3")
    except OSError:
        missing("libical 3", "apt-get install libical3")
    lib.icalparser_parse_string.argtypes = [c_char_p]
    lib.icalparser_parse_string.restype = c_void_p
    lib.icalrestriction_check.argtypes = [c_void_p]
    lib.icalrestriction_check.restype = c_int
    lib.icalcomponent_as_ical_string.argtypes = [c_void_p]
    lib.icalcomponent_as_ical_string.restype = c_char_p
    lib.icalcomponent_free.argtypes = [c_void_p]
    lib.icalcomponent_free.restype = None
    return lib
