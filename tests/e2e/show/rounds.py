"""The rounds of the day by their Korean titles, and which of their names come out together."""

from __future__ import annotations

from dataclasses import replace

from conference_hub.awards.preparation import put_awards
from conference_hub.awards.preparing import prepare
from conference_hub.core.journal import Write
from tests.e2e.show.known import Doc, Known
from tests.e2e.show.stage_manager import HALL, METAVERSE

ROUND_1 = "시상 ① 상담우수자"
HALL_2, METAVERSE_2 = "시상 ② 업무 우수자 <센터 개인, 단체>", "시상 ② 업무 우수자 <센터 개인>"
ROUND_3 = "시상 ③ 업무 우수자 <외부 기관 개인·단체>"
TOGETHER, EVERYWHERE = "대상", "으뜸상"
JOINT = ((TOGETHER, HALL, HALL_2, 3), (TOGETHER, METAVERSE, METAVERSE_2, 3), (EVERYWHERE, HALL, ROUND_3, 1))
"""The joint words: lane, round, and place in it. Two names come out together, one is shown on all stages."""


def give_joint_words(write: Write, known: Known) -> None:
    """Give them, as organisers do before the day; `known` is what operators see."""
    words = {_award(known, lane, title, place)["id"]: word for word, lane, title, place in JOINT}
    prepare(
        write,
        lambda now: put_awards(now, [replace(now.award(one), joint=word) for one, word in words.items()]),
    )


def _award(known: Known, lane: str, title: str, place: int) -> Doc:
    of_lane = known.lane(lane)
    cue = next(cue for cue in known.cues(of_lane) if cue["title"]["ko"] == title)
    return [award for award in known.awards(of_lane) if award["cue"] == cue["id"]][place - 1]
