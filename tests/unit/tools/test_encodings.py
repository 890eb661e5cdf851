"""Every text file and every program's output is read and written as UTF-8, whatever the locale says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SOURCES = ("conference_hub", "tools", "tests", "bench")
ENCODING_AT = {"read_text": 0, "write_text": 1}
MODE = re.compile(r"[rwaxbt+]{1,3}")


def without_encoding(source: str) -> list[int]:
    """Return the lines of calls that leave the encoding of text to the locale."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [call.lineno for call in calls if _is_text(call) and not _says_encoding(call)]


def _is_text(call: ast.Call) -> bool:
    name = _name(call)
    if name in {"read_text", "write_text"}:
        return True
    if name in {"open", ".open", "fdopen", "NamedTemporaryFile"}:
        modes = "".join(_modes(call))
        default = name in {"open", "fdopen"} or (name == ".open" and not call.args)
        return "b" not in modes and bool(modes or default)
    return any(
        keyword.arg in {"text", "universal_newlines"} and _is_true(keyword.value) for keyword in call.keywords
    )


def _is_true(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is True


def _says_encoding(call: ast.Call) -> bool:
    place = ENCODING_AT.get(_name(call), len(call.args))
    return len(call.args) > place or any(keyword.arg == "encoding" for keyword in call.keywords)


def _name(call: ast.Call) -> str:
    """Return the called name; a method `open` is `.open`, and `os.open` has none: it gives a number."""
    if isinstance(call.func, ast.Name):
        return call.func.id
    if not isinstance(call.func, ast.Attribute) or ast.unparse(call.func) == "os.open":
        return ""
    return ".open" if call.func.attr == "open" else call.func.attr


def _modes(call: ast.Call) -> Iterator[str]:
    given = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
    for value in given:
        if isinstance(value, ast.Constant) and MODE.fullmatch(str(value.value)):
            yield str(value.value)


@pytest.mark.parametrize("folder", SOURCES)
def test_every_call_names_its_encoding(folder: str) -> None:
    found = {
        f"{path.relative_to(ROOT)}:{line}"
        for path in sorted((ROOT / folder).rglob("*.py"))
        for line in without_encoding(path.read_text(encoding="utf-8"))
    }

    assert found == set()


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("path.read_text()", [1]),
        ("path.read_text('utf-8')", []),
        ("path.write_text(text)", [1]),
        ("path.write_text(text, encoding='utf-8')", []),
        ("open(name)", [1]),
        ("path.open()", [1]),
        ("path.open('rb')", []),
        ("doors.open(now)", []),
        ("client.open('/', method='GET')", []),
        ("path.open('w', encoding='utf-8')", []),
        ("os.open(name, os.O_RDONLY)", []),
        ("os.fdopen(number, 'w')", [1]),
        ("subprocess.run(command, text=True)", [1]),
        ("subprocess.run(command)", []),
    ],
)
def test_a_call_that_depends_on_the_locale_is_found(source: str, lines: list[int]) -> None:
    assert without_encoding(source) == lines
