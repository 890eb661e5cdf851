"""Each feature writes the keys of its documents in its `keys.py` and nowhere else."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import conference_hub
from conference_hub.agenda.shapes import DOCUMENTS as AGENDA
from conference_hub.awards.shapes import DOCUMENTS as AWARDS
from conference_hub.checkin.shapes import DOCUMENTS as CHECKIN
from conference_hub.conferences.shapes import DOCUMENTS as CONFERENCES
from conference_hub.followup.shapes import DOCUMENTS as FOLLOWUP

ROOT = Path(conference_hub.__file__).parent
FAMILIES = tuple(key for key in (*CONFERENCES, *AGENDA, *AWARDS, *CHECKIN, *FOLLOWUP) if key.endswith("/"))
OTHERS = ("keys.py", "migrations")


def modules() -> Iterator[Path]:
    """Every module but those of keys, and migrations, which keep the keys of their time."""
    for path in sorted(ROOT.rglob("*.py")):
        if not set(path.relative_to(ROOT).parts) & set(OTHERS):
            yield path


def keys_in(source: str) -> list[str]:
    """The texts in a module that begin like a document's key."""
    texts = (node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
    return [text for text in texts if isinstance(text, str) and text.startswith(FAMILIES)]


def test_keys_in_a_module_are_found() -> None:
    assert keys_in('"""About `cue/x`."""\nkey = f"rehearsal-lane/{run}"; other = "guest/1"') == [
        "guest/1",
        "rehearsal-lane/",
    ]


def test_keys_of_documents_are_written_in_keys_modules_only() -> None:
    written = {str(path.relative_to(ROOT)): keys_in(path.read_text("utf-8")) for path in modules()}

    assert len(written) > 100
    assert {path: keys for path, keys in written.items() if keys} == {}
