"""The ceremony's commands: load, decide, save, append. Names reach the public stream here and only by `reveal`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from conference_hub.awards import ceremony, store
from conference_hub.awards.ceremony import Change
from conference_hub.awards.documents import CEREMONY_KEY, award_document, award_key, ceremony_document
from conference_hub.awards.facts import Topic
from conference_hub.awards.model import Award, Level
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.journal import Answer, Docs, Stream, Write

Corrections = Mapping[str, str | None]


@dataclass(frozen=True, kw_only=True)
class Verb:
    """A command on one award: the fact it makes, and the rule that decides."""

    topic: Topic
    decide: Callable[[Write, Award, Corrections], Change]


VERBS: dict[str, Verb] = {
    "arm": Verb(
        topic=Topic.ARMED, decide=lambda w, a, _: ceremony.arm(a, store.all_awards(w.session, w.conf))
    ),
    "reveal": Verb(topic=Topic.REVEALED, decide=lambda w, a, _: ceremony.reveal(a, w.at)),
    "present": Verb(topic=Topic.PRESENTED, decide=lambda _w, a, _: ceremony.present(a)),
    "photo": Verb(topic=Topic.PHOTOGRAPHED, decide=lambda _w, a, _: ceremony.photo(a)),
    "done": Verb(topic=Topic.DONE, decide=lambda _w, a, _: ceremony.done(a)),
    "defer": Verb(topic=Topic.DEFERRED, decide=lambda _w, a, _: ceremony.defer(a)),
    "skip": Verb(topic=Topic.SKIPPED, decide=lambda _w, a, _: ceremony.skip(a)),
    "take-back": Verb(topic=Topic.TAKEN_BACK, decide=lambda _w, a, _: ceremony.take_back(a)),
    "correct": Verb(
        topic=Topic.CORRECTED,
        decide=lambda _w, a, fields: ceremony.correct(
            a,
            recipient=fields.get("recipient"),
            organisation=fields.get("organisation"),
            profile=fields.get("profile"),
        ),
    ),
}


def command(
    write: Write, award_id: str, verb_name: str, *, seen: int | None, corrections: Corrections
) -> Answer:
    """Carry out one command on one award; returns `{"fact": ...}`, the operator's fact as on the wire.

    Raises NotFound for an unknown award or verb, Stale, and what the rule raises.
    """
    verb = VERBS.get(verb_name)
    if verb is None:
        raise NotFound(msg("그런 명령이 없습니다."))
    before = store.get_award(write.session, write.conf, award_id)
    write.require_seen(award_key(before.id), seen)
    change = verb.decide(write, before, corrections)
    for award in change.awards:
        store.save_award(write.session, write.conf, award)
    return _tell(write, verb.topic, before, change)


def add_level(write: Write, level: Level) -> None:
    """Add or replace a level of award; told with the awards that use it."""
    store.save_level(write.session, write.conf, level)


def add_awards(write: Write, awards: Iterable[Award]) -> None:
    """Add awards to the ceremony, in one fact for each stream."""
    added = list(awards)
    for award in added:
        store.save_award(write.session, write.conf, award)
    levels = store.all_levels(write.session, write.conf)
    everything = store.all_awards(write.session, write.conf)
    for stream in (Stream.PUBLIC, Stream.SEALED, Stream.OPERATOR):
        docs: Docs = {CEREMONY_KEY: ceremony_document(stream, everything, levels)}
        for award in added:
            if document := award_document(stream, award, levels[award.level_id]):
                docs[award_key(award.id)] = document
        write.append(stream, Topic.ADDED, CEREMONY_KEY, docs)


def _tell(write: Write, topic: Topic, before: Award, change: Change) -> Answer:
    subject = award_key(change.award.id)
    docs = {
        stream: _docs(write, stream, change) for stream in (Stream.PUBLIC, Stream.SEALED, Stream.OPERATOR)
    }
    if before.state.is_public:
        write.redact(Stream.PUBLIC, subject)
    if before.state.is_public or change.award.state.is_public:
        write.append(Stream.PUBLIC, topic, subject, docs[Stream.PUBLIC], award=change.award.id)
    write.append(Stream.SEALED, topic, subject, docs[Stream.SEALED], award=change.award.id)
    fact = write.append(
        Stream.OPERATOR, topic, subject, docs[Stream.OPERATOR], award=change.award.id, by=write.by
    )
    return {"fact": fact.as_wire()}


def _docs(write: Write, stream: Stream, change: Change) -> Docs:
    levels = store.all_levels(write.session, write.conf)
    docs: Docs = {award_key(a.id): award_document(stream, a, levels[a.level_id]) for a in change.awards}
    docs[CEREMONY_KEY] = ceremony_document(stream, store.all_awards(write.session, write.conf), levels)
    return docs
