"""A conference, as every other package sees it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from conference_hub.conferences.places import Channel
from conference_hub.core.text import LANGUAGES, Language, Text

DOORS_OPEN_BEFORE = timedelta(hours=3)
DOORS_CLOSE_AFTER = timedelta(hours=3)
ACCENT = re.compile(r"#[0-9a-fA-F]{6}")
SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


@dataclass(frozen=True, kw_only=True)
class Conference:
    """What a conference is and when; instants are aware UTC, `timezone` is an IANA name for rendering.

    `accent` is a colour as `#rrggbb`: it goes into a style sheet, so anything else raises ValueError, as do a slug
    that is no part of a URL and a day that ends before it starts. `languages` are those of its texts, the main one
    first: a text needs a wording in that one only.
    """

    slug: str
    title: Text
    host: Text
    venue: Text
    timezone: str
    starts_at: datetime
    ends_at: datetime
    accent: str
    channels: tuple[Channel, ...]
    languages: tuple[Language, ...] = LANGUAGES

    def __post_init__(self) -> None:
        """Refuse what no page could show."""
        if (
            not ACCENT.fullmatch(self.accent)
            or not SLUG.fullmatch(self.slug)
            or self.ends_at <= self.starts_at
            or not self.languages
        ):
            message = f"conference {self.slug!r}: accent {self.accent!r}, {self.starts_at} to {self.ends_at}"
            raise ValueError(message)

    @property
    def main_language(self) -> Language:
        """The language in which every text has a wording."""
        return self.languages[0]

    @property
    def zone(self) -> ZoneInfo:
        """The event's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def day(self) -> date:
        """The calendar day on which the event starts, where it is held."""
        return self.starts_at.astimezone(self.zone).date()
