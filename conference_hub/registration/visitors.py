"""The registration of the person at the browser: by the link that they opened here, or as the guest they became."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from flask import request
from flask import session as browser
from sqlalchemy.orm import Session

from conference_hub.access.middleware import viewer
from conference_hub.core.actor import Actor
from conference_hub.core.errors import Refused, msg
from conference_hub.core.journal import Write
from conference_hub.people.model import Mode
from conference_hub.registration import actions, lapsing, links, store
from conference_hub.registration.confirmation import CONFIRM_AT_LEAST
from conference_hub.registration.model import Registration
from conference_hub.registration.moving import Around
from conference_hub.web.hub import Hub, current_hub

KEPT = "registrations"
"""Where the signed cookie keeps the secrets of links that were opened, by conference."""
VISITOR = Actor.system("registration")
"""As whom people act who are no guests: names stay out of the journal."""


def around(conf: str) -> Around:
    """Return what actions need of the running hub."""
    return around_of(current_hub(), conf)


def around_of(hub: Hub, conf: str) -> Around:
    """Return what actions need of a hub."""
    settings = hub.settings

    def link(registration: Registration) -> str:
        secret = links.secret_of(settings.secret_key, conf, registration)
        return f"{settings.public_url}/c/{conf}/registration?lang={registration.person.language}#{secret}"

    return Around(link=link, ties=hub.guest_ties, leaving=hub.guests_leaving)


def secret_of(registration: Registration, conf: str) -> str:
    """Return the secret of a registration's link."""
    return links.secret_of(current_hub().settings.secret_key, conf, registration)


def open_by(db: Session, conf: str, secret: str) -> Registration:
    """Return the registration that a link's secret is about; raises Refused when there is none."""
    found = _by_secret(db, conf, secret)
    if found is None:
        raise Refused(
            msg("이 링크는 더는 쓸 수 없습니다. 등록한 메일 주소로 새 링크를 받아 주세요."),
            code="unknown_link",
            field="secret",
        )
    return found


def keep(conf: str, secret: str) -> None:
    """Keep the secret of a link in the browser's signed cookie."""
    browser[KEPT] = {**browser.get(KEPT, {}), conf: secret.strip()}


def find_own(db: Session, conf: str) -> Registration | None:
    """Return the registration of the person at the browser, or None."""
    secret = browser.get(KEPT, {}).get(conf)
    found = _by_secret(db, conf, secret) if secret else None
    guest_id = viewer().guest_id(conf)
    return found or (store.registration_of_guest(db, conf, guest_id) if guest_id else None)


def get_own(db: Session, conf: str) -> Registration:
    """Return the registration of the person at the browser; raises Refused."""
    found = find_own(db, conf)
    if found is None:
        raise Refused(msg("메일로 받은 등록 링크로 들어와 주세요."), code="no_registration")
    return found


def registered_here() -> bool:
    """Return whether the guest of the running page registered: templates show the way to their registration."""
    conf = (request.view_args or {}).get("conf", "")
    guest_id = viewer().guest_id(conf)
    if guest_id is None:
        return False
    with current_hub().database.reading() as db:
        return store.registration_of_guest(db, conf, guest_id) is not None


def follow_mode(hub: Hub, write: Write, guest_id: str, mode: str) -> None:
    """Let a registered guest choose another mode on their own page (`Hub.mode_choices`)."""
    actions.mode_chosen(write, guest_id, Mode(mode), around_of(hub, write.conf))


def follow_guests(hub: Hub, write: Write, guest_ids: Collection[str]) -> None:
    """Follow what organisers changed on the guest list (`Hub.guests_changed`)."""
    actions.guests_changed(write, guest_ids, around_of(hub, write.conf))


def lapse_everywhere(hub: Hub, at: datetime) -> None:
    """Free the places of registrations that nobody confirmed in time: the server does this each minute."""
    with hub.database.reading() as db:
        held = store.conferences_unconfirmed(db, at - CONFIRM_AT_LEAST)
        conferences = [conf for conf in held if lapsing.due(db, conf, at)]
    for conf in conferences:
        with hub.journal.writing(conf, actor=VISITOR) as write:
            lapsing.lapse(write, around_of(hub, conf))
        hub.tell_ended()


def _by_secret(db: Session, conf: str, secret: str) -> Registration | None:
    found = store.find_registration(db, conf, links.named_by(secret))
    key = current_hub().settings.secret_key
    return found if found is not None and links.opens(secret, key, conf, found) else None
