"""libical, the reference in C, through ctypes: whether a calendar keeps the rules."""

from __future__ import annotations

import ctypes
import re
from ctypes import c_char_p, c_int, c_void_p

from tests.judges.availability import missing

EVENT = re.compile(rb"^BEGIN:VEVENT\r?\n.*?^END:VEVENT\r?\n", re.DOTALL | re.MULTILINE)

METHOD = re.compile(rb"^METHOD:", re.MULTILINE)


def complaints(ics: bytes) -> list[str]:
    """Parse a calendar and check it against libical's rules; an empty list is a pass.

    libical's strict rules are those of a METHOD (RFC 5546). A calendar that has none is checked as it is, and once more
    as the PUBLISH message it could be sent as: with that METHOD and an ORGANIZER. libical looks no further than the
    first component that breaks a rule, so each event is checked in a calendar of its own.
    """
    variants = [ics] if METHOD.search(ics) else [ics, _as_message(ics)]
    found = [
        complaint
        for variant in variants
        for one in _one_event_each(variant)
        for complaint in _complaints(one)
    ]
    return list(dict.fromkeys(found))


def _as_message(ics: bytes) -> bytes:
    with_method = ics.replace(b"VERSION:2.0\r\n", b"VERSION:2.0\r\nMETHOD:PUBLISH\r\n", 1)
    return with_method.replace(b"BEGIN:VEVENT\r\n", b"BEGIN:VEVENT\r\nORGANIZER:mailto:judge@example.com\r\n")


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
