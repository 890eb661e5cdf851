"""Add guests to the only conference of a hub: `python more_guests.py COUNT [FIRST]`, with the hub's own environment.

It runs in the checkout that is measured and uses that checkout's own action.
"""

from __future__ import annotations

import os
import sys

from conference_hub.checkin.guest_actions import register_guests
from conference_hub.cli.common import opened, the_conference
from conference_hub.core.actor import Actor
from conference_hub.people.model import GroupId, Guest, GuestId, Mode


def main() -> None:
    """Register COUNT guests who come to the hall, each with a badge, numbered from FIRST on."""
    count, first = int(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else 0
    guests = [
        Guest(
            id=GuestId(f"more-{number}"),
            name=f"김손님{number:04}",
            label=None,
            organisation=f"기관 {number % 97}",
            group=GroupId("attendee"),
            mode=Mode.ONSITE,
            seat=f"{number % 40}-{number}",
        )
        for number in range(first, first + count)
    ]
    with opened(os.environ) as hub:
        with hub.database.reading() as db:
            slug = the_conference(db, None).slug
        with hub.journal.writing(slug, actor=Actor.system("seed")) as write:
            register_guests(write, guests)


if __name__ == "__main__":
    main()
