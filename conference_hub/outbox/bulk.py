"""Mails to many that organisers send by one press: what a feature says of each, and whom it is for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from conference_hub.conferences.model import Conference
from conference_hub.core.text import Text
from conference_hub.outbox.wording_model import MailKind


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """What a mail to many is about: a session, a day.

    `id` makes it one mail a person, together with `edition` where what it tells of grows; `title` is what people read.
    `path` is where its link leads, below the hub's own address; `values` are by name the fields of its kind but name,
    title, host, link and stop.
    """

    id: str
    title: Text
    path: str
    values: Mapping[str, Text] = field(default_factory=dict)
    edition: str = ""


@dataclass(frozen=True, kw_only=True)
class BulkMail:
    """A mail to many.

    `occasions(session, conference, now)` are those for which it can be sent now, `readers(session, conference,
    occasion)` the ids of the guests it is for.
    """

    kind: MailKind
    occasions: Callable[[Session, Conference, datetime], Sequence[Occasion]]
    readers: Callable[[Session, Conference, Occasion], Collection[str]]


def once_key(bulk: BulkMail, occasion: Occasion, guest_id: str) -> str:
    """Return what keeps a guest from getting the same mail twice (`Draft.once_key`)."""
    edition = f"/{occasion.edition}" if occasion.edition else ""
    return f"bulk/{bulk.kind.name}/{occasion.id}{edition}/{guest_id}"
