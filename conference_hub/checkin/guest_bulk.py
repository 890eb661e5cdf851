"""What is done with several guests at once, after it was asked: in steps, so that others have turns between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from conference_hub.access.links import link_url
from conference_hub.access.middleware import actor, conference
from conference_hub.checkin import guest_actions
from conference_hub.checkin.door_actions import MOST_COMPANIONS
from conference_hub.checkin.guest_list import NO_GROUP
from conference_hub.checkin.guest_requests import BulkAction, SelectedGuests
from conference_hub.checkin.mail_kinds import PERSONAL_LINK
from conference_hub.checkin.mode_mails import tell_modes
from conference_hub.checkin.personal_links import link_mail
from conference_hub.checkin.veiling import veil
from conference_hub.core.journal import Write
from conference_hub.outbox.actions import put
from conference_hub.outbox.model import SendingId
from conference_hub.outbox.sendings import start_sending
from conference_hub.outbox.wording import mail_title
from conference_hub.people.actions import LINK_LIFE, make_personal_link
from conference_hub.people.disclosures import DisclosureKind, Reason, disclose
from conference_hub.people.model import Group, GroupId, Guest, Mode
from conference_hub.people.store import parties_of
from conference_hub.web.hub import current_hub
from conference_hub.web.i18n import render_text

LINKS_IN_A_STEP = 20


@dataclass(frozen=True, kw_only=True)
class LinkToGive:
    """A personal link of somebody without an address, to be handed over by hand; shown this once."""

    guest: Guest
    url: str


def tied(session: Session, conf: str, guests: Sequence[Guest]) -> list[Guest]:
    """Return those of the guests on whom something hangs that may not be lost."""
    ids = {guest.id for guest in guests}
    found = {guest_id for ties in current_hub().guest_ties for guest_id in ties(session, conf, ids)}
    return [guest for guest in guests if guest.id in found]


def complete(form: SelectedGuests, groups: Mapping[GroupId, Group]) -> bool:
    """Return whether a form says all that its action needs."""
    if form.action is BulkAction.GROUP:
        return form.to_group == NO_GROUP or form.to_group in groups
    if form.action is BulkAction.PARTY:
        return form.to_party is not None
    return form.action is not BulkAction.MODE or form.to_mode is not None


def crowd(form: SelectedGuests, guests: Sequence[Guest]) -> int | None:
    """Return how many may be one party, where a form asks it of more; else None."""
    too_many = form.action is BulkAction.PARTY and len(guests) > MOST_COMPANIONS
    return MOST_COMPANIONS if too_many else None


def party_name(session: Session, conf: str, guests: Sequence[Guest]) -> str:
    """Return what the party of these guests may be called; empty for no guests.

    The name of the one party to which some of them belong; else that of the first of them, and no party's of others.
    """
    named = {guest.party for guest in guests if guest.party}
    if len(named) == 1:
        return named.pop()
    if not guests:
        return ""
    first = _("%(name)s 일행", name=render_text(veil(session, conf)(guests[0]).shown))
    names = (first if number == 1 else f"{first} {number}" for number in count(1))
    return next(name for name in names if not parties_of(session, conf, [name]))


def do(form: SelectedGuests, conf: str, guests: Sequence[Guest], back: str) -> ResponseReturnValue:
    """Do what a form asks with these guests, and show what came of it."""
    if form.action is BulkAction.LINKS:
        return _give_links(conf, guests, back)
    if form.action is BulkAction.REMOVE:
        removed = _remove(conf, guests)
        flash(_("%(count)d명을 명단에서 삭제했습니다.", count=removed), "good")
    elif form.action is BulkAction.BADGES:
        with current_hub().journal.writing(conf, actor=actor()) as write:
            issued = guest_actions.issue_badges(write, [guest.id for guest in guests])
        flash(_("명찰 %(count)d개를 발급했습니다.", count=issued), "good")
    else:
        changed = _change(conf, guests, _change_of(form))
        flash(_("%(count)d명의 정보를 바꾸었습니다.", count=changed), "good")
    return redirect(back)


def _change_of(form: SelectedGuests) -> Callable[[Guest], Guest]:
    match form.action:
        case BulkAction.GROUP:
            group = None if form.to_group == NO_GROUP else GroupId(form.to_group or "")
            return lambda guest: replace(guest, group=group)
        case BulkAction.MODE:
            mode = form.to_mode or Mode.ONSITE
            return lambda guest: replace(guest, mode=mode)
        case BulkAction.PARTY | BulkAction.CLEAR_PARTY:
            party = form.to_party if form.action is BulkAction.PARTY else None
            return lambda guest: replace(guest, party=party)
        case _:
            return lambda guest: replace(guest, seat=None)


def _change(conf: str, guests: Sequence[Guest], change: Callable[[Guest], Guest]) -> int:
    hub = current_hub()
    with hub.journal.writing(conf, actor=actor()) as write:
        changed = [change(guest) for guest in guests]
        tell_modes(hub, write, guests, changed)
        return guest_actions.change_guests(write, changed, pause=hub.pause, followed=hub.guests_changed)


def _remove(conf: str, guests: Sequence[Guest]) -> int:
    hub = current_hub()
    with hub.journal.writing(conf, actor=actor()) as write:
        removed = guest_actions.remove_guests(
            write, [guest.id for guest in guests], ties=hub.guest_ties, leaving=hub.guests_leaving
        )
    hub.tell_ended()
    return removed


def _give_links(conf: str, guests: Sequence[Guest], back: str) -> ResponseReturnValue:
    """Make a personal link for each guest: into the outbox for those with an address, on the page for the others.

    A few in one transaction: nobody waits for thousands of links.
    """
    hub = current_hub()
    expires_at = max(conference().ends_at, hub.now()) + LINK_LIFE
    by_hand: list[LinkToGive] = []
    mailed = sum(1 for guest in guests if guest.email)
    sending_id: SendingId | None = None
    for some in _steps(guests):
        with hub.journal.writing(conf, actor=actor()) as write:
            veiled = veil(write.session, conf)
            if mailed > 1 and sending_id is None:
                sending_id = start_sending(write, PERSONAL_LINK.name, mail_title(PERSONAL_LINK))
            for guest in some:
                url = _link(write, veiled(guest), expires_at)
                if guest.email:
                    letter = link_mail(write.session, conference(), veiled(guest), url)
                    put(write, replace(letter, sending_id=sending_id))
                else:
                    by_hand.append(LinkToGive(guest=guest, url=url))
        hub.pause()
    if by_hand:
        with hub.journal.writing(conf, actor=actor()) as write:
            disclose(write, DisclosureKind.LINKS, len(by_hand), Reason.MAILING)
    hub.tell_ended()
    return render_template("checkin/links.html", mailed=mailed, by_hand=by_hand, back=back)


def _link(write: Write, guest: Guest, expires_at: datetime) -> str:
    return link_url(make_personal_link(write, guest, expires_at), guest.language)


def _steps(guests: Sequence[Guest]) -> Iterator[Sequence[Guest]]:
    for first in range(0, len(guests), LINKS_IN_A_STEP):
        yield guests[first : first + LINKS_IN_A_STEP]
