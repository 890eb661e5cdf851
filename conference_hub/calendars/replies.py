"""Answers to invitations as calendars send them: METHOD:REPLY in a mail (RFC 5546 3.2.3, RFC 6047).

A reply is read line by line: what calendars write beside an answer (time zones, alarms, properties of their own) may
be wrong without making the answer unreadable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from enum import StrEnum
from itertools import islice

from icalendar.parser import Contentline, Contentlines

from conference_hub.core.received import address_in, field_of, parts_of, text_of

MOST_LINES = 4_000
MOST_OF_A_LINE = 4_000
MOST_OF_A_COMMENT = 500
MOST_SEQUENCE = 2**31 - 1
NAMES = frozenset({"METHOD", "UID", "SEQUENCE", "DTSTAMP", "ATTENDEE", "COMMENT"})


class Method(StrEnum):
    """What a calendar sends to an organiser."""

    REPLY = "REPLY"
    COUNTER = "COUNTER"


class PartStat(StrEnum):
    """What an attendee said (RFC 5545 3.2.12)."""

    ACCEPTED = "ACCEPTED"
    TENTATIVE = "TENTATIVE"
    DECLINED = "DECLINED"
    DELEGATED = "DELEGATED"


@dataclass(frozen=True, kw_only=True)
class Reply:
    """An answer: `attendee` and `sender` (From) are addresses in small letters, `sender` may be empty.

    `sequence` is the version that was answered, `stamp` (aware UTC) when it was, None where the calendar does not say.
    """

    method: Method
    uid: str
    attendee: str
    answer: PartStat
    sequence: int
    stamp: datetime | None
    sender: str = ""
    comment: str = ""


def read_reply(mail: Message) -> Reply | None:
    """Return the answer that a mail brings, None for a mail without one."""
    sender = address_in(field_of(mail, "From"))
    for part in parts_of(mail):
        if _is_calendar(part) and (found := _reply(text_of(part), sender)):
            return found
    return None


def _is_calendar(part: Message) -> bool:
    if part.get_content_type() in {"text/calendar", "application/ics"}:
        return True
    with suppress(ValueError, LookupError, TypeError):
        return (part.get_filename() or "").casefold().endswith(".ics")
    return False


@dataclass(frozen=True, kw_only=True)
class _Line:
    name: str
    value: str
    params: dict[str, str]
    within: tuple[str, ...]


def _reply(text: str, sender: str) -> Reply | None:
    lines = list(_lines(text))
    own = [line for line in lines if line.within == ("VCALENDAR",)]
    event = [line for line in lines if line.within == ("VCALENDAR", "VEVENT")]
    try:
        method = Method(_value(own, "METHOD").upper())
    except ValueError:
        return None
    uid, attendee = _value(event, "UID"), _attendee(event, sender)
    if not uid or attendee is None:
        return None
    answer = attendee.params.get("PARTSTAT", "").upper()
    if answer not in PartStat.__members__:
        if method is Method.REPLY:
            return None
        answer = PartStat.TENTATIVE  # who proposes another time has not agreed to this one
    return Reply(
        method=method,
        uid=uid,
        attendee=_address(attendee),
        answer=PartStat(answer),
        sequence=_sequence(_value(event, "SEQUENCE")),
        stamp=_stamp(_value(event, "DTSTAMP")),
        sender=sender,
        comment=" ".join(_value(event, "COMMENT").split())[:MOST_OF_A_COMMENT],
    )


def _lines(text: str) -> Iterator[_Line]:
    """Yield the lines that matter, with the components in which they stand."""
    within: list[str] = []
    for line in islice(_unfolded(text), MOST_LINES):
        name = (
            line[: min((at for at in (line.find(":"), line.find(";")) if at > 0), default=0)].strip().upper()
        )
        if name == "BEGIN":
            within.append(line.partition(":")[2].strip().upper())
        elif name == "END" and within:
            within.pop()
        elif name in NAMES:
            with suppress(ValueError):
                _, params, value = line.parts()
                yield _Line(
                    name=name,
                    value=value.strip(),
                    params={str(key).upper(): str(one) for key, one in params.items()},
                    within=tuple(within),
                )


def _unfolded(text: str) -> Iterable[Contentline]:
    try:
        lines = Contentlines.from_ical(text)  # type: ignore[no-untyped-call]
    except (ValueError, AssertionError):
        return ()
    return (line for line in lines if 0 < len(line) <= MOST_OF_A_LINE)


def _value(lines: Iterable[_Line], name: str) -> str:
    return next((line.value for line in lines if line.name == name), "")


def _attendee(event: Iterable[_Line], sender: str) -> _Line | None:
    """Return the one who answers: the only attendee, else the one who sent the mail; None when that is not clear."""
    there = [line for line in event if line.name == "ATTENDEE" and _address(line)]
    if len(there) == 1:
        return there[0]
    return next((line for line in there if _address(line) == sender), None)


def _address(line: _Line) -> str:
    """Return the address of an attendee; Apple gives it as EMAIL where the value is another kind of address."""
    scheme, colon, rest = line.value.partition(":")
    if colon and scheme.casefold() == "mailto":
        return address_in(rest)
    return address_in(line.params.get("EMAIL", "" if colon else line.value))


def _sequence(words: str) -> int:
    """Return SEQUENCE; 0 where there is none (RFC 5546 3.2.3), and for what is no number."""
    return min(int(words), MOST_SEQUENCE) if words.isascii() and words.isdecimal() and len(words) <= 10 else 0  # noqa: PLR2004


def _stamp(words: str) -> datetime | None:
    """Return DTSTAMP, which is given in UTC (RFC 5545 3.8.7.2)."""
    with suppress(ValueError):
        return datetime.strptime(words.upper(), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return None
