"""The browser's type definitions are made of the server's, and the file in the repository is what would be made."""

from __future__ import annotations

from enum import StrEnum
from typing import NotRequired

import pytest
from pydantic import TypeAdapter
from typing_extensions import TypedDict

from conference_hub.core.shapes import Instant
from conference_hub.live import shapes
from tools import document_types


class Step(StrEnum):
    ARM = "arm"
    TAKE_BACK = "take-back"


class Inner(TypedDict):
    at: Instant


class Example(TypedDict):
    """What every form looks like.

    Only the first paragraph is a comment.
    """

    id: str
    share: float
    step: Step
    steps: dict[Step, str | None]
    counts: dict[str, int]
    inner: Inner | None
    lines: list[str | int]
    badge: tuple[str, int]
    guest: NotRequired[str]


EXAMPLE = """
/** What every form looks like. */
export interface Example {
  id: string;
  share: number;
  step: Step;
  steps: Record<Step, string | null>;
  counts: Record<string, number>;
  inner: Inner | null;
  lines: (string | number)[];
  badge: [string, number];
  guest?: string;
}
"""


def test_the_file_is_what_the_declarations_say() -> None:
    assert document_types.TARGET.read_text(encoding="utf-8") == document_types.definitions(), (
        "run `python -m tools.document_types`"
    )


def test_every_form_of_a_field_has_its_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapes, "documents", lambda: {"example/": Example})
    monkeypatch.setattr(shapes, "facts", dict)
    made = document_types.definitions()

    assert EXAMPLE in made
    assert "export type Step = 'arm' | 'take-back';" in made
    assert "export interface Inner {\n  at: Instant;\n}" in made
    assert "  'example/': Example;" in made


def test_an_answer_of_several_forms_is_a_union_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapes, "answers", lambda: {"Answer": Inner | Example})

    assert "export type Answer = Inner | Example;" in document_types.definitions()


def test_a_field_with_an_unknown_form_is_refused() -> None:
    with pytest.raises(KeyError, match="tuple"):
        document_types._type({"type": "tuple"})


def test_the_check_says_when_the_file_is_out_of_date(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(document_types, "definitions", lambda: "something else")

    assert document_types.main(["--check"]) == 1
    assert "run `python -m tools.document_types`" in capsys.readouterr().out


def test_a_fact_is_an_object_of_its_own_fields() -> None:
    known = {topic: document_types._fact(fact) for topic, fact in shapes.facts().items()}

    assert known["SessionAnnounced"] == "{ session: string }"
    assert known["AgendaPlanned"] == "Record<string, never>"
    assert TypeAdapter(shapes.facts()["SignedUp"]).json_schema()["required"] == ["session"]
