"""The model conference as tests know it: its slug, its opening, and a clock to run its day by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

CONF = "best-practice-2021"
OPENING = datetime(2021, 12, 2, 0, 20, tzinfo=UTC)
"""09:20 in Seoul on the day of the model conference."""


@dataclass
class FakeNow:
    """A clock that stands still until a test moves it."""

    instant: datetime = OPENING - timedelta(minutes=20)

    def __call__(self) -> datetime:
        """Return the set instant."""
        return self.instant

    def forward(self, **span: float) -> datetime:
        """Move on by `timedelta(**span)` and return the new instant."""
        self.instant += timedelta(**span)
        return self.instant


def outside(command: str) -> dict[str, str]:
    """Return what a command of an award says so that it counts while another cue is on air, or none."""
    return {"outside": "test"} if command in {"arm", "reveal"} else {}


def leaving(command: str) -> dict[str, str]:
    """Return what a command of a lane says so that nobody is asked about names that were not called, or nothing."""
    return {"with_left": "leave"} if command in {"next", "jump", "skip", "finish"} else {}
