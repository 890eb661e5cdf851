"""Programs are found where Debian keeps them, also by a user whose PATH leaves root's folders out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.machine import find


def test_a_program_is_found_without_any_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    assert find("env") == "/usr/bin/env"


def test_the_path_comes_first_and_patterns_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "hub-tool").touch(mode=0o755)
    pattern = str(tmp_path / "sec*" / "hub-tool")

    monkeypatch.setenv("PATH", str(tmp_path / "first"))
    on_path = find("hub-tool", pattern)
    monkeypatch.setenv("PATH", "/nowhere")
    by_pattern = find("hub-tool", pattern)

    assert (on_path, by_pattern) == (
        str(tmp_path / "first" / "hub-tool"),
        str(tmp_path / "second" / "hub-tool"),
    )
    assert find("no-such-program") is None
