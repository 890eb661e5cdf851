"""The shapes of the answers of the team's API."""

from __future__ import annotations

from typing_extensions import TypedDict

from conference_hub.core.shapes import Instant


class SecretDoc(TypedDict):
    """A link or token as it is shown once; `expires_at` is null when it does not end by itself."""

    secret: str
    expires_at: Instant | None


class RevokedDoc(TypedDict):
    """What was revoked."""

    id: str
