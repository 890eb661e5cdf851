"""The rows of the report's CSV files, their headings first, in the language of the running request.

Instants are local times of the conference. Lengths and differences are whole seconds, so that a spreadsheet adds them
up; what never was is empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from conference_hub.agenda.lane_run import LaneRun, LaneStatus
from conference_hub.awards.model import Ceremony
from conference_hub.exchange.cells import Raw
from conference_hub.report.honours import AwardLine, Honours
from conference_hub.report.model import CueLine
from conference_hub.report.sources import Report
from conference_hub.report.written import Written, award_words
from conference_hub.web.i18n import name_label, render_text, translate_message

Row = list[Raw]


def cue_rows(report: Report, zone: ZoneInfo) -> Iterator[Row]:
    """Yield a row for each cue of each lane, as planned and as it was."""
    yield [
        *(_("진행 구역"), _("순서"), _("진행 내용"), _("상태")),
        *(_("계획 시작"), _("실제 시작"), _("실제 끝"), _("시작 차이(초)")),
        *(_("계획 길이(초)"), _("실제 길이(초)"), _("길이 차이(초)")),
        *(_("멈춘 시간(초)"), _("멈춘 횟수"), _("시간 조정(초)"), _("시작한 사람")),
    ]
    for lane in report.lanes:
        for line in lane.lines:
            cue = report.cues[line.cue_id]
            ended = None if line.on_air else line.until
            yield [
                *(render_text(lane.lane.title), cue.number, render_text(cue.title), _state(line, lane.run)),
                *(_local(at, zone) for at in (line.planned_start, line.started_at, ended)),
                *(_seconds(span) for span in (line.drift, line.planned, line.length, line.overrun)),
                *(_seconds(line.held), line.holds, _seconds(line.extension), name_label(line.by)),
            ]


def award_rows(report: Report, ceremony: Ceremony, honours: Honours, zone: ZoneInfo) -> Iterator[Row]:
    """Yield a row for each award of each lane in calling order; nobody is named whose award is not public."""
    yield [
        *(_("진행 구역"), _("순서"), _("수상자"), _("훈격"), _("상태"), _("비고")),
        *(_("계획 시각"), _("발표 시각"), _("차이(초)"), _("걸린 시간(초)"), _("발표한 사람")),
    ]
    for lane in report.lanes:
        for line in honours.of_lane(lane.lane.id):
            award = line.award
            cue = report.cues.get(award.cue_id)
            yield [
                *(render_text(lane.lane.title), cue.number if cue else "", award_words(award, ceremony)),
                *(render_text(ceremony.levels[award.level_id].label), render_text(award.state.label)),
                *(_notes(line), _local(line.planned_at, zone), _local(award.revealed_at, zone)),
                *(_seconds(line.drift), _seconds(line.length), name_label(line.by)),
            ]


def act_rows(lines: Iterable[Written], zone: ZoneInfo) -> Iterator[Row]:
    """Yield a row for each command, and when and by whom it was taken back."""
    yield [
        *(_("시각"), _("진행 구역"), _("명령"), _("대상"), _("누가")),
        *(_("실행 취소한 시각"), _("실행 취소한 사람")),
    ]
    for line in lines:
        yield [
            *(_local(line.at, zone), line.lane, line.what, line.subject, line.by),
            *(_local(line.undone_at, zone), line.undone_by),
        ]


def _state(line: CueLine, lane: LaneRun) -> str:
    if line.on_air:
        return str(_("진행 중"))
    if line.skipped:
        return str(_("건너뜀"))
    never = line.started_at is None and lane.status is LaneStatus.FINISHED
    return str(_("진행하지 않음")) if never else ""


def _notes(line: AwardLine) -> str:
    return ", ".join(
        translate_message(words, {}) + (f" ×{times}" if times > 1 else "") for words, times in line.notes
    )


def _local(at: datetime | None, zone: ZoneInfo) -> str | None:
    return None if at is None else f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}"


def _seconds(span: timedelta | None) -> int | None:
    return None if span is None else round(span.total_seconds())
