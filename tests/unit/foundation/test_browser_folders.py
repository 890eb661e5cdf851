"""The browser's side has the packages of the server: a folder or a prefix of another name is a mistake."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conference_hub.core.files import STATIC, TEMPLATES

ROOT = Path(__file__).parents[3]
PACKAGES = {path.parent.name for path in (ROOT / "conference_hub").glob("*/__init__.py")}
PAGES = sorted(TEMPLATES.rglob("*.html"))
SETTING = re.compile(r"\{% set (?P<name>module|styles) = (?P<value>.+?) %\}")


@pytest.mark.parametrize(
    "folder", [STATIC / "js", TEMPLATES, ROOT / "tests" / "js"], ids=["static/js", "templates", "tests/js"]
)
def test_every_folder_is_named_after_a_package(folder: Path) -> None:
    assert {path.relative_to(folder).parts[0] for path in folder.glob("*/**/*") if path.is_file()} <= PACKAGES


def test_every_style_sheet_is_named_after_a_package_and_its_screen() -> None:
    assert {path.stem.partition("-")[0] for path in (STATIC / "css").glob("*.css")} <= PACKAGES


def test_every_named_script_and_style_sheet_exists_and_every_one_is_used() -> None:
    named = [
        (match["name"], word)
        for page in PAGES
        for match in SETTING.finditer(page.read_text(encoding="utf-8"))
        for word in re.findall(r"'([^']+)'", match["value"])
    ]
    layout = (TEMPLATES / "web" / "layout.html").read_text(encoding="utf-8")
    sheets = {word for name, word in named if name == "styles"} | set(re.findall(r"\bweb-\w+", layout))

    assert sheets == {path.stem for path in (STATIC / "css").glob("*.css")}
    assert [
        word for name, word in named if name == "module" and not (STATIC / "js" / f"{word}.js").exists()
    ] == []
