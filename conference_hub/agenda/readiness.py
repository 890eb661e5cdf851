"""The lines of the plan in the list "ready for doors": lanes with cues, without gaps and overlaps, published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from conference_hub.agenda.model import Cue, Plan
from conference_hub.agenda.store import published_plan, working_plan
from conference_hub.web.i18n import render_text
from conference_hub.web.readiness import Line


def readiness(session: Session, conf: str) -> Iterator[Line]:
    """Yield the lines."""
    plan, where = working_plan(session, conf), f"/c/{conf}/desk/programme"
    yield _lanes(plan, where)
    if plan.cues:
        yield _times(plan, where)
        yield _published(session, conf, plan, where)


def _lanes(plan: Plan, where: str) -> Line:
    if not plan.cues:
        return Line(id="agenda/lanes", state="open", words=_("진행 순서가 없습니다."), where=where)
    empty = [render_text(lane.title) for lane in plan.lanes if not plan.lane_cues[lane.id]]
    if empty:
        words = _("순서가 없는 진행 구역이 있습니다.")
        return Line(id="agenda/lanes", state="open", words=words, where=where, detail=", ".join(empty))
    words = _("진행 구역마다 순서가 있습니다.")
    return Line(id="agenda/lanes", state="ok", words=words, where=where)


def _times(plan: Plan, where: str) -> Line:
    lapping = [lane for lane in plan.lanes if _overlaps(plan.lane_cues[lane.id])]
    if lapping:
        names = ", ".join(render_text(lane.title) for lane in lapping)
        words = _("시간이 겹치는 순서가 있습니다.")
        return Line(id="agenda/times", state="open", words=words, where=where, detail=names)
    gaps = [lane for lane in plan.lanes if _gaps(plan.lane_cues[lane.id])]
    if gaps:
        names = ", ".join(render_text(lane.title) for lane in gaps)
        words = _("순서 사이에 빈 시간이 있습니다.")
        return Line(id="agenda/times", state="warn", words=words, where=where, detail=names)
    return Line(id="agenda/times", state="ok", words=_("순서가 빈틈없이 이어집니다."), where=where)


def _published(session: Session, conf: str, plan: Plan, where: str) -> Line:
    version = published_plan(session, conf)
    if version is None:
        words = _("진행 순서를 아직 발행하지 않았습니다.")
        return Line(id="agenda/published", state="open", words=words, where=where)
    if version.plan.revision != plan.revision:
        words = _("발행한 뒤에 고친 진행 순서가 있습니다.")
        return Line(id="agenda/published", state="warn", words=words, where=where)
    return Line(id="agenda/published", state="ok", words=_("진행 순서를 발행했습니다."), where=where)


def _overlaps(cues: Sequence[Cue]) -> bool:
    return any(late.planned_start < early.planned_start + early.planned for early, late in pairwise(cues))


def _gaps(cues: Sequence[Cue]) -> bool:
    return any(late.planned_start > early.planned_start + early.planned for early, late in pairwise(cues))
