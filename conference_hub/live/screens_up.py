"""The screens that are up: what each of them shows is told to operators by their sockets, and never kept.

Only screens that a link opened count: what anybody else says is ignored. They are those of this
process; where several serve one hub, each tells the operators that it serves of its own screens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from conference_hub.awards.keys import AWARD
from conference_hub.core.entries import Entry
from conference_hub.core.ids import new_id
from conference_hub.core.now import Now, iso
from conference_hub.core.stream import Stream
from conference_hub.live.followers import Followers, StreamKey, room_of
from conference_hub.live.shapes import ScreenDoc, ScreensDoc, UpDoc
from conference_hub.screens.model import ScreenKind

FIRST_S, EVERY_S = 1.0, 0.5
"""When operators are told of what changed, at most."""
LONGEST_LANE = 80
MAX_SEQ = 2**53 - 1
MOST_REVEALS = 40
"""The last reveals of which the number is known."""
FOLLOWED = (Stream.PUBLIC, Stream.SEALED)
"""The streams that screens follow: those of the hall and the broadcast, and those of the people at the stage."""
EVENT = "screens"
IDENTIFY = "identify"


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a screen says of itself; `shown` is the last number of its stream that it shows."""

    kind: ScreenKind
    lane: str | None
    shown: int


@dataclass
class ScreensUp:
    """The screens by socket; `send` is `fanout.broadcast` without its server, `head` the last number relayed."""

    followers: Followers
    send: Callable[[str, str, object], object]
    head: Callable[[StreamKey], int]
    now: Now
    _up: dict[str, UpDoc] = field(default_factory=dict)
    _told: dict[str, ScreensDoc] = field(default_factory=dict)
    _reveals: dict[str, dict[str, int]] = field(default_factory=dict)

    def report(self, sid: str, name: str, said: object) -> None:
        """Take what the socket of a link says; what does not fit is ignored."""
        report = read_report(said)
        if report is None:
            return
        before = self._up.get(sid)
        self._up[sid] = _doc(before["id"] if before else new_id(), name, report, self.now())

    def remove(self, sid: str) -> None:
        """Forget a socket that left."""
        self._up.pop(sid, None)

    def relayed(self, key: StreamKey, entries: Iterable[Entry]) -> None:
        """Note by which public number a name was revealed; a name that was taken back is forgotten."""
        conf, stream = key
        if stream is not Stream.PUBLIC:
            return
        known = self._reveals.setdefault(conf, {})
        for entry in entries:
            for award, shown in _awards_in(entry):
                if shown:
                    known.setdefault(award, entry.seq)
                else:
                    known.pop(award, None)
        while len(known) > MOST_REVEALS:
            del known[next(iter(known))]

    def document(self, conf: str) -> ScreensDoc:
        """Return what operators of a conference are told."""
        screens = [
            ScreenDoc(**self._up[sid], head=self.head((conf, stream)))
            for stream, sids in self._here(conf).items()
            for sid in sids
        ]
        public = self.followers.of((conf, Stream.PUBLIC))
        return {
            "screens": sorted(screens, key=lambda one: (one["kind"], one["name"], one["id"])),
            "head": self.head((conf, Stream.PUBLIC)),
            "reveals": dict(self._reveals.get(conf, {})),
            "browsers": sum(sid not in self._up for sid in public),
        }

    def tell(self) -> None:
        """Tell the operators of each conference what changed since they were told."""
        told: dict[str, ScreensDoc] = {}
        for conf in sorted({conf for conf, stream in self.followers.followed() if stream is Stream.OPERATOR}):
            told[conf] = self.document(conf)
            if told[conf] != self._told.get(conf):
                self.send(room_of((conf, Stream.OPERATOR)), EVENT, told[conf])
        self._told = told

    def identify(self, conf: str) -> int:
        """Let every screen of a conference show its name; return how many there are."""
        here = [sid for sids in self._here(conf).values() for sid in sids]
        for sid in here:
            self.send(sid, IDENTIFY, {"name": self._up[sid]["name"]})
        return len(here)

    def _here(self, conf: str) -> dict[Stream, list[str]]:
        """Return the sockets of the screens of a conference by the stream that they follow."""
        return {
            stream: [sid for sid in self.followers.of((conf, stream)) if sid in self._up]
            for stream in FOLLOWED
        }


def read_report(said: object) -> Report | None:
    """Return what a screen said, None when it does not fit."""
    if not isinstance(said, dict):
        return None
    kind, lane, shown = said.get("kind"), said.get("lane"), said.get("shown")
    if not isinstance(kind, str) or kind not in set(ScreenKind):
        return None
    if lane is not None and not (isinstance(lane, str) and 0 < len(lane) <= LONGEST_LANE):
        return None
    if isinstance(shown, bool) or not isinstance(shown, int) or not 0 <= shown <= MAX_SEQ:
        return None
    return Report(kind=ScreenKind(kind), lane=lane, shown=shown)


def _awards_in(entry: Entry) -> Iterator[tuple[str, bool]]:
    """Yield the awards of which an entry holds the document, and whether it shows them."""
    for key, document in entry.body["docs"].items():
        if key.startswith(AWARD):
            yield key.removeprefix(AWARD), document is not None


def _doc(screen: str, name: str, report: Report, at: datetime) -> UpDoc:
    return {
        "id": screen,
        "name": name,
        "kind": report.kind,
        "lane": report.lane,
        "shown": report.shown,
        "at": iso(at),
    }
