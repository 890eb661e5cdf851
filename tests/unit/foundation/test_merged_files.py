"""No file of ours holds what a merge left where two sides differed: pages would show it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parents[3]
OURS = ("conference_hub", "templates", "static", "docs", "ops", "seed", "tests", "tools", "bench")
MARKS = (b"<" * 7 + b" ", b">" * 7 + b" ")


def test_no_file_holds_marks_of_a_merge() -> None:
    assert [f"{path}:{line}" for path in _files() for line in _marked(path)] == []


def _files() -> Iterator[Path]:
    yield from (path for path in HERE.iterdir() if path.is_file())
    for folder in OURS:
        found = (HERE / folder).rglob("*")
        yield from (path for path in found if path.is_file() and "__pycache__" not in path.parts)


def _marked(path: Path) -> list[int]:
    lines = path.read_bytes().split(b"\n")
    return [number for number, line in enumerate(lines, start=1) if line.startswith(MARKS)]
