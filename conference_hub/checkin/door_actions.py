"""What staff do at the door beside scanning: register a walk-in, give a badge anew, seat somebody elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from conference_hub.checkin import door_store, store
from conference_hub.checkin.door_requests import Overruled, WalkIn
from conference_hub.checkin.facts import WalkInRegistered
from conference_hub.checkin.guest_actions import change_guests, register_guests
from conference_hub.checkin.model import Badge
from conference_hub.checkin.veiling import veil
from conference_hub.core.errors import Invalid, NotFound, Refused, msg
from conference_hub.core.ids import new_id
from conference_hub.core.journal import Write
from conference_hub.people import notices
from conference_hub.people import store as people
from conference_hub.people.group_store import all_groups
from conference_hub.people.model import GroupId, Guest, GuestId, Mode
from conference_hub.web.hub import Capacities, Capacity, GuestsFollowed, PrivacyNotice

MOST_COMPANIONS = 60
SHOWN_FOR = timedelta(minutes=15)
"""How long after its issue the door may show the code of a badge: it is for the person who stands there."""


def register_walk_in(write: Write, walk_in: WalkIn, *, capacity: Capacities, notice: PrivacyNotice) -> Guest:
    """Put somebody on the guest list who stands at the door, with a badge, and return them.

    `notice` is the privacy notice of the conference; which version of it they were shown is kept. Raises Invalid for a
    group that is not there and for a place beyond the capacity without a reason (`note`), and Refused for somebody of
    that name and organisation who is on the list (`already_listed`), and when all places in the hall are taken or
    waited for (`full`), unless staff overrule it.
    """
    if walk_in.group and walk_in.group not in all_groups(write.session, write.conf):
        raise Invalid(msg("그런 구분이 없습니다."), field="group")
    if Overruled.LISTED not in walk_in.over and door_store.is_listed(
        write.session, write.conf, walk_in.name, walk_in.organisation
    ):
        raise Refused(msg("같은 이름과 소속으로 명단에 있는 사람이 있습니다."), code=Overruled.LISTED)
    places = capacity(write.session, write.conf, Mode.ONSITE)
    if places is not None and places.full:
        _check_overruled(walk_in, places)
    guest = Guest(
        id=GuestId(new_id()),
        name=walk_in.name,
        label=None,
        organisation=walk_in.organisation,
        group=GroupId(walk_in.group) if walk_in.group else None,
        mode=Mode.ONSITE,
    )
    over = [one.value for one in walk_in.over]
    shown = min(walk_in.notice, notice.version)
    register_guests(
        write,
        [guest],
        fact=lambda _count: WalkInRegistered(guest=guest.id, over=over, notice=shown or None),
    )
    door_store.add_walk_in(write, guest.id, over, walk_in.note)
    if shown:
        notices.keep_shown(write, guest.id, shown)
    people.note_change(write.session, write.conf, [guest.id], write.at, write.actor.label)
    return people.get_guest(write.session, write.conf, guest.id)


def _check_overruled(walk_in: WalkIn, places: Capacity) -> None:
    """Raise Refused where staff did not say that they overrule a full hall, and Invalid where they did not say why."""
    if Overruled.FULL not in walk_in.over:
        counted = {"most": places.most, "taken": places.taken, "waiting": places.waiting}
        if places.waiting:
            raise Refused(
                msg("현장 정원 %(most)s명 중 %(taken)s명이 찼고, 대기자 %(waiting)s명이 먼저입니다."),
                code=Overruled.FULL,
                **counted,
            )
        raise Refused(
            msg("현장 정원 %(most)s명이 모두 찼습니다. 지금 %(taken)s명입니다."),
            code=Overruled.FULL,
            **counted,
        )
    if walk_in.note is None:
        raise Invalid(msg("정원을 넘겨 등록하는 이유를 적어 주세요."), field="note")


def seat(
    write: Write, guest_id: str, seat: str | None, *, seen: str | None, followed: list[GuestsFollowed]
) -> Guest:
    """Give somebody the place `seat`, None: none. `seen` is the place that the sender saw.

    Raises NotFound, and Refused when somebody else has the place (`seat_taken`) or it was changed since
    (`changed_since`).
    """
    guest = people.get_guest(write.session, write.conf, guest_id)
    if guest.seat == seat:
        return guest
    if veil(write.session, write.conf)(guest).seat != seen:
        by = people.last_change(write.session, write.conf, guest_id)[1]
        raise Refused(
            msg("그 사이 %(by)s 님이 좌석을 바꾸었습니다. 다시 찾아 보세요."),
            code="changed_since",
            by=by or _("다른 사람"),
        )
    if seat is not None and door_store.has_seat(write.session, write.conf, seat, but=guest.id):
        raise Refused(
            msg("다른 사람의 좌석입니다. 다른 좌석을 적어 주세요."), code="seat_taken", field="seat"
        )
    seated = replace(guest, seat=seat)
    change_guests(write, [seated], followed=followed)
    return seated


def companions_of(session: Session, conf: str, guest: Guest) -> list[Guest]:
    """Return who may come together with a guest: them, their party, then guests of the hall from their organisation."""
    party = people.parties_of(session, conf, [guest.party]).get(guest.party, []) if guest.party else []
    ids = [one.id for one in party][:MOST_COMPANIONS]
    if guest.organisation:
        ids += door_store.in_hall_from(session, conf, guest.organisation, MOST_COMPANIONS - len(ids))
    return people.guests_of(session, conf, dict.fromkeys([guest.id, *ids]))


def badge_to_show(session: Session, conf: str, guest_id: str, at: datetime) -> Badge:
    """Return a badge that was issued a moment ago; raises NotFound for any other."""
    badge = store.find_valid_badge(session, conf, guest_id)
    if badge is None or at - badge.issued_at > SHOWN_FOR:
        raise NotFound(msg("방금 발급한 명찰만 여기서 볼 수 있습니다. 명찰을 새로 발급하세요."))
    return badge
