"""The clock of a hub that a test moves: a file that says how many seconds it is ahead, or at which instant it stands.

`2026-12-02T00:20:00+00:00` is such an instant.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from conference_hub.core.now import utc_now


def read_clock(file: Path) -> datetime:
    """Return the machine's time and what the test adds to it, or the instant that it set."""
    text = file.read_text(encoding="utf-8")
    return datetime.fromisoformat(text) if "T" in text else utc_now() + timedelta(seconds=float(text))
