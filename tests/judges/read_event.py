"""An event as a judge read it out of a calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class ReadEvent:
    """What a calendar program understood; instants in UTC, absent texts empty."""

    uid: str
    sequence: int
    status: str
    starts_at: datetime
    ends_at: datetime
    summary: str
    description: str
    location: str
    url: str

    @classmethod
    def of(cls, answer: Mapping[str, str]) -> ReadEvent:
        """Make one of the judge's JSON answer, whose instants are RFC 3339 and whose sequence is digits."""
        return cls(
            uid=answer["uid"],
            sequence=int(answer["sequence"]),
            status=answer["status"],
            starts_at=datetime.fromisoformat(answer["starts_at"]),
            ends_at=datetime.fromisoformat(answer["ends_at"]),
            summary=answer["summary"],
            description=answer["description"],
            location=answer["location"],
            url=answer["url"],
        )
