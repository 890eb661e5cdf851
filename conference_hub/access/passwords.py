"""Passwords: argon2id, slow by design, so callers run these off the event loop (`Hub.offload`)."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from conference_hub.errors import Invalid, msg

MIN_LENGTH = 10
MAX_LENGTH = 200

_hasher = PasswordHasher()
_NO_ACCOUNT = _hasher.hash("an account that does not exist takes as long as one that does")


def hash_password(password: str) -> str:
    """Return the argon2id hash; raises Invalid when the password is too short or absurdly long."""
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        raise Invalid(
            msg("비밀번호는 %(min)d자 이상 %(max)d자 이하여야 합니다."),
            field="password",
            min=MIN_LENGTH,
            max=MAX_LENGTH,
        )
    return _hasher.hash(password)


def password_matches(stored: str | None, password: str) -> bool:
    """Tell whether `password` is the one stored; takes the same time when there is none."""
    try:
        _hasher.verify(stored or _NO_ACCOUNT, password[:MAX_LENGTH])
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None
