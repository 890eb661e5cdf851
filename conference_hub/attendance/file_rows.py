"""The rows of the attendance report as a file, its headings first, in the language of the running request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from conference_hub.attendance.model import Source
from conference_hub.attendance.reporting import Line
from conference_hub.exchange.cells import Raw
from conference_hub.people.model import Group, GroupId
from conference_hub.web.i18n import render_text

Row = list[Raw]


def attendance_rows(lines: Iterable[Line], groups: Mapping[GroupId, Group], zone: ZoneInfo) -> Iterator[Row]:
    """Yield a row for each guest; times are local times of the event, minutes whole numbers."""
    yield [
        *(_("번호"), _("이름"), _("소속"), _("구분"), _("참석 방식")),
        *(_("처음 들어온 시각"), _("마지막으로 나간 시각"), _("참여 시간(분)"), _("상태"), _("근거")),
    ]
    for line in lines:
        guest, found = line.guest, line.attended
        group = groups.get(guest.group) if guest.group else None
        yield [
            *(guest.number, render_text(guest.shown), guest.organisation),
            *(render_text(group.title) if group else "", render_text(guest.mode.label)),
            *(_local(found.first_in, zone), _local(found.last_out, zone), found.minutes),
            *(render_text(line.standing.state.label), _sources(found.sources)),
        ]


def _local(at: datetime | None, zone: ZoneInfo) -> str | None:
    return None if at is None else f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}"


def _sources(sources: frozenset[Source]) -> str:
    return ", ".join(render_text(source.label) for source in Source if source in sources)
