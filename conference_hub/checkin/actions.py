"""What is done with badges and modes of taking part: joining by link, switching, replacing a badge."""

from __future__ import annotations

import uuid
from dataclasses import replace

from conference_hub.checkin import presence as rules
from conference_hub.checkin import store
from conference_hub.checkin.facts import BadgeReissued, BadgeRevoked, ModeSwitched
from conference_hub.checkin.keeping import keep_scan
from conference_hub.checkin.model import Badge, Direction, Place, Scan, ScanId
from conference_hub.checkin.publish import publish
from conference_hub.checkin.scans import scans_of
from conference_hub.checkin.times import Doors
from conference_hub.checkin.token import new_token
from conference_hub.conferences.model import Conference
from conference_hub.core.errors import Refused, msg
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc
from conference_hub.people.keys import guest_key
from conference_hub.people.model import GuestId, Mode
from conference_hub.people.store import get_guest, save_guests


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
    keep_scan(write, scan, visitor, scans_of(write.session, write.conf, guest.id))
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


def _issue(write: Write, guest_id: GuestId) -> None:
    badge = Badge(token=new_token(), guest_id=guest_id, issued_at=write.at)
    store.save_badge(write.session, write.conf, badge)


def _withdraw(write: Write, guest_id: GuestId) -> bool:
    badge = store.find_valid_badge(write.session, write.conf, guest_id)
    if badge is None:
        return False
    store.save_badge(write.session, write.conf, replace(badge, revoked_at=write.at))
    return True
