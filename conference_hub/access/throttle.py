"""How long to wait between two passwords: wrong ones slow down their sender, and lock nobody out.

Tries are counted for an account and an address together. So a wrong guess from elsewhere costs the owner of an account
nothing, and one account's wrong guesses cost its neighbours behind the same address nothing.
"""

from __future__ import annotations

WINDOW_S = 15 * 60
"""Tries are forgotten so long after the first of them."""
FREE_TRIES = 5
"""Tries of one account from one address before the first pause."""
LONGEST_PAUSE_S = 60
ACCOUNT_TRIES = 50
"""Tries of one account from all addresses, after which every address has one try at a time."""
ADDRESS_TRIES = 120
"""Tries from one address in a minute, for all accounts: a bound on load, not on guessing."""
ADDRESS_WINDOW_S = 60

_DOUBLINGS = LONGEST_PAUSE_S.bit_length()


def pause_after(tries: int, tries_everywhere: int) -> int:
    """Return the seconds between an account's `tries`-th try from one address and the next one from there.

    `tries_everywhere` counts the account's tries from all addresses. However many there are, an address that has
    not tried yet need not wait: the owner of an account under attack gets in.
    """
    if tries_everywhere > ACCOUNT_TRIES:
        return LONGEST_PAUSE_S
    beyond = tries - FREE_TRIES
    return 0 if beyond < 0 else min(2 ** min(beyond, _DOUBLINGS), LONGEST_PAUSE_S)
