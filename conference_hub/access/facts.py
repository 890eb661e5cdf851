"""What was taken back. The class is the topic, its fields are the fact's own fields on the wire.

Only the operator's stream has them; no document changes.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class LinkRevoked:
    """A sign-in link ended, and so did what browsers had by it; `guest` says whose personal link it was."""

    link: str
    role: str
    guest: str | None


@dataclass(frozen=True, kw_only=True)
class TokenRevoked:
    """A machine token ended."""

    token: str
    role: str


@dataclass(frozen=True, kw_only=True)
class DeviceRevoked:
    """A signed-in browser was signed out by somebody else."""

    device: str


@dataclass(frozen=True, kw_only=True)
class RolesRevoked:
    """An account lost its roles in the conference."""

    login: str


AccessFact = LinkRevoked | TokenRevoked | DeviceRevoked | RolesRevoked
