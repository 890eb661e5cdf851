"""The part of the whole day in which people register: every action and fact of registration."""

from __future__ import annotations

from collections.abc import Iterator

from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.registration import invitation_store, setup_store, store
from conference_hub.registration.model import Setup, Standing
from conference_hub.registration.visitors import around_of
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn

Form = tuple[FlaskClient, str, tuple[str, ...], dict[str, str]]
"""The browser, the path under the conference's pages, the facts that follow, and the fields."""
SET, DESK = ("RegistrationSet",), "desk/registration"


def registration_forms(hub: Hub, conf: str, sign_in: SignIn) -> Iterator[Form]:
    """Yield forms one by one; each must be sent before the next is asked for."""
    organiser = sign_in(Role.ORGANISER, conf=conf)
    yield from _setting_up(hub, conf, organiser)
    for name, topics in (
        ("first", ("GuestsRegistered", "ConsentChosen", "RegistrationReceived")),
        ("next", ("RegistrationReceived",)),
        ("last", ("RegistrationReceived",)),
    ):
        consent = {f"consent_{_setup(hub, conf).consents[0].id}": "on"} if name == "first" else {}
        yield organiser, "register", topics, {**_person(name), **consent}
    yield organiser, "register/link", ("RegistrationLinkSent",), {"again": "first@example.com"}
    yield from _own(hub, conf, organiser)
    waiting = _id(hub, conf, "last")
    yield organiser, f"{DESK}/people/{waiting}/link", ("RegistrationLinkSent",), {}
    declined = {"state": Standing.DECLINED, "revision": "1"}
    yield organiser, f"{DESK}/people/{waiting}/move", ("RegistrationMoved",), declined
    with hub.database.reading() as db:
        guest_id = store.get_registration(db, conf, _id(hub, conf, "next")).guest_id or ""
    changed = {"pick": guest_id, "action": "mode", "to_mode": "online", "confirmed": "on", "count": "1"}
    yield organiser, "desk/people/selected", ("GuestsChanged", "RegistrationChanged"), changed
    yield organiser, f"{DESK}/people/{waiting}/erase", ("RegistrationErased",), {}
    yield from _taking_apart(hub, conf, organiser)


def _setting_up(hub: Hub, conf: str, organiser: FlaskClient) -> Iterator[Form]:
    settings = {"opening": "open", "mode_onsite": "on", "places_onsite": "1", "mode_online": "on"}
    settings |= {"waiting_list": "on"}
    yield organiser, f"{DESK}/settings", SET, {**settings, **_seen(hub, conf)}
    for label in ("질문", "다른 질문"):
        question = {"kind": "line", "label_ko": label}
        yield organiser, f"{DESK}/questions/new", SET, {**question, **_seen(hub, conf)}
    first = _setup(hub, conf).questions[0].id
    yield organiser, f"{DESK}/questions/{first}/move", SET, {"to": "down", **_seen(hub, conf)}
    yield organiser, f"{DESK}/consents/new", SET, {"title_ko": "소식", **_seen(hub, conf)}


def _own(hub: Hub, conf: str, browser: FlaskClient) -> Iterator[Form]:
    """The first one changes and cancels, and the next gets the place."""
    with hub.database.reading() as db:
        first = store.get_registration(db, conf, _id(hub, conf, "first"))
    secret = around_of(hub, conf).link(first).partition("#")[2]
    yield browser, "registration/open", ("RegistrationConfirmed",), {"secret": secret}
    yield browser, "registration/consents", ("ConsentChosen",), {}
    changed = {**_person("first"), "organisation": "기관", "revision": "1"}
    del changed["email"]
    yield browser, "registration/change", ("GuestsChanged", "RegistrationChanged"), changed
    topics = ("GuestsRemoved", "RegistrationMoved", "GuestsRegistered", "RegistrationMoved")
    yield browser, "registration/cancel", topics, {}


def _taking_apart(hub: Hub, conf: str, organiser: FlaskClient) -> Iterator[Form]:
    setup = _setup(hub, conf)
    for path in (f"questions/{setup.questions[0].id}", f"consents/{setup.consents[0].id}"):
        yield organiser, f"{DESK}/{path}/remove", SET, _seen(hub, conf)
    yield (
        organiser,
        f"{DESK}/invitations",
        ("InvitationMade",),
        {
            "title": "초대",
            "address": "invited@example.com",
        },
    )
    with hub.database.reading() as db:
        (invitation,) = invitation_store.invitations(db, conf)
    yield organiser, f"{DESK}/invitations/{invitation.id}/revoke", ("MailHandled", "InvitationRevoked"), {}


def _person(name: str) -> dict[str, str]:
    return {"name": name, "email": f"{name}@example.com", "mode": "onsite"}


def _seen(hub: Hub, conf: str) -> dict[str, str]:
    return {"revision": str(_setup(hub, conf).revision)}


def _setup(hub: Hub, conf: str) -> Setup:
    with hub.database.reading() as db:
        return setup_store.setup_of(db, conf)


def _id(hub: Hub, conf: str, name: str) -> str:
    with hub.database.reading() as db:
        found = store.registration_at(db, conf, f"{name}@example.com")
    assert found is not None
    return found.id
