"""The seed as text, as JSON, and with the ids by which tests call its things."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.seed.records import Record, named

SEED = Path(__file__).parents[3] / "seed"


@pytest.fixture(scope="module")
def text() -> str:
    """The file as it stands."""
    return (SEED / "best-practice-2021.json").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def whole(text: str) -> Record:
    """The file as JSON."""
    loaded: Record = json.loads(text)
    return loaded


@pytest.fixture(scope="module")
def seed(whole: Record) -> Record:
    """The file with the ids by which tests call its things, as `named` gives them."""
    return named(whole)
