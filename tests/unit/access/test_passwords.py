"""Passwords: hashed with argon2id, and an unknown login costs as much as a known one."""

from __future__ import annotations

import pytest
from argon2 import extract_parameters

from conference_hub.access import passwords
from conference_hub.core.errors import Invalid

PASSWORD = "correct horse battery"


def test_a_password_matches_its_hash_and_no_other_does() -> None:
    stored = passwords.hash_password(PASSWORD)

    assert [passwords.password_matches(stored, tried) for tried in (PASSWORD, "wrong")] == [True, False]


@pytest.mark.parametrize("stored", [None, "", "no hash"])
def test_nothing_matches_where_no_hash_is_stored(stored: str | None) -> None:
    assert not passwords.password_matches(stored, PASSWORD)


def test_an_unknown_login_is_checked_at_the_same_cost() -> None:
    of_nobody, of_somebody = passwords._NO_ACCOUNT, passwords.hash_password(PASSWORD)

    assert extract_parameters(of_nobody) == extract_parameters(of_somebody)


@pytest.mark.parametrize("password", ["x" * 9, "x" * 201])
def test_a_password_out_of_bounds_is_refused(password: str) -> None:
    with pytest.raises(Invalid):
        passwords.hash_password(password)
