"""Ids that the hub gives: they mean nothing, follow no order, and cannot be guessed from another one."""

from __future__ import annotations

import secrets

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH = 10


def new_id() -> str:
    """Return a new id of ten letters and digits, none of which looks like another."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
