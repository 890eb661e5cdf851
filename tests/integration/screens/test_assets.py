"""The import map and the hashes of static files: made once in a process, and anew where files change."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from conference_hub.web import assets


@pytest.fixture
def static(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A directory of static files of the test's own, with one module."""
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "own.js").write_text("export {};\n", encoding="utf-8")
    assets._vendor()  # the browser libraries stay where they are
    monkeypatch.setattr(assets, "STATIC", tmp_path)
    for made in (assets._import_map, assets._static_url):
        made.cache_clear()
    yield tmp_path
    for made in (assets._import_map, assets._static_url):
        made.cache_clear()


def addresses(app: Flask, language: str = "ko", root: str = "") -> dict[str, str]:
    environ = {"SCRIPT_NAME": root}
    with app.test_request_context(f"/?lang={language}", environ_overrides=environ):
        imports: dict[str, str] = json.loads(assets.import_map())["imports"]
    return imports


def test_files_are_read_once_in_a_process(app: Flask, static: Path) -> None:
    before = addresses(app)
    (static / "js" / "own.js").write_text("export default 1;\n", encoding="utf-8")
    (static / "js" / "other.js").write_text("export {};\n", encoding="utf-8")

    assert addresses(app) == before
    assert before["#hub/own.js"].startswith("/static/js/own.js?v=")


def test_a_changed_file_has_a_new_address_in_debug_mode(app: Flask, static: Path) -> None:
    app.debug = True
    before = addresses(app)
    (static / "js" / "own.js").write_text("export default 1;\n", encoding="utf-8")

    assert addresses(app)["#hub/own.js"] != before["#hub/own.js"]


def test_import_map_differs_by_language_and_proxy_prefix(app: Flask, static: Path) -> None:
    korean, english, below = addresses(app), addresses(app, "en"), addresses(app, root="/hub")

    assert korean["#hub/web/messages.js"].startswith("/i18n/ko.js?v=")
    assert english["#hub/web/messages.js"].startswith("/i18n/en.js?v=")
    assert below["#hub/own.js"] == f"/hub{korean['#hub/own.js']}"
