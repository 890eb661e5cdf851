"""The browser's side has the packages of the server: a folder or a prefix of another name is a mistake."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conference_hub.core.files import STATIC, TEMPLATES

ROOT = Path(__file__).parents[3]
PACKAGES = {path.parent.name for path in (ROOT / "conference_hub").glob("*/__init__.py")}
PAGES = sorted(TEMPLATES.rglob("*.html"))
SETTING = re.compile(r"\{% set (?P<name>module|stylesheet) = '(?P<value>[^']+)' %\}")
IMPORT = re.compile(r"^@import '\./(.+)\.css'", re.MULTILINE)


@pytest.mark.parametrize(
    "folder", [STATIC / "js", TEMPLATES, ROOT / "tests" / "js"], ids=["static/js", "templates", "tests/js"]
)
def test_every_folder_is_named_after_a_package(folder: Path) -> None:
    assert {path.relative_to(folder).parts[0] for path in folder.glob("*/**/*") if path.is_file()} <= PACKAGES


def test_every_style_sheet_is_named_after_a_package_and_its_screen() -> None:
    assert {path.stem.partition("-")[0] for path in (STATIC / "css").glob("*.css")} <= PACKAGES


def test_every_named_script_and_style_sheet_exists_and_every_sheet_is_used() -> None:
    named = {
        (match["name"], match["value"])
        for page in PAGES
        for match in SETTING.finditer(page.read_text(encoding="utf-8"))
    }
    scripts = {word for name, word in named if name == "module"}
    used = {"web"} | {word for name, word in named if name == "stylesheet"}
    while used != (used := used | {word for sheet in used for word in imported(sheet)}):
        pass

    assert used == {path.stem for path in (STATIC / "css").glob("*.css")}
    assert {word for word in scripts if not (STATIC / "js" / f"{word}.js").exists()} == set()


def imported(sheet: str) -> list[str]:
    """Return the sheets that a sheet imports."""
    return IMPORT.findall((STATIC / "css" / f"{sheet}.css").read_text(encoding="utf-8"))
