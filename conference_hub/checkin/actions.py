"""What is done at the gates and with badges: redeeming, joining by link, undoing, replacing a badge."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import datetime

from conference_hub.checkin import presence as rules
from conference_hub.checkin import sources, store, verdict
from conference_hub.checkin.answers import answer_document
from conference_hub.checkin.documents import gate_document, guest_document, presence_document
from conference_hub.checkin.facts import (
    AdmissionUndone,
    BadgeReissued,
    BadgeRevoked,
    CheckinFact,
    GuestAdmitted,
    GuestLeft,
    ModeSwitched,
    ScanRefused,
)
from conference_hub.checkin.keys import PRESENCE_KEY
from conference_hub.checkin.model import (
    Attempt,
    Badge,
    Direction,
    Place,
    Presence,
    Scan,
    ScanId,
    Visitor,
    Whereabouts,
)
from conference_hub.checkin.publish import publish, publish_documents
from conference_hub.checkin.scans import add_scan, get_scan, mark_undone, scans_of
from conference_hub.checkin.times import event_time
from conference_hub.checkin.token import new_token, read_token
from conference_hub.checkin.verdict import Admitted, Doors
from conference_hub.conferences.model import Conference
from conference_hub.conferences.store import get_conference
from conference_hub.core.errors import Refused, msg
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc, Docs
from conference_hub.gates.keys import gate_key
from conference_hub.gates.store import get_gate
from conference_hub.people.keys import guest_key
from conference_hub.people.model import Guest, GuestId, Mode
from conference_hub.people.store import get_guest, save_guests


@dataclass(frozen=True, kw_only=True)
class Redeemed:
    """An answered attempt: `stored` is `answers.answer_document` with the id of the `guest`, when there is one."""

    stored: Doc
    guest: Guest | None


def redeem(write: Write, attempt: Attempt) -> Redeemed:
    """Answer an attempt to pass a gate, judged by what was true when it happened, and keep it, refusals too.

    Raises NotFound for an unknown gate or guest.
    """
    gate = get_gate(write.session, write.conf, attempt.gate_id)
    time = event_time(attempt.claim, write.at)
    visitor = _visitor(write, attempt)
    scans = scans_of(write.session, write.conf, visitor.guest.id) if visitor else []
    known = _known(visitor, scans, time.at, attempt.direction) if visitor else None
    doors = doors_of(get_conference(write.session, write.conf))
    answer = verdict.judge(known, doors, time.at, attempt.direction, force=attempt.force)
    scan = Scan(
        id=attempt.scan_id,
        guest_id=known.guest_id if known else None,
        gate_id=gate.id,
        direction=attempt.direction,
        verdict=verdict.code(answer),
        forced=isinstance(answer, Admitted) and answer.forced,
        counts=verdict.counts(known, doors, time.at, attempt.direction, force=attempt.force),
        happened_at=time.at,
        claimed_at=time.claimed_at,
        doubted=time.doubted,
        at=write.at,
        by=write.actor.label,
        actor=write.actor.id,
    )
    _keep(write, scan, visitor, scans)
    document = answer_document(answer, scan)
    if visitor is None:
        return Redeemed(stored=document, guest=None)
    return Redeemed(stored={**document, "guest": visitor.guest.id}, guest=visitor.guest)


def undo(write: Write, scan_id: str) -> Doc:
    """Take an admission back; raises NotFound, and Refused when it is none or the guest moved after it."""
    scan = get_scan(write.session, write.conf, scan_id)
    scans = scans_of(write.session, write.conf, scan.guest_id or "")
    rules.check_undo(scan, scans)
    guest = _guest_of(scan)
    gone = rules.undone_with(scan, scans)
    mark_undone(write.session, write.conf, scan, gone, write.at)
    left = [one for one in scans if one.id not in gone]
    store.save_presence(write.session, write.conf, guest, rules.presence_after(left))
    fact = AdmissionUndone(guest=guest, gate=scan.gate_id, scan=scan.id)
    gates = [scan.gate_id] if scan.gate_id else []
    publish(write, fact, guest_key(guest), guests=[guest], gates=gates, counts=True)
    return {"scan_id": scan.id, "guest": guest, "undone": True}


def join(write: Write, guest_id: str) -> bool:
    """Check a guest in who follows from elsewhere; returns False when they are checked in or in the hall."""
    visitor = store.get_visitor(write.session, write.conf, guest_id)
    guest = visitor.guest
    known = store.find_presence(write.session, write.conf, guest.id)
    if known is not None and known.place is not None:
        return False
    scan = Scan(
        id=ScanId(f"link-{uuid.uuid4().hex}"),
        guest_id=guest.id,
        gate_id=None,
        direction=Direction.IN,
        verdict=rules.ADMITTED,
        forced=False,
        counts=True,
        happened_at=write.at,
        at=write.at,
        by=write.actor.label,
        actor=write.actor.id,
    )
    _keep(write, scan, visitor, scans_of(write.session, write.conf, guest.id))
    return True


def switch_mode(write: Write, guest_id: str, mode: Mode) -> None:
    """Change how a guest takes part; raises Refused for somebody who is in the hall."""
    guest = get_guest(write.session, write.conf, guest_id)
    presence = store.find_presence(write.session, write.conf, guest_id)
    if presence is not None and presence.place is Place.HALL and mode.remote:
        raise Refused(
            msg("이미 현장에 입장하셨습니다. 나가실 때 출입구에서 퇴장 처리를 해 주세요."), code="inside"
        )
    if guest.mode is mode:
        return
    save_guests(write.session, write.conf, [replace(guest, mode=mode)])
    fact = ModeSwitched(guest=guest.id, mode=mode)
    publish(write, fact, guest_key(guest.id), guests=[guest.id], counts=True)


def revoke_badge(write: Write, guest_id: str) -> Doc:
    """Withdraw a guest's badge: no gate opens for it any more. Without a valid one nothing happens."""
    guest = get_guest(write.session, write.conf, guest_id)
    if _withdraw(write, guest.id):
        publish(write, BadgeRevoked(guest=guest.id), guest_key(guest.id), guests=[guest.id])
    return {"guest": guest.id, "badge": False}


def reissue_badge(write: Write, guest_id: str) -> Doc:
    """Give a guest a new badge; the one before opens no gate any more."""
    guest = get_guest(write.session, write.conf, guest_id)
    _withdraw(write, guest.id)
    _issue(write, guest.id)
    publish(write, BadgeReissued(guest=guest.id), guest_key(guest.id), guests=[guest.id])
    return {"guest": guest.id, "badge": True}


def doors_of(conference: Conference) -> Doors:
    """Return when check-in of a conference is open."""
    return Doors(opens_at=conference.doors_open_at, closes_at=conference.doors_close_at)


def _visitor(write: Write, attempt: Attempt) -> Visitor | None:
    """Return who is at the gate; None for an unknown badge. Raises NotFound for a guest who is not on the list."""
    if attempt.guest is not None:
        return store.get_visitor(write.session, write.conf, attempt.guest)
    tokens = filter(None, map(read_token, (attempt.token or "", *attempt.also)))
    found = (
        store.find_visitor_with_badge(write.session, write.conf, token) for token in dict.fromkeys(tokens)
    )
    return next(filter(None, found), None)


def _known(visitor: Visitor, scans: list[Scan], at: datetime, direction: Direction) -> verdict.Known:
    return verdict.known_at(visitor.guest.id, visitor.badge, scans, at, direction)


def _keep(write: Write, scan: Scan, visitor: Visitor | None, earlier: list[Scan]) -> None:
    """Keep a scan, move the guest where all scans say, and publish what changed."""
    tally = sources.TALLIES.of(write)
    add_scan(write.session, write.conf, scan)
    guests: Docs = {}
    if visitor and scan.counts:
        before, after = rules.presence_after(earlier), rules.presence_after([*earlier, scan])
        if before != after:
            guests = _settle(write, visitor, after)
            mode = visitor.guest.mode
            tally = tally.moved(Whereabouts.of(mode, before), Whereabouts.of(mode, after))
    gates: Docs = {}
    if scan.gate_id:
        gate = get_gate(write.session, write.conf, scan.gate_id)
        tally = tally.answered(gate.id, scan.verdict)
        gates = {gate_key(gate.id): gate_document(gate, tally.verdicts[gate.id])}
    counts: Docs = {PRESENCE_KEY: presence_document(tally.guests)} if guests else {}
    publish_documents(write, _fact(scan), _subject(scan), guests=guests, gates=gates, counts=counts)
    sources.TALLIES.note(write, tally)


def _settle(write: Write, visitor: Visitor, presence: Presence | None) -> Docs:
    """Write down where a guest is now, and return their document."""
    guest = visitor.guest
    store.save_presence(write.session, write.conf, guest.id, presence)
    return {guest_key(guest.id): guest_document(guest, presence, badge=visitor.has_badge)}


def _guest_of(scan: Scan) -> GuestId:
    if scan.guest_id is None:
        message = f"scan {scan.id} is of nobody"
        raise ValueError(message)
    return scan.guest_id


def _fact(scan: Scan) -> CheckinFact:
    if scan.guest_id and scan.verdict == rules.ADMITTED:
        return GuestAdmitted(guest=scan.guest_id, gate=scan.gate_id, scan=scan.id, forced=scan.forced)
    if scan.gate_id is None:
        message = f"scan {scan.id} has no gate"
        raise ValueError(message)
    if scan.guest_id and scan.verdict == rules.LEFT:
        return GuestLeft(guest=scan.guest_id, gate=scan.gate_id, scan=scan.id)
    return ScanRefused(guest=scan.guest_id, gate=scan.gate_id, scan=scan.id, verdict=scan.verdict)


def _subject(scan: Scan) -> str:
    if scan.guest_id:
        return guest_key(scan.guest_id)
    return gate_key(scan.gate_id) if scan.gate_id else PRESENCE_KEY


def _issue(write: Write, guest_id: GuestId) -> None:
    badge = Badge(token=new_token(), guest_id=guest_id, issued_at=write.at)
    store.save_badge(write.session, write.conf, badge)


def _withdraw(write: Write, guest_id: GuestId) -> bool:
    badge = store.find_valid_badge(write.session, write.conf, guest_id)
    if badge is None:
        return False
    store.save_badge(write.session, write.conf, replace(badge, revoked_at=write.at))
    return True
