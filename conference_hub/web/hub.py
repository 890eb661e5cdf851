"""What every request works with: settings, database, journal, clock, and the hooks that features hang on."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.message import Message
from types import ModuleType
from typing import Any, ParamSpec, TypeVar

from flask import current_app
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from conference_hub.core.config import Settings
from conference_hub.core.db import Database
from conference_hub.core.erasing import Erasure, Figure
from conference_hub.core.ids import new_id
from conference_hub.core.journal import Journal, Write
from conference_hub.core.load import Load
from conference_hub.core.now import Now
from conference_hub.core.stream import Doc, Docs, Stream
from conference_hub.core.text import Text
from conference_hub.web.readiness import Line, RunProgress

P = ParamSpec("P")
T = TypeVar("T")

DocumentSource = Callable[[Session, str, Stream], Docs]
"""`(session, conf, stream)` → the documents of one feature for one audience."""

PersonDetails = Callable[[Session, str, Collection[str]], Mapping[str, Doc]]
"""`(session, conf, guests)` → by guest, the fields that a feature adds to a person on the gate's screen."""


Tells = Callable[[Session, str], Callable[[Text], bool]]
"""`(session, conf)` → whether a text would say, beside a person, what is not to be known of them yet."""

RoomUses = Callable[[Session, str], Mapping[str, Iterable[Text]]]
"""`(session, conf)` → by room, the titles of what takes place in it: a room in use is not removed."""

GroupUses = Callable[[Session, str], Mapping[str, Iterable[Text]]]
"""`(session, conf)` → by group of guests, the titles of what is for it: a group in use is not removed."""

BoundCues = Callable[[Session, str], Mapping[str, str]]
"""`(session, conf)` → the lane of each cue that something of a feature is bound to: the plan may not lose it."""

CueLoads = Callable[[Session, str], Mapping[str, Load]]
"""`(session, conf)` → by cue of the plan, how many things of a feature are to be done in it, at which pace."""

GuestTies = Callable[[Session, str, Collection[str]], Mapping[str, list[Text]]]
"""`(session, conf, guests)` → by guest, the names of what hangs on them and may not be lost: they are not removed."""

GuestsLeaving = Callable[[Write, Collection[str]], None]
"""Takes away, in the transaction that removes guests, what a feature keeps of them, and publishes what that changes."""

GuestsFollowed = Callable[[Write, Collection[str]], None]
"""Follows, in the transaction in which organisers changed these guests on the list, what a feature knows of them."""


Readiness = Callable[[Session, str], Iterable[Line]]
"""`(session, conf)` → the lines of a feature in the list "ready for doors", in the language of the running request."""

MailSettled = Callable[[Session, Any, datetime], None]
"""`(session, mail, at)`: follows, in the transaction that writes it down, what became of a mail (`outbox.model.Mail`):
sent, saved as a file, sent by hand, failed, returned, withdrawn, expired, or replaced while it was being sent."""

Figures = Callable[[Session, str], Iterable[Figure]]
"""`(session, conf)` → the numbers that a feature keeps of people whose data are erased."""


@dataclass(frozen=True, kw_only=True)
class Capacity:
    """How many places a way of taking part has (`most`), how many are `taken`, and how many people wait for one."""

    most: int
    taken: int
    waiting: int

    @property
    def full(self) -> bool:
        """Whether there is no place beside those that people already wait for."""
        return self.most - self.taken <= self.waiting


@dataclass(frozen=True, kw_only=True)
class PrivacyNotice:
    """What people are told about their data; `version` grows with each change, `words` None: nothing was written."""

    words: Text | None
    version: int


Capacities = Callable[[Session, str, str], Capacity | None]
"""`(session, conf, mode)` → the places of a way of taking part; None: any number."""

PrivacyNotices = Callable[[Session, str], PrivacyNotice]
"""`(session, conf)` → the privacy notice of a conference."""


@dataclass(frozen=True, kw_only=True)
class ToHall:
    """What a feature moves when a guest takes part in the hall instead.

    `may(session, conf, guest)` says whether it could now. `move(write, guest)` does, and returns what `back(write,
    moved)` needs, which puts all of it back, or changes nothing and returns False when that is not possible now.
    """

    may: Callable[[Session, str, str], bool]
    move: Callable[[Write, str], list[Doc]]
    back: Callable[[Write, Sequence[Doc]], bool]


NOTHING_MOVES = ToHall(
    may=lambda _session, _conf, _guest: True,
    move=lambda _write, _guest: [],
    back=lambda _write, moved: not moved,
)
"""Nothing is called in the hall."""


@dataclass(frozen=True, kw_only=True)
class MailTaker:
    """A feature that uses received mails.

    `read(mail)` finds what concerns the feature, None: nothing. It may work long, so it runs beside the requests
    (`Hub.offload`) and touches nothing but the mail. `take(hub, found)` uses that. True: used; False: it says nothing
    that still counts; None: it is none of the feature's after all.
    """

    read: Callable[[Message], Any]
    take: Callable[[Any, Any], bool | None]


def _any_number(_session: Session, _conf: str, _mode: str) -> Capacity | None:
    return None


def _no_notice(_session: Session, _conf: str) -> PrivacyNotice:
    return PrivacyNotice(words=None, version=0)


def _no_run(_session: Session, _conf: str) -> RunProgress:
    return RunProgress()


ModeChoice = Callable[[Write, str, str], None]
"""`(write, guest, mode)`: a guest chooses how to take part; raises a refusal where there is no place."""


def call_here(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run `work` in place: the `offload` where there is no event loop to keep free."""
    return work(*args, **kwargs)


def go_on() -> None:
    """Do not pause: the `pause` where there is no event loop to keep free."""


def do_now(work: Callable[[], None]) -> None:
    """Do the work at once: the `spawn` where nothing runs beside requests."""
    work()


def new_id_of(kind: str, key: str) -> str:  # noqa: ARG001 - an id tells nothing of what it names
    """Return a new id for what people know by `key`."""
    return new_id()


@dataclass(frozen=True, kw_only=True)
class System:
    """Modules of the standard library as the system has them: in the server those of these names are cooperative."""

    threading: ModuleType = threading
    socket: ModuleType = socket


@dataclass(frozen=True, kw_only=True)
class Duty:
    """Work that becomes due at instants which the database knows.

    `work(hub, now)` does what is due at `now` and returns the next instant at which it has something to do, None: it
    knows of none. It is called about once a second and soon after each commit, in every process: it must be cheap when
    nothing is due, and look again in its own transaction whether the work still waits.
    """

    name: str
    work: Callable[[Hub, datetime], datetime | None]


@dataclass(kw_only=True)
class Hub:
    """One running hub. Made in `app.py`; features reach it by `current_hub()` or get what they need as arguments.

    `run_documents` are those of `documents` that depend on the order of the live run's cues. `step_owners` take back
    what features did in a lane (`agenda.step_owners.StepOwner` by the family of a key), `leaving` are told when a lane
    leaves cues (`agenda.step_owners.Leaving`), `asking` before it becomes ready to, `beside_lanes` render what depends
    on how it stands, `stopping` stop what goes on by itself in a lane when somebody interrupts it. `rehearsed` is what
    features have of rehearsals (`agenda.rehearsed.Rehearsed`).
    `gate_ties` is what check-in knows of gates (`gates.ties.GateTies`).
    `ties_shown` are called when the running request shows what `guest_ties` say of somebody.
    `parts` are the parts of the conference file (`exchange.part.Part`) in the order of their dependence; `ids(kind,
    human key)` gives the ids of what is imported. `duties` are done when their time has come (`live/duties.py`).
    What memory holds for a time only is dropped by `expiring`, which is called each minute. `screen_pages` are the
    pages of screens by their kind,
    which links of screens open.
    `mail_kinds` are the kinds of mails by name (`outbox.wording_model.MailKind`), in the desk's order,
    `bulk_mails` those that organisers send to many (`outbox.bulk.BulkMail`).
    `erasures` are what goes when personal data are kept no longer, what refers to others first; `purged` drops what
    memory still holds of a conference then. `spawn` does work beside the requests, `run_progress` says how far the live
    run of a conference is. `system` is for work that must not be cooperative. `mail_trouble` is why mails could not be
    handed over when this process tried last, empty: nothing is wrong. `mails_settled` follow what becomes of mails,
    `mail_takers` use mails that come to the hub.
    """

    settings: Settings
    database: Database
    journal: Journal
    now: Now
    offload: Callable[..., Any] = call_here
    pause: Callable[[], None] = go_on
    spawn: Callable[[Callable[[], None]], None] = do_now
    system: System = field(default_factory=System)
    documents: list[DocumentSource] = field(default_factory=list)
    arrivals: list[Callable[[str, str], str | None]] = field(default_factory=list)
    person_details: list[PersonDetails] = field(default_factory=list)
    tells: list[Tells] = field(default_factory=list)
    guest_ties: list[GuestTies] = field(default_factory=list)
    ties_shown: list[Callable[[], None]] = field(default_factory=list)
    guests_leaving: list[GuestsLeaving] = field(default_factory=list)
    guests_changed: list[GuestsFollowed] = field(default_factory=list)
    mode_choices: list[ModeChoice] = field(default_factory=list)
    mail_takers: list[MailTaker] = field(default_factory=list)
    mails_settled: list[MailSettled] = field(default_factory=list)
    capacity: Capacities = _any_number
    privacy_notice: PrivacyNotices = _no_notice
    to_hall: ToHall = NOTHING_MOVES
    bound_cues: list[BoundCues] = field(default_factory=list)
    cue_loads: list[CueLoads] = field(default_factory=list)
    run_documents: list[DocumentSource] = field(default_factory=list)
    step_owners: dict[str, Any] = field(default_factory=dict)
    leaving: list[Any] = field(default_factory=list)
    asking: list[Any] = field(default_factory=list)
    beside_lanes: list[Any] = field(default_factory=list)
    stopping: list[Any] = field(default_factory=list)
    rehearsed: list[Any] = field(default_factory=list)
    room_uses: list[RoomUses] = field(default_factory=list)
    gate_ties: Any = None
    group_uses: list[GroupUses] = field(default_factory=list)
    readiness: list[Readiness] = field(default_factory=list)
    erasures: list[Erasure] = field(default_factory=list)
    bulk_mails: dict[str, Any] = field(default_factory=dict)
    mail_kinds: dict[str, Any] = field(default_factory=dict)
    figures: list[Figures] = field(default_factory=list)
    purged: list[Callable[[str], None]] = field(default_factory=list)
    run_progress: Callable[[Session, str], RunProgress] = _no_run
    ended: list[Callable[[], None]] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    expiring: list[Callable[[datetime], None]] = field(default_factory=list)
    screen_pages: dict[str, Callable[..., ResponseReturnValue]] = field(default_factory=dict)
    parts: list[Any] = field(default_factory=list)
    ids: Callable[[str, str], str] = new_id_of
    mail_trouble: str = ""

    def in_turns(self, items: Iterable[T], every: int) -> Iterator[T]:
        """Yield `items`, and pause after each `every` of them so that other tasks of the event loop run."""
        for number, item in enumerate(items, start=1):
            yield item
            if number % every == 0:
                self.pause()

    def snapshot(self, session: Session, conf: str, stream: Stream) -> Docs:
        """Return every document of one audience, from all features; others have their turn between two of them."""
        sources = self.in_turns(self.documents, 1)
        return {key: doc for source in sources for key, doc in source(session, conf, stream).items()}

    def tell_purged(self, conf: str) -> None:
        """Drop what memory holds of a conference whose personal data were erased, or that was deleted."""
        for forget in self.purged:
            forget(conf)

    def tell_settled(self, session: Session, mail: Any, at: datetime) -> None:
        """Tell the features, in the running transaction, what became of a mail."""
        for follow in self.mails_settled:
            follow(session, mail, at)

    def tell_ended(self) -> None:
        """Tell the listeners in `ended`, after the commit, that sessions, tokens or roles may have ended."""
        for listener in self.ended:
            listener()


def current_hub() -> Hub:
    """Return the hub of the running request."""
    hub: Hub = current_app.extensions["conference_hub"]
    return hub
