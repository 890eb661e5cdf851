"""Who comes to the hall after all takes part there from then on, and what they receive is called there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from conference_hub.checkin import store
from conference_hub.checkin.actions import switch_mode
from conference_hub.checkin.model import Place, Scan, Switched, Visitor
from conference_hub.core.errors import Refused, msg
from conference_hub.core.journal import Write
from conference_hub.gates.model import Gate
from conference_hub.people.model import Mode
from conference_hub.people.store import get_guest
from conference_hub.web.hub import NOTHING_MOVES, GuestsFollowed, ToHall


@dataclass(frozen=True, kw_only=True)
class Around:
    """What follows a guest into the hall: what other features move, and what follows a change of the guest list."""

    to_hall: ToHall = NOTHING_MOVES
    followed: Sequence[GuestsFollowed] = ()


ALONE = Around()
"""Nothing else follows the guest."""


class Undone(StrEnum):
    """What became of a switch whose admission was taken back; the value is sent."""

    BACK = "back"
    KEPT = "kept"


def for_hall(gate: Gate) -> bool:
    """Return whether a gate is one for people who take part in the hall."""
    return not gate.modes or Mode.ONSITE in gate.modes


def to_hall(write: Write, visitor: Visitor, scan: Scan, gate: Gate, around: Around) -> tuple[Visitor, Scan]:
    """Let somebody take part in the hall who is (or was) admitted at a `gate` of it; returns them, and their scan.

    Raises Refused (`cannot_switch`) when they cannot, or when what they receive cannot be called there now.
    """
    guest = visitor.guest
    if guest.mode is Mode.ONSITE or not for_hall(gate):
        raise Refused(msg("지금은 현장 참석으로 바꿀 수 없습니다."), code="cannot_switch")
    moved = around.to_hall.move(write, guest.id)
    _take_part(write, guest.id, Mode.ONSITE, around)
    switched = Switched(mode=guest.mode, moved=tuple(moved))
    return replace(visitor, guest=replace(guest, mode=Mode.ONSITE)), replace(scan, switched=switched)


def back(write: Write, scan: Scan, switched: Switched, around: Around) -> Undone:
    """Undo the switch of an admission that was taken back, if nothing of it was changed since."""
    guest_id = scan.guest_id or ""
    guest = get_guest(write.session, write.conf, guest_id)
    presence = store.find_presence(write.session, write.conf, guest_id)
    inside = presence is not None and presence.place is Place.HALL
    if guest.mode is not Mode.ONSITE or inside or not around.to_hall.back(write, switched.moved):
        return Undone.KEPT
    _take_part(write, guest.id, switched.mode, around)
    return Undone.BACK


def _take_part(write: Write, guest_id: str, mode: Mode, around: Around) -> None:
    switch_mode(write, guest_id, mode)
    for follow in around.followed:
        follow(write, [guest_id])
