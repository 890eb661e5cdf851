"""Tells guests that organisers changed how they take part; who changes it themselves, or at the door, is not told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from conference_hub.checkin.mail_kinds import MODE_CHANGED
from conference_hub.checkin.veiling import veil
from conference_hub.conferences.model import Conference
from conference_hub.conferences.store import get_conference
from conference_hub.core.journal import Write
from conference_hub.outbox.actions import put
from conference_hub.outbox.model import Draft
from conference_hub.outbox.sendings import start_sending
from conference_hub.outbox.wording import compose, mail_title
from conference_hub.people.keys import guest_key
from conference_hub.people.model import Guest
from conference_hub.web.hub import Hub


def tell_modes(hub: Hub, write: Write, before: Iterable[Guest], after: Iterable[Guest]) -> int:
    """Write a mail to each guest with an address whose mode is another now; returns how many.

    Nobody is told of a conference that is not public, or is over. Several mails are one sending.
    """
    conference = get_conference(write.session, write.conf)
    if not conference.on or write.at >= conference.ends_at:
        return 0
    were = {guest.id: guest for guest in before}
    moved = [
        (were[guest.id], guest)
        for guest in after
        if guest.email and guest.id in were and guest.mode is not were[guest.id].mode
    ]
    sending_id = start_sending(write, MODE_CHANGED.name, mail_title(MODE_CHANGED)) if len(moved) > 1 else None
    for draft in _letters(hub, write, conference, moved):
        put(write, replace(draft, sending_id=sending_id))
    return len(moved)


def _letters(
    hub: Hub, write: Write, conference: Conference, moved: Sequence[tuple[Guest, Guest]]
) -> Iterable[Draft]:
    veiled = veil(write.session, write.conf, hub)
    for before, after in moved:
        lang = after.reads(conference.main_language)
        name = veiled(after).shown.in_language(lang)
        draft = compose(
            write.session,
            conference,
            MODE_CHANGED,
            lang,
            {
                "name": name,
                "before": before.mode.label.in_language(lang),
                "mode": after.mode.label.in_language(lang),
            },
            to_name=name,
            to_address=after.email or "",
            link=f"{hub.settings.public_url}/c/{write.conf}/me",
            about=f"mode/{after.id}",
        )
        yield replace(draft, order_key=guest_key(after.id))
