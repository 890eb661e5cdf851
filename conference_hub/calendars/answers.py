"""A calendar as an HTTP answer: a subscriber that has it already gets 304, and nothing is rendered.

Programs that fetch calendars send no cookie and often no language, so the address says which language a feed speaks
(`?lang=`). Each coding has a tag of its own (RFC 9110 8.8.3.3): the tags are strong, and the bytes differ.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Response, request, session

from conference_hub import __version__
from conference_hub.core.text import LANGUAGES, Language
from conference_hub.web.compression import LEVEL, accepts
from conference_hub.web.hub import current_hub

CALENDAR_TYPE = "text/calendar"
FEED_LIFE_S = 300
KEPT_BYTES = 8 * 1024 * 1024
"""Rendered calendars kept in memory, all together."""
STILL = timedelta(seconds=1)
"""How old a change is before Last-Modified tells of it: two within one second have one date (RFC 9110 8.8.2.2)."""


@dataclass(frozen=True, kw_only=True)
class Edition:
    """A calendar as it is at present; `changed_at` (aware) is the last change of what it says, None: not told."""

    body: bytes
    changed_at: datetime | None = None

    def compressed(self) -> Edition:
        """Return it in gzip; the same calendar gives the same bytes."""
        return Edition(body=gzip.compress(self.body, LEVEL, mtime=0), changed_at=self.changed_at)


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """The language of a calendar, and the headers of the request on which it depends."""

    lang: Language
    varies: tuple[str, ...] = ()


class KeptCalendars:
    """Rendered calendars by their tag; the least recently used are dropped first."""

    def __init__(self, limit: int = KEPT_BYTES) -> None:
        self._limit = limit
        self._size = 0
        self._calendars: OrderedDict[str, Edition] = OrderedDict()

    def get(self, tag: str, render: Callable[[], Edition]) -> Edition:
        """Return the calendar with this tag, rendered now when it is not kept. Raises what `render` raises."""
        calendar = self._calendars.get(tag)
        if calendar is None:
            calendar = render()
            self._keep(tag, calendar)
        else:
            self._calendars.move_to_end(tag)
        return calendar

    def _keep(self, tag: str, calendar: Edition) -> None:
        before = self._calendars.pop(tag, None)
        self._size += len(calendar.body) - (len(before.body) if before else 0)
        self._calendars[tag] = calendar
        while self._size > self._limit:
            _, gone = self._calendars.popitem(last=False)
            self._size -= len(gone.body)


def reader_language(main: Language) -> Spoken:
    """Return the language that the address asks for (`?lang=`), else the browser's, else the conference's `main` one.

    No cookie and no account counts: the same address gives the same calendar to whoever fetches it.
    """
    if asked := _asked_language():
        return Spoken(lang=asked)
    accepted = request.accept_languages.best_match(LANGUAGES)
    return Spoken(lang=_known(accepted) or main, varies=("Accept-Language",))


def owner_language(own: str | None, main: Language) -> Spoken:
    """Return the language of somebody's own calendar: theirs, else the conference's `main` one."""
    return Spoken(lang=_asked_language() or _known(own) or main)


def conditional(
    parts: Sequence[object], spoken: Spoken, render: Callable[[], Edition], *, shared: bool = True
) -> Response:
    """Answer with a calendar, or 304 when the subscriber has it: `render` runs only for what is not in memory.

    `parts` (JSON values) name the calendar and the revision of all that it is made of; language, version and public
    address are added here. `shared` says whether caches may keep it for everybody. Raises what `render` raises.
    """
    session.accessed = False  # who asks makes no difference: a cache must not keep one for each cookie
    packed = accepts("gzip")
    tag = tag_of([*parts, "gzip" if packed else "identity"], spoken.lang)
    answer = Response(content_type=f"{CALENDAR_TYPE}; charset=utf-8")
    answer.headers["Cache-Control"] = f"public, max-age={FEED_LIFE_S}" if shared else "private, no-cache"
    answer.headers["Vary"] = ", ".join((*spoken.varies, "Accept-Encoding"))
    answer.set_etag(tag)
    if request.if_none_match:
        if request.if_none_match.contains_weak(tag):
            return _unchanged(answer)
        return _whole(answer, _edition(tag, render, packed=packed), packed=packed)
    edition = _edition(tag, render, packed=packed)
    if request.headers.get("If-Modified-Since", "") == _last_modified(edition, answer):
        return _unchanged(answer)
    return _whole(answer, edition, packed=packed)


def tag_of(parts: Sequence[object], lang: Language) -> str:
    """Return the ETag of a calendar in a language, without quotes."""
    known = [*parts, lang, __version__, current_hub().settings.public_url]
    return hashlib.sha256(json.dumps(known).encode()).hexdigest()[:32]


def _edition(tag: str, render: Callable[[], Edition], *, packed: bool) -> Edition:
    kept: KeptCalendars = current_hub().database.memory.setdefault("calendars", KeptCalendars())
    return kept.get(tag, lambda: render().compressed() if packed else render())


def _whole(answer: Response, edition: Edition, *, packed: bool) -> Response:
    _last_modified(edition, answer)
    if packed:
        answer.content_encoding = "gzip"
    answer.set_data(edition.body)
    return answer


def _unchanged(answer: Response) -> Response:
    answer.status_code = 304
    answer.headers.pop("Content-Type", None)
    return answer


def _last_modified(edition: Edition, answer: Response) -> str | None:
    """Tell when the calendar changed last; returns it as the header has it, None where it is not told.

    Only just this date counts as unchanged: after a restore an earlier one may be the newer calendar's.
    """
    if edition.changed_at is None or current_hub().now() - edition.changed_at < STILL:
        return None
    answer.last_modified = edition.changed_at
    return answer.headers["Last-Modified"]


def _asked_language() -> Language | None:
    return _known(request.args.get("lang"))


def _known(lang: str | None) -> Language | None:
    return next((one for one in LANGUAGES if one == lang), None)
