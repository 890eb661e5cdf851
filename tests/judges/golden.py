"""Golden calendars: the exact bytes that we mean to publish, but for the version in PRODID."""

from __future__ import annotations

from pathlib import Path

from conference_hub import __version__

GOLDEN = Path(__file__).parents[1] / "golden"


def golden(name: str) -> bytes:
    """Read a golden file with `{version}` replaced by the running version."""
    return (GOLDEN / name).read_bytes().replace(b"{version}", __version__.encode())
