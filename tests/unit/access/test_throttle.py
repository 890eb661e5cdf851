"""How long wrong passwords make wait: tries of one account and address together, never a lock."""

from __future__ import annotations

import pytest

from conference_hub.access.throttle import pause_after
from conference_hub.access.tries import Try
from conference_hub.web.counters import LocalCounters


def wrong(counters: LocalCounters, times: int, login: str = "kim", address: str = "192.0.2.1") -> list[int]:
    return [Try.of(login, address).count(counters) for _ in range(times)]


def test_pauses_double_after_five_tries_up_to_a_minute() -> None:
    assert [pause_after(tries, tries) for tries in range(1, 15)] == [
        0,
        0,
        0,
        0,
        1,
        2,
        4,
        8,
        16,
        32,
        60,
        60,
        60,
        60,
    ]


def test_an_account_tried_from_everywhere_has_one_try_a_minute_from_each_address() -> None:
    assert [pause_after(1, everywhere) for everywhere in (50, 51, 10_000)] == [0, 60, 60]


def test_sixty_tries_at_once_are_counted_before_any_is_checked() -> None:
    assert wrong(LocalCounters(), 60) == [0] * 5 + [1] * 55


def test_a_neighbour_behind_the_same_address_is_not_slowed_down() -> None:
    counters = LocalCounters()
    wrong(counters, 10)

    assert wrong(counters, 1, login="lee") == [0]


def test_the_owner_of_an_account_under_attack_gets_in_from_their_own_address() -> None:
    counters = LocalCounters()
    for n in range(100):
        wrong(counters, 5, address=f"198.51.100.{n}")

    assert wrong(counters, 1) == [0]


def test_an_attack_from_many_addresses_has_one_try_from_each() -> None:
    counters = LocalCounters()
    for n in range(10):
        wrong(counters, 5, address=f"198.51.100.{n}")

    assert wrong(counters, 3, address="203.0.113.1") == [0, 60, 60]


def test_the_right_password_ends_the_pause() -> None:
    counters = LocalCounters()
    wrong(counters, 5)
    Try.of("kim", "192.0.2.1").succeeded(counters)

    assert wrong(counters, 6) == [0, 0, 0, 0, 0, 1]


def test_right_passwords_of_a_shared_account_are_not_counted() -> None:
    counters = LocalCounters()
    for n in range(200):
        wrong(counters, 1, address=f"198.51.100.{n % 50}")
        Try.of("kim", f"198.51.100.{n % 50}").succeeded(counters)

    assert wrong(counters, 2) == [0, 0]


def test_a_try_whose_password_was_not_looked_at_does_not_count() -> None:
    counters = LocalCounters()
    wrong(counters, 5)
    Try.of("kim", "192.0.2.1").uncount(counters)

    assert wrong(counters, 2) == [0, 1]


def test_guessing_at_many_accounts_is_bounded_by_the_address() -> None:
    counters = LocalCounters()
    waits = [wrong(counters, 1, login=f"name-{n}")[0] for n in range(121)]

    assert (waits[:120], 1 <= waits[120] <= 60) == ([0] * 120, True)


@pytest.mark.parametrize("login", [" KIM ", "Kim"])
def test_login_is_counted_without_case_and_spaces(login: str) -> None:
    counters = LocalCounters()
    wrong(counters, 5)

    assert wrong(counters, 1, login=login) == [1]
