"""What happens when a judge is not installed."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def missing(judge: str, install: str) -> NoReturn:
    """Skip the running test, or fail it under CI=true; `install` says how to get the judge."""
    reason = f"{judge} is not installed ({install})"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
