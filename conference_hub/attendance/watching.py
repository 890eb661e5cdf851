"""Who follows the live page: sockets of guests in memory, as changes of spans that are written now and then.

A thousand people who connect between two writings are one write. A guest has one span at a time in each process: it is
`connected` while one of their pages is visible, `idle` while all are hidden. It ends at the instant at which their last
connection was lost, once that is two minutes ago.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from conference_hub.attendance.model import RemoteSpan, Source, SpanId, Watch
from conference_hub.attendance.spans import LEAVE_AFTER
from conference_hub.people.model import GuestId

GuestKey = tuple[str, str]
"""A conference and a guest of it."""


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What is to be written of one conference: spans that began, and those that ended with their ends."""

    began: tuple[RemoteSpan, ...] = ()
    ended: tuple[RemoteSpan, ...] = ()

    @property
    def guests(self) -> list[str]:
        """The guests whom they concern."""
        return sorted({span.guest_id for span in (*self.began, *self.ended)})

    def __bool__(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.began or self.ended)


@dataclass(kw_only=True)
class _Known:
    """What is known of one guest: how they watch (None: gone) since when, and the span that was written last."""

    watch: Watch | None
    since: datetime
    written: RemoteSpan | None = None


@dataclass
class Watchers:
    """The sockets of guests of this process; `new_id` makes ids of spans. It reads no clock: time is an argument."""

    new_id: Callable[[], str]
    _pages: dict[str, tuple[GuestKey, bool]] = field(default_factory=dict)
    _sids: dict[GuestKey, set[str]] = field(default_factory=dict)
    _known: dict[GuestKey, _Known] = field(default_factory=dict)

    def seen(self, sid: str, conf: str, guest_id: str, at: datetime, *, visible: bool) -> None:
        """Note that a page of a guest is open, and whether it is visible."""
        key = (conf, guest_id)
        self._pages[sid] = (key, visible)
        self._sids.setdefault(key, set()).add(sid)
        self._settle(key, at)

    def gone(self, sid: str, at: datetime) -> None:
        """Note that a connection ended; an unknown one is ignored."""
        page = self._pages.pop(sid, None)
        if page is None:
            return
        self._sids[page[0]].discard(sid)
        if not self._sids[page[0]]:
            del self._sids[page[0]]
        self._settle(page[0], at)

    def conferences(self) -> list[str]:
        """Return the conferences of which something is known."""
        return sorted({conf for conf, _ in (*self._known, *self._sids)})

    def changes(self, conf: str, at: datetime) -> Changes:
        """Return what is to be written now; call `written` when it was."""
        for key in [key for key in self._sids if key[0] == conf and key not in self._known]:
            self._settle(key, at)
        mine = [(key, known) for key, known in self._known.items() if key[0] == conf]
        pairs = [(known, self._next(key[1], known, at)) for key, known in mine]
        moved = [(known, now) for known, now in pairs if now is not known.written]
        return Changes(
            began=tuple(now for _, now in moved if now is not None),
            ended=tuple(
                replace(known.written, ended_at=max(known.since, known.written.began_at))
                for known, _ in moved
                if known.written is not None
            ),
        )

    def written(self, conf: str, changes: Changes) -> None:
        """Note that `changes` are in the database."""
        for span in changes.ended:
            self._note(conf, span.guest_id, None)
        for span in changes.began:
            self._note(conf, span.guest_id, span)

    def closing(self, conf: str, at: datetime) -> Changes:
        """Return what is to be written when nobody is counted any more: all that goes on ends at `at`.

        Call `forget` when it was written; who still follows then is counted anew with the next `changes`.
        """
        open_ = [(known, known.written) for key, known in self._known.items() if key[0] == conf]
        return Changes(
            ended=tuple(
                replace(
                    span, ended_at=max(span.began_at, min(at, known.since if known.watch is None else at))
                )
                for known, span in open_
                if span is not None
            )
        )

    def forget(self, conf: str) -> None:
        """Forget what was written of a conference; its open pages stay known."""
        for key in [key for key in self._known if key[0] == conf]:
            del self._known[key]

    def _settle(self, key: GuestKey, at: datetime) -> None:
        pages = [self._pages[sid][1] for sid in self._sids.get(key, ())]
        watch = (Watch.CONNECTED if any(pages) else Watch.IDLE) if pages else None
        known = self._known.get(key)
        if known is None:
            if watch is not None:
                self._known[key] = _Known(watch=watch, since=at)
        elif watch is None and known.written is None:
            del self._known[key]  # a visit of a few seconds between two writings
        elif known.watch is not watch:
            known.watch, known.since = watch, at

    def _next(self, guest_id: str, known: _Known, at: datetime) -> RemoteSpan | None:
        """Return the span that is open now: the written one while nothing changed, or not for long enough."""
        before = known.written
        known.since = min(known.since, at)  # the clock was set back
        if known.watch is None:
            return before if at - known.since < LEAVE_AFTER else None
        if before is not None and before.watch is known.watch:
            return before
        return RemoteSpan(
            id=SpanId(self.new_id()),
            guest_id=GuestId(guest_id),
            watch=known.watch,
            source=Source.SOCKET,
            began_at=known.since,
            seen_at=at,
        )

    def _note(self, conf: str, guest_id: str, span: RemoteSpan | None) -> None:
        key = (conf, guest_id)
        if span is None and self._known[key].watch is None:
            del self._known[key]
        elif key in self._known:
            self._known[key].written = span
