"""Starts and numbers that the hub fills in; the starts are those of `tests/golden/agenda-layout.json`.

`node --test` reads that file too. When the rule changes, change `static/js/agenda/layout.js` with it and write the file
by `python -m tests.unit.agenda.test_layout`.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from conference_hub.agenda.contents import cue_content
from conference_hub.agenda.layout import laid_out, numbered, settled
from conference_hub.agenda.model import Cue, Department, DepartmentId, Plan
from conference_hub.core.text import Text
from tests.unit.agenda.lanes import LANE, SEGMENT, at, cue, minutes

GOLDEN = Path(__file__).parents[2] / "golden" / "agenda-layout.json"


def soft(name: str, length: float, *, skipped: bool = False) -> Cue:
    return replace(cue(name, at("00:00"), minutes(length)), fixed=False, skipped=skipped)


def fixed(name: str, clock: str, length: float, *, skipped: bool = False) -> Cue:
    return replace(cue(name, at(clock), minutes(length)), skipped=skipped)


CASES: dict[str, list[Cue]] = {
    "an empty lane": [],
    "soft cues follow one another": [fixed("a", "09:00", 10), soft("b", 5), soft("c", 20)],
    "a fixed cue stands, and what follows it goes on from there": [
        fixed("a", "09:00", 10),
        soft("b", 5),
        fixed("c", "09:30", 10),
        soft("d", 5),
    ],
    "the first cue is fixed": [soft("a", 10), soft("b", 5)],
    "a skipped cue takes no time": [fixed("a", "09:00", 10), soft("b", 5, skipped=True), soft("c", 20)],
    "a skipped first cue says when the lane begins": [fixed("a", "09:00", 10, skipped=True), soft("b", 5)],
    "a skipped fixed cue moves nothing": [
        fixed("a", "09:00", 10),
        fixed("b", "12:00", 10, skipped=True),
        soft("c", 5),
    ],
    "all are skipped": [fixed("a", "09:00", 10, skipped=True), soft("b", 5, skipped=True)],
    "fixed cues may overlap": [fixed("a", "09:00", 60), fixed("b", "09:30", 10), soft("c", 5)],
    "over midnight": [fixed("a", "23:30", 20), soft("b", 30), soft("c", 15)],
    "to the millisecond": [replace(fixed("a", "09:00", 1), planned=timedelta(seconds=0.333)), soft("b", 1)],
}


def golden() -> list[dict[str, Any]]:
    """Write each case as the cues before and after."""
    return [
        {
            "name": name,
            "before": list(map(cue_content, cues)),
            "after": list(map(cue_content, laid_out(cues))),
        }
        for name, cues in CASES.items()
    ]


def test_starts_equal_the_golden_file_of_the_browser() -> None:
    assert golden() == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_skipped_cue_stands_where_it_would_start() -> None:
    _, skipped, last = laid_out(CASES["a skipped cue takes no time"])

    assert (skipped.planned_start, last.planned_start) == (at("09:10"), at("09:10"))


lanes = st.lists(
    st.builds(
        lambda start, length, is_fixed, skipped: replace(
            cue("x", at("00:00") + minutes(start), minutes(length)), fixed=is_fixed, skipped=skipped
        ),
        st.integers(0, 3000),
        st.integers(1, 600),
        st.booleans(),
        st.booleans(),
    ),
    max_size=12,
)


@given(lanes)
def test_laying_out_twice_changes_nothing(cues: list[Cue]) -> None:
    once = list(laid_out(cues))

    assert list(laid_out(once)) == once


@given(lanes)
def test_only_soft_cues_move(cues: list[Cue]) -> None:
    for before, after in zip(cues, laid_out(cues), strict=True):
        assert after == replace(before, planned_start=after.planned_start, fixed=after.fixed)
        assert after.planned_start == before.planned_start or not before.fixed


def test_cue_without_a_number_gets_the_one_after_the_highest() -> None:
    cues = [replace(cue(name, at("09:00"), minutes(1)), number=number) for name, number in NUMBERS]

    assert [one.number for one in numbered(cues)] == ["8", "7", "A-9", "9"]


NUMBERS = (("a", ""), ("b", "7"), ("c", "A-9"), ("d", ""))


def test_notes_of_departments_that_are_gone_go_with_them() -> None:
    mc, sound = DepartmentId("mc"), DepartmentId("sound")
    noted = replace(
        cue("a", at("09:00"), minutes(1)), number="1", notes={mc: "안녕하십니까", sound: "등장곡"}
    )
    plan = Plan(
        revision=1,
        changed_at=at("08:00"),
        segments=(SEGMENT,),
        lanes=(LANE,),
        cues=(noted,),
        departments=(Department(id=mc, title=Text.of("MC")),),
    )

    assert settled(plan).cues == (replace(noted, notes={mc: "안녕하십니까"}),)


if __name__ == "__main__":
    GOLDEN.write_text(json.dumps(golden(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
