"""Debian's own Chromium, driven by playwright."""

import pytest

from tests.services.machine import program


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Return the path of the browser to drive.

    The build without windows draws, runs and stores the same with less than half of the CPU time; else the one with.
    """
    return program("chromium-headless-shell", "/usr/bin/chromium")
