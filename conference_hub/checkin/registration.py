"""Registering guests, how they take part, and their badges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from conference_hub.checkin import store
from conference_hub.checkin.documents import guest_key
from conference_hub.checkin.facts import BadgeReissued, BadgeRevoked, GuestsRegistered, ModeSwitched
from conference_hub.checkin.model import Badge, Place
from conference_hub.checkin.publish import publish
from conference_hub.checkin.token import new_token
from conference_hub.core.errors import Refused, msg
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc
from conference_hub.people import store as people
from conference_hub.people.model import Guest, GuestId, Mode


def register_guests(write: Write, guests: Sequence[Guest]) -> None:
    """Add guests to the list and issue their badges, in one fact."""
    people.save_guests(write.session, write.conf, guests)
    for guest in guests:
        _issue(write, guest.id)
    fact = GuestsRegistered(count=len(guests))
    publish(write, fact, "presence", guests=[guest.id for guest in guests], counts=True)


def switch_mode(write: Write, guest_id: str, mode: Mode) -> None:
    """Change how a guest takes part; raises Refused for somebody who is in the hall."""
    guest = people.get_guest(write.session, write.conf, guest_id)
    presence = store.find_presence(write.session, write.conf, guest_id)
    if presence is not None and presence.place is Place.HALL and mode.remote:
        raise Refused(
            msg("이미 현장에 입장하셨습니다. 나가실 때 출입구에서 퇴장 처리를 해 주세요."), code="inside"
        )
    if guest.mode is mode:
        return
    people.save_guests(write.session, write.conf, [replace(guest, mode=mode)])
    fact = ModeSwitched(guest=guest.id, mode=mode)
    publish(write, fact, guest_key(guest.id), guests=[guest.id], counts=True)


def revoke_badge(write: Write, guest_id: str) -> Doc:
    """Withdraw a guest's badge: no gate opens for it any more. Without a valid one nothing happens."""
    guest = people.get_guest(write.session, write.conf, guest_id)
    if _withdraw(write, guest.id):
        publish(write, BadgeRevoked(guest=guest.id), guest_key(guest.id), guests=[guest.id])
    return {"guest": guest.id, "badge": False}


def reissue_badge(write: Write, guest_id: str) -> Doc:
    """Give a guest a new badge; the one before opens no gate any more."""
    guest = people.get_guest(write.session, write.conf, guest_id)
    _withdraw(write, guest.id)
    _issue(write, guest.id)
    publish(write, BadgeReissued(guest=guest.id), guest_key(guest.id), guests=[guest.id])
    return {"guest": guest.id, "badge": True}


def _issue(write: Write, guest_id: GuestId) -> None:
    badge = Badge(token=new_token(), guest_id=guest_id, issued_at=write.at)
    store.save_badge(write.session, write.conf, badge)


def _withdraw(write: Write, guest_id: GuestId) -> bool:
    badge = store.find_valid_badge(write.session, write.conf, guest_id)
    if badge is None:
        return False
    store.save_badge(write.session, write.conf, replace(badge, revoked_at=write.at))
    return True
