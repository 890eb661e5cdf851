"""Publishing a fact of check-in with what it changed for each audience."""

from __future__ import annotations

from collections.abc import Collection

from conference_hub.checkin import sources
from conference_hub.checkin.documents import CONFLICT_STREAMS, GUEST_STREAMS, PRESENCE_STREAMS
from conference_hub.checkin.facts import CheckinFact
from conference_hub.core.journal import Write
from conference_hub.core.stream import Docs, Stream
from conference_hub.gates.model import GateId
from conference_hub.gates.ties import GATE_STREAMS
from conference_hub.people.model import GuestId


def publish(
    write: Write,
    fact: CheckinFact,
    subject: str,
    *,
    guests: Collection[GuestId] = (),
    gates: Collection[GateId] = (),
    counts: bool = False,
) -> None:
    """Append `fact` to every stream that has one of the changed documents, and to the operator's.

    `guests` and `gates` are those whose documents changed; `counts` says whether the presence counts did.
    """
    session, conf = write.session, write.conf
    publish_documents(
        write,
        fact,
        subject,
        guests=sources.guest_documents(session, conf, guests),
        gates=sources.gate_documents(session, conf, gates),
        counts=sources.count_documents(session, conf) if counts else {},
    )


def publish_documents(
    write: Write,
    fact: CheckinFact,
    subject: str,
    *,
    guests: Docs,
    gates: Docs,
    counts: Docs,
    conflicts: Docs | None = None,
) -> None:
    """Append `fact` with the changed documents, which its sender has made."""
    docs: dict[Stream, Docs] = {}
    for stream in Stream:
        changed: Docs = {}
        changed |= guests if stream in GUEST_STREAMS else {}
        changed |= gates if stream in GATE_STREAMS else {}
        changed |= counts if stream in PRESENCE_STREAMS else {}
        changed |= conflicts or {} if stream in CONFLICT_STREAMS else {}
        if changed:
            docs[stream] = changed
    write.publish(fact, subject, docs)
