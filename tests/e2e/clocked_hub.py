"""The hub by a clock that a test moves (`clock_file`): that of the file which is named by `HUB_TEST_CLOCK`.

Run as `python -m tests.e2e.clocked_hub`; everything but the clock is what `serve --demo` makes. With the argument
`empty` it is what `serve` makes: the hub holds nothing but what a command made.
"""

from __future__ import annotations

from conference_hub.live import network

network.patch()

import os  # noqa: E402 - only now: what is imported must find the patched standard library
import sys  # noqa: E402
from functools import partial  # noqa: E402
from pathlib import Path  # noqa: E402

from conference_hub.cli.serve import serve_hub  # noqa: E402
from conference_hub.core.config import load  # noqa: E402
from tests.e2e.clock_file import read_clock  # noqa: E402

if __name__ == "__main__":
    now = partial(read_clock, Path(os.environ["HUB_TEST_CLOCK"]))
    serve_hub(load(os.environ, demo="empty" not in sys.argv), now=now)
    sys.exit(0)
