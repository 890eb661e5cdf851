"""What happens to online sessions and their sign-ups: load, decide, save, append."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from conference_hub.core.errors import Refused, msg
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc, Docs, Stream
from conference_hub.followup import (
    answer_store,
    facts,
    invitation_store,
    kept_store,
    model,
    notice_store,
    notices,
    own_calendar_store,
    sign_up_store,
    store,
)
from conference_hub.followup.documents import session_document
from conference_hub.followup.facts import FollowupFact
from conference_hub.followup.invitations import Invitation, Told, same_address
from conference_hub.followup.keys import invitation_key, session_key
from conference_hub.followup.letters import Why
from conference_hub.followup.model import OnlineSession
from conference_hub.followup.telling import Teller
from conference_hub.people.keys import guest_key
from conference_hub.people.model import Guest, GuestId
from conference_hub.people.store import get_guest, guests_of
from conference_hub.web.hub import Hub


def add_session(write: Write, online: OnlineSession) -> None:
    """Add an online session, and announce it unless it is a draft."""
    store.save_session(write.session, online)
    publish(write, facts.SessionPrepared if online.is_draft else facts.SessionAnnounced, online)


def reschedule(
    write: Write,
    session_id: str,
    starts_at: datetime,
    ends_at: datetime,
    *,
    seen: int | None,
) -> Doc:
    """Move a session; its calendar entry keeps its UID and gets the next SEQUENCE (RFC 5545 3.8.7.4)."""
    before = store.get_session(write.session, write.conf, session_id)
    write.require_seen(session_key(before.id), seen)
    after = model.reschedule(before, starts_at, ends_at, write.at)
    return _changed(write, facts.SessionRescheduled, before, after)


def cancel(write: Write, session_id: str, *, seen: int | None) -> Doc:
    """Cancel a session; it stays in feeds, marked as cancelled."""
    before = store.get_session(write.session, write.conf, session_id)
    write.require_seen(session_key(before.id), seen)
    return _changed(write, facts.SessionCancelled, before, model.cancel(before, write.at))


def restore(write: Write, session_id: str, *, seen: int | None) -> Doc:
    """Let a cancelled session take place after all, with its sign-ups. Raises what `model.restore` raises."""
    before = store.get_session(write.session, write.conf, session_id)
    write.require_seen(session_key(before.id), seen)
    return _changed(write, facts.SessionRestored, before, model.restore(before, write.at))


def sign_up(hub: Hub, write: Write, session_id: str, guest_id: str) -> Doc:
    """Sign a guest up, and invite them, or say as which one they wait for a seat; a guest who has a place keeps it.

    Raises NotFound for somebody who is not on the list, and what `model.sign_up` raises.
    """
    guest = get_guest(write.session, write.conf, guest_id)
    online = store.get_session(write.session, write.conf, session_id)
    places = sign_up_store.places_for(write.session, write.conf, session_id, guest.id)
    place = model.sign_up(online, places, guest.id, write.at)
    if place != places.own:
        sign_up_store.save_sign_up(write.session, write.conf, place)
        publish(write, facts.SignedUp, online)
        waits = None if online.capacity is None else places.taken + 1 - online.capacity
        seated = waits is None or waits <= 0
        Teller(hub, write).tell(online, guest, Why.SIGNED_UP, seated=seated, waits=None if seated else waits)
    own_calendar_store.calendar_token(write.session, write.conf, guest.id)
    return {"session": session_id, "signed_up": True}


def withdraw(hub: Hub, write: Write, session_id: str, guest_id: str) -> Doc:
    """Give a guest's place up and take their invitation back; who waits for the seat is invited.

    Without a place nothing happens. Raises NotFound, and what `model.refuse_if_over` raises.
    """
    online = store.get_session(write.session, write.conf, session_id)
    model.refuse_if_over(online, write.at)
    place = sign_up_store.find_sign_up(write.session, write.conf, session_id, guest_id)
    if place is not None:
        last = sign_up_store.last_seat(write.session, online)
        sign_up_store.withdraw_sign_up(write.session, write.conf, place)
        publish(write, facts.Withdrawn, online)
        teller = Teller(hub, write)
        guest = get_guest(write.session, write.conf, guest_id)
        teller.tell(online, guest, Why.WITHDRAWN, seated=False)
        _tell_moved_up(teller, online, last)
    return {"session": session_id, "signed_up": False}


def renew_calendar(write: Write, guest_id: str) -> None:
    """Give a guest's own calendar a new address; the one before leads nowhere. Raises NotFound for no guest."""
    guest_id = get_guest(write.session, write.conf, guest_id).id
    own_calendar_store.end_calendar(write.session, write.conf, guest_id)
    own_calendar_store.calendar_token(write.session, write.conf, guest_id)
    write.publish(facts.CalendarRenewed(guest=guest_id), guest_key(guest_id), {})


def end_calendar(write: Write, guest_id: str) -> None:
    """End the address of a guest's own calendar; without one nothing happens."""
    if own_calendar_store.find_calendar_token(write.session, write.conf, guest_id) is None:
        return
    own_calendar_store.end_calendar(write.session, write.conf, guest_id)
    write.publish(facts.CalendarEnded(guest=GuestId(guest_id)), guest_key(GuestId(guest_id)), {})


def invite_again(hub: Hub, write: Write, session_id: str, guest_id: str) -> None:
    """Send a guest the invitation once more: what changed since the last one, else the last one again.

    Raises NotFound, and Refused with code `no_mail` for somebody without a seat or an address, or once it is over.
    """
    guest = get_guest(write.session, write.conf, guest_id)
    online = store.get_public_session(write.session, write.conf, session_id)
    seated = guest.id in sign_up_store.seated_among(write.session, online, [guest.id])
    teller, able = Teller(hub, write), seated and not online.is_cancelled and write.at < online.ends_at
    if not able or not (teller.tell(online, guest, Why.CHANGED, seated=True) or teller.repeat(online, guest)):
        raise Refused(msg("자리와 메일 주소가 있는 신청자에게만 초대를 보낼 수 있습니다."), code="no_mail")
    write.publish(
        facts.InvitedAgain(session=online.id, guest=guest.id), invitation_key(online.id, guest.id), {}
    )


def leave(hub: Hub, write: Write, guest_ids: Collection[str]) -> None:
    """Take guests who are removed from the list out of every session, and end their own calendars.

    Their invitations are taken back, and who waits for their seats is invited (`Hub.guests_leaving`).
    """
    teller, invited = Teller(hub, write), invitation_store.of_guests(write.session, write.conf, guest_ids)
    left = sign_up_store.sessions_of_guests(write.session, write.conf, guest_ids)
    losing = [store.get_session(write.session, write.conf, one) for one in sorted(left)]
    last = {online.id: sign_up_store.last_seat(write.session, online) for online in losing}
    leaving = {
        guest.id: guest for guest in guests_of(write.session, write.conf, {one.guest_id for one in invited})
    }
    for one in invited:
        online = store.get_session(write.session, write.conf, one.session_id)
        teller.tell(online, leaving[one.guest_id], Why.WITHDRAWN, seated=False)
    answer_store.forget_guests(write.session, write.conf, guest_ids)
    kept_store.forget_guests(write.session, write.conf, guest_ids)
    sign_up_store.forget_guests(write.session, write.conf, guest_ids)
    for online in losing:
        publish(write, facts.Withdrawn, online)
        _tell_moved_up(teller, online, last[online.id])


def follow_guests(hub: Hub, write: Write, guest_ids: Collection[str]) -> None:
    """Send invitations to the addresses that organisers gave guests, and take those to earlier ones back.

    The other words of a guest change nothing that was told, and what changed of a session waits for its time
    (`Hub.guests_changed`).
    """
    teller, changing = Teller(hub, write), notice_store.waiting(write.session, write.conf)
    invited = invitation_store.of_guests(write.session, write.conf, guest_ids)
    guests = {
        guest.id: guest for guest in guests_of(write.session, write.conf, {one.guest_id for one in invited})
    }
    for one in invited:
        guest = guests[one.guest_id]
        moved = not same_address(one.address, guest.email)
        if moved or (one.told is not Told.REQUEST and one.session_id not in changing):
            _follow_address(teller, one, guest, moved=moved)


def _follow_address(teller: Teller, invitation: Invitation, guest: Guest, *, moved: bool) -> None:
    """Tell a guest what they should know at the address that they have now; it may have been away for a while.

    An invitation that somebody held back is not written again at the same address.
    """
    session, conf = teller.write.session, teller.write.conf
    online = store.get_session(session, conf, invitation.session_id)
    place = sign_up_store.standing_of_guest(session, conf, guest.id, online.id).get(online.id)
    seated = place == sign_up_store.SEAT
    if moved or not (seated and invitation.told is None):
        knows = seated or (invitation.told is Told.CANCEL and notices.lost_seat(session, invitation))
        teller.tell(online, guest, Why.SIGNED_UP, seated=seated, waits=None if knows else place)


def _tell_moved_up(teller: Teller, online: OnlineSession, last: tuple[datetime, GuestId] | None) -> None:
    """Invite those who got a seat because others gave theirs up; `last` is the `last_seat` before they did."""
    got = sign_up_store.moved_up(teller.write.session, online, last)
    for guest in guests_of(teller.write.session, teller.write.conf, got):
        teller.tell(online, guest, Why.MOVED_UP, seated=True)


def _changed(write: Write, fact: type[FollowupFact], before: OnlineSession, after: OnlineSession) -> Doc:
    if after != before:
        store.save_session(write.session, after)
        notices.note_change(write, before, after)
        publish(write, fact, after)
    return {
        "session": after.id,
        "sequence": after.sequence,
        "status": after.status.value,
    }


def publish(write: Write, fact: type[FollowupFact], online: OnlineSession) -> None:
    """Publish a fact about a session with its document; of a draft, and what it was, only organisers hear."""
    key = session_key(online.id)
    if online.is_draft:
        write.publish(fact(session=online.id), key, {})
        return
    signed_up = sign_up_store.signed_up_for(write.session, write.conf, online.id)
    series = store.all_series(write.session, write.conf)
    docs: Docs = {key: {**session_document(online, signed_up, series)}}
    write.publish(fact(session=online.id), key, dict.fromkeys(Stream, docs))
