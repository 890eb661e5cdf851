"""The ways into a feed: what opens a calendar program, and what adds the feed in a browser.

`webcal:` opens the program of Apple, Windows and most others; on Android nothing answers to it, so there are addresses
of Google and Outlook that add the feed in the browser, and the feed's own address to copy.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

GOOGLE = "https://calendar.google.com/calendar/r?cid="
OUTLOOK = "https://outlook.live.com/calendar/0/addfromweb"
OFFICE = "https://outlook.office.com/calendar/0/addfromweb"


@dataclass(frozen=True, kw_only=True)
class Subscription:
    """The addresses that subscribe to one feed; `address` is its own, and `name` what the calendar is called."""

    name: str
    address: str
    webcal: str
    google: str
    outlook: str
    office: str


def subscription(address: str, name: str) -> Subscription:
    """Return the ways into the feed at `address`, an absolute `http:` or `https:` one."""
    webcal = f"webcal:{address.partition(':')[2]}"
    asked = f"?url={quote(address, safe='')}&name={quote(name, safe='')}"
    return Subscription(
        name=name,
        address=address,
        webcal=webcal,
        google=GOOGLE + quote(webcal, safe=""),
        outlook=OUTLOOK + asked,
        office=OFFICE + asked,
    )
