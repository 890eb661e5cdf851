"""Whether this machine has io_uring: a matter of its kernel and its owner, not of what is installed."""

from __future__ import annotations

import pytest

from conference_hub.live.transport.ring import NoRing, open_ring


def need_ring() -> None:
    """Skip the running test where nothing can be sent through io_uring; the hub itself then sends without."""
    try:
        open_ring().close()
    except NoRing as why:
        pytest.skip(f"no io_uring: {why}")
