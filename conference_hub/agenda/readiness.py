"""The lines of the plan in the list "ready for doors": lanes with cues, nothing odd about their times, published."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from conference_hub.agenda.answers import cue_loads, days_of
from conference_hub.agenda.findings import Finding, Oddity, findings
from conference_hub.agenda.model import Plan
from conference_hub.agenda.store import published_plan, working_plan
from conference_hub.conferences.store import get_conference
from conference_hub.core.errors import msg
from conference_hub.web.hub import current_hub
from conference_hub.web.i18n import render_text
from conference_hub.web.readiness import Line, LineState

TIMES: tuple[tuple[Oddity, LineState, str], ...] = (
    (Oddity.OVERLAP, "open", msg("시간이 겹치는 순서가 있습니다.")),
    (Oddity.OVERFULL, "open", msg("시간 안에 다 부를 수 없는 시상 순서가 있습니다.")),
    (Oddity.OUTSIDE, "open", msg("행사 날짜를 벗어난 순서가 있습니다.")),
    (Oddity.GAP, "warn", msg("순서 사이에 빈 시간이 있습니다.")),
    (Oddity.LONE_SYNC, "warn", msg("동시 시작이 한 구역에만 있습니다.")),
)
"""What may be odd about times, the worst first."""


def readiness(session: Session, conf: str) -> Iterator[Line]:
    """Yield the lines."""
    plan, where = working_plan(session, conf), f"/c/{conf}/desk/programme"
    loads = cue_loads(session, conf, current_hub().cue_loads)
    found = findings(plan, days_of(get_conference(session, conf)), loads)
    yield _lanes(plan, found, where)
    if plan.cues:
        yield _times(plan, found, where)
        yield _published(session, conf, plan, where)


def _lanes(plan: Plan, found: Collection[Finding], where: str) -> Line:
    if not plan.cues:
        return Line(id="agenda/lanes", state="open", words=_("진행 순서가 없습니다."), where=where)
    if empty := _lanes_with(plan, found, Oddity.EMPTY_LANE):
        words = _("순서가 없는 진행 구역이 있습니다.")
        return Line(id="agenda/lanes", state="open", words=words, where=where, detail=empty)
    words = _("진행 구역마다 순서가 있습니다.")
    return Line(id="agenda/lanes", state="ok", words=words, where=where)


def _times(plan: Plan, found: Collection[Finding], where: str) -> Line:
    for oddity, state, words in TIMES:
        if lanes := _lanes_with(plan, found, oddity):
            return Line(id="agenda/times", state=state, words=_(words), where=where, detail=lanes)
    return Line(id="agenda/times", state="ok", words=_("순서가 빈틈없이 이어집니다."), where=where)


def _published(session: Session, conf: str, plan: Plan, where: str) -> Line:
    version = published_plan(session, conf)
    if version is None:
        words = _("진행 순서를 아직 공개하지 않았습니다.")
        return Line(id="agenda/published", state="open", words=words, where=where)
    if version.plan.revision != plan.revision:
        words = _("공개한 뒤에 고친 진행 순서가 있습니다.")
        return Line(id="agenda/published", state="warn", words=words, where=where)
    return Line(id="agenda/published", state="ok", words=_("진행 순서를 공개했습니다."), where=where)


def _lanes_with(plan: Plan, found: Collection[Finding], oddity: Oddity) -> str:
    """Return the titles of the lanes in which something is odd in this way."""
    lanes = {one.lane for one in found if one.oddity is oddity}
    return ", ".join(render_text(lane.title) for lane in plan.lanes if lane.id in lanes)
