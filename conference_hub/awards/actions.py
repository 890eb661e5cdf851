"""The ceremony's commands: load, decide, save, append. Names reach the public stream here and only by `reveal`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from conference_hub.awards import ceremony, facts, store
from conference_hub.awards.ceremony import Change
from conference_hub.awards.documents import (
    CEREMONY_KEY,
    Levels,
    award_document,
    award_key,
    ceremony_document,
)
from conference_hub.awards.model import Award, Level
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.facts import Fact
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc, Docs, Stream

Corrections = Mapping[str, str | None]
AUDIENCES = (Stream.PUBLIC, Stream.SEALED, Stream.OPERATOR)
AwardFact = Callable[..., Fact]
"""Makes the fact of a command; it takes `award`, the award's id."""


@dataclass(frozen=True, kw_only=True)
class Verb:
    """A command on one award: the fact it makes, and the rule that decides."""

    fact: AwardFact
    decide: Callable[[Write, Award, Corrections], Change]


VERBS: dict[str, Verb] = {
    "arm": Verb(
        fact=facts.AwardArmed, decide=lambda w, a, _: ceremony.arm(a, store.all_awards(w.session, w.conf))
    ),
    "reveal": Verb(fact=facts.AwardRevealed, decide=lambda w, a, _: ceremony.reveal(a, w.at)),
    "present": Verb(fact=facts.AwardPresented, decide=lambda _w, a, _: ceremony.present(a)),
    "photo": Verb(fact=facts.AwardPhotographed, decide=lambda _w, a, _: ceremony.photo(a)),
    "done": Verb(fact=facts.AwardDone, decide=lambda _w, a, _: ceremony.done(a)),
    "defer": Verb(fact=facts.AwardDeferred, decide=lambda _w, a, _: ceremony.defer(a)),
    "skip": Verb(fact=facts.AwardSkipped, decide=lambda _w, a, _: ceremony.skip(a)),
    "take-back": Verb(fact=facts.AwardTakenBack, decide=lambda _w, a, _: ceremony.take_back(a)),
    "correct": Verb(
        fact=facts.AwardCorrected,
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
) -> Doc:
    """Carry out one command on one award; returns `{"seq"}`, the number of the operator's entry.

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
    return _publish(write, verb, before, change)


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
    docs = {stream: _docs_of(stream, added, everything, levels) for stream in AUDIENCES}
    write.publish(facts.AwardsAdded(), CEREMONY_KEY, docs)


def _publish(write: Write, verb: Verb, before: Award, change: Change) -> Doc:
    """Publish what a command did; the public hears of it when the award is or was revealed."""
    subject = award_key(change.award.id)
    levels = store.all_levels(write.session, write.conf)
    everything = store.all_awards(write.session, write.conf)
    docs = {stream: _changed(stream, change.awards, everything, levels) for stream in AUDIENCES}
    if before.state.is_public:
        write.redact(Stream.PUBLIC, subject)
    elif not change.award.state.is_public:
        del docs[Stream.PUBLIC]
    entry = write.publish(verb.fact(award=change.award.id), subject, docs)
    return {"seq": entry.seq}


def _docs_of(stream: Stream, awards: Iterable[Award], everything: Sequence[Award], levels: Levels) -> Docs:
    """Return the documents that `stream` has of added awards; one that it may not see is left out."""
    docs = _changed(stream, awards, everything, levels)
    return {key: document for key, document in docs.items() if document is not None}


def _changed(stream: Stream, awards: Iterable[Award], everything: Sequence[Award], levels: Levels) -> Docs:
    docs: Docs = {award_key(a.id): award_document(stream, a, levels[a.level_id]) for a in awards}
    docs[CEREMONY_KEY] = ceremony_document(stream, everything, levels)
    return docs
