"""What attendance comes to: of all, by way of taking part and by group."""

from __future__ import annotations

from conference_hub.attendance.sums import Sum, Sums, rows_of, sums_of
from conference_hub.core.text import Text
from conference_hub.people.model import GroupId, Guest, GuestId, Mode

PRESS, STAFF = GroupId("press"), GroupId("staff")


def guest(number: int, mode: Mode, group: GroupId | None) -> Guest:
    return Guest(
        id=GuestId(f"g{number}"), name=None, label=Text.of("대표"), organisation=None, group=group, mode=mode
    )


def test_sums_are_of_all_by_mode_and_by_group() -> None:
    found = sums_of(
        [
            (guest(1, Mode.ONSITE, PRESS), 60),
            (guest(2, Mode.ONSITE, None), 0),
            (guest(3, Mode.ZOOM, PRESS), 31),
        ]
    )
    press, none = Sum(listed=2, attended=2, minutes=91), Sum(listed=1)
    onsite, zoom = Sum(listed=2, attended=1, minutes=60), Sum(listed=1, attended=1, minutes=31)
    assert found == Sums(
        total=Sum(listed=3, attended=2, minutes=91),
        by_mode={Mode.ONSITE: onsite, Mode.ZOOM: zoom},
        by_group={PRESS: press, None: none},
    )
    assert list(rows_of(found, [STAFF, PRESS])) == [
        (Mode.ONSITE, onsite),
        (Mode.ZOOM, zoom),
        (PRESS, press),
        (None, none),
    ]


def test_the_mean_is_of_those_who_took_part() -> None:
    assert [Sum(listed=9, attended=2, minutes=91).mean, Sum(listed=9).mean] == [46, 0]
    assert (sums_of([]), list(rows_of(Sums(), [PRESS]))) == (Sums(), [])
