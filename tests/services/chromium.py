"""Debian's own Chromium, driven by playwright."""

import pytest

from tests.services.machine import program


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Return the path of the browser to drive."""
    return program("chromium")
