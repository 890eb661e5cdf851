"""A wheel is whole or is not built."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from setuptools import Distribution
from setuptools.errors import SetupError

from tools import packaging


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A working tree where set-up has made everything."""
    vendor = tmp_path / "static" / "vendor"
    (vendor / "library-1.0").mkdir(parents=True)
    (vendor / "library-1.0" / "library.js").touch()
    (vendor / "manifest.json").write_text('{"library": "library-1.0"}', encoding="utf-8")
    for folder in ("built", "fonts"):
        (tmp_path / "static" / folder).mkdir()
        (tmp_path / "static" / folder / "manifest.json").touch()
    catalogues = tmp_path / "conference_hub" / "translations" / "en" / "LC_MESSAGES"
    catalogues.mkdir(parents=True)
    (catalogues / "messages.po").touch()
    (catalogues / "messages.mo").touch()
    return tmp_path


MO = "conference_hub/translations/en/LC_MESSAGES/messages.mo"


def test_prepared_tree_is_complete(tree: Path) -> None:
    assert list(packaging.missing(tree)) == []


@pytest.mark.parametrize(
    ("removed", "named"),
    [
        ("static/vendor/manifest.json", "static/vendor/vendor"),
        ("static/vendor/library-1.0/library.js", "static/vendor/library-1.0"),
        ("static/built/manifest.json", "static/built"),
        ("static/fonts/manifest.json", "static/fonts"),
        (MO, MO),
    ],
)
def test_missing_files_are_named(tree: Path, removed: str, named: str) -> None:
    (tree / removed).unlink()

    assert list(packaging.missing(tree)) == [named]


def test_a_catalogue_older_than_its_source_is_not_compiled(tree: Path) -> None:
    os.utime(tree / MO, ns=(0, 0))

    assert list(packaging.missing(tree)) == [MO]


def test_nothing_is_built_from_an_unfinished_tree(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tree / MO).unlink()
    monkeypatch.setattr(packaging, "ROOT", tree)

    with pytest.raises(SetupError, match=f"run `make wheel`: {MO}"):
        packaging.BuildWithFiles(Distribution()).run()


def test_a_source_archive_is_refused() -> None:
    with pytest.raises(SetupError, match="not as an sdist"):
        packaging.NoSdist(Distribution()).run()
