"""Badge tokens as QR codes."""

from __future__ import annotations

from functools import lru_cache

from conference_hub.web.qr import qr_svg

KEPT_CODES = 8192
"""Drawn once: a code takes milliseconds, and a sheet of thousands is printed more than once. About 2 kB each."""


@lru_cache(maxsize=KEPT_CODES)
def badge_svg(token: str) -> str:
    """Return an `<svg>` element that shows `token`; it scales to the size that its frame gives it."""
    return qr_svg(token)
