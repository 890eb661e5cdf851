"""Roles and the person behind a request."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from conference_hub.core.actor import Actor, ActorKind
from conference_hub.core.stream import Stream
from conference_hub.core.text import Text


class Role(StrEnum):
    """What somebody may do in one conference."""

    ORGANISER = "organiser"
    OPERATOR = "operator"
    EMCEE = "emcee"
    STAFF = "staff"
    ATTENDEE = "attendee"
    PUBLIC = "public"

    @property
    def label(self) -> Text:
        """What people read."""
        return _ROLE_LABELS[self]


_ROLE_LABELS = {
    Role.ORGANISER: Text(ko="주최자", en="Organiser"),
    Role.OPERATOR: Text(ko="진행 감독", en="Operator"),
    Role.EMCEE: Text(ko="사회자", en="Emcee"),
    Role.STAFF: Text(ko="현장 접수", en="Check-in staff"),
    Role.ATTENDEE: Text(ko="참석자", en="Attendee"),
    Role.PUBLIC: Text(ko="누구나", en="Everybody"),
}

STAFF_ROLES = (Role.ORGANISER, Role.OPERATOR, Role.EMCEE, Role.STAFF)
"""The roles of those who work for a conference: what accounts and machine tokens may have."""

ORGANISER_MAY_AS = frozenset({Role.OPERATOR, Role.EMCEE, Role.STAFF})
"""Whatever these may do, an organiser of the same conference may do too."""

STREAM_ROLES: dict[Stream, frozenset[Role]] = {
    Stream.PUBLIC: frozenset(Role),
    Stream.STAFF: frozenset({Role.STAFF, Role.OPERATOR, Role.ORGANISER}),
    Stream.SEALED: frozenset({Role.EMCEE, Role.OPERATOR, Role.ORGANISER}),
    Stream.OPERATOR: frozenset({Role.OPERATOR, Role.ORGANISER}),
    Stream.REHEARSAL: frozenset({Role.EMCEE, Role.OPERATOR, Role.ORGANISER}),
}
"""Who may follow which stream; that of rehearsals every screen may too that a link opened (`Viewer.may_follow`)."""


@dataclass(frozen=True, kw_only=True)
class Grant:
    """One role in one conference; `guest_id` says which guest an attendee is, `name` whom the link was made for."""

    conf: str
    role: Role
    guest_id: str | None = None
    name: str = ""


CredentialKind = Literal["session", "token", "screen"]


@dataclass(frozen=True, kw_only=True)
class Credential:
    """A web session, a machine token or the link of a screen, by the id that lists show."""

    kind: CredentialKind
    id: str


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """Who sends a request: a signed-in browser, a machine token, a screen by its link, or nobody.

    `since`: when it signed in or was made; `name` is empty when its link was made for nobody in particular;
    `may_create`: whether its account makes conferences on this hub.
    """

    session_id: str | None = None
    device_id: str | None = None
    account_id: str | None = None
    name: str = ""
    language: str | None = None
    grants: tuple[Grant, ...] = ()
    token_id: str | None = None
    screen_id: str | None = None
    since: datetime | None = None
    may_create: bool = False

    @property
    def machine(self) -> bool:
        """Whether a script with a machine token sends the request."""
        return self.token_id is not None

    @property
    def credential(self) -> Credential | None:
        """The session, token or link of this viewer, which can be revoked."""
        if self.token_id is not None:
            return Credential(kind="token", id=self.token_id)
        if self.screen_id is not None:
            return Credential(kind="screen", id=self.screen_id)
        return Credential(kind="session", id=self.session_id) if self.session_id is not None else None

    @property
    def signed_in(self) -> bool:
        """Whether somebody is signed in."""
        return self.session_id is not None or self.machine or self.screen_id is not None

    def may_follow(self, conf: str, stream: Stream) -> bool:
        """Return whether a stream of a conference is for this viewer; screens follow rehearsals by any link."""
        own_screen = self.screen_id is not None and any(grant.conf == conf for grant in self.grants)
        rehearses = own_screen and stream is Stream.REHEARSAL
        return rehearses or bool(self.roles(conf) & STREAM_ROLES[stream])

    def roles(self, conf: str | None) -> frozenset[Role]:
        """Return the roles held in `conf` (in any conference, when it is None), `public` always among them."""
        held = {grant.role for grant in self.grants if conf is None or grant.conf == conf}
        if Role.ORGANISER in held:
            held |= ORGANISER_MAY_AS
        return frozenset(held | {Role.PUBLIC})

    def guest_id(self, conf: str) -> str | None:
        """Return which guest of `conf` this viewer is, if any."""
        return next((g.guest_id for g in self.grants if g.conf == conf and g.guest_id), None)

    def conferences(self, role: Role) -> tuple[str, ...]:
        """Return the conferences in which this viewer may act as `role`."""
        return tuple(dict.fromkeys(g.conf for g in self.grants if role in self.roles(g.conf)))

    @property
    def works_as(self) -> Text | None:
        """What somebody is called who is signed in to work, for whichever conference; None for everybody else."""
        work = next((grant for grant in self.grants if grant.role in STAFF_ROLES), None)
        if self.account_id is not None:
            return Text.of(self.name)
        return (Text.of(work.name) if work.name else work.role.label) if work else None

    def worker(self, conf: str) -> Actor | None:
        """Return as whom this viewer works for `conf`: the account, the token, or the device that a link signed in."""
        work = self._work(conf)
        if work is None:
            return None
        if self.token_id is not None:
            return Actor.of(ActorKind.TOKEN, self.token_id, self.name or work.role.label.ko)
        if self.account_id is not None:
            return Actor.of(ActorKind.ACCOUNT, self.account_id, self.name)
        return Actor.of(
            ActorKind.DEVICE, self.device_id or self.screen_id or "", work.name or work.role.label.ko
        )

    def guest(self, conf: str) -> Actor | None:
        """Return the guest of `conf` that this viewer is; the label is their id, names stay out of the journal."""
        guest_id = self.guest_id(conf)
        return Actor.of(ActorKind.GUEST, guest_id, guest_id) if guest_id else None

    def acting(self, conf: str, allowed: frozenset[Role]) -> Actor | None:
        """Return as whom this viewer acts where `allowed` may: as a guest where it is for guests, else by their work.

        Somebody signed in to work is never taken for a guest because their browser once opened a guest's link. A page
        for everybody that also names attendees has forms for guests, so a guest acts as a guest there.
        """
        if Role.ATTENDEE in allowed:
            return self.guest(conf) or (self.worker(conf) if Role.PUBLIC in allowed else None)
        return self.worker(conf) or (self.guest(conf) if Role.PUBLIC in allowed else None)

    @property
    def persons(self) -> frozenset[str]:
        """As whom this viewer may act anywhere (`person`)."""
        own = {self._own_id()} if self.signed_in else set()
        return frozenset(own | {f"guest:{g.guest_id}@{g.conf}" for g in self.grants if g.guest_id})

    def person(self, conf: str | None, allowed: frozenset[Role]) -> str:
        """Return an id of whom this viewer acts as in `conf`, or on the hub; it outlives sessions; "" is nobody.

        A guest's holds their conference, because the ids of guests repeat from one to another.
        """
        found = self.acting(conf, allowed) if conf else None
        if found is not None and found.kind is ActorKind.GUEST:
            return f"{found.id}@{conf}"
        return self._own_id() if self.signed_in else ""

    def _own_id(self) -> str:
        return (
            f"account:{self.account_id}" if self.account_id else f"device:{self.device_id or self.screen_id}"
        )

    def role_of(self, actor: Actor, conf: str) -> Role:
        """Return the role by which `actor`, one of this viewer's, acts in `conf`: the one with the most rights."""
        if actor.kind is ActorKind.GUEST:
            return Role.ATTENDEE
        return next(role for role in STAFF_ROLES if role in self.roles(conf))

    def shown_name(self, actor: Actor, conf: str) -> str:
        """Return what pages call `actor`, one of this viewer's: a guest by name, which the journal does not hold.

        Empty for a device or token that was made for nobody in particular.
        """
        if actor.kind is ActorKind.GUEST:
            return next(
                (g.name for g in self.grants if g.conf == conf and g.guest_id and g.name), actor.label
            )
        work = self._work(conf)
        return work.name if work and actor.kind is ActorKind.DEVICE else self.name

    def _work(self, conf: str) -> Grant | None:
        return next((g for g in self.grants if g.conf == conf and g.role in STAFF_ROLES), None)


NOBODY = Viewer()


def new_secret() -> str:
    """Return a new secret of 192 bits for a cookie, a link or a token."""
    return secrets.token_urlsafe(24)


def plain_login(text: str) -> str:
    """Return a typed login in the form in which logins are stored and compared."""
    return text.strip().casefold()


def fingerprint(secret: str) -> str:
    """Return the form in which a secret is stored (SHA-256; the secrets are random, so no salt is needed)."""
    return hashlib.sha256(secret.encode()).hexdigest()
