"""The lines of the awards in the list "ready for doors": each has a place, and a recipient or is unnamed on purpose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from conference_hub.awards.model import AwardKind
from conference_hub.awards.tables import AwardRow
from conference_hub.web.readiness import Line


def readiness(session: Session, conf: str) -> Iterator[Line]:
    """Yield the lines; none for a conference without awards."""
    organisation = AwardRow.kind == AwardKind.ORGANISATION
    nameless = sa.or_(
        sa.and_(organisation, AwardRow.organisation.is_(None)),
        sa.and_(~organisation, AwardRow.recipient.is_(None), ~AwardRow.unnamed),
    )
    total, placeless, missing = session.execute(
        sa.select(
            sa.func.count(),
            sa.func.count().filter(AwardRow.cue_id.is_(None)),
            sa.func.count().filter(nameless),
        ).where(AwardRow.conf == conf)
    ).one()
    if total:
        where = f"/c/{conf}/desk/awards"
        yield _places(placeless, f"{where}?show=unplaced" if placeless else where)
        yield _recipients(missing, f"{where}?show=missing" if missing else where)
    yield from _joint(session, conf, f"/c/{conf}/desk/awards?show=joint")


def _joint(session: Session, conf: str, where: str) -> Iterator[Line]:
    """Yield how the joint words are understood, where there are any."""
    awards = session.execute(
        sa.select(AwardRow.joint, AwardRow.cue_id).where(AwardRow.conf == conf, AwardRow.joint.is_not(None))
    ).all()
    placed = Counter(word for word, cue in awards if cue)
    waiting = sorted({str(word) for word, cue in awards if not cue})
    if waiting:
        words = _("함께 발표할 상 가운데 순서에 넣지 않은 상이 있습니다.")
        yield Line(id="awards/joint", state="warn", words=words, where=where, detail=", ".join(waiting))
    elif placed:
        several = sum(count > 1 for count in placed.values())
        words = _(
            "여러 구역이 함께 발표하는 상 %(several)s묶음, 모든 구역의 무대에 나오는 상 %(alone)s건입니다.",
            several=several,
            alone=len(placed) - several,
        )
        yield Line(id="awards/joint", state="ok", words=words, where=where)


def _places(placeless: int, where: str) -> Line:
    if not placeless:
        return Line(id="awards/places", state="ok", words=_("모든 상에 순서가 있습니다."), where=where)
    words = ngettext(
        "어느 순서에도 넣지 않은 상이 %(num)d개 있습니다.",
        "어느 순서에도 넣지 않은 상이 %(num)d개 있습니다.",
        placeless,
    )
    return Line(id="awards/places", state="open", words=words, where=where)


def _recipients(missing: int, where: str) -> Line:
    if not missing:
        words = _("상마다 수상자가 있거나 무기명으로 표시했습니다.")
        return Line(id="awards/recipients", state="ok", words=words, where=where)
    words = ngettext(
        "수상자가 없는 상이 %(num)d개 있습니다.", "수상자가 없는 상이 %(num)d개 있습니다.", missing
    )
    return Line(id="awards/recipients", state="open", words=words, where=where)
