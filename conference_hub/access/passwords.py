"""Passwords: argon2id, slow and large by design (64 MiB), so requests hash off the event loop, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from conference_hub.access.turns import QueueFull, Turns
from conference_hub.core.errors import Invalid, TooMany, msg

MIN_LENGTH = 10
MAX_LENGTH = 200
BUSY_S = 3
"""When to try again after a full queue: about as long as a full queue takes."""

_hasher = PasswordHasher()
_NO_ACCOUNT = (
    "$argon2id$v=19$m=65536,t=3,p=4$b4myhDhDON9tmuZNZMJnHw$Wv3vArh91HfXEVc90wWZMaOpwKr4PvMrOLWCTE0owYU"
)
"""Checked when there is no account, so that an unknown login takes as long as a known one."""
_turns = Turns(at_once=1, waiting=20)
"""One hash uses every core by itself; two at the same time would only take twice the memory."""


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
    """Return whether `password` is the one stored; takes the same time when there is none."""
    try:
        _hasher.verify(stored or _NO_ACCOUNT, password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def in_turn(offload: Callable[..., Any], work: Callable[..., Any], *args: object) -> Any:
    """Run `hash_password` or `password_matches` for a request: off the event loop, when its turn comes.

    Raises TooMany (`busy`, `wait` in seconds) when too many wait already, and whatever `work` raises.
    """
    try:
        with _turns.turn():
            return offload(work, *args)
    except QueueFull as error:
        raise TooMany(
            msg("지금 로그인하는 사람이 많습니다. %(wait)d초 뒤에 다시 시도해 주세요."),
            code="busy",
            wait=BUSY_S,
        ) from error
