"""What pages load: files named by their content, in the language of the request, kept for a year."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.core.files import STATIC
from conference_hub.web import assets

YEAR = "public, max-age=31536000, immutable"


def scripts(app: Flask, module: str, lang: str = "ko", root: str = "") -> tuple[str, ...]:
    with app.test_request_context(f"/?lang={lang}", environ_overrides={"SCRIPT_NAME": root}):
        return assets.script_urls(module)


def read(urls: tuple[str, ...]) -> str:
    return "".join((STATIC / url.partition("/static/")[2]).read_text(encoding="utf-8") for url in urls)


def test_a_script_is_built_for_each_language_with_what_its_screen_says(app: Flask) -> None:
    korean, english = read(scripts(app, "live/live")), read(scripts(app, "live/live", "en"))

    assert "{channel} 참여하기" in korean
    assert "Join {channel}" not in korean
    assert '"{channel} 참여하기":"Join {channel}"' in english
    assert "Entered at {at}" not in english, "a gate says it"
    assert "Entered at {at}" in read(scripts(app, "checkin/gate", "en"))


def test_files_of_a_page_are_few_and_lie_below_the_prefix_of_a_proxy(app: Flask) -> None:
    urls, below = scripts(app, "agenda/console"), scripts(app, "agenda/console", root="/hub")

    assert re.fullmatch(r"/static/built/agenda/console-[A-Z0-9]{8}\.js", urls[0])
    assert len(urls) <= 6
    assert below == tuple(f"/hub{url}" for url in urls)


def test_each_script_and_sheet_is_kept_for_a_year(app: Flask, client: FlaskClient) -> None:
    with app.test_request_context("/"):
        urls = [*assets.script_urls("web/page"), assets.sheet_url("web"), assets.static_url("icon.svg")]

    assert [client.get(url).headers["Cache-Control"] for url in urls] == [YEAR] * len(urls)


def test_a_file_asked_for_without_its_hash_is_asked_for_again(client: FlaskClient) -> None:
    assert client.get("/static/icon.svg").headers["Cache-Control"] == "no-cache"


def test_a_script_without_the_built_files_says_how_to_build_them(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "BUILT", "not-built")
    assets._script_urls.cache_clear()

    with pytest.raises(assets.AssetsMissing, match="static/not-built is missing: run `make run`"):
        scripts(app, "web/page")
