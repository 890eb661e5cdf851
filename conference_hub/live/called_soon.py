"""Tells guests that they are called soon: each by their own sockets, and nobody else hears of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from conference_hub.access.model import Credential
from conference_hub.access.standing import standing
from conference_hub.awards.shapes import SoonDoc
from conference_hub.awards.soon_store import NOT_CALLED, told
from conference_hub.web.hub import Hub

FIRST_S, EVERY_S = 1.0, 1.0
"""When guests are told of what changed, at most."""
EVENT = "soon"


@dataclass
class CalledSoon:
    """The sockets of guests; `send` is `fanout.broadcast` without its server, `head` the operators' last number.

    Who is called soon changes by facts only, so the database is asked where one came, or where a guest joined.
    """

    hub: Hub
    send: Callable[[str, str, object], object]
    head: Callable[[str], int]
    _guests: dict[str, tuple[str, str, Credential]] = field(default_factory=dict)
    _heads: dict[str, int] = field(default_factory=dict)
    _told: dict[str, SoonDoc] = field(default_factory=dict)

    def join(self, sid: str, conf: str, guest_id: str, credential: Credential) -> None:
        """Note whose socket joined; they are told with the next turn if they are called soon."""
        self._guests[sid] = (conf, guest_id, credential)
        self._heads.pop(conf, None)

    def remove(self, sid: str) -> None:
        """Forget a socket that left."""
        self._guests.pop(sid, None)
        self._told.pop(sid, None)

    def tell(self) -> None:
        """Tell each guest what changed for them since they were told."""
        for conf in sorted({conf for conf, _, _ in self._guests.values()}):
            head = self.head(conf)
            if self._heads.get(conf) != head:
                self._tell(conf)
                self._heads[conf] = head

    def _tell(self, conf: str) -> None:
        with self.hub.database.reading() as db:
            known = told(db, conf)
            news = self._news(conf, known)
            held = {credential for _, _, credential in news}
            standing_ = standing(db, held, self.hub.now()) if held else {}
        for sid, doc, credential in news:
            self._told[sid] = doc
            if credential in standing_:
                self.send(sid, EVENT, doc)

    def _news(self, conf: str, known: Mapping[str, SoonDoc]) -> list[tuple[str, SoonDoc, Credential]]:
        """Return the sockets for which something changed, with what they are told."""
        return [
            (sid, doc, credential)
            for sid, (of, guest_id, credential) in self._guests.items()
            if of == conf
            for doc in [known.get(guest_id, NOT_CALLED)]
            if doc != self._told.get(sid, NOT_CALLED)
        ]
