"""What pages load: files named by their content, in the language of the request, kept for a year."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.core.files import STATIC
from conference_hub.web import assets

YEAR = "public, max-age=31536000, immutable"
SHEETS = {"agenda/console": "agenda-console", "checkin/gate": "checkin-gate", "live/live": "live"}
"""Scripts and style sheets of the pages that are to weigh 90 kB at most (`bench/pages.py`)."""
HEAVIEST = 70_500
"""Bytes of scripts and sheets as they are sent; with the page itself (17 kB for the console) and heads it is 90 kB.

It is what a page loads until it can be used; `bench/pages.py` counts apart what it loads by itself after that.
"""
HEAVIEST_LATER = 8_000


def scripts(app: Flask, module: str, lang: str = "ko", root: str = "") -> tuple[str, ...]:
    with app.test_request_context(f"/?lang={lang}", environ_overrides={"SCRIPT_NAME": root}):
        return assets.script_urls(module)


def read(urls: tuple[str, ...]) -> str:
    return "".join((STATIC / url.partition("/static/")[2]).read_text(encoding="utf-8") for url in urls)


def packed(url: str) -> int:
    """Return how many bytes a browser receives of a static file."""
    path = STATIC / url.partition("/static/")[2]
    best = path.with_name(f"{path.name}.br")
    return (best if best.exists() else path).stat().st_size


def test_a_script_is_built_for_each_language_and_says_one_only(app: Flask) -> None:
    korean, english = read(scripts(app, "live/live")), read(scripts(app, "live/live", "en"))

    assert "{channel} 참여하기" in korean
    assert "Join {channel}" not in korean
    assert "Join {channel}" in english
    assert "{channel} 참여하기" not in english
    assert "Entered at {at}" not in english, "a gate says it"
    assert "Entered at {at}" in read(scripts(app, "checkin/gate", "en"))


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("module", SHEETS)
def test_what_a_page_loads_at_the_start_leaves_it_below_its_weight(
    app: Flask, module: str, lang: str
) -> None:
    with app.test_request_context("/"):
        sheets = (assets.sheet_url(SHEETS[module]), assets.more_fonts_url())

    assert sum(packed(url) for url in (*scripts(app, module, lang), *sheets)) < HEAVIEST


def test_the_dialogs_of_the_console_come_later_and_weigh_little(app: Flask) -> None:
    at_first = scripts(app, "agenda/console")
    with app.test_request_context("/"):
        later = assets.later_urls("agenda/console", "agenda/console/dialogs")

    assert not set(at_first) & set(later)
    assert sum(map(packed, later)) < HEAVIEST_LATER
    assert "누구에게 보낼지 골라 주세요" in read(later)
    assert "누구에게 보낼지 골라 주세요" not in read(at_first)


def test_files_of_a_page_are_few_and_lie_below_the_prefix_of_a_proxy(app: Flask) -> None:
    urls, below = scripts(app, "agenda/console"), scripts(app, "agenda/console", root="/hub")

    assert re.fullmatch(r"/static/built/agenda/console-[A-Z0-9]{8}\.js", urls[0])
    assert len(urls) <= 6
    assert below == tuple(f"/hub{url}" for url in urls)


def test_each_script_and_sheet_is_kept_for_a_year(app: Flask, client: FlaskClient) -> None:
    with app.test_request_context("/"):
        urls = [*assets.script_urls("web/page"), assets.sheet_url("web"), assets.static_url("icon.svg")]

    assert [client.get(url).headers["Cache-Control"] for url in urls] == [YEAR] * len(urls)


def test_a_file_that_never_changes_is_answered_in_few_words(app: Flask, client: FlaskClient) -> None:
    with app.test_request_context("/"):
        url = assets.sheet_url("web")

    assert set(client.get(url).headers.keys()) == {
        "Cache-Control",
        "Content-Length",
        "Content-Type",
        "Date",
        "Vary",
        "X-Content-Type-Options",
    }


def test_a_file_asked_for_without_its_hash_is_asked_for_again(client: FlaskClient) -> None:
    assert client.get("/static/icon.svg").headers["Cache-Control"] == "no-cache"


def test_a_script_without_the_built_files_says_how_to_build_them(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "BUILT", "not-built")
    assets._script_urls.cache_clear()

    with pytest.raises(assets.AssetsMissing, match="static/not-built is missing: run `make run`"):
        scripts(app, "web/page")
