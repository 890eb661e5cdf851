"""A conference, as every other package sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from conference_hub.text import Text

DOORS_OPEN_BEFORE = timedelta(hours=3)
DOORS_CLOSE_AFTER = timedelta(hours=3)


@dataclass(frozen=True, kw_only=True)
class Channel:
    """A way to take part: hall, metaverse, video meeting or broadcast; `url` is None until it is known."""

    id: str
    kind: str
    label: Text
    url: str | None


@dataclass(frozen=True, kw_only=True)
class Conference:
    """What a conference is and when; instants are aware UTC, `timezone` is an IANA name for rendering."""

    slug: str
    title: Text
    host: Text
    venue: Text
    timezone: str
    starts_at: datetime
    ends_at: datetime
    accent: str
    channels: tuple[Channel, ...]

    @property
    def zone(self) -> ZoneInfo:
        """The event's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def day(self) -> date:
        """The calendar day on which the event starts, where it is held."""
        return self.starts_at.astimezone(self.zone).date()

    def doors_open(self, at: datetime) -> bool:
        """Tell whether check-in is open at `at`: from three hours before the start to three hours after the end."""
        return self.starts_at - DOORS_OPEN_BEFORE <= at <= self.ends_at + DOORS_CLOSE_AFTER
