"""The lines of attendance in the list "ready for doors": lists of hosts, and the terms of certificates."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from conference_hub.attendance import store
from conference_hub.attendance.certificates import needed_minutes
from conference_hub.attendance.hours import hours_of
from conference_hub.attendance.model import AttendanceSetup, Source
from conference_hub.attendance.spans import possible_minutes
from conference_hub.attendance.tables import RemoteSpanRow
from conference_hub.conferences.model import Conference
from conference_hub.conferences.store import get_conference
from conference_hub.people.model import Mode
from conference_hub.people.tables import GuestRow
from conference_hub.web.i18n import render_text
from conference_hub.web.readiness import Line

LISTED = {Mode.ZOOM: Source.ZOOM, Mode.METAVERSE: Source.METAVERSE}
"""Ways of taking part of which a host has the list, and the source under which it is taken."""


def readiness(session: Session, conf: str) -> Iterator[Line]:
    """Yield the lines; none where no host has a list and no certificates are given."""
    where = f"/c/{conf}/desk/attendance"
    if expected := _expected(session, conf):
        yield _lists(expected, _taken(session, conf), f"{where}/list")
    setup = store.find_setup(session, conf)
    if setup.certificates:
        yield _terms(get_conference(session, conf), setup, f"{where}/settings")


def _expected(session: Session, conf: str) -> dict[Mode, int]:
    """Return how many guests take part where a host has the list."""
    modes = [mode.value for mode in LISTED]
    found = session.execute(
        sa.select(GuestRow.mode, sa.func.count())
        .where(GuestRow.conf == conf, GuestRow.mode.in_(modes))
        .group_by(GuestRow.mode)
    )
    return {Mode(mode): count for mode, count in found}


def _taken(session: Session, conf: str) -> set[Source]:
    """Return the sources of which a list was taken."""
    found = session.execute(sa.select(RemoteSpanRow.source).where(RemoteSpanRow.conf == conf).distinct())
    return {Source(source) for (source,) in found}


def _lists(expected: dict[Mode, int], taken: set[Source], where: str) -> Line:
    missing = [mode for mode, source in LISTED.items() if mode in expected and source not in taken]
    if not missing:
        words = _("화상회의와 메타버스의 참가자 명단을 반영했습니다.")
        return Line(id="attendance/lists", state="ok", words=words, where=where)
    count = sum(expected[mode] for mode in missing)
    words = ngettext(
        "호스트 명단을 아직 반영하지 않아 %(num)d명의 참여를 알 수 없습니다.",
        "호스트 명단을 아직 반영하지 않아 %(num)d명의 참여를 알 수 없습니다.",
        count,
    )
    detail = ", ".join(render_text(mode.label) for mode in missing)
    return Line(id="attendance/lists", state="warn", words=words, where=where, detail=detail)


def _terms(conference: Conference, setup: AttendanceSetup, where: str) -> Line:
    possible = possible_minutes(hours_of(conference))
    needed = needed_minutes(setup, possible)
    issuer = render_text(setup.issuer or conference.host)
    if needed > possible:
        words = _("참석 증명서의 최소 참여 시간이 행사 시간보다 깁니다.")
        return Line(id="attendance/certificates", state="open", words=words, where=where)
    if setup.min_minutes is None and setup.min_percent is None:
        words = _("참석 증명서에 최소 참여 시간이 없어, 1분이라도 참여하면 발급합니다.")
        return Line(id="attendance/certificates", state="warn", words=words, where=where, detail=issuer)
    words = ngettext(
        "참석 증명서는 %(num)d분 이상 참여한 사람에게 발급합니다.",
        "참석 증명서는 %(num)d분 이상 참여한 사람에게 발급합니다.",
        needed,
    )
    return Line(id="attendance/certificates", state="ok", words=words, where=where, detail=issuer)
