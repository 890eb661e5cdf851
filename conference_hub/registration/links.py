"""The link by which somebody sees and changes their registration, without an account.

Its secret is made of the registration's id and a number by the hub's key, so nothing of it is stored; counting the
number up makes earlier links useless.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from conference_hub.registration.model import Registration

LENGTH = 24


def secret_of(key: str, conf: str, registration: Registration) -> str:
    """Return the secret of a registration's link: `<id>.<24 letters>`."""
    return f"{registration.id}.{_sealed(key, conf, registration)}"


def named_by(secret: str) -> str:
    """Return the id of the registration that a secret is about."""
    return secret.strip().partition(".")[0]


def opens(secret: str, key: str, conf: str, registration: Registration) -> bool:
    """Return whether a secret is that of a registration."""
    return hmac.compare_digest(secret.strip().encode(), secret_of(key, conf, registration).encode())


def _sealed(key: str, conf: str, registration: Registration) -> str:
    words = f"registration/{conf}/{registration.id}/{registration.link_number}"
    digest = hmac.new(key.encode(), words.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode()[:LENGTH]
