"""Tests of one file that share a fixture run in one process, also when others run in other processes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a file that all processes of this run would share; raises FileExistsError when it is there."""
    own = tmp_path_factory.getbasetemp()
    made = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "made-once"
    made.touch(exist_ok=False)
    return made


@pytest.mark.parametrize("number", range(4))
def test_shared_fixture_is_made_once_in_all_processes(made_once: Path, number: int) -> None:
    assert made_once.exists(), number
