"""The whole model day by keyboard alone, with its accidents, on every screen at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import ModelDay, Visit, running_day
from tests.e2e.show.opening import open_the_house
from tests.e2e.show.running_order import RUNNING_ORDER
from tests.e2e.show.stage_manager import SHOTS

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture
def model_day(tmp_path: Path) -> Iterator[ModelDay]:
    """The model day as it comes with the hub: its lanes wait for one another."""
    with running_day(tmp_path, seeded=True) as day:
        yield day


@pytest.mark.parametrize("lang", ["ko", "en"] if SHOTS else ["ko"])
def test_the_whole_show(model_day: ModelDay, visit: Visit, lang: str) -> None:
    manager = open_the_house(model_day, visit, lang)
    manager.compare("before the day")
    for step in RUNNING_ORDER:
        manager.call(step)
