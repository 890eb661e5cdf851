"""What is done with the group of a lane: names of one level that come out one after the other.

Each name is an ordinary reveal, an act of its lane: undo takes it back, and all screens show it as any other. Every
action returns `{"seq"}`, the number of the operators' entry.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from conference_hub.agenda import commanding, history
from conference_hub.agenda.clock import LaneRun, LaneStatus
from conference_hub.agenda.commanding import Asked, Scene, require_newest, scene_of, tell_of
from conference_hub.agenda.model import LaneId
from conference_hub.agenda.step_owners import Effect, Leave
from conference_hub.awards import ceremony as ceremonies
from conference_hub.awards import facts, store, values
from conference_hub.awards import group as groups
from conference_hub.awards.facts import AwardFact, GroupFact
from conference_hub.awards.group import Group
from conference_hub.awards.group_store import delete_group, find_group, gone, keep_group
from conference_hub.awards.keeping import keep
from conference_hub.awards.keys import CEREMONY_KEY, award_key, group_key
from conference_hub.awards.model import Award, AwardState, Ceremony, Position
from conference_hub.awards.refusals import (
    GroupAsIs,
    GroupRuns,
    NoGroup,
    NoNameLeft,
    NothingToTakeBack,
    NotItsRound,
)
from conference_hub.core.errors import Stale, msg
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc, Docs, Stream


@dataclass(frozen=True, kw_only=True)
class Call:
    """A lane with its group, and all awards, before a command."""

    scene: Scene
    group: Group
    found: Ceremony

    @property
    def write(self) -> Write:
        """The transaction."""
        return self.scene.write


def begin(
    write: Write, lane: str, awards: Sequence[str], pace_s: int | None, *, seen: int | None = None
) -> Doc:
    """Call awards of the round on air as a group.

    Raises NotFound, Stale, HeldBy, GroupRuns, NotItsRound, and what the rule raises.
    """
    scene = scene_of(write, Asked(lane=lane), newest=True)
    require_newest(scene, seen, group_key(lane), CEREMONY_KEY)
    found = _standing(write, scene)
    known = find_group(write.session, write.conf, lane)
    if known and groups.next_name(known, found.awards):
        raise GroupRuns(lane)
    members = [found.award(one) for one in dict.fromkeys(awards)]
    group = groups.begin(members, pace_s, write.at)
    if group.lane_id != scene.lane.id or not is_on_air(scene, group):
        raise NotItsRound(members[0])
    return _tell(Call(scene=scene, group=group, found=found), facts.GroupBegan, group)


def name_next(write: Write, lane: str, *, seen: int | None = None, expect: str | None = None) -> Doc:
    """Let the next name out now. Raises NotFound, Stale, HeldBy, NoGroup, NoNameLeft, NotItsRound."""
    call = _driven(write, lane, seen)
    award = groups.next_name(call.group, call.found.awards)
    _require(call, expect, award)
    if award is None:
        raise NoNameLeft(lane)
    if not is_on_air(call.scene, call.group):
        raise NotItsRound(award)
    return name(call, award)


def pause(write: Write, lane: str) -> Doc:
    """Let no name come by itself; everybody may, whoever drives the lane. Raises NotFound, NoGroup, GroupAsIs."""
    call = _call(write, scene_of(write, Asked(lane=lane), panic=True))
    after = groups.paused(call.group)
    if after == call.group:
        raise GroupAsIs(lane)
    return _tell(call, facts.GroupPaused, after)


def resume(write: Write, lane: str, *, seen: int | None = None) -> Doc:
    """Let the names come by themselves again. Raises NotFound, Stale, HeldBy, NoGroup, GroupAsIs, NoNameLeft."""
    call = _driven(write, lane, seen)
    if not call.group.paused:
        raise GroupAsIs(lane)
    if groups.due_name(call.group, call.found.awards) is None:
        raise NoNameLeft(lane)
    return _tell(call, facts.GroupResumed, groups.resumed(call.group, call.found.awards, write.at))


def skip(write: Write, lane: str, *, seen: int | None = None, expect: str | None = None) -> Doc:
    """Leave the next name out of the group: its award is called by itself. Raises as `name_next` does."""
    call = _driven(write, lane, seen)
    award = groups.next_name(call.group, call.found.awards)
    _require(call, expect, award)
    if award is None:
        raise NoNameLeft(lane)
    after = groups.without(call.group, award.id)
    if groups.due_name(after, call.found.awards) is None:
        after = replace(after, next_at=None)
    return _tell(call, facts.GroupShortened, after)


def back(write: Write, lane: str, *, expect: str | None = None) -> Doc:
    """Pause and take the name back that the sender saw (None: the last one), with all that came out after it.

    Everybody may, whoever drives the lane. Raises NotFound, NoGroup, NothingToTakeBack.
    """
    call = _call(write, scene_of(write, Asked(lane=lane), panic=True))
    awards = call.found.awards
    seen = groups.current(call.group, awards) if expect is None else call.found.award(expect)
    if seen is None:
        raise NoNameLeft(lane)
    going = groups.since(call.group, awards, seen) if seen.id in call.group.awards else []
    if not going:
        raise NothingToTakeBack(seen)
    return [_take_back(write, call.scene, award) for award in going][-1]


def end(write: Write, lane: str, *, seen: int | None = None) -> Doc:
    """End the group; those whose names are out stay named. Raises NotFound, Stale, HeldBy, NoGroup."""
    call = _driven(write, lane, seen)
    delete_group(write, call.group.lane_id)
    return tell_of(call.scene, facts.GroupEnded(lane=lane), group_key(lane), gone(lane))


def name(call: Call, award: Award) -> Doc:
    """Let a name of the group out: ready and revealed in one act; the one before it leaves the stage."""
    awards, write = call.found.awards, call.write
    ready = ceremonies.arm(award, awards.values()) if award.state is AwardState.SEALED else None
    out = ceremonies.reveal(ready.award if ready else award, write.at).award
    changed = [out, *([ready.sealed] if ready and ready.sealed else []), *_leaving(call)]
    after = groups.named(call.group, award.id, call.found.with_changed(changed).awards, write.at)
    return _act(call, facts.AwardRevealed(award=award.id), changed, after)


def pause_at(call: Call) -> Doc:
    """Pause a group that must not go on by itself."""
    return _tell(call, facts.GroupPaused, groups.paused(call.group))


def call_in(scene: Scene) -> Call | None:
    """Return the group of a lane, None: there is none."""
    group = find_group(scene.write.session, scene.write.conf, scene.lane.id)
    if group is None:
        return None
    return Call(scene=scene, group=group, found=_standing(scene.write, scene))


def is_on_air(scene: Scene, group: Group) -> bool:
    """Return whether the cue of a group is on air."""
    current = scene.before.current
    return current is not None and current.cue_id == group.cue_id


def leave(write: Write, left: Leave) -> Effect | None:
    """End the group of a cue that its lane leaves (`agenda.step_owners.Leaving`)."""
    group = find_group(write.session, write.conf, left.lane) if left.cues else None
    if group is None or group.cue_id not in left.cues:
        return None
    delete_group(write, group.lane_id)
    return Effect(before={}, after={}, docs=gone(group.lane_id))


def beside_lane(write: Write, _before: LaneRun, after: LaneRun) -> Mapping[Stream, Docs]:
    """End the group when its cue is on air no longer, pause it on hold (`agenda.step_owners.Beside`)."""
    group = find_group(write.session, write.conf, after.lane_id)
    if group is None:
        return {}
    if after.current is None or after.current.cue_id != group.cue_id:
        delete_group(write, group.lane_id)
        return gone(group.lane_id)
    if after.status is LaneStatus.HELD or after.ready_since is not None:
        return stop(write, after.lane_id)
    return {}


def stop(write: Write, lane: LaneId) -> Mapping[Stream, Docs]:
    """Pause the group of a lane that somebody interrupts (`agenda.step_owners.Stopping`)."""
    group = find_group(write.session, write.conf, lane)
    after = groups.paused(group) if group else None
    if after is None or after == group:
        return {}
    return keep_group(write, after, store.load(write.session, write.conf))


COMMANDS: Mapping[str, Callable[..., Doc]] = {
    "next": name_next,
    "back": back,
    "pause": pause,
    "resume": resume,
    "skip": skip,
    "end": end,
}
"""The commands of a group that runs."""


def _driven(write: Write, lane: str, seen: int | None) -> Call:
    scene = scene_of(write, Asked(lane=lane), newest=True)
    require_newest(scene, seen, group_key(lane), CEREMONY_KEY)
    return _call(write, scene)


def _call(_write: Write, scene: Scene) -> Call:
    call = call_in(scene)
    if call is None:
        raise NoGroup(scene.lane.id)
    return call


def _standing(write: Write, scene: Scene) -> Ceremony:
    found = store.load(write.session, write.conf)
    return replace(found, positions={scene.lane.id: Position.of(scene.before)})


def _require(call: Call, expect: str | None, award: Award | None) -> None:
    found = award.id if award else ""
    if expect is not None and expect != found:
        raise Stale(
            msg("다음 이름이 그 사이 바뀌었습니다. 화면을 확인하고 다시 눌러 주세요."),
            by=call.scene.last_by,
            changed=[],
            expected=expect,
            found=found,
        )


def _leaving(call: Call) -> list[Award]:
    """Return the name of the group that stands on the stage, done: the next one takes its place."""
    last = groups.current(call.group, call.found.awards)
    if last is None or last.state is AwardState.DONE:
        return []
    return [ceremonies.done(last).award]


def _take_back(write: Write, scene: Scene, award: Award) -> Doc:
    call = _call(write, commanding.scene_beside(scene, scene.lane.id))
    sealed = ceremonies.take_back(call.found.award(award.id)).award
    return _act(call, facts.AwardTakenBack(award=award.id), [sealed], groups.paused(call.group))


def _act(call: Call, fact: AwardFact, changed: Sequence[Award], after: Group) -> Doc:
    before = values.state_of(call.found.awards[one.id] for one in changed)
    state = history.changed(before, values.state_of(changed))
    docs = keep(call.write, call.found, changed, after)
    return commanding.act(call.scene, fact, award_key(fact.award), state, docs)


def _tell(call: Call, fact: type[GroupFact], after: Group) -> Doc:
    lane = after.lane_id
    docs = keep_group(call.write, after, call.found)
    return tell_of(call.scene, fact(lane=lane), group_key(lane), docs)
