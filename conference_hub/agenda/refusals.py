"""Why the agenda refuses a command: one class per reason, each with a stable code for the console."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from conference_hub.agenda.model import Cue, Lane, LaneId
from conference_hub.core.errors import HubError, Refused, msg


class ClockRefused(Refused):
    """The state of a lane forbids the command; `detail['lane']` names the lane."""

    sentence: ClassVar[str]

    def __init__(self, lane: LaneId) -> None:
        super().__init__(self.sentence, lane=lane)


class NotStarted(ClockRefused):
    """The lane still waits for its first cue."""

    code = "not_started"
    sentence = msg("아직 시작하지 않았습니다.")


class AlreadyRunning(ClockRefused):
    """The lane has been started."""

    code = "already_running"
    sentence = msg("이미 진행 중입니다.")


class AlreadyOnAir(ClockRefused):
    """The cue to jump to is the one on air."""

    code = "on_air"
    sentence = msg("지금 진행 중인 순서입니다.")


class AlreadyHeld(ClockRefused):
    """The lane is on hold."""

    code = "held"
    sentence = msg("이미 멈춰 있습니다.")


class NotHeld(ClockRefused):
    """There is no hold to resume from."""

    code = "not_held"
    sentence = msg("멈춰 있지 않습니다.")


class AlreadyFinished(ClockRefused):
    """The lane is over; `reopen`, `undo` or `jump` opens it again."""

    code = "finished"
    sentence = msg("이미 끝났습니다.")


class AlreadyOnStandby(ClockRefused):
    """The cue is the one that `next` starts already."""

    code = "on_standby"
    sentence = msg("이미 대기 중인 순서입니다.")


class NothingOnStandby(ClockRefused):
    """No cue was put on standby that could be taken off."""

    code = "nothing_on_standby"
    sentence = msg("대기시킨 순서가 없습니다.")


class HasRun(ClockRefused):
    """The cue is on air or was, so it cannot be left out."""

    code = "has_run"
    sentence = msg("이미 진행한 순서는 건너뛸 수 없습니다.")


class AlreadyLeftOut(ClockRefused):
    """The cue is left out already."""

    code = "left_out"
    sentence = msg("이미 건너뛰기로 한 순서입니다.")


class NotLeftOut(ClockRefused):
    """The cue is not left out, so it cannot be brought back."""

    code = "not_left_out"
    sentence = msg("건너뛰기로 한 순서가 아닙니다.")


class NotFinished(ClockRefused):
    """The lane is not over, so there is nothing to reopen."""

    code = "not_finished"
    sentence = msg("끝나지 않은 구역입니다.")


class AtLastCue(ClockRefused):
    """No cue follows; the lane ends with `finish`."""

    code = "last_cue"
    sentence = msg("마지막 순서입니다. 마치려면 종료를 누르세요.")


class NotLastCue(ClockRefused):
    """Cues are left; `finish` needs `early=True` to leave them out."""

    code = "not_last_cue"
    sentence = msg("남은 순서가 있습니다. 지금 끝내려면 조기 종료를 확인하세요.")


class EmptyLane(ClockRefused):
    """The lane has no cue to start."""

    code = "empty_lane"
    sentence = msg("진행할 순서가 없습니다.")


class TooShort(ClockRefused):
    """The cue would be left with no time at all."""

    code = "too_short"
    sentence = msg("순서의 시간은 0보다 길어야 합니다.")


class BelowShortest(ClockRefused):
    """The cue would be shorter than the plan lets it be."""

    code = "below_shortest"
    sentence = msg("최소 시간보다 짧게 줄일 수 없습니다.")


class HasEnded(ClockRefused):
    """The cue is over, so no time can be taken from it."""

    code = "has_ended"
    sentence = msg("이미 끝난 순서의 시간은 줄일 수 없습니다.")


class NotDroppable(ClockRefused):
    """The plan does not say that the cue may be left out to make up time."""

    code = "not_droppable"
    sentence = msg("생략할 수 있는 순서가 아닙니다.")


class TooLong(ClockRefused):
    """The cue would last longer than `clock.LONGEST_CUE`."""

    code = "too_long"
    sentence = msg("한 순서는 24시간을 넘을 수 없습니다.")


class WaitingForLanes(Refused):
    """The lane is ready, and `detail['lanes']` are not yet; `force` starts its cue alone."""

    code = "waiting_for_lanes"

    def __init__(self, lane: LaneId, lanes: Iterable[LaneId]) -> None:
        super().__init__(
            msg("함께 시작할 구역이 아직 준비되지 않았습니다."),
            lane=lane,
            lanes=", ".join(lanes),
        )


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


class TooManyRehearsals(HubError):
    """As many rehearsals as a conference may have at a time are under way; not kept as an answer, it can be cured."""

    code = "too_many_rehearsals"
    status = 409

    def __init__(self, most: int) -> None:
        super().__init__(
            msg("리허설은 한 번에 %(most)s개까지 할 수 있습니다. 지난 리허설을 지워 주세요."), most=most
        )


class LiveOnAir(HubError):
    """A rehearsal is to begin while lanes of the live run are on air; not kept as an answer, it can be allowed."""

    code = "live_on_air"
    status = 409

    def __init__(self, lanes: Iterable[Lane]) -> None:
        super().__init__(
            msg("실제 진행 중입니다. 그래도 리허설을 시작할지 확인해 주세요."),
            lanes=[lane.id for lane in lanes],
        )
