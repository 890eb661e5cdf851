"""What is odd about a plan, as `tests/golden/agenda-findings.json` has it for the browser too.

When a rule changes, change `static/js/agenda/findings.js` with it and write the file by
`python -m tests.unit.agenda.test_findings`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from conference_hub.agenda.answers import finding_document
from conference_hub.agenda.contents import content_of
from conference_hub.agenda.findings import Days, Finding, Oddity, findings
from conference_hub.agenda.model import Cue, CueId, Lane, LaneId, Plan
from conference_hub.core.load import Load
from conference_hub.core.now import iso
from conference_hub.core.text import Text
from tests.unit.agenda.lanes import HALL, LANE, SEGMENT, at, cue, minutes

GOLDEN = Path(__file__).parents[2] / "golden" / "agenda-findings.json"
ANNEX = Lane(id=LaneId("annex"), title=Text.of("별관"))
DAYS = Days(begin=at("00:00"), end=at("00:00") + timedelta(days=1))
NONE: dict[str, Load] = {}
OPENING, CEREMONY = cue("opening", at("09:00"), minutes(10)), cue("ceremony", at("09:10"), minutes(8))
FIRST_DAY, NEXT_DAY = cue("talk", at("13:00"), minutes(60)), cue("next", at("18:00"), minutes(30))
ELSEWHERE = cue("elsewhere", at("09:00"), minutes(10), ANNEX.id)
TALK = cue("talk", at("09:10"), minutes(10), ANNEX.id)
Case = tuple[tuple[Cue, ...], Mapping[str, Load]]


def at_night(name: str, clock: str, length: float) -> Cue:
    return cue(name, at(clock) + timedelta(days=1), minutes(length))


CASES: dict[str, Case] = {
    "nothing": ((OPENING, CEREMONY), {"ceremony": Load(count=16, pace_s=30)}),
    "no cue at all": ((), NONE),
    "all cues are skipped": ((replace(OPENING, skipped=True),), NONE),
    "a gap": ((OPENING, cue("late", at("09:25"), minutes(5))), NONE),
    "a skipped cue leaves a gap": (
        (OPENING, replace(CEREMONY, skipped=True), cue("talk", at("09:18"), minutes(5))),
        NONE,
    ),
    "a night is no gap": ((FIRST_DAY, NEXT_DAY), NONE),
    "an overlap": ((OPENING, cue("early", at("09:04"), minutes(5))), NONE),
    "the same start": ((OPENING, cue("same", at("09:00"), minutes(5))), NONE),
    "before the first day": ((cue("rehearsal", at("00:00") - minutes(30), minutes(30)),), NONE),
    "after the last day": ((at_night("party", "00:00", 30),), NONE),
    "over the end of the last day": ((cue("party", at("23:30"), minutes(31)),), NONE),
    "too many awards": ((OPENING, CEREMONY), {"ceremony": Load(count=13, pace_s=40.5)}),
    "too many awards, in a gap, on another day": (
        (cue("party", at("23:00"), minutes(20)), at_night("night", "00:10", 1)),
        {"night": Load(count=3, pace_s=28)},
    ),
    "two lanes start together": ((replace(OPENING, sync="①"), replace(ELSEWHERE, sync="①")), NONE),
    "a sync point of one lane alone, another one skipped": (
        (
            replace(OPENING, sync="①"),
            replace(CEREMONY, sync="②"),
            replace(ELSEWHERE, sync="②", skipped=True),
            TALK,
        ),
        NONE,
    ),
}


def planned(cues: tuple[Cue, ...]) -> Plan:
    lanes = (LANE, ANNEX) if not cues or ELSEWHERE.lane_id in {one.lane_id for one in cues} else (LANE,)
    return Plan(revision=1, changed_at=at("00:00"), segments=(SEGMENT,), lanes=lanes, cues=cues)


def golden() -> list[dict[str, Any]]:
    """Write each case as the lanes of its plan, the days, the awards, and what is found."""
    return [
        {
            "name": name,
            "lanes": content_of(planned(cues))["lanes"],
            "days": {"begin": iso(DAYS.begin), "end": iso(DAYS.end)},
            "loads": {name: {"count": load.count, "pace_s": load.pace_s} for name, load in loads.items()},
            "found": list(map(finding_document, findings(planned(cues), DAYS, loads))),
        }
        for name, (cues, loads) in CASES.items()
    ]


def test_findings_equal_the_golden_file_of_the_browser() -> None:
    assert golden() == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_ceremony_that_does_not_fit_says_by_how_much() -> None:
    cues, loads = CASES["too many awards"]

    assert findings(planned(cues), DAYS, loads) == [
        Finding(oddity=Oddity.OVERFULL, lane=HALL, cue=CueId("ceremony"), by=timedelta(seconds=46.5))
    ]


def test_good_plan_has_no_findings() -> None:
    cues, loads = CASES["nothing"]

    assert findings(planned(cues), DAYS, loads) == []


if __name__ == "__main__":
    GOLDEN.write_text(json.dumps(golden(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
