"""Counting tries to sign in, before the password is looked at; what the counts mean is in `throttle.py`."""

from __future__ import annotations

from dataclasses import dataclass

from limits.storage import Storage

from conference_hub.access.model import fingerprint, plain_login
from conference_hub.access.throttle import ADDRESS_TRIES, ADDRESS_WINDOW_S, WINDOW_S, pause_after
from conference_hub.web.pace import left_s


@dataclass(frozen=True, kw_only=True)
class Try:
    """One try to sign in as an account from an address, by the names of its counters.

    A login stands there by its fingerprint, whether or not there is such an account. A `known` browser, in which the
    account signed in before, is counted by itself: tries of others, from wherever, do not slow it down.
    """

    pair: str
    pause: str
    account: str
    address: str
    known: bool = False

    @classmethod
    def of(cls, login: str, address: str, device: str | None = None) -> Try:
        """Name the counters of a login as typed and an address, or a browser that is known for the login."""
        account = f"sign-in/{fingerprint(plain_login(login))}"
        pair = f"{account}/{address}" if device is None else f"{account}/device/{device}"
        return cls(
            pair=pair,
            pause=f"{pair}/pause",
            account=account,
            address=f"sign-in-from/{address}",
            known=device is not None,
        )

    def count(self, counters: Storage) -> int:
        """Count this try and return 0; or return the seconds to wait first, and it may not go on."""
        if wait_s := left_s(counters, self.pause):
            return wait_s
        if not self.known and counters.incr(self.address, ADDRESS_WINDOW_S) > ADDRESS_TRIES:
            return left_s(counters, self.address)
        tries, everywhere = counters.incr(self.pair, WINDOW_S), counters.incr(self.account, WINDOW_S)
        pause_s = pause_after(tries, 0 if self.known else everywhere)
        if pause_s and counters.incr(self.pause, pause_s) > 1:  # another one at the same moment was first
            return left_s(counters, self.pause)
        return 0

    def uncount(self, counters: Storage) -> None:
        """Take this try back: its password was never looked at."""
        counters.incr(self.pair, WINDOW_S, -1)
        counters.incr(self.account, WINDOW_S, -1)
        counters.clear(self.pause)

    def succeeded(self, counters: Storage) -> None:
        """Forget the wrong tries before this right one."""
        self.uncount(counters)
        counters.clear(self.pair)
