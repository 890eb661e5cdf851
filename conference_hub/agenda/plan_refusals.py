"""Why the agenda refuses to edit, publish or apply the plan: one class per reason, each with a stable code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from conference_hub.agenda.model import Cue, LaneId
from conference_hub.core.errors import Refused, msg


class PlanChanged(Refused):
    """Somebody changed the plan since the sender read it; `detail['revision']` is the present one, `by` who made it."""

    code = "plan_changed"

    def __init__(self, revision: int, by: str) -> None:
        super().__init__(
            msg("그 사이 계획이 바뀌었습니다. 새 계획을 확인하고 다시 고쳐 주세요."), revision=revision, by=by
        )


class OfCues(Refused):
    """What some cues forbid; `detail['cues']` names them by id, `detail['cue_numbers']` by number."""

    sentence: ClassVar[str]

    def __init__(self, cues: Iterable[Cue]) -> None:
        known = sorted(cues, key=lambda cue: cue.id)
        super().__init__(
            self.sentence,
            cues=", ".join(cue.id for cue in known),
            cue_numbers=", ".join(cue.number for cue in known),
        )


class CueInUse(OfCues):
    """Awards are bound to cues that the plan would lose, skip or move to another lane."""

    code = "cue_in_use"
    sentence = msg(
        "시상이 들어 있는 순서는 지우거나 건너뛰거나 다른 구역으로 옮길 수 없습니다: %(cue_numbers)s번"
    )


class CueRan(OfCues):
    """Cues that have run would not be in the plan, or in another lane, or without their segment."""

    code = "cue_ran"
    sentence = msg("이미 진행한 순서와 그 구간은 지우거나 다른 구역으로 옮길 수 없습니다: %(cue_numbers)s번")


class SegmentInUse(OfCues):
    """Cues would be left without their segment."""

    code = "segment_in_use"
    sentence = msg("순서가 남아 있는 구간은 삭제할 수 없습니다: %(cue_numbers)s번")


class NumberTaken(OfCues):
    """Two cues of the plan would have the same number."""

    code = "number_taken"
    sentence = msg("순서 번호는 겹칠 수 없습니다: %(cue_numbers)s번")


class SyncTaken(OfCues):
    """Two cues of one lane would start together."""

    code = "sync_taken"
    sentence = msg("한 구역의 순서끼리는 동시에 시작할 수 없습니다: %(cue_numbers)s번")


class SyncCrossed(OfCues):
    """Lanes would meet their sync points in another order, and wait for one another for ever."""

    code = "sync_crossed"
    sentence = msg("동시 시작의 차례가 구역마다 다르면 서로 기다리게 됩니다: %(cue_numbers)s번")


class LaneRan(Refused):
    """Lanes that were started would not be in the plan; `detail['lanes']` names them by id."""

    code = "lane_ran"

    def __init__(self, lanes: Iterable[LaneId]) -> None:
        super().__init__(msg("이미 시작한 구역은 삭제할 수 없습니다."), lanes=", ".join(sorted(lanes)))


class TooLarge(Refused):
    """The plan would have more than a plan may; `detail['most']` is how many."""

    code = "plan_too_large"

    def __init__(self, most: int) -> None:
        super().__init__(msg("계획에 더 넣을 수 없습니다. %(most)s개까지 넣을 수 있습니다."), most=most)


class NothingToApply(Refused):
    """The live run follows this revision of the plan already."""

    code = "nothing_to_apply"

    def __init__(self) -> None:
        super().__init__(msg("진행에 반영할 변경이 없습니다."))


class NothingToPublish(Refused):
    """This revision of the plan is published already."""

    code = "nothing_to_publish"

    def __init__(self) -> None:
        super().__init__(msg("공개할 변경이 없습니다."))
