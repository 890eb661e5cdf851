"""Why the show clock refuses a command: one class per reason, each with a stable code for the console."""

from __future__ import annotations

from typing import ClassVar

from conference_hub.agenda.model import LaneId
from conference_hub.core.errors import Refused, msg


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
    """The lane is over; `undo` or `jump` opens it again."""

    code = "finished"
    sentence = msg("이미 끝났습니다.")


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


class TooLong(ClockRefused):
    """The cue would last longer than `clock.LONGEST_CUE`."""

    code = "too_long"
    sentence = msg("한 순서는 24시간을 넘을 수 없습니다.")
