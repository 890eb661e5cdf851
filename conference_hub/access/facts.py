"""Links and tokens made; links, tokens, devices and roles revoked.

`topic` is the name on the wire, the other fields are sent as they are.
Only the operator's stream has them; no document changes. An account is named by its id and its name, never
by its login: logins are often addresses, and entries are kept for long.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from conference_hub.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class LinkMade(Fact):
    """A one-time sign-in link was made; nothing of its secret is here. `guest` says whose it is, if a guest's."""

    topic: ClassVar[str] = "LinkMade"
    link: str
    role: str
    guest: str | None


@dataclass(frozen=True, kw_only=True)
class TokenMade(Fact):
    """A machine token was made; nothing of its secret is here."""

    topic: ClassVar[str] = "TokenMade"
    token: str
    role: str


@dataclass(frozen=True, kw_only=True)
class LinkRevoked(Fact):
    """A sign-in link was revoked, with the roles that browsers had by it; `guest` says whose personal link it was."""

    topic: ClassVar[str] = "LinkRevoked"
    link: str
    role: str
    guest: str | None


@dataclass(frozen=True, kw_only=True)
class TokenRevoked(Fact):
    """A machine token was revoked."""

    topic: ClassVar[str] = "TokenRevoked"
    token: str
    role: str


@dataclass(frozen=True, kw_only=True)
class DeviceRevoked(Fact):
    """A signed-in browser was signed out by somebody else."""

    topic: ClassVar[str] = "DeviceRevoked"
    device: str


@dataclass(frozen=True, kw_only=True)
class RolesRevoked(Fact):
    """An account lost its roles in the conference."""

    topic: ClassVar[str] = "RolesRevoked"
    account: str
    name: str


@dataclass(frozen=True, kw_only=True)
class MemberInvited(Fact):
    """Somebody was invited to the team: their account has these roles now."""

    topic: ClassVar[str] = "MemberInvited"
    account: str
    name: str
    roles: list[str]


@dataclass(frozen=True, kw_only=True)
class RolesChanged(Fact):
    """A member of the team has other roles."""

    topic: ClassVar[str] = "RolesChanged"
    account: str
    name: str
    roles: list[str]


@dataclass(frozen=True, kw_only=True)
class AccountLinkMade(Fact):
    """A member got another link to set a password by; the password before it ended."""

    topic: ClassVar[str] = "AccountLinkMade"
    account: str
    name: str


AccessFact = LinkMade | TokenMade | LinkRevoked | TokenRevoked | DeviceRevoked | RolesRevoked
