"""What the gate answers, decided from what is known: the badge, where the guest was, the rules of the gate.

The refusals stand in an order: what shows a badge that was passed on, or somebody to look at, comes before the wrong
door, which must never hide it. Who goes out is asked for little: nobody is kept in by a closed door.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import cast

from conference_hub.checkin import presence
from conference_hub.checkin.model import Badge, Direction, Moment, Scan
from conference_hub.core.now import iso
from conference_hub.gates.model import Gate, Point, PointKind, Reentry, Window
from conference_hub.gates.rules import Closed, ForGroups, ForModes, NotYet, fitting, opening, unfit
from conference_hub.people.model import Guest, Mode


class Code(StrEnum):
    """What stands for a verdict on the wire and in the scan's row."""

    UNKNOWN_BADGE = "unknown_badge"
    OTHER_CONFERENCE = "other_conference"
    CANCELLED = "cancelled"
    REVOKED = "revoked"
    ALREADY_INSIDE = "already_inside"
    ALREADY_COUNTED = "already_counted"
    NEEDS_LOOK = "needs_look"
    WRONG_GATE = "wrong_gate"
    MODE_MISMATCH = "mode_mismatch"
    NOT_YET_OPEN = "not_yet_open"
    CLOSED = "closed"
    NOT_INSIDE = "not_inside"
    TURNED_AWAY = "turned_away"
    QUARANTINED = "quarantined"
    HELD = "held"
    ADMITTED = "admitted"
    LEFT = "left"


FORCED = frozenset(
    {
        *(Code.REVOKED, Code.ALREADY_INSIDE, Code.ALREADY_COUNTED, Code.NEEDS_LOOK),
        *(Code.WRONG_GATE, Code.MODE_MISMATCH, Code.NOT_YET_OPEN, Code.CLOSED),
    }
)
"""The refusals that staff may overrule."""
PASSED = frozenset({Code.ADMITTED, Code.LEFT})
ABOUT_WHEREABOUTS = frozenset({Code.ALREADY_INSIDE, Code.ALREADY_COUNTED, Code.NOT_INSIDE})
"""The refusals that another scan, arriving later, may show to have been wrong."""

NO_DETAILS: Mapping[str, object] = MappingProxyType({})
ONCE: Mapping[str, object] = MappingProxyType({"reentry": Reentry.ONCE.value})


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """An answer: its code, the values behind it as on the wire, and an earlier admission, if any.

    `over` are the refusals that staff overruled. `last`: nothing else is against it.
    """

    code: Code
    details: Mapping[str, object] = field(default_factory=lambda: NO_DETAILS)
    first: Moment | None = None
    over: tuple[Code, ...] = ()
    last: bool = field(default=False, compare=False)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where somebody stands: the gate, its point, when that is open, and all gates."""

    gate: Gate
    point: Point
    windows: tuple[Window, ...]
    gates: Sequence[Gate]


@dataclass(frozen=True, kw_only=True)
class Passing:
    """A guest at a gate: `scan` is what is to be answered, `scans` all the earlier answered ones of the guest.

    `badge_at` is when the badge must be good. `reissued`: they have another badge that opens gates. `look` is what
    organisers wrote who want somebody to look at this person. `free`: the door does not ask where the guest is.
    """

    guest: Guest
    badge: Badge | None
    reissued: bool
    look: str | None
    scan: Scan
    scans: Sequence[Scan]
    badge_at: datetime


@dataclass(frozen=True, kw_only=True)
class Overruling:
    """What staff overrule: the refusals that they saw (None: the first one), with a note, as a supervisor or not."""

    codes: frozenset[str] | None
    note: str | None
    trusted: bool

    def allows(self, code: Code, overruled: Sequence[Code]) -> bool:
        """Return whether a refusal is overruled, when those before it were."""
        if code not in FORCED or not self.trusted or (code is Code.REVOKED and not self.note):
            return False
        return code in self.codes if self.codes is not None else not overruled


def judge(passing: Passing, place: Place, force: Overruling | None) -> Verdict:
    """Decide about a guest at a gate; `force` overrules what staff saw, and a further refusal is answered as such."""
    over: list[Code] = []
    found = refusals(passing, place)
    for refusal in found:
        if force is None or not force.allows(refusal.code, over):
            return replace(refusal, over=tuple(over), last=next(found, None) is None)
        over.append(refusal.code)
    return _passed(passing, place, tuple(over))


def refusals(passing: Passing, place: Place) -> Iterator[Verdict]:
    """Yield why a guest may not pass, what weighs most first."""
    yield from _of_badge(passing)
    if passing.scan.direction is Direction.OUT:
        if _inside(passing, place) is None:
            yield Verdict(code=Code.NOT_INSIDE)
        return
    yield from _of_history(passing, place)
    if passing.look is not None:
        yield Verdict(code=Code.NEEDS_LOOK, details={"note": passing.look})
    yield from _of_place(passing, place)


def by_rules(passing: Passing, place: Place) -> Code:
    """Return what the rules say apart from where the guest was: what a device's own decision is measured by."""
    against = (refusal.code for refusal in refusals(passing, place) if refusal.code not in ABOUT_WHEREABOUTS)
    return next(against, Code.LEFT if passing.scan.direction is Direction.OUT else Code.ADMITTED)


def counts(verdict: Verdict) -> bool:
    """Return whether a scan says where the guest was, whatever it is answered: see `presence`."""
    return verdict.code in PASSED or verdict.code in ABOUT_WHEREABOUTS


def may_force(verdict: Verdict, *, trusted: bool) -> bool:
    """Return whether the same scan with `force`, over this refusal, would be overruled."""
    return trusted and verdict.code in FORCED


def may_switch(verdict: Verdict, *, trusted: bool) -> bool:
    """Return whether the guest would be admitted who took part in the hall; what moves along is not asked."""
    hall = Mode.ONSITE in cast("Sequence[str]", verdict.details.get("modes", ()))
    return trusted and verdict.code is Code.MODE_MISMATCH and verdict.last and hall


def before(passing: Passing, place: Place) -> Moment | None:
    """Return how the guest came in for the first time before or with this scan, None when they had not.

    At a point that counts each day anew it is the first time of that day.
    """
    scans = [one for one in passing.scans if not presence.other_day(one, passing.scan)]
    if place.point.kind is PointKind.DOOR:
        found = presence.presence_at(scans, passing.scan)
        return found.first if found else None
    stays = presence.stays_of(presence.of_history(scans, passing.scan))
    return presence.moment_of(stays[0].began) if stays else None


def _of_badge(passing: Passing) -> Iterator[Verdict]:
    revoked = passing.badge.revoked_at if passing.badge else None
    if revoked is not None and revoked <= passing.badge_at:
        yield Verdict(code=Code.REVOKED, details={"revoked_at": iso(revoked), "reissued": passing.reissued})


def _of_history(passing: Passing, place: Place) -> Iterator[Verdict]:
    inside = _inside(passing, place)
    if inside is None or place.point.reentry is Reentry.FREE:
        return
    code = Code.ALREADY_INSIDE if place.point.kind is PointKind.DOOR else Code.ALREADY_COUNTED
    yield Verdict(code=code, first=inside, details=_once(passing, place))


def _of_place(passing: Passing, place: Place) -> Iterator[Verdict]:
    guest = passing.guest
    match unfit(place.gate, guest.group, guest.mode):
        case ForGroups():
            theirs = [gate.id for gate in fitting(place.gates, guest.group, guest.mode)]
            yield Verdict(code=Code.WRONG_GATE, details={"gates": theirs})
        case ForModes(modes=modes):
            yield Verdict(code=Code.MODE_MISMATCH, details={"modes": sorted(modes), "mode": guest.mode.value})
        case None:
            pass
    match opening(place.windows, passing.scan.happened_at):
        case NotYet() as shut:
            yield _shut(Code.NOT_YET_OPEN, shut)
        case Closed() as shut:
            yield _shut(Code.CLOSED, shut)
        case _:
            pass


def _shut(code: Code, shut: NotYet | Closed) -> Verdict:
    return Verdict(code=code, details={"opens_at": iso(shut.opens_at), "closes_at": iso(shut.closes_at)})


def _inside(passing: Passing, place: Place) -> Moment | None:
    """Return how a guest came in who is inside at the time of the scan, or was counted; None when they were not.

    Somebody who came in later with nothing between belongs to the same visit, and a visit has one admission.
    """
    scan = passing.scan
    history = presence.of_history(passing.scans, scan)
    stays = [stay for stay in presence.stays_of(history) if not presence.other_day(stay.entries[-1], scan)]
    if place.point.reentry is Reentry.ONCE and scan.direction is Direction.IN:
        return presence.moment_of(stays[0].began) if stays else None
    for stay in stays:
        over = stay.ended is not None and not presence.is_after(stay.ended, scan)
        if not over and not presence.is_after(stay.began, scan):
            return _first(passing, place, stay)
    return _began_later(stays, history, scan) if scan.direction is Direction.IN else None


def _began_later(stays: Sequence[presence.Stay], history: Sequence[Scan], scan: Scan) -> Moment | None:
    later = next((stay for stay in stays if presence.is_after(stay.began, scan)), None)
    if later is None:
        return None
    between = (
        one
        for one in presence.in_order(history)
        if presence.is_after(one, scan) and presence.is_after(later.began, one)
    )
    if any(one.direction is Direction.OUT for one in between):
        return None
    return presence.moment_of(later.entries[0])


def _first(passing: Passing, place: Place, stay: presence.Stay) -> Moment:
    return before(passing, place) or presence.moment_of(stay.began)


def _passed(passing: Passing, place: Place, over: tuple[Code, ...]) -> Verdict:
    if passing.scan.direction is Direction.OUT:
        once = ONCE if place.point.reentry is Reentry.ONCE else NO_DETAILS
        return Verdict(code=Code.LEFT, details=once, first=before(passing, place), over=over)
    return Verdict(code=Code.ADMITTED, first=before(passing, place), over=over)


def _once(passing: Passing, place: Place) -> Mapping[str, object]:
    """Return when somebody went out who may come in no more, where people come in once."""
    if place.point.reentry is not Reentry.ONCE:
        return NO_DETAILS
    scan = passing.scan
    stays = presence.stays_of(presence.of_history(passing.scans, scan))
    ended = [stay.ended for stay in stays if not presence.other_day(stay.entries[-1], scan)]
    out = ended[-1] if ended else None
    return {**ONCE, "left_at": iso(out.happened_at)} if out and presence.is_after(scan, out) else NO_DETAILS
