"""The ceremony's commands: load, decide, save, append. A name becomes public here and nowhere else."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from conference_hub.agenda import commanding, history, steps
from conference_hub.agenda.facts import CommandRedone, CommandUndone
from conference_hub.agenda.history import LIVE_RUN, RunId, State, Step
from conference_hub.agenda.model import CueId
from conference_hub.agenda.run import Following
from conference_hub.agenda.run_store import get_following
from conference_hub.agenda.scene import Asked, Scene, require_newest, scene_of
from conference_hub.agenda.step_owners import Company, StepOwner, Way
from conference_hub.awards import ceremony as ceremonies
from conference_hub.awards import facts, store, values
from conference_hub.awards.facts import AwardFact
from conference_hub.awards.joint_actions import Part, at_one_instant, parts_of
from conference_hub.awards.keeping import keep
from conference_hub.awards.keys import AWARD, CEREMONY_KEY, award_key, line_up_key
from conference_hub.awards.model import Award, AwardId, AwardState, Ceremony, Position
from conference_hub.awards.refusals import NotItsRound
from conference_hub.awards.rehearsing import WORDED, NotRehearsed
from conference_hub.awards.verbs import VERBS, Given, Situation, Verb
from conference_hub.core.errors import Stale, msg
from conference_hub.core.facts import Fact
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc, Docs, Stream

BRIEF = frozenset({facts.AwardCorrected.topic})
"""What can be undone right after it only: its step holds the name that was replaced (decision 0012)."""
IN_ROUND = frozenset({"arm", "reveal"})
"""What is done while the award's cue is on air only, and to an award of the lane as its sender saw it last."""
PANIC = frozenset({"take-back", "withdraw"})
"""What is possible for everybody at once, whoever drives the lane."""

_MOVED = {CommandUndone: facts.AwardCommandUndone, CommandRedone: facts.AwardCommandRedone}
"""What is published when an act on an award is taken back, or done again."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a sender says with a command of an award.

    `seen` is the last sequence number of the operators' stream that was known, `expect` the state that the award must
    have, `outside` why it is called while its cue is not on air, `given` what the command itself needs, `run` in which
    run it is commanded.
    """

    seen: int | None = None
    expect: AwardState | None = None
    outside: str | None = None
    given: Given = field(default_factory=Given)
    run: RunId = LIVE_RUN


def command(write: Write, award_id: str, name: str, said: Said) -> Doc:
    """Carry out the command `name` (see `VERBS`) on an award; returns `{"seq"}`, the number of the operator's entry.

    Awards of other lanes that come out together with it go along (`joint_actions`), each with a fact of its own. Raises
    NotFound for an unknown award, Stale, HeldBy, NotItsRound, NotRehearsed, LanesNotReady, and what the rule raises.
    """
    following = get_following(write.session, write.conf, said.run)
    found = store.load_run(write.session, write.conf, following)
    award = found.award(award_id)
    if found.rehearsed and name in WORDED:
        raise NotRehearsed(award.id)
    own = Part(scene=_scene(write, award, name, said), award=award)
    parts = parts_of(own, found, name, seen=said.seen, force=said.given.force)
    parts = at_one_instant(parts, found, name)
    lanes = [str(part.award.lane_id) for part in parts] if len(parts) > 1 else []
    answers = []
    for part in parts:
        answer, found = _carry_out(part, found, VERBS[name], said, lanes)
        answers.append(answer)
    return answers[0]


def line_up(write: Write, asked: Asked, cue: str, order: Sequence[str]) -> Doc:
    """Call those of a round who are still to come in another order; returns `{"seq"}`.

    Raises NotFound for an unknown lane, Stale, HeldBy, and what the rule raises.
    """
    scene = scene_of(write, replace(asked, seen=None))
    require_newest(scene, asked.seen, CEREMONY_KEY)
    found = _standing(store.load_run(write.session, write.conf, scene.following), scene)
    ids = [AwardId(one) for one in order]
    moved = ceremonies.line_up(found.awards.values(), scene.lane.id, CueId(cue), ids)
    fact = facts.LineUpChanged(lane=scene.lane.id, cue=CueId(cue))
    before = values.state_of(found.awards[one.id] for one in moved)
    changed = history.changed(before, values.state_of(moved))
    docs = keep(write, scene.following, found, moved)
    return commanding.act(scene, fact, line_up_key(scene.lane.id), changed, docs)


def _carry_out(part: Part, found: Ceremony, verb: Verb, said: Said, lanes: list[str]) -> tuple[Doc, Ceremony]:
    """Do what the rule says to one award, in its lane; `lanes` are all in which the command does something."""
    scene, award = part.scene, part.award
    found = _standing(found, scene)
    change = verb.decide(award, Situation(awards=found.awards.values(), now=scene.at, given=said.given))
    fact = _fact(part, verb, said, lanes)
    before = values.state_of(found.awards[changed.id] for changed in change.awards)
    changed = history.changed(before, values.state_of(change.awards))
    docs = keep(scene.write, scene.following, found, change.awards)
    after = found.with_changed(change.awards)
    if isinstance(fact, facts.AwardWithdrawn):
        return _barred(scene, fact, changed, docs), after
    brief = fact.topic in BRIEF
    return commanding.act(scene, fact, award_key(award.id), changed, docs, brief=brief), after


def _fact(part: Part, verb: Verb, said: Said, lanes: list[str]) -> AwardFact:
    fact = verb.fact(award=part.award.id)
    if isinstance(fact, facts.JointFact):
        fact = replace(fact, lanes=lanes)
    if isinstance(fact, facts.AwardArmed) and not _in_round(part.scene, part.award):
        fact = replace(fact, outside=said.outside)
    return fact


def _standing(found: Ceremony, scene: Scene) -> Ceremony:
    return replace(found, positions={scene.lane.id: Position.of(scene.before)})


def _barred(
    scene: Scene, fact: facts.AwardWithdrawn, changed: tuple[State, State], docs: Mapping[Stream, Docs]
) -> Doc:
    """Publish an act that cannot be taken back, nor anything older that touched its award."""
    write, subject = scene.write, award_key(fact.award)
    steps.record(write, scene.following.id, scene.lane.id, subject, fact, changed, known=scene.offer)
    steps.bar(write, scene.following.id, {*values.keys_of(fact.award)})
    return commanding.save(scene, scene.before, fact, subject, scene.newest_offer(), docs)


def _scene(write: Write, award: Award, name: str, said: Said) -> Scene:
    """Return the lane of an award before a command; raises what forbids it there."""
    key = award_key(award.id)
    scene = scene_of(write, Asked(lane=award.lane_id, run=said.run), panic=name in PANIC)
    if name in IN_ROUND:
        require_newest(scene, said.seen, key, CEREMONY_KEY)
    else:
        keys = (scene.keys.of_key(one) for one in (key, CEREMONY_KEY))
        write.require_seen(next(keys), said.seen, *keys)
    if said.expect is not None and said.expect is not award.state:
        raise Stale(
            msg("상이 그 사이 다른 상태가 되었습니다. 화면을 확인하고 다시 눌러 주세요."),
            by=scene.last_by,
            changed=[],
            expected=said.expect,
            found=award.state,
        )
    if name in IN_ROUND and not said.outside and not _in_round(scene, award):
        raise NotItsRound(award)
    return scene


def _in_round(scene: Scene, award: Award) -> bool:
    current = scene.before.current
    return current is not None and current.cue_id == award.cue_id


def _current(write: Write, following: Following, keys: Collection[str]) -> State:
    return values.current(keys, store.load_run(write.session, write.conf, following).awards)


def _restore(
    write: Write,
    following: Following,
    state: State,
    publish: bool,  # noqa: FBT001 - a `StepOwner`
) -> dict[Stream, Docs]:
    """Put awards back; where one becomes the armed one again, the one armed meanwhile is sealed.

    Raises WouldPublish where a name would become public and `publish` is not set.
    """
    found = store.load_standing(write.session, write.conf, following)
    restored = values.restored(state, values.award_ids(state), found.awards)
    restored += ceremonies.sealed_by(restored, found.awards.values())
    if not publish:
        ceremonies.require_sealed(restored, found.awards)
    return keep(write, following, found, restored)


def _taken(way: Way, step: Step, company: Company) -> Fact:
    if step.topic == facts.LineUpChanged.topic:
        return facts.LineUpChanged(**step.fields)
    award = AwardId(step.subject.removeprefix(AWARD))
    lanes, kept = ([*map(str, own)] for own in (company.lanes, company.kept))
    return _MOVED[way.fact](award=award, undone=step.topic, number=step.number, lanes=lanes, kept=kept)


OWNER = StepOwner(current=_current, restore=_restore, fact=_taken)
"""Takes acts on awards back, and does them again."""
