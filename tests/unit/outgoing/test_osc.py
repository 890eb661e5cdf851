"""What is told by Open Sound Control of an entry of the public stream."""

from __future__ import annotations

from typing import Any

import pytest

from conference_hub.core.now import iso
from conference_hub.outgoing.osc import AwardPlace, Heard, OscMessage, messages_of, withdrawn
from tests.unit.outgoing.hooks import AT

NOW, EARLIER = iso(AT), "2021-12-02T00:10:00.000Z"
CUE = {"lane": "hall", "number": "4", "title": {"ko": "시상 ②", "en": "Awards ②"}, "started_at": NOW}
AWARD: dict[str, Any] = {
    "lane": "hall",
    "number": "12",
    "level": {"label": {"ko": "장려상", "en": "Encouragement Award"}},
    "recipient": "석용주",
    "organisation": "천안고용센터",
    "unnamed": False,
    "state": "revealed",
    "revealed_at": NOW,
}
ON_AIR = {"lane/hall": {"cue": "four"}, "cue/four": CUE}
BEFORE = {"lane/hall": {"cue": "four"}, "cue/four": {**CUE, "started_at": EARLIER}}
OVER = {"lane/hall": {"cue": None}, "cue/four": {**CUE, "started_at": EARLIER}}
PLACES = {"a": AwardPlace(lane="hall", number="12")}
CUE_TOLD = ("cue", "4", "시상 ②")
REVEAL_TOLD = ("reveal", "12", "장려상", "석용주")


def told(topic: str, docs: dict[str, Any], undone: str | None = None, language: str = "ko") -> list[Any]:
    body = {"docs": docs} if undone is None else {"docs": docs, "undone": undone}
    heard = Heard(topic=topic, at=AT, body=body)
    messages = messages_of(heard, "day", language, PLACES)
    assert all(one.address.startswith("/hub/day/hall/") for one in messages)
    return [(one.address.rpartition("/")[2], *one.arguments) for one in messages]


@pytest.mark.parametrize(
    ("topic", "undone", "docs", "expected"),
    [
        ("CueStarted", None, ON_AIR, [CUE_TOLD]),
        ("SomethingNew", None, ON_AIR, [CUE_TOLD]),
        ("LaneReopened", None, BEFORE, [CUE_TOLD]),
        ("CueRestarted", None, ON_AIR, [CUE_TOLD]),
        ("CueRestarted", None, {"cue/four": CUE}, [CUE_TOLD]),
        ("CommandUndone", "CueRestarted", {"cue/four": {**CUE, "started_at": EARLIER}}, [CUE_TOLD]),
        ("CueExtended", None, {"cue/four": CUE}, []),
        ("LaneHeld", None, BEFORE, []),
        ("CommandUndone", "CueStarted", BEFORE, [CUE_TOLD]),
        ("CommandUndone", "LaneFinished", BEFORE, [CUE_TOLD]),
        ("CommandUndone", "LaneHeld", BEFORE, []),
        ("LaneFinished", None, OVER, [("clear", "")]),
        ("CommandUndone", "LaneStarted", OVER, [("clear", "")]),
        ("StandbyChanged", None, {"lane/hall": {"cue": None}}, []),
        ("PlanApplied", None, {"lane/hall": None}, []),
        ("AwardRevealed", None, {"award/a": AWARD, "ceremony": {}}, [REVEAL_TOLD]),
        ("AwardPresented", None, {"award/a": {**AWARD, "revealed_at": EARLIER}}, []),
        (
            "AwardCommandRedone",
            "AwardRevealed",
            {"award/a": {**AWARD, "revealed_at": EARLIER}},
            [REVEAL_TOLD],
        ),
        ("AwardCommandUndone", "AwardPresented", {"award/a": {**AWARD, "revealed_at": EARLIER}}, []),
        ("AwardCorrected", None, {"award/a": {**AWARD, "revealed_at": EARLIER}}, [REVEAL_TOLD]),
        ("AwardCorrected", None, {"award/a": {**AWARD, "revealed_at": EARLIER, "state": "done"}}, []),
        ("AwardTakenBack", None, {"award/a": None}, [("clear", "12")]),
        ("AwardTakenBack", None, {"award/unknown": None}, []),
        ("MessageShown", None, {"message/m": {"text": {}}}, []),
    ],
)
def test_messages_of_an_entry(
    topic: str, undone: str | None, docs: dict[str, Any], expected: list[tuple[str, ...]]
) -> None:
    assert told(topic, docs, undone) == expected


@pytest.mark.parametrize(
    ("language", "changes", "name"),
    [
        ("ko", {"recipient": None}, "천안고용센터"),
        ("ko", {"recipient": None, "unnamed": True}, "장려상 수상자"),
        ("en", {"recipient": None, "unnamed": True}, "Encouragement Award recipient"),
        ("en", {}, "석용주"),
    ],
)
def test_name_is_called_as_on_the_stage(language: str, changes: dict[str, Any], name: str) -> None:
    level = "장려상" if language == "ko" else "Encouragement Award"

    assert told("AwardRevealed", {"award/a": {**AWARD, **changes}}, language=language) == [
        ("reveal", "12", level, name)
    ]


def test_addresses_name_conference_and_lane() -> None:
    heard = Heard(topic="CueStarted", at=AT, body={"docs": ON_AIR})

    assert messages_of(heard, "day", "en", {}) == [
        OscMessage(address="/hub/day/hall/cue", arguments=("4", "Awards ②"))
    ]
    assert withdrawn(Heard(topic="x", at=AT, body={"docs": {"award/a": None, "award/b": AWARD}})) == {"a"}
