"""A list of guests from a spreadsheet: whom a row is, what is refused by row, all of it or nothing (cases 26 to 28)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conference_hub.awards.calls import readings
from conference_hub.checkin import badge_store
from conference_hub.checkin.guest_actions import change_guests
from conference_hub.core.actor import Actor
from conference_hub.exchange.merge import Gone
from conference_hub.people.store import all_guests, get_guest
from conference_hub.web.hub import Hub
from tests.integration.agenda.sheets import read_back, read_in
from tests.model_day import CONF

HEAD = "이름,소속,구분,이메일,연락처\n"
Row = tuple[str, str | None, str | None, str | None, str]


def rows(hub: Hub, since: int = 121) -> list[Row]:
    """Return number, name, organisation, e-mail and phone of the guests behind the first `since`."""
    with hub.database.reading() as db:
        found = sorted(all_guests(db, CONF), key=lambda guest: int(guest.number))
    return [
        (guest.number, guest.name, guest.email, guest.phone, guest.mode.value)
        for guest in found
        if int(guest.number) > since
    ]


def test_new_rows_are_guests_with_numbers_and_badges_and_known_ones_are_changed(seeded: Hub) -> None:
    found = read_in(
        seeded,
        CONF,
        HEAD
        + "황보\u200b 예린,시험 기관,내빈,Yerin@Example.com,01000000002\n"
        + "Sukarno,,Guest of honour,,1000000003\n"
        + "석용주,천안고용센터,수상자,HANBIT.664@example.com,+82 10 0000 0004\n",
        "guests",
    )

    assert found.faults == []
    assert found.changes is not None
    assert [len(found.changes.of(kind)) for kind in ("new", "changed")] == [2, 1]
    assert rows(seeded) == [
        ("122", "황보 예린", "Yerin@example.com", "01000000002", "onsite"),
        ("123", "Sukarno", None, "01000000003", "onsite"),
    ]
    with seeded.database.reading() as db:
        assert get_guest(db, CONF, "guest-001").phone == "+82 10 0000 0004"
        assert len(badge_store.badge_states(db, CONF)) == 123


@pytest.mark.parametrize(
    ("lines", "row", "words"),
    [
        ("가,,,a@example.com,\n나,,, A@EXAMPLE.com ,\n", 3, "a@example.com"),
        ("가,,,주소,\n", 2, "주소"),
        ("가,,,,8.21E+11\n", 2, "8.21E+11"),
        (",기관,,,\n", 2, "이름이 없으면"),
    ],
)
def test_a_fault_names_its_row_and_nothing_is_kept(seeded: Hub, lines: str, row: int, words: str) -> None:
    found = read_in(seeded, CONF, HEAD + lines, "guests")

    assert [at for at, *_ in found.faults] == [row]
    assert words.lower() in str(found.faults).lower()
    assert rows(seeded) == []


def test_two_namesakes_of_one_organisation_are_both_kept(seeded: Hub) -> None:
    lines = "김민수,한 기관,,one@example.com,\n김민수,한 기관,,two@example.com,\n"

    assert read_in(seeded, CONF, HEAD + lines, "guests").faults == []
    again = read_in(seeded, CONF, HEAD + lines, "guests")

    assert [row[:3] for row in rows(seeded)] == [
        ("122", "김민수", "one@example.com"),
        ("123", "김민수", "two@example.com"),
    ]
    assert again.changes is not None
    assert not again.changes.any


@pytest.mark.parametrize("part", ["guests", "groups"])
def test_what_is_written_is_read_back_as_it_was(seeded: Hub, part: str) -> None:
    found = read_back(seeded, CONF, part)

    assert (list(found.faults), found.any) == ([], False)


def test_recipients_keep_a_list_that_leaves_them_out_from_being_read(seeded: Hub) -> None:
    found = read_in(seeded, CONF, HEAD + "새 손님,,,,\n", "guests", Gone.REMOVE)

    assert len(found.faults) > 0
    assert len(rows(seeded, since=0)) == 121


def test_the_emcee_reads_a_name_as_the_list_says(seeded: Hub) -> None:
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        change_guests(
            write, [replace(get_guest(write.session, CONF, "guest-001"), pronunciation="Seok Yong-ju")]
        )

    with seeded.database.reading() as db:
        assert readings(db, CONF) == {"case-01": {"name": "석용주", "read": "Seok Yong-ju"}}
