"""Why the agenda refuses a command: one class per reason, each with a stable code for the console."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from conference_hub.agenda.model import Lane, LaneId
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
    sentence: ClassVar[str] = msg("함께 시작할 구역이 아직 준비되지 않았습니다.")

    def __init__(self, lane: LaneId, lanes: Iterable[LaneId]) -> None:
        super().__init__(
            self.sentence,
            lane=lane,
            lanes=", ".join(lanes),
        )


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
