"""Writes down now and then who follows the live page, and counts who is where: few facts, whatever happens at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from conference_hub.attendance import actions, store
from conference_hub.attendance.hours import counted
from conference_hub.attendance.keys import ELSEWHERE
from conference_hub.attendance.spans import LEAVE_AFTER
from conference_hub.attendance.watching import Watchers
from conference_hub.checkin.keys import PRESENCE_KEY
from conference_hub.conferences.store import all_conferences, find_conference
from conference_hub.core.actor import Actor
from conference_hub.core.entries import Entry
from conference_hub.core.ids import new_id
from conference_hub.core.stream import Stream
from conference_hub.people.keys import GUEST
from conference_hub.web.hub import Duty, Hub

FIRST_S, EVERY_S = 10.0, 10.0
"""When what sockets say is written, at most."""
COUNT_EVERY = timedelta(seconds=10)
"""How often is counted who is where, at most."""
ALIVE_EVERY = timedelta(seconds=60)
"""How often a process says that its open spans go on."""
CLOCK = Actor.system("clock")


@dataclass
class Keeper:
    """The sockets of guests in this process; `write` is called every ten seconds."""

    hub: Hub
    worker: str = field(default_factory=new_id)
    watchers: Watchers = field(default_factory=lambda: Watchers(new_id))
    _alive_at: datetime | None = None

    def seen(self, sid: str, conf: str, guest_id: str, *, visible: bool) -> None:
        """Note that a page of a guest is open, and whether it is visible."""
        self.watchers.seen(sid, conf, guest_id, self.hub.now(), visible=visible)

    def gone(self, sid: str) -> None:
        """Note that a connection ended."""
        self.watchers.gone(sid, self.hub.now())

    def forget(self, conf: str) -> None:
        """Forget what was written of a conference whose personal data were erased (`Hub.purged`)."""
        self.watchers.forget(conf)

    def write(self) -> None:
        """Write what changed since the last time: at most one transaction and one fact for each conference."""
        now = self.hub.now()
        for conf in self.watchers.conferences():
            self._write(conf, now)
        if self._alive_at is None or not timedelta(0) <= now - self._alive_at < ALIVE_EVERY:
            self._alive_at = now
            self._keep_alive(now)

    def _write(self, conf: str, now: datetime) -> None:
        with self.hub.database.reading() as db:
            conference = find_conference(db, conf)
        on = conference is not None and counted(conference, now)
        changes = self.watchers.changes(conf, now) if on else self.watchers.closing(conf, now)
        if changes:
            with self.hub.journal.writing(conf, actor=CLOCK) as write:
                actions.note_changes(write, changes, self.worker)
        if on:
            self.watchers.written(conf, changes)
        else:
            self.watchers.forget(conf)

    def _keep_alive(self, now: datetime) -> None:
        """Say that the open spans go on, and end those of processes that are no more."""
        with self.hub.database.writing() as db:
            store.keep_alive(db, self.worker, now)
        with self.hub.database.reading() as db:
            due = store.forgotten_spans(db, now - LEAVE_AFTER)
        for conf in due:
            with self.hub.journal.writing(conf, actor=CLOCK) as write:
                still = store.forgotten_spans(write.session, now - LEAVE_AFTER).get(conf, [])
                actions.end_forgotten(write, still)


class Counter:
    """Counts who is where of each conference in which somebody moved: at most every ten seconds."""

    def __init__(self) -> None:
        self._moved: set[str] = set()
        self._counted: dict[str, datetime] = {}
        self._begun = False

    def duty(self) -> Duty:
        """Return the work of the counter (`Hub.duties`)."""
        return Duty(name="counting who is where", work=self.work)

    def commit_seen(self, conf: str, entries: list[Entry]) -> None:
        """Note that somebody moved (a journal listener: it must not do more)."""
        if any(_moves(entry) for entry in entries):
            self._moved.add(conf)

    def work(self, hub: Hub, now: datetime) -> datetime | None:
        """Count what is due; return when the next count is."""
        if not self._begun:
            self._moved |= _all(hub)
            self._begun = True
        due = [conf for conf in sorted(self._moved) if self._due(conf, now) <= now]
        for conf in due:
            self._moved.discard(conf)
            self._counted[conf] = now
            self._count(hub, conf, now)
        return min((self._due(conf, now) for conf in self._moved), default=None)

    def _due(self, conf: str, now: datetime) -> datetime:
        last = self._counted.get(conf)
        return now if last is None or last > now else last + COUNT_EVERY

    def _count(self, hub: Hub, conf: str, now: datetime) -> None:
        with hub.database.reading() as db:
            conference = find_conference(db, conf)
        if conference is not None and counted(conference, now):
            with hub.journal.writing(conf, actor=CLOCK) as write:
                later = actions.count(write)
            if later:
                self._moved.add(conf)


def _all(hub: Hub) -> set[str]:
    with hub.database.reading() as db:
        return {one.slug for one in all_conferences(db)}


def _moves(entry: Entry) -> bool:
    """Return whether an entry changes where somebody is; the operator's stream has all of them."""
    if entry.stream is not Stream.OPERATOR:
        return False
    return any(key == PRESENCE_KEY or key.startswith((GUEST, ELSEWHERE)) for key in entry.body["docs"])
