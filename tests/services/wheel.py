"""The wheel of the source, built once for a whole run."""

import fcntl
import os
import shutil
from pathlib import Path

import pytest

from tools.paths import ROOT
from tools.wheel import build


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the path of the wheel as `make wheel` builds it: the first worker that asks does, the others wait."""
    own = tmp_path_factory.getbasetemp()
    place = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "wheel-of-the-run"
    with (ROOT / ".wheel-lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if found := next(place.glob("*.whl"), None):
            return found
        shutil.rmtree(ROOT / "build", ignore_errors=True)  # what a run that was stopped left behind
        return build(place)
