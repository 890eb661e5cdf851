"""A lane before an act: what a sender says about it, and what is read of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from conference_hub.access.standing import maker_of
from conference_hub.agenda import known_lanes, lane_store, lease, run_store, steps
from conference_hub.agenda.history import LIVE_RUN, Offer, RunId, Step
from conference_hub.agenda.keys import RUN_SUBJECT, Keys
from conference_hub.agenda.lane_run import Answer, LaneRun
from conference_hub.agenda.lane_store import LaneState
from conference_hub.agenda.lease import HeldBy
from conference_hub.agenda.model import Lane, LaneId
from conference_hub.agenda.records import MS
from conference_hub.agenda.run import Following, RunKind
from conference_hub.agenda.step_owners import NOBODY_ELSE, Others
from conference_hub.core.errors import NotFound, Stale, msg
from conference_hub.core.journal import Write
from conference_hub.core.stream import Stream


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a sender says about a lane: which (None: the first one), of which run, and what was known.

    `seen` is the last sequence number of the operators' stream that the sender knew, `expect` the cue that must be on
    air (empty: none). `left` says what becomes of names that were not called, `left_in` of those of single lanes.
    `others` are the features that have a part in acts of lanes.
    """

    lane: str | None = None
    seen: int | None = None
    expect: str | None = None
    run: RunId = LIVE_RUN
    left: Answer | None = None
    left_in: Mapping[str, Answer] = field(default_factory=dict)
    others: Others = NOBODY_ELSE

    def answer(self, lane: LaneId) -> Answer | None:
        """Return what is said of the names of a lane."""
        return self.left_in.get(lane, self.left)

    def of_others(self) -> Asked:
        """Return the same of lanes that go on beside those that are asked for: nothing is said of their names."""
        return replace(self, left=None, left_in={})


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A lane before an act, and what can be undone and redone of it."""

    write: Write
    following: Following
    lane: Lane
    state: LaneState
    offer: Offer
    others: Others = NOBODY_ELSE
    not_before: datetime | None = None

    @property
    def keys(self) -> Keys:
        """The keys of the run's documents."""
        return Keys.of(self.following)

    @property
    def subject(self) -> str:
        """The document key that commands are checked against."""
        return self.keys.lane(self.lane.id)

    @property
    def before(self) -> LaneRun:
        """The lane before the act."""
        return self.state.run

    @property
    def last_by(self) -> str:
        """The label of who acted last on the lane, empty when nobody did."""
        return str(self.state.recent[0]["by"]) if self.state.recent else ""

    @property
    def now(self) -> datetime:
        """What the clock of the run shows; the server's may have been set back since the last act."""
        return self.following.time(self.write.at)

    @property
    def at(self) -> datetime:
        """When the act happens: now, but always after what happened in the lane before it.

        What comes before what is read from these times: a name that came out since a cue began is on the stage.
        """
        own = after_latest(self.now, self.state)
        return max(own, self.not_before or own)

    def not_earlier(self, at: datetime) -> Scene:
        """Return the lane before an act that happens at `at` in another lane, where that is later."""
        return replace(self, not_before=at)

    def newest_offer(self) -> Offer:
        """Return what can be undone and redone by now."""
        return steps.offer(self.write.session, self.write.conf, self.following.id, self.lane.id)

    def causes(self) -> Iterator[Step]:
        """Yield the steps of the run, read only when a refusal looks for its cause."""
        yield from steps.all_steps(self.write.session, self.write.conf, self.following.id)


def after_latest(now: datetime, *lanes: LaneState) -> datetime:
    """Return `now`, or the millisecond after the latest of lanes where the clock was set back behind that."""
    latest = max((lane.latest or now for lane in lanes), default=now)
    return now if latest <= now else latest + MS


def scene_of(write: Write, asked: Asked, *, newest: bool = False, panic: bool = False) -> Scene:
    """Return the lane that is asked for.

    `newest` refuses a sender who has not seen the newest act of the lane, whichever feature it belongs to; else only
    the lane itself counts. A `panic` act needs no lease. Raises NotFound, Stale and HeldBy.
    """
    following = run_store.get_following(write.session, write.conf, asked.run)
    lane = _lane(following, asked.lane)
    scene = replace(_scene(write, following, lane), others=asked.others)
    _require_seen(scene, asked.seen, newest=newest)
    _require_expected(scene, asked.expect)
    if not panic:
        _require_driver(scene)
    return scene


def find_scene(write: Write, run_id: RunId, lane_id: LaneId) -> Scene | None:
    """Return a lane of a run, None when there is no such one (any more)."""
    following = run_store.followings(write.session, write.conf).get(run_id)
    lanes = following.plan.lanes if following else ()
    lane = next((lane for lane in lanes if lane.id == lane_id), None)
    return None if following is None or lane is None else _scene(write, following, lane)


def scene_beside(scene: Scene, lane_id: LaneId) -> Scene:
    """Return another lane of the run, which goes on by the same press: its driver said before that it is ready."""
    lane = _lane(scene.following, lane_id)
    return replace(_scene(scene.write, scene.following, lane), others=scene.others)


def other_scene(scene: Scene, lane_id: str) -> Scene | None:
    """Return another lane of the run, None when the plan has no such one (any more)."""
    known = any(lane.id == lane_id for lane in scene.following.plan.lanes)
    return scene_beside(scene, LaneId(lane_id)) if known else None


def may_drive(scene: Scene, seen: int | None) -> bool:
    """Return whether the sender may command a lane too, and has seen its newest act."""
    try:
        _require_driver(scene)
        require_newest(scene, seen)
    except (HeldBy, Stale):
        return False
    return True


def require_newest(scene: Scene, seen: int | None, *also: str) -> None:
    """Refuse a sender who has not seen the newest act of the lane, or of `also`. Raises Stale."""
    _require_seen(scene, seen, *also, newest=True)


def _scene(write: Write, following: Following, lane: Lane) -> Scene:
    session, conf, known = write.session, write.conf, known_lanes.known_lanes(write)
    found = known.get((following.id, lane.id))
    state = found.state if found else lane_store.lane_state(session, conf, following.id, lane.id)
    offer = found.offer if found else None
    if offer is None:
        offer = steps.offer(session, conf, following.id, lane.id)
        known_lanes.note(write, known, following.id, state, offer)
    return Scene(write=write, following=following, lane=lane, state=state, offer=offer)


def _lane(following: Following, lane_id: str | None) -> Lane:
    found = (lane for lane in following.plan.lanes if lane_id in {None, lane.id})
    lane = next(found, None)
    if lane is None:
        raise NotFound(msg("그런 진행 구역이 없습니다."), lane=lane_id)
    return lane


def _require_driver(scene: Scene) -> None:
    write = scene.write
    lease.require(
        scene.lane.id, scene.state.holder, write.actor, lambda: maker_of(write.session, write.actor)
    )


def _require_seen(scene: Scene, seen: int | None, *also: str, newest: bool) -> None:
    write, following = scene.write, scene.following
    if seen is None or seen >= write.heads[Stream.OPERATOR]:
        return
    applied = (RUN_SUBJECT,) if following.kind is RunKind.LIVE else ()
    acts = steps.subjects(write.session, write.conf, following.id, scene.lane.id) if newest else ()
    write.require_seen(scene.subject, seen, *applied, *map(scene.keys.of_key, (*also, *acts)))


def _require_expected(scene: Scene, expect: str | None) -> None:
    on_air = scene.before.current.cue_id if scene.before.current else ""
    if expect is not None and expect != on_air:
        raise Stale(
            msg("지금 진행 중인 순서가 다릅니다. 화면을 확인하고 다시 눌러 주세요."),
            by=scene.last_by,
            changed=[],
            expected=expect,
            found=on_air,
        )
