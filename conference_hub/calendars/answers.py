"""A calendar as an HTTP answer: a subscriber that has it already gets 304, and nothing is rendered."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable, Sequence

from flask import Response, request

from conference_hub import __version__
from conference_hub.web.hub import current_hub
from conference_hub.web.i18n import language

CALENDAR_TYPE = "text/calendar"
FEED_LIFE_S = 300
KEPT_BYTES = 8 * 1024 * 1024
"""Rendered calendars kept in memory, all together."""


class KeptCalendars:
    """Rendered calendars by their tag; the least recently used are dropped first."""

    def __init__(self, limit: int = KEPT_BYTES) -> None:
        self._limit = limit
        self._size = 0
        self._calendars: OrderedDict[str, bytes] = OrderedDict()

    def get(self, tag: str, render: Callable[[], bytes]) -> bytes:
        """Return the calendar with this tag, rendered now when it is not kept. Raises what `render` raises."""
        calendar = self._calendars.get(tag)
        if calendar is None:
            calendar = render()
            self._keep(tag, calendar)
        else:
            self._calendars.move_to_end(tag)
        return calendar

    def _keep(self, tag: str, calendar: bytes) -> None:
        self._size += len(calendar) - len(self._calendars.pop(tag, b""))
        self._calendars[tag] = calendar
        while self._size > self._limit:
            _, gone = self._calendars.popitem(last=False)
            self._size -= len(gone)


def conditional(parts: Sequence[object], render: Callable[[], bytes], *, shared: bool = True) -> Response:
    """Answer with a calendar, or 304 when the subscriber has it: `render` runs only for what is not in memory.

    `parts` (JSON values) name the calendar and the revision of all that it is made of; language, version and public
    address are added here. `shared` says whether caches may keep it for everybody. Raises what `render` raises.
    """
    tag = tag_of(parts)
    answer = Response(content_type=f"{CALENDAR_TYPE}; charset=utf-8")
    answer.headers["Cache-Control"] = f"public, max-age={FEED_LIFE_S}" if shared else "private, no-cache"
    answer.headers["Vary"] = "Accept-Language, Cookie"
    answer.set_etag(tag)
    answer.make_conditional(request)
    if answer.status_code == 200:  # noqa: PLR2004 - as werkzeug leaves it when the subscriber has another
        kept: KeptCalendars = current_hub().database.memory.setdefault("calendars", KeptCalendars())
        answer.set_data(kept.get(tag, render))
    return answer


def tag_of(parts: Sequence[object]) -> str:
    """Return the ETag of a calendar for the running request, without quotes."""
    known = [*parts, language(), __version__, current_hub().settings.public_url]
    return hashlib.sha256(json.dumps(known).encode()).hexdigest()[:32]
