"""The programme on paper: nothing of it is cut at the edge of a sheet, however many lanes stand beside one another."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.two_days import HALL, ROOMS, SLUG, two_days
from tests.model_day import CONF

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

SHEET = 672
"""What a sheet of A4 is wide between its margins, in CSS pixels: 178 mm."""
CUT = """width => [...document.querySelectorAll('main, main *')]
  .filter((one) => one.checkVisibility() && Math.round(one.getBoundingClientRect().right) > width)
  .map((one) => one.textContent.trim())"""
LANES = """() => [...document.querySelectorAll('.part-table[data-wide] tr:first-child > td')]
  .filter((one) => one.checkVisibility()).map((one) => getComputedStyle(one, '::before').content)"""


def printed(page: Page, url: str) -> Page:
    """Open a page as wide as a sheet of paper, by the rules of paper."""
    page.emulate_media(media="print")
    page.goto(url)
    return page


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_programmes_of_few_and_of_many_lanes_fit_on_a_sheet(
    model_day: ModelDay, visit: Visit, tmp_path: Path, lang: str
) -> None:
    file = tmp_path / "two-days.json"
    opening = (model_day.opening + timedelta(days=1)).replace(hour=0, minute=0)
    file.write_text(json.dumps(two_days(opening)), encoding="utf-8")
    model_day.server.command("import", str(file))
    page = visit(model_day.page(""), SHEET, 1000, lang=lang)
    for conf in (CONF, SLUG):
        for path in ("", "programme"):
            printed(page, f"{model_day.server.url}/c/{conf}/{path}")

            assert page.locator(".part-table td[data-cue]").first.is_visible()
            assert page.evaluate(CUT, SHEET) == []
    assert page.evaluate(LANES) == [f'"{lane} · "' for lane in (HALL, *ROOMS)]
