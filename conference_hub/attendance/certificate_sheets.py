"""What stands on a certificate, in the language of the running request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from conference_hub.attendance.certificates import About, AttendedSession, Certificate, Code, Way, shown_code
from conference_hub.conferences.model import Conference
from conference_hub.core.config import Settings
from conference_hub.web.i18n import language, render_text

HOUR = 60


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The words of one certificate; `rows` are pairs of label and value, `accent` is `#rrggbb`.

    `entries` is a list under the label `entries_label`; where it is too long for the page it follows on pages of its
    own, and `overleaf` stands in its place.
    """

    heading: str
    number: str
    rows: Sequence[tuple[str, str]]
    statement: str
    day: str
    issuer: str
    verify: str
    address: str
    accent: str
    entries: Sequence[str] = ()
    entries_label: str = ""
    overleaf: str = ""


def sheet_of(conference: Conference, certificate: Certificate, settings: Settings) -> Sheet:
    """Return the words of a certificate of somebody who is named on it."""
    of_day = certificate.about is About.DAY
    entries = session_lines(conference, certificate)
    rows = [
        (_("성명"), certificate.name or ""),
        (_("소속"), certificate.organisation or ""),
        (_("행사명"), render_text(certificate.title)),
        (_("일시"), when(conference) if of_day else ""),
        (_("장소"), render_text(conference.venue) if of_day else ""),
        (_("참석 방식"), ways(certificate.ways)),
        (_("참여 시간"), "" if certificate.minutes is None else lasting(certificate.minutes)),
    ]
    return Sheet(
        heading=_("참석 증명서"),
        number=_("확인 번호 %(code)s", code=shown_code(certificate.code)),
        rows=[(label, value) for label, value in rows if value],
        statement=_("위 사람은 위 행사에 참석하였음을 증명합니다.")
        if of_day
        else _("위 사람은 위 행사의 후속 세션에 참석하였음을 증명합니다."),
        day=day_of(conference, certificate),
        issuer=render_text(certificate.issuer),
        verify=_("이 증명서가 맞는지 아래 주소나 QR 코드에서 확인할 수 있습니다."),
        address=address_of(conference.slug, certificate.code, settings),
        accent=conference.accent,
        entries=entries,
        entries_label=_("참석한 세션"),
        overleaf=ngettext("%(num)d개 (다음 쪽)", "%(num)d개 (다음 쪽)", len(entries)),
    )


def session_lines(conference: Conference, certificate: Certificate) -> list[str]:
    """Return the sessions of a certificate about the follow-up, a line for each: day, time, title, and minutes."""
    return [_session_line(conference, one) for one in certificate.sessions]


def _session_line(conference: Conference, one: AttendedSession) -> str:
    line = f"{one.starts_at.astimezone(conference.zone):%Y-%m-%d %H:%M} {render_text(one.title)}"
    return line if one.minutes is None else f"{line} ({lasting(one.minutes)})"


def address_of(conf: str, code: Code, settings: Settings) -> str:
    """Return where anybody can verify a certificate."""
    path = url_for("attendance_certificates.certificate", conf=conf, code=shown_code(code))
    return f"{settings.public_url}{path}"


def ways(found: tuple[Way, ...]) -> str:
    """Return how somebody took part, in words."""
    return ", ".join(render_text(way.label) for way in found)


def lasting(minutes: int) -> str:
    """Return a length of attendance in words."""
    if minutes < HOUR:
        return str(_("%(minutes)s분", minutes=minutes))
    hours, rest = divmod(minutes, HOUR)
    if not rest:
        return str(_("%(hours)s시간", hours=hours))
    return str(_("%(hours)s시간 %(minutes)s분", hours=hours, minutes=rest))


def when(conference: Conference) -> str:
    """Return when the event was, in its own time."""
    start, end = (at.astimezone(conference.zone) for at in (conference.starts_at, conference.ends_at))
    until = f"{end:%H:%M}" if start.date() == end.date() else f"{end:%Y-%m-%d %H:%M}"
    return f"{start:%Y-%m-%d %H:%M} – {until}"


def day_of(conference: Conference, certificate: Certificate) -> str:
    """Return the day on which a certificate was given, as one writes it in the language of the request."""
    day = certificate.issued_at.astimezone(conference.zone)
    return (
        f"{day.year}년 {day.month}월 {day.day}일" if language() == "ko" else f"{day.day} {day:%B} {day.year}"
    )
