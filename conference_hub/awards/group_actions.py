"""What is done with the group of a lane: names of one level that come out one after the other.

Each name is an ordinary reveal, an act of its lane: undo takes it back, and all screens show it as any other. Every
action returns `{"seq"}`, the number of the operators' entry.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from conference_hub.agenda import commanding, history
from conference_hub.agenda.commanding import tell_of
from conference_hub.agenda.lane_run import LaneRun, LaneStatus
from conference_hub.agenda.model import LaneId
from conference_hub.agenda.run import Following
from conference_hub.agenda.scene import Asked, Scene, require_newest, scene_beside, scene_of
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


def begin(write: Write, asked: Asked, awards: Sequence[str], pace_s: int | None) -> Doc:
    """Call awards of the round on air as a group.

    Raises NotFound, Stale, HeldBy, GroupRuns, NotItsRound, and what the rule raises.
    """
    scene = _driven_scene(write, asked)
    lane, found = scene.lane.id, _standing(write, scene)
    known = find_group(write.session, write.conf, scene.following, lane)
    if known and groups.next_name(known, found.awards):
        raise GroupRuns(lane)
    members = [found.award(one) for one in dict.fromkeys(awards)]
    group = groups.begin(members, pace_s, scene.at, scene.now)
    if group.lane_id != scene.lane.id or not is_on_air(scene, group):
        raise NotItsRound(members[0])
    return _tell(Call(scene=scene, group=group, found=found), facts.GroupBegan, group)


def name_next(write: Write, asked: Asked, *, expect: str | None = None) -> Doc:
    """Let the next name out now. Raises NotFound, Stale, HeldBy, NoGroup, NoNameLeft, NotItsRound."""
    call = _driven(write, asked)
    award = groups.next_name(call.group, call.found.awards)
    _require(call, expect, award)
    if award is None:
        raise NoNameLeft(call.scene.lane.id)
    if not is_on_air(call.scene, call.group):
        raise NotItsRound(award)
    return name(call, award)


def pause(write: Write, asked: Asked) -> Doc:
    """Let no name come by itself; everybody may, whoever drives the lane. Raises NotFound, NoGroup, GroupAsIs."""
    call = _anybody(write, asked)
    after = groups.paused(call.group)
    if after == call.group:
        raise GroupAsIs(call.scene.lane.id)
    return _tell(call, facts.GroupPaused, after)


def resume(write: Write, asked: Asked) -> Doc:
    """Let the names come by themselves again. Raises NotFound, Stale, HeldBy, NoGroup, GroupAsIs, NoNameLeft."""
    call = _driven(write, asked)
    if not call.group.paused:
        raise GroupAsIs(call.scene.lane.id)
    if groups.due_name(call.group, call.found.awards) is None:
        raise NoNameLeft(call.scene.lane.id)
    return begin_pace(call)


def skip(write: Write, asked: Asked, *, expect: str | None = None) -> Doc:
    """Leave the next name out of the group: its award is called by itself. Raises as `name_next` does."""
    call = _driven(write, asked)
    award = groups.next_name(call.group, call.found.awards)
    _require(call, expect, award)
    if award is None:
        raise NoNameLeft(call.scene.lane.id)
    after = groups.without(call.group, award.id)
    if groups.due_name(after, call.found.awards) is None:
        after = replace(after, next_at=None)
    return _tell(call, facts.GroupShortened, after)


def back(write: Write, asked: Asked, *, expect: str | None = None) -> Doc:
    """Pause and take the name back that the sender saw (None: the last one), with all that came out after it.

    Everybody may, whoever drives the lane. Raises NotFound, NoGroup, NothingToTakeBack.
    """
    call = _anybody(write, asked)
    awards = call.found.awards
    seen = groups.current(call.group, awards) if expect is None else call.found.award(expect)
    if seen is None:
        raise NoNameLeft(call.scene.lane.id)
    going = groups.since(call.group, awards, seen) if seen.id in call.group.awards else []
    if not going:
        raise NothingToTakeBack(seen)
    return [_take_back(call.scene, award) for award in going][-1]


def end(write: Write, asked: Asked) -> Doc:
    """End the group; those whose names are out stay named. Raises NotFound, Stale, HeldBy, NoGroup."""
    call = _driven(write, asked)
    following, lane = call.scene.following, call.scene.lane.id
    delete_group(write, following, call.group.lane_id)
    return tell_of(call.scene, facts.GroupEnded(lane=lane), group_key(lane), gone(following, lane))


def name(call: Call, award: Award) -> Doc:
    """Let a name of the group out: ready and revealed in one act; the one before it leaves the stage."""
    awards, scene = call.found.awards, call.scene
    ready = ceremonies.arm(award, awards.values()) if award.state is AwardState.SEALED else None
    out = ceremonies.reveal(ready.award if ready else award, scene.at).award
    changed = [out, *([ready.sealed] if ready and ready.sealed else []), *_leaving(call)]
    after = groups.named(call.group, award.id, call.found.with_changed(changed).awards, scene.now)
    return _act(call, facts.AwardRevealed(award=award.id), changed, after)


def begin_pace(call: Call) -> Doc:
    """Let the next name of a group that goes on come one pace from now."""
    return _tell(call, facts.GroupResumed, groups.resumed(call.group, call.found.awards, call.scene.now))


def pause_at(call: Call) -> Doc:
    """Pause a group that must not go on by itself."""
    return _tell(call, facts.GroupPaused, groups.paused(call.group))


def call_in(scene: Scene) -> Call | None:
    """Return the group of a lane, None: there is none."""
    group = find_group(scene.write.session, scene.write.conf, scene.following, scene.lane.id)
    if group is None:
        return None
    return Call(scene=scene, group=group, found=_standing(scene.write, scene))


def is_on_air(scene: Scene, group: Group) -> bool:
    """Return whether the cue of a group is on air."""
    current = scene.before.current
    return current is not None and current.cue_id == group.cue_id


def leave(write: Write, left: Leave) -> Effect | None:
    """End the group of a cue that its lane leaves (`agenda.step_owners.Leaving`)."""
    following = left.following
    group = find_group(write.session, write.conf, following, left.lane) if left.cues else None
    if group is None or group.cue_id not in left.cues:
        return None
    delete_group(write, following, group.lane_id)
    return Effect(before={}, after={}, docs=gone(following, group.lane_id))


def beside_lane(
    write: Write, following: Following, _before: LaneRun, after: LaneRun
) -> Mapping[Stream, Docs]:
    """End the group when its cue is on air no longer, pause it on hold (`agenda.step_owners.Beside`)."""
    group = find_group(write.session, write.conf, following, after.lane_id)
    if group is None:
        return {}
    if after.current is None or after.current.cue_id != group.cue_id:
        delete_group(write, following, group.lane_id)
        return gone(following, group.lane_id)
    if after.status is LaneStatus.HELD or after.ready_since is not None:
        return stop(write, following, after.lane_id)
    return {}


def stop(write: Write, following: Following, lane: LaneId) -> Mapping[Stream, Docs]:
    """Pause the group of a lane that somebody interrupts (`agenda.step_owners.Stopping`)."""
    group = find_group(write.session, write.conf, following, lane)
    after = groups.paused(group) if group else None
    if after is None or after == group:
        return {}
    return keep_group(write, following, after, store.load_run(write.session, write.conf, following))


COMMANDS: Mapping[str, Callable[..., Doc]] = {
    "next": name_next,
    "back": back,
    "pause": pause,
    "resume": resume,
    "skip": skip,
    "end": end,
}
"""The commands of a group that runs."""


def _driven(write: Write, asked: Asked) -> Call:
    return _call(_driven_scene(write, asked))


def _driven_scene(write: Write, asked: Asked) -> Scene:
    scene = scene_of(write, asked, newest=True)
    require_newest(scene, asked.seen, group_key(scene.lane.id), CEREMONY_KEY)
    return scene


def _anybody(write: Write, asked: Asked) -> Call:
    return _call(scene_of(write, replace(asked, seen=None), panic=True))


def _call(scene: Scene) -> Call:
    call = call_in(scene)
    if call is None:
        raise NoGroup(scene.lane.id)
    return call


def _standing(write: Write, scene: Scene) -> Ceremony:
    found = store.load_run(write.session, write.conf, scene.following)
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


def _take_back(scene: Scene, award: Award) -> Doc:
    call = _call(scene_beside(scene, scene.lane.id))
    sealed = ceremonies.take_back(call.found.award(award.id)).award
    return _act(call, facts.AwardTakenBack(award=award.id), [sealed], groups.paused(call.group))


def _act(call: Call, fact: AwardFact, changed: Sequence[Award], after: Group) -> Doc:
    before = values.state_of(call.found.awards[one.id] for one in changed)
    state = history.changed(before, values.state_of(changed))
    docs = keep(call.write, call.scene.following, call.found, changed, after)
    return commanding.act(call.scene, fact, award_key(fact.award), state, docs)


def _tell(call: Call, fact: type[GroupFact], after: Group) -> Doc:
    lane = after.lane_id
    docs = keep_group(call.write, call.scene.following, after, call.found)
    return tell_of(call.scene, fact(lane=lane), group_key(lane), docs)
