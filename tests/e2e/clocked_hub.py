"""The hub by a clock that a test moves: the file named by `HUB_TEST_CLOCK` holds how many seconds it is ahead.

Or it holds an instant, `2026-12-02T00:20:00+00:00`: the clock stands still there.

Run as `python -m tests.e2e.clocked_hub`; everything but the clock is what `serve --demo` makes. With the argument
`empty` it is what `serve` makes: the hub holds nothing but what a command made.
"""

from __future__ import annotations

from conference_hub.live import network

network.patch()

import os  # noqa: E402 - only now: what is imported must find the patched standard library
import sys  # noqa: E402
from datetime import datetime, timedelta  # noqa: E402
from pathlib import Path  # noqa: E402

from conference_hub.cli.serve import serve_hub  # noqa: E402
from conference_hub.core.config import load  # noqa: E402
from conference_hub.core.now import utc_now  # noqa: E402

CLOCK = Path(os.environ["HUB_TEST_CLOCK"])


def test_now() -> datetime:
    """Return the machine's time and what the test adds to it, or the instant that it set."""
    text = CLOCK.read_text(encoding="utf-8")
    return datetime.fromisoformat(text) if "T" in text else utc_now() + timedelta(seconds=float(text))


if __name__ == "__main__":
    serve_hub(load(os.environ, demo="empty" not in sys.argv), now=test_now)
    sys.exit(0)
