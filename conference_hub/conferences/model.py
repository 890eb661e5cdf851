"""A conference, as every other package sees it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from conference_hub.conferences.places import Channel
from conference_hub.core.text import LANGUAGES, Language, Text

DOORS_MIN = 180
"""Minutes from the opening of check-in to the start of a conference, and from its end to the closing, unless set."""
MOST_DOORS_MIN = 7 * 24 * 60
ACCENT = re.compile(r"#[0-9a-fA-F]{6}")
SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


class State(StrEnum):
    """How far a conference is; `lifecycle.py` says which follows which."""

    DRAFT = "draft"
    READY = "ready"
    LIVE = "live"
    OVER = "over"
    ARCHIVED = "archived"

    @property
    def label(self) -> Text:
        """What people read."""
        return _STATE_LABELS[self]


_STATE_LABELS = {
    State.DRAFT: Text(ko="준비 중", en="Draft"),
    State.READY: Text(ko="공개됨", en="Published"),
    State.LIVE: Text(ko="진행 중", en="Live"),
    State.OVER: Text(ko="종료됨", en="Over"),
    State.ARCHIVED: Text(ko="보관됨", en="Archived"),
}


@dataclass(frozen=True, kw_only=True)
class Archived:
    """When and by whom a conference was archived, and the state that it had and gets back."""

    at: datetime
    by: str
    before: State


@dataclass(frozen=True, kw_only=True)
class Conference:
    """What a conference is and when; instants are aware UTC, `timezone` is an IANA name for rendering.

    `accent` is a colour as `#rrggbb`: it goes into a style sheet, so anything else raises ValueError, as do a slug
    that is no part of a URL and a day that ends before it starts. `languages` are those of its texts, the main one
    first: a text needs a wording in that one only. `state` is the one that was set by hand (`lifecycle.stage` says
    how far its run is); personal data are kept until `purge_on`. Check-in opens
    `doors_before_min` minutes before the start and closes `doors_after_min` after the end.
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
    state: State = State.READY
    archived: Archived | None = None
    purge_on: date | None = None
    doors_before_min: int = DOORS_MIN
    doors_after_min: int = DOORS_MIN

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
    def hidden(self) -> bool:
        """Whether only its team sees it: a draft, archived or not."""
        return State.DRAFT in {self.state, self.archived.before if self.archived else self.state}

    @property
    def on(self) -> bool:
        """Whether guests are let in at all: not to a draft, and not to what is archived."""
        return self.state not in {State.DRAFT, State.ARCHIVED}

    @property
    def doors_open_at(self) -> datetime:
        """When check-in opens."""
        return self.starts_at - timedelta(minutes=self.doors_before_min)

    @property
    def doors_close_at(self) -> datetime:
        """When check-in closes."""
        return self.ends_at + timedelta(minutes=self.doors_after_min)

    @property
    def main_language(self) -> Language:
        """The language in which every text has a wording."""
        return self.languages[0]

    @property
    def zone(self) -> ZoneInfo:
        """The event's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def last_day(self) -> date:
        """The calendar day on which the event ends, where it is held; an end at midnight belongs to the day before."""
        return (self.ends_at - timedelta(microseconds=1)).astimezone(self.zone).date()

    @property
    def day(self) -> date:
        """The calendar day on which the event starts, where it is held."""
        return self.starts_at.astimezone(self.zone).date()
