"""docs/architecture.md names every module of a feature that is not one of the standard files."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
PACKAGES = ROOT / "conference_hub"
PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
FEATURES = ("access", "agenda", "awards", "checkin", "conferences", "followup", "gates", "people")


def standard_files() -> set[str]:
    """The files in the page's table of those that every feature has."""
    table = PAGE.partition("Inside a feature, the same files everywhere:")[2].partition("Beside them")[0]
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("|")]
    return {name for cell in cells for name in re.findall(r"`(\w+\.py)`", cell)}


def named() -> set[str]:
    """The modules of features that the page names by package."""
    return {
        f"{package}/{name}" for package, name in re.findall(r"`(\w+)/(\w+\.py)`", PAGE) if package in FEATURES
    }


def on_disk() -> set[str]:
    found = {f"{package}/{path.name}" for package in FEATURES for path in (PACKAGES / package).glob("*.py")}
    return {name for name in found if not name.endswith("__init__.py")}


def test_every_module_off_the_pattern_is_named() -> None:
    standard = standard_files()

    assert {"model.py", "keys.py", "pages.py"} <= standard
    off_pattern = {name for name in on_disk() if name.partition("/")[2] not in standard}
    assert off_pattern - named() == set()


def test_every_named_module_is_there() -> None:
    assert named() - on_disk() == set()
