"""What the report calls the commands of a run: msgids by the topic of their fact."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from conference_hub.agenda.lane_run import ZERO
from conference_hub.core.errors import msg
from conference_hub.core.time_words import write_length

UNKNOWN = msg("다른 명령")
TOPICS: Mapping[str, str] = {
    "LaneStarted": msg("시작"),
    "CueStarted": msg("다음 순서로"),
    "StandbyChanged": msg("대기시키기"),
    "CueSkipped": msg("건너뛰기"),
    "CueBroughtBack": msg("건너뛰지 않기"),
    "CueRestarted": msg("처음부터 다시"),
    "LaneReopened": msg("종료 취소"),
    "LaneHeld": msg("멈춤"),
    "LaneResumed": msg("재개"),
    "CueExtended": msg("시간 조정"),
    "LaneMadeUp": msg("시간 맞추기"),
    "LaneFinished": msg("진행 종료"),
    "LaneReady": msg("준비"),
    "ControlTaken": msg("진행을 맡음"),
    "ControlReleased": msg("진행을 놓음"),
    "CommandUndone": msg("실행 취소"),
    "CommandRedone": msg("다시 실행"),
    "LayerChanged": msg("무대 화면"),
    "AwardArmed": msg("발표 준비"),
    "AwardRevealed": msg("발표"),
    "AwardPresented": msg("수여함"),
    "AwardPhotographed": msg("사진 촬영함"),
    "AwardDone": msg("마침"),
    "AwardDeferred": msg("뒤로 미루기"),
    "AwardAbsenceNoted": msg("불참 표시"),
    "AwardProxyNamed": msg("대리 수상자 지정"),
    "AwardSkipped": msg("건너뛰기"),
    "AwardWithdrawn": msg("수상 취소"),
    "LineUpChanged": msg("호명 순서 변경"),
    "AwardTakenBack": msg("비공개로 되돌리기"),
    "AwardCorrected": msg("수상자 정보 고치기"),
}


def topic_words(topic: str) -> str:
    """Return the msgid of a command."""
    return TOPICS.get(topic, UNKNOWN)


def signed(span: timedelta) -> str:
    """Write a difference to the second: `+2:10`, `−0:45`, `0:00`."""
    whole = timedelta(seconds=round(span.total_seconds()))
    if not whole:
        return write_length(ZERO)
    return f"{'+' if whole > ZERO else '−'}{write_length(abs(whole))}"
