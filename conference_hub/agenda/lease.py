"""Who drives a lane: nobody at first, so that every operator commands it; then one, until another takes it over.

The holder is an actor, and with an account its machine tokens. Acts that must be possible at once, such as covering a
stage or taking a name back, ask nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from typing_extensions import TypedDict

from conference_hub.agenda.model import LaneId
from conference_hub.core.actor import Actor, ActorKind
from conference_hub.core.errors import Refused, msg
from conference_hub.core.now import iso


class HolderDoc(TypedDict):
    """Who drives a lane: the actor's id and label, and since when."""

    actor: str
    by: str
    since: str


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Who drives a lane, since when."""

    actor: str
    by: str
    since: datetime

    def as_doc(self) -> HolderDoc:
        """Render for the operators' document of the lane."""
        return {"actor": self.actor, "by": self.by, "since": iso(self.since)}


class HeldBy(Refused):
    """Somebody else drives the lane; `detail` says who (`by`, `actor`) and `since` when."""

    code = "held_by"

    def __init__(self, lane: LaneId, holder: Holder) -> None:
        super().__init__(
            msg("%(by)s 님이 이 구역을 진행하고 있습니다. 진행을 넘겨받은 뒤 다시 눌러 주세요."),
            lane=lane,
            **holder.as_doc(),
        )


class NotHeldByYou(Refused):
    """The sender does not drive the lane."""

    code = "not_yours"

    def __init__(self, lane: LaneId) -> None:
        super().__init__(msg("진행을 맡고 있지 않습니다."), lane=lane)


class AlreadyYours(Refused):
    """The sender drives the lane already."""

    code = "already_yours"

    def __init__(self, lane: LaneId) -> None:
        super().__init__(msg("이미 진행을 맡고 있습니다."), lane=lane)


def require(lane: LaneId, holder: Holder | None, actor: Actor, maker: Callable[[], str | None]) -> None:
    """Refuse who does not drive a lane that somebody drives; `maker` returns who made the token that acts.

    The hub itself acts by what was commanded before. Raises HeldBy.
    """
    if holder is None or actor.id == holder.actor or actor.kind is ActorKind.SYSTEM:
        return
    if actor.kind is not ActorKind.TOKEN or maker() != holder.actor:
        raise HeldBy(lane, holder)


def taken(
    lane: LaneId, holder: Holder | None, actor: Actor, at: datetime, *, force: str | None = None
) -> Holder:
    """Return an actor as the holder of a lane; `force` is the id of the actor from whom it is taken over.

    Raises AlreadyYours, and HeldBy when somebody drives it whom `force` does not name.
    """
    if holder is not None and holder.actor == actor.id:
        raise AlreadyYours(lane)
    if holder is not None and holder.actor != force:
        raise HeldBy(lane, holder)
    return Holder(actor=actor.id, by=actor.label, since=at)


def require_own(lane: LaneId, holder: Holder | None, actor: Actor) -> None:
    """Refuse to release what an actor does not drive. Raises NotHeldByYou."""
    if holder is None or holder.actor != actor.id:
        raise NotHeldByYou(lane)
