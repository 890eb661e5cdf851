"""Programs are found where Debian keeps them, also by a user without root's folders on PATH; where tests write."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import machine
from tools.machine import Need, find, in_memory


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


def test_temporary_files_are_kept_in_memory_where_there_is_room(tmp_path: Path) -> None:
    assert in_memory(tmp_path, room=0) == {"PYTEST_DEBUG_TEMPROOT": str(tmp_path)}
    assert in_memory(tmp_path, room=1 << 60) == {}
    assert in_memory(tmp_path / "nowhere", room=0) == {}


def test_what_has_a_substitute_is_wanted_and_not_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def need(name: str, *, here: bool, instead: bool) -> Need:
        return Need(name=name, here=lambda: here, packages=(name,), without="tests", instead=lambda: instead)

    here, slower, lost = (
        need("here", here=True, instead=False),
        need("slower", here=False, instead=True),
        need("lost", here=False, instead=False),
    )
    monkeypatch.setattr(machine, "NEEDS", (here, slower, lost))

    assert (machine.wanted(), machine.missing()) == ([slower, lost], [lost])
