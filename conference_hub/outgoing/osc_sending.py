"""Tells cues and reveals by Open Sound Control, over UDP, right after the commit: once, without waiting for anybody.

The process that committed tells. What cannot be told at once is not told later: a light that changes seconds late is
worse than one that does not. Who must miss nothing takes a webhook.
"""

from __future__ import annotations

import logging
import socket
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from pythonosc.osc_message_builder import OscMessageBuilder

from conference_hub.agenda.keys import CUE, LANE
from conference_hub.awards.keys import AWARD
from conference_hub.core.entries import Entry
from conference_hub.core.errors import Unavailable
from conference_hub.core.stream import Stream
from conference_hub.outgoing import osc_store
from conference_hub.outgoing.lookup import addresses
from conference_hub.outgoing.model import OscDraft, OscTarget, Told
from conference_hub.outgoing.osc import Heard, OscMessage, messages_of, withdrawn
from conference_hub.web.hub import Duty, Hub, System

log = logging.getLogger(__name__)

STALE_S = 3.0
"""How old a message may be that is still sent."""
MOST_WAITING = 100
"""Messages that wait for one address, entries that wait to be told; the oldest go first."""
SHOWN = 200
Packets = Sequence[bytes]
Deliver = Callable[..., str]
PLAIN = System()


def packet(message: OscMessage) -> bytes:
    """Return a message as it is sent; texts are UTF-8."""
    builder = OscMessageBuilder(message.address)
    for argument in message.arguments:
        builder.add_arg(argument, OscMessageBuilder.ARG_TYPE_STRING)
    return bytes(builder.build().dgram)


def deliver(
    target: OscDraft,
    packets: Packets,
    *,
    private: bool,
    within_s: float = STALE_S,
    system: System = PLAIN,
) -> str:
    """Send packets to an address and return what went wrong, an empty text for nothing.

    It blocks while a name is looked up, `within_s` at most. Nobody answers over UDP: an empty text does not
    say that anybody listens.
    """
    try:
        ways = addresses(
            target.host, target.port, socket.SOCK_DGRAM, private=private, within_s=within_s, system=system
        )
        family, address = ways[0]
        with closing(socket.socket(family, socket.SOCK_DGRAM)) as stream:
            stream.settimeout(0)
            for one in packets:
                stream.sendto(one, address)
    except OSError as error:
        return (error.strerror or str(error))[:SHOWN]
    return ""


def try_out(hub: Hub, conf: str, target: OscTarget) -> Told:
    """Send a message that tells of nothing, now, and return what came of it."""
    path = f"/hub/{conf}/test"
    trial = packet(OscMessage(address=path, arguments=("test",)))
    private = hub.settings.outgoing_private
    error = hub.offload(lambda: deliver(target.draft, [trial], private=private, system=hub.system))
    told = Told(at=hub.now(), path=path, error=error)
    with hub.database.writing() as db:
        osc_store.note_told(db, conf, target.id, told)
    return told


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Packets for one address, by when they are sent or dropped, and the path of the last one."""

    target: OscDraft
    packets: Packets
    until: float
    path: str


class OscSender:
    """Hears what was committed and tells it to the addresses of the conference."""

    def __init__(self, hub: Hub, deliver_by: Deliver = deliver) -> None:
        self._hub = hub
        self._deliver = deliver_by
        self._heard: deque[tuple[str, Entry, float]] = deque(maxlen=MOST_WAITING)
        self._waiting: dict[tuple[str, str], deque[Waiting]] = {}
        self._targets: dict[str, list[OscTarget]] = {}
        self._told: dict[tuple[str, str], Told] = {}
        self._reading = False

    def duty(self) -> Duty:
        """Return the duty that knows the addresses, so that a commit in a conference without any costs nothing.

        It also writes down what was sent: the show does not wait for that.
        """
        return Duty(name="knowing OSC addresses", work=self.learn)

    def learn(self, hub: Hub, _now: datetime) -> None:
        """Write down what each address was told last, and read the addresses that are told something."""
        if self._told:
            told, self._told = self._told, {}
            with hub.database.writing() as db:
                for key, last in told.items():
                    osc_store.note_told(db, *key, last)
        with hub.database.reading() as db:
            self._targets = osc_store.active_targets(db)

    def commit_seen(self, conf: str, entries: Sequence[Entry]) -> None:
        """Take what is to be told (a journal listener: the work is done beside it)."""
        if conf not in self._targets:
            return
        told = [entry for entry in entries if entry.stream is Stream.PUBLIC and _is_of_the_show(entry)]
        until = time.monotonic() + STALE_S
        self._heard.extend((conf, entry, until) for entry in told)
        if told and not self._reading:
            self._reading = True
            self._hub.spawn(self._read_all)

    def _read_all(self) -> None:
        """Make packets of what was heard; each address has a line of its own, so none waits for another."""
        try:
            while self._heard:
                conf, entry, until = self._heard.popleft()
                for target, messages in self._messages(conf, entry):
                    packets = [packet(one) for one in messages]
                    path = messages[-1].address
                    waiting = Waiting(target=target.draft, packets=packets, until=until, path=path)
                    self._put(conf, target, waiting)
        except Unavailable:
            pass  # logged by the database
        finally:
            self._reading = False

    def _messages(self, conf: str, entry: Entry) -> list[tuple[OscTarget, list[OscMessage]]]:
        heard = Heard(topic=entry.topic, at=entry.at, body=entry.body)
        with self._hub.database.reading() as db:
            places = osc_store.award_places(db, conf, withdrawn(heard))
        targets = self._targets.get(conf, ())
        found = [(target, messages_of(heard, conf, target.draft.language, places)) for target in targets]
        return [(target, messages) for target, messages in found if messages]

    def _put(self, conf: str, target: OscTarget, waiting: Waiting) -> None:
        key = (conf, target.id)
        line = self._waiting.get(key)
        if line is not None:
            line.append(waiting)
            return
        self._waiting[key] = deque([waiting], maxlen=MOST_WAITING)
        self._hub.spawn(partial(self._send_all, key))

    def _send_all(self, key: tuple[str, str]) -> None:
        line = self._waiting[key]
        try:
            while line:
                self._told[key] = self._send(key, line.popleft())
        finally:
            del self._waiting[key]

    def _send(self, key: tuple[str, str], waiting: Waiting) -> Told:
        left_s = waiting.until - time.monotonic()
        error = "too late" if left_s < 0 else self._delivered(waiting, left_s)
        if error:
            log.warning("osc", extra={"conf": key[0], "target": key[1], "error": error})
        return Told(at=self._hub.now(), path=waiting.path, error=error)

    def _delivered(self, waiting: Waiting, left_s: float) -> str:
        hub = self._hub
        work = partial(
            self._deliver, private=hub.settings.outgoing_private, within_s=left_s, system=hub.system
        )
        error: str = hub.offload(work, waiting.target, waiting.packets)
        return error


def _is_of_the_show(entry: Entry) -> bool:
    return any(key.startswith((LANE, CUE, AWARD)) for key in entry.body.get("docs", {}))
