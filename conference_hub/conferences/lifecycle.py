"""The states of a conference: which one it is in, which may follow, and what asks before it is done.

Draft is for the team only, ready is public, live is on air, over is past, archived is readable and never commanded.
Organisers set a state by hand; a conference that is ready goes live with the first cue of its live run and is over when
every lane finished. The run decides anew each time, so an undo of the start is an undo of going live.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from conference_hub.conferences.model import SLUG, State
from conference_hub.core.errors import msg
from conference_hub.web.readiness import RunProgress

RETENTION_MONTHS = 6
"""How long after its last day the personal data of a conference are kept unless somebody says otherwise."""
MONTHS = 12
DELETABLE = frozenset({State.DRAFT, State.OVER, State.ARCHIVED})


class Change(StrEnum):
    """What may be dangerous once a conference is live.

    The plan is not here: edits of it reach nobody before it is applied to the live run, which asks for itself.
    """

    DATES = "dates"
    TIMEZONE = "timezone"
    LANGUAGE = "language"
    UNPUBLISH = "unpublish"
    DELETE = "delete"
    GATE = "gate"
    CHANNEL = "channel"


_DANGERS = {
    Change.DATES: msg(
        "행사가 진행 중입니다. 날짜나 시각을 바꾸면 화면과 캘린더, 체크인 시간이 바로 달라집니다."
    ),
    Change.TIMEZONE: msg("행사가 진행 중입니다. 시간대를 바꾸면 모든 화면의 시각이 바로 바뀝니다."),
    Change.LANGUAGE: msg("행사가 진행 중입니다. 언어를 빼면 그 언어로 보던 화면이 다른 언어로 바뀝니다."),
    Change.UNPUBLISH: msg(
        "공개를 취소하면 참석자는 안내와 실시간 화면을 볼 수 없고, 보던 화면의 연결도 끊어집니다."
    ),
    Change.DELETE: msg("행사를 삭제하면 참석자, 수상자, 기록이 모두 사라지고 되돌릴 수 없습니다."),
    Change.GATE: msg("행사가 진행 중입니다. 출입구를 삭제하면 그 출입구의 기기로 체크인할 수 없습니다."),
    Change.CHANNEL: msg(
        "행사가 진행 중입니다. 참여 경로를 삭제하면 그 경로로 보던 참석자의 화면에서 링크가 사라집니다."
    ),
}
_ALWAYS = {Change.UNPUBLISH, Change.DELETE}


def danger(state: State, change: Change) -> str | None:
    """Return what a change does to those who are connected, as a msgid to ask with; None: it is one step."""
    return _DANGERS[change] if state is State.LIVE or change in _ALWAYS else None


def stage(state: State, run: RunProgress) -> State:
    """Return the state that a conference is in: what was set by hand, moved on by its live run."""
    if state not in {State.READY, State.LIVE} or not run.started:
        return state
    return State.OVER if run.finished == run.lanes else State.LIVE


def next_states(state: State, run: RunProgress) -> tuple[State, ...]:
    """Return the states that may be set by hand now, the usual next one first; `state` is what was set by hand."""
    match stage(state, run):
        case State.DRAFT:
            return (State.READY, State.ARCHIVED)
        case State.READY:
            return (State.LIVE, State.DRAFT, State.OVER)
        case State.LIVE:
            return (State.OVER,) if run.started else (State.OVER, State.READY)
        case State.OVER:
            return (State.ARCHIVED, State.READY) if state is State.OVER else (State.ARCHIVED,)
        case State.ARCHIVED:
            return ()


def default_purge(last_day: date) -> date:
    """Return until when personal data are kept by default: the same day six months later, or the last one before."""
    months = last_day.month - 1 + RETENTION_MONTHS
    year, month = last_day.year + months // MONTHS, months % MONTHS + 1
    return date(year, month, min(last_day.day, monthrange(year, month)[1]))


def suggested_slug(titles: Iterable[str], year: int, taken: Iterable[str] = ()) -> str:
    """Return a slug for a conference: of the first title that has Latin letters, with the year, and not taken."""
    words = next((found for title in titles if (found := _latin(title))), "conference")
    base = words if str(year) in words else f"{words}-{year}"
    known = set(taken)
    numbers = (base if n == 1 else f"{base}-{n}" for n in range(1, len(known) + 2))
    return next(slug for slug in numbers if slug not in known and SLUG.fullmatch(slug))


def clone_shift(before: date, first_day: date) -> timedelta:
    """Return by how many whole days a clone is moved so that it begins on `first_day`."""
    return first_day - before


def suggested_day(before: date, earliest: date) -> date:
    """Return the day to suggest for a clone: the same week and weekday a year later, repeatedly until `earliest`."""
    day = before
    while day < earliest or day <= before:
        day += timedelta(weeks=52)
    return day


def moved(instant: datetime, days: timedelta, zone_name: str) -> datetime:
    """Return an instant moved by whole days as clocks show it there: 09:00 stays 09:00 over a change of the clock."""
    zone = ZoneInfo(zone_name)
    local = instant.astimezone(zone)
    return (local.replace(tzinfo=None) + days).replace(tzinfo=zone).astimezone(instant.tzinfo)


def _latin(title: str) -> str:
    words = re.findall(r"[a-z0-9]+", title.casefold())
    if not any(word.isalpha() for word in words):
        return ""
    slug = ""
    for word in words:
        if len(slug) + len(word) >= LONGEST_SUGGESTION:
            break
        slug = f"{slug}-{word}" if slug else word
    return slug


LONGEST_SUGGESTION = 48
