"""The ceremony's commands: load, decide, save, append. A name becomes public here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from conference_hub.agenda import history
from conference_hub.agenda import steps as run
from conference_hub.agenda.history import LIVE_RUN, NothingToRedo, NothingToUndo, Offer, State, Step, Values
from conference_hub.agenda.model import LaneId
from conference_hub.awards import ceremony as ceremonies
from conference_hub.awards import facts, steps, store, values
from conference_hub.awards.documents import AUDIENCES, documents_of
from conference_hub.awards.facts import AwardMoved
from conference_hub.awards.keys import CEREMONY_KEY, award_key
from conference_hub.awards.model import Award, AwardId, Ceremony, Wording
from conference_hub.awards.verbs import VERBS, Situation
from conference_hub.core.errors import Refused
from conference_hub.core.facts import Fact
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc, Docs, Stream


@dataclass(frozen=True, kw_only=True)
class Moment:
    """The ceremony before or after a command, with the steps of every award that it concerns."""

    ceremony: Ceremony
    steps: Sequence[Step]

    def documents(
        self, award_ids: Iterable[AwardId], lanes: Collection[LaneId], *, counts: bool
    ) -> dict[Stream, Docs]:
        """Render for each audience the documents of some awards, the calling of some lanes, and perhaps the counts."""
        ids = tuple(award_ids)
        options = steps.options(self.ceremony, self.steps, ids)
        return documents_of(AUDIENCES, self.ceremony, ids, options, lanes=lanes, counts=counts)


def command(
    write: Write, award_id: str, name: str, *, seen: int | None, wording: Wording | None = None
) -> Doc:
    """Carry out the command `name` (see `VERBS`) on an award; returns `{"seq"}`, the number of the operator's entry.

    Raises NotFound for an unknown award, Stale, and what the rule raises.
    """
    verb = VERBS[name]
    found, award = _find(write, award_id, seen)
    now = Situation(awards=found.awards.values(), now=write.at, wording=wording or Wording())
    change = verb.decide(award, now)
    fact = verb.fact(award=award.id)
    known = steps.steps_about(write.session, write.conf, [changed.id for changed in change.awards])
    before = values.state_of(found.awards[changed.id] for changed in change.awards)
    replaced, left = history.changed(before, values.state_of(change.awards))
    undone = any(step.undone_at is not None for step in known)
    step = run.record(write, LIVE_RUN, award_key(award.id), fact, replaced, left, ends_redo=undone)
    after = Moment(ceremony=found.with_changed(change.awards), steps=steps.with_newest(known, step))
    return _keep(write, fact, award, Moment(ceremony=found, steps=known), after, change.awards)


def undo(write: Write, award_id: str, *, seen: int | None) -> Doc:
    """Take the last command on an award back: everything that it changed is exactly as before; returns `{"seq"}`.

    Raises NotFound, Stale, NothingToUndo and ChangedSince.
    """
    return _move(write, award_id, seen, _UNDO)


def redo(write: Write, award_id: str, *, seen: int | None) -> Doc:
    """Do the command on an award that was undone last again; returns `{"seq"}`.

    Raises NotFound, Stale, NothingToRedo and ChangedSince.
    """
    return _move(write, award_id, seen, _REDO)


@dataclass(frozen=True, kw_only=True)
class Way:
    """Undo or redo: which step it takes, how it is decided and marked, its fact, and its refusal without a step."""

    take: Callable[[Offer], Step | None]
    left_by: Callable[[Step], State]
    decide: Callable[[str, Step | None, Mapping[str, Values], Iterable[Step]], State]
    mark: Callable[[Write, Step], Step]
    fact: type[AwardMoved]
    nothing: Callable[[str], Refused]


_UNDO = Way(
    take=lambda offer: offer.undo,
    left_by=lambda step: step.after,
    decide=history.undo,
    mark=run.mark_undone,
    fact=facts.AwardCommandUndone,
    nothing=NothingToUndo,
)
_REDO = Way(
    take=lambda offer: offer.redo,
    left_by=lambda step: step.before,
    decide=history.redo,
    mark=run.mark_redone,
    fact=facts.AwardCommandRedone,
    nothing=NothingToRedo,
)


def _move(write: Write, award_id: str, seen: int | None, way: Way) -> Doc:
    found, award = _find(write, award_id, seen)
    step = _step_of(write, award, way)
    restored = _restored(write, found, step, way)
    known = steps.steps_about(write.session, write.conf, [changed.id for changed in restored], whole=True)
    marked = way.mark(write, step)
    fact = way.fact(award=award.id, undone=step.topic, number=step.number)
    after = Moment(ceremony=found.with_changed(restored), steps=steps.with_marked(known, marked))
    return _keep(write, fact, award, Moment(ceremony=found, steps=known), after, restored)


def _step_of(write: Write, award: Award, way: Way) -> Step:
    offers = steps.offers_in(steps.steps_about(write.session, write.conf, [award.id]))
    step = way.take(offers.get(award.id, steps.NOTHING))
    if step is None:
        raise way.nothing(award_key(award.id))
    return step


def _restored(write: Write, found: Ceremony, step: Step, way: Way) -> list[Award]:
    """Return the awards as they are after undo or redo of a step; the award of the step is always among them."""
    touched = {*values.award_ids(step.after), steps.award_of(step.subject)}
    others = steps.steps_about(write.session, write.conf, touched, whole=True)
    state = way.decide(step.subject, step, values.current(way.left_by(step), found.awards), others)
    restored = values.restored(state, touched, found.awards)
    return [*restored, *ceremonies.sealed_by(restored, found.awards.values())]


def _find(write: Write, award_id: str, seen: int | None) -> tuple[Ceremony, Award]:
    found = store.load(write.session, write.conf)
    award = found.award(award_id)
    write.require_seen(award_key(award.id), seen, CEREMONY_KEY)
    return found, award


def _keep(
    write: Write, fact: Fact, award: Award, before: Moment, after: Moment, changed: Sequence[Award]
) -> Doc:
    """Save the awards that changed and publish every document that did; a stream without any hears nothing of it."""
    store.save(write.session, write.conf, changed)
    for one in changed:
        _redact(write, before.ceremony.awards[one.id], one)
    steps.end_corrections(write, award.id, before.steps, after.steps)
    docs = _changed_documents(before, after, changed)
    if not docs[Stream.PUBLIC]:
        del docs[Stream.PUBLIC]
    return {"seq": write.publish(fact, award_key(award.id), docs).seq}


def _changed_documents(before: Moment, after: Moment, changed: Sequence[Award]) -> dict[Stream, Docs]:
    """Render what a command may have changed, and leave out what it did not: awards that share a step, callings.

    The counts change with each award that becomes public or is no longer.
    """
    ids = sorted({*(one.id for one in changed), *(steps.award_of(step.subject) for step in after.steps)})
    lanes = {one.lane_id for one in changed}
    counts = any(one.state.is_public != before.ceremony.awards[one.id].state.is_public for one in changed)
    known = before.documents(ids, lanes, counts=False)
    return {
        stream: {key: doc for key, doc in now.items() if key == CEREMONY_KEY or doc != known[stream][key]}
        for stream, now in after.documents(ids, lanes, counts=counts).items()
    }


def _redact(write: Write, before: Award, after: Award) -> None:
    """Take the award out of earlier entries: a withdrawn name out of the public ones, a replaced wording out of all."""
    reworded = after.wording != before.wording
    if before.state.is_public and (reworded or not after.state.is_public):
        write.redact(Stream.PUBLIC, award_key(after.id))
    if reworded:
        for stream in (Stream.SEALED, Stream.OPERATOR):
            write.redact(stream, award_key(after.id))
