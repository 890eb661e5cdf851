"""The ceremony's commands: load, decide, save, append. A name becomes public here and nowhere else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from conference_hub.agenda import history
from conference_hub.agenda import steps as run
from conference_hub.agenda.facts import CommandRedone, CommandUndone
from conference_hub.agenda.history import LIVE_RUN, Offer, Step
from conference_hub.agenda.model import LaneId
from conference_hub.agenda.sources import offer_documents
from conference_hub.agenda.step_owners import Way
from conference_hub.awards import ceremony as ceremonies
from conference_hub.awards import facts, store, values
from conference_hub.awards.documents import AUDIENCES, documents_of
from conference_hub.awards.keys import AWARD, CEREMONY_KEY, award_key
from conference_hub.awards.model import Award, AwardId, Ceremony
from conference_hub.awards.verbs import VERBS, Given, Situation
from conference_hub.conferences.kept import bump_revision
from conference_hub.core.facts import Fact
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc, Docs, Stream

BRIEF = frozenset({facts.AwardCorrected.topic})
"""What can be undone right after it only: its step holds the name that was replaced (decision 0012)."""


_MOVED = {CommandUndone: facts.AwardCommandUndone, CommandRedone: facts.AwardCommandRedone}
"""What is published when an act on an award is taken back, or done again."""


def command(write: Write, award_id: str, name: str, *, seen: int | None, given: Given | None = None) -> Doc:
    """Carry out the command `name` (see `VERBS`) on an award; returns `{"seq"}`, the number of the operator's entry.

    Raises NotFound for an unknown award, Stale, and what the rule raises.
    """
    verb = VERBS[name]
    found, award = _find(write, award_id, seen)
    now = Situation(awards=found.awards.values(), now=write.at, given=given or Given())
    change = verb.decide(award, now)
    fact = verb.fact(award=award.id)
    before = values.state_of(found.awards[changed.id] for changed in change.awards)
    changed = history.changed(before, values.state_of(change.awards))
    lane, brief = award.lane_id, fact.topic in BRIEF
    known = run.offer(write.session, write.conf, LIVE_RUN, lane)
    step = run.record(write, LIVE_RUN, lane, award_key(award.id), fact, changed, brief=brief, known=known)
    return _keep(write, fact, award, found, change.awards, Offer(undo=step))


def take_step(write: Write, step: Step, way: Way, publish: bool) -> Doc:  # noqa: FBT001 - a `StepOwner`
    """Take a step of a lane back, or do it again: everything that it changed is exactly as before, or as after it.

    Returns `{"seq"}`. Raises NotFound for an award that is gone, ChangedSince, and WouldPublish where a name would
    become public and `publish` is not set.
    """
    found = store.load(write.session, write.conf)
    award = found.award(step.subject.removeprefix(AWARD))
    restored = _restored(write, found, step, way)
    if not publish:
        ceremonies.require_sealed(restored, found.awards)
    way.mark(write, step)
    fact = _MOVED[way.fact](award=award.id, undone=step.topic, number=step.number)
    return _keep(write, fact, award, found, restored)


def _restored(write: Write, found: Ceremony, step: Step, way: Way) -> list[Award]:
    """Return the awards as they are after undo or redo of a step; the award of the step is always among them."""
    touched = {*values.award_ids(step.after), AwardId(step.subject.removeprefix(AWARD))}
    others = run.all_steps(write.session, write.conf, LIVE_RUN)
    state = way.decide(step.subject, step, values.current(way.left_by(step), found.awards), others)
    restored = values.restored(state, touched, found.awards)
    return [*restored, *ceremonies.sealed_by(restored, found.awards.values())]


def _find(write: Write, award_id: str, seen: int | None) -> tuple[Ceremony, Award]:
    found = store.load(write.session, write.conf)
    award = found.award(award_id)
    write.require_seen(award_key(award.id), seen, CEREMONY_KEY)
    return found, award


def _keep(
    write: Write,
    fact: Fact,
    award: Award,
    before: Ceremony,
    changed: Sequence[Award],
    offer: Offer | None = None,
) -> Doc:
    """Save the awards that changed and publish every document that did; a stream without any hears nothing of it."""
    store.save(write.session, write.conf, changed)
    if any(one.place != before.awards[one.id].place for one in changed):
        bump_revision(write.session, write.conf)
    for one in changed:
        _redact(write, before.awards[one.id], one)
    docs = _changed_documents(before, before.with_changed(changed), changed)
    docs[Stream.OPERATOR] |= offer_documents(write.session, write.conf, award.lane_id, offer)
    if not docs[Stream.PUBLIC]:
        del docs[Stream.PUBLIC]
    return {"seq": write.publish(fact, award_key(award.id), docs).seq}


def _changed_documents(before: Ceremony, after: Ceremony, changed: Sequence[Award]) -> dict[Stream, Docs]:
    """Render what a command may have changed, and leave out what it did not, such as callings.

    The counts change with each award that becomes public or is no longer.
    """
    ids = sorted(one.id for one in changed)
    lanes = {one.lane_id for one in changed}
    counts = any(one.state.is_public != before.awards[one.id].state.is_public for one in changed)
    known = _rendered(before, ids, lanes, counts=False)
    return {
        stream: {key: doc for key, doc in now.items() if key == CEREMONY_KEY or doc != known[stream][key]}
        for stream, now in _rendered(after, ids, lanes, counts=counts).items()
    }


def _rendered(
    ceremony: Ceremony, ids: Iterable[AwardId], lanes: Collection[LaneId], *, counts: bool
) -> dict[Stream, Docs]:
    return documents_of(AUDIENCES, ceremony, ids, lanes=lanes, counts=counts)


def _redact(write: Write, before: Award, after: Award) -> None:
    """Take the award out of earlier entries: a withdrawn name out of the public ones, a replaced wording out of all."""
    reworded = after.wording != before.wording
    if before.state.is_public and (reworded or not after.state.is_public):
        write.redact(Stream.PUBLIC, award_key(after.id))
    if reworded:
        for stream in (Stream.SEALED, Stream.OPERATOR):
            write.redact(stream, award_key(after.id))
