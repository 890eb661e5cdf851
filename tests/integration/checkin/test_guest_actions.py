"""What organisers do with the guest list: numbers, groups, badges that have to be printed again, and removal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import pytest
import sqlalchemy as sa

from conference_hub.awards.calls import awards_of
from conference_hub.checkin import badge_store, guest_actions, store
from conference_hub.checkin.badge_design import BadgeDesign, Layout, Shown
from conference_hub.checkin.model import Attempt, Direction, ScanId
from conference_hub.checkin.scanning import redeem
from conference_hub.core.actor import Actor
from conference_hub.core.errors import Invalid, NotFound, Refused
from conference_hub.core.journal import Write
from conference_hub.core.stream import Stream
from conference_hub.core.text import Text
from conference_hub.followup.actions import sign_up
from conference_hub.people import group_actions, group_store
from conference_hub.people.disclosures import Disclosure, DisclosureKind, Reason, disclose, disclosures
from conference_hub.people.model import Group, GroupId, Guest, GuestId, Mode
from conference_hub.people.store import find_guest, get_guest, last_change, numbers
from conference_hub.web.hub import Hub
from tests.law import Watch, holds_over
from tests.model_day import CONF

T = TypeVar("T")
KIM = GuestId("new-1")
NEWCOMER = Guest(id=KIM, name="한새봄", label=None, organisation=None, group=None, mode=Mode.ONSITE)
ORGANISER = Actor.system("test")


def write(hub: Hub, do: Callable[[Write], T]) -> T:
    with hub.journal.writing(CONF, actor=ORGANISER) as opened:
        return do(opened)


def guest(hub: Hub, guest_id: str) -> Guest:
    with hub.database.reading() as db:
        return get_guest(db, CONF, guest_id)


def register(*guests: Guest) -> Callable[[Write], None]:
    return lambda opened: guest_actions.register_guests(opened, guests)


def change(*guests: Guest) -> Callable[[Write], int]:
    return lambda opened: guest_actions.change_guests(opened, guests)


def remove(hub: Hub, *guest_ids: str) -> Callable[[Write], int]:
    return lambda opened: guest_actions.remove_guests(
        opened, guest_ids, ties=[awards_of], leaving=hub.guests_leaving
    )


def admit(opened: Write) -> None:
    attempt = Attempt(
        scan_id=ScanId("of the newcomer"),
        gate_id="main",
        token=None,
        guest=KIM,
        claim=None,
        direction=Direction.IN,
        force=False,
    )
    redeem(opened, attempt)


def test_new_guests_are_numbered_after_the_others(seeded: Hub) -> None:
    write(seeded, register(NEWCOMER, replace(NEWCOMER, id=GuestId("new-2"), number="VIP")))

    assert (guest(seeded, KIM).number, guest(seeded, "new-2").number) == ("122", "VIP")


@pytest.mark.parametrize("do", [register, change], ids=["register", "change"])
def test_a_number_belongs_to_one_guest(seeded: Hub, do: Callable[[Guest], Callable[[Write], object]]) -> None:
    taken = NEWCOMER if do is register else guest(seeded, "guest-002")

    with pytest.raises(Invalid) as refused:
        write(seeded, do(replace(taken, number="32")))

    assert refused.value.detail == {"field": "number"}
    assert find_number(seeded, "32") == "guest-001"


def find_number(hub: Hub, number: str) -> str | None:
    with hub.database.reading() as db:
        return numbers(db, CONF).get(number)


def test_a_change_says_which_fields_and_who(seeded: Hub) -> None:
    watch = Watch(seeded, CONF)
    changed = replace(guest(seeded, "guest-001"), seat="A-1", phone="010-0000-0001")

    count = write(seeded, change(changed, guest(seeded, "guest-002"), NEWCOMER))

    told = [entry for entry in watch.look() if entry.stream is Stream.OPERATOR]
    assert (count, guest(seeded, "guest-001")) == (1, changed)
    assert [(one.topic, one.body["count"], one.body["fields"]) for one in told] == [
        ("GuestsChanged", 1, ["phone", "seat"])
    ]
    assert "010-0000-0001" not in str([entry.body for entry in told])
    with seeded.database.reading() as db:
        assert last_change(db, CONF, "guest-001") == (seeded.now(), "test")
        assert last_change(db, CONF, "guest-002") == (None, "")


def badge(hub: Hub, guest_id: str) -> tuple[bool, bool] | None:
    with hub.database.reading() as db:
        state = badge_store.find_badge_state(db, CONF, guest_id)
    return (state.printed_at is not None, state.reprint) if state else None


@pytest.mark.parametrize(
    ("fields", "reprint"),
    [
        ({"name": "석용준"}, True),
        ({"seat": "A-1"}, True),
        ({"group": None}, True),
        ({"phone": "010-0000-0001", "notes": "늦게 옴", "pronunciation": "Seok"}, False),
    ],
)
def test_a_badge_is_printed_again_when_what_it_shows_changes(
    seeded: Hub,
    fields: dict[str, str | None],
    reprint: bool,  # noqa: FBT001
) -> None:
    ids = ["guest-001", "guest-002"]
    assert write(seeded, lambda opened: guest_actions.mark_printed(opened, ids, opened.at)) == 2

    write(seeded, change(replace(guest(seeded, "guest-001"), **fields)))  # type: ignore[arg-type]

    assert [badge(seeded, one) for one in (*ids, "guest-003")] == [
        (True, reprint),
        (True, False),
        (False, False),
    ]
    write(seeded, lambda opened: guest_actions.mark_printed(opened, ["guest-001"], opened.at))
    assert badge(seeded, "guest-001") == (True, False)


def test_a_design_is_kept(seeded: Hub) -> None:
    design = BadgeDesign(layout=Layout.LABEL, shown=frozenset({Shown.QR, Shown.SEAT}), colours=False)

    write(seeded, lambda opened: guest_actions.design_badges(opened, design))

    with seeded.database.reading() as db:
        assert badge_store.badge_design(db, CONF) == design


def test_a_guest_goes_with_badge_scans_and_sign_ups_and_the_law_holds(seeded: Hub) -> None:
    steps = [
        register(NEWCOMER),
        admit,
        lambda opened: sign_up(seeded, opened, "session-1", KIM),
        remove(seeded, KIM),
    ]

    def step(do: Callable[[Write], object]) -> Callable[[], object]:
        return lambda: write(seeded, do)

    for _again in range(2):  # who was removed may come back, and be removed once more
        assert holds_over(seeded, CONF, [step(do) for do in steps])
        with seeded.database.reading() as db:
            assert find_guest(db, CONF, KIM) is None
            assert store.find_valid_badge(db, CONF, KIM) is None
            left = db.execute(sa.text("SELECT count(*) FROM scan WHERE guest_id = 'new-1'")).scalar()
        assert left == 0


def test_a_recipient_is_not_removed(seeded: Hub) -> None:
    with pytest.raises(Refused) as refused:
        write(seeded, remove(seeded, "guest-001", "guest-121"))

    assert refused.value.code == "in_use"
    assert guest(seeded, "guest-121").id == "guest-121"


PRESS = Group(id=GroupId("press"), title=Text(ko="기자", en="Press"), position=6, colour="#336699")


def groups(hub: Hub) -> list[tuple[str, int]]:
    with hub.database.reading() as db:
        return [(group.id, group.position) for group in group_store.all_groups(db, CONF).values()]


def test_groups_are_added_moved_and_removed(seeded: Hub) -> None:
    write(seeded, lambda opened: group_actions.save_groups(opened, [PRESS]))
    with seeded.database.reading() as db:
        assert group_store.get_group(db, CONF, "press") == PRESS
    write(seeded, lambda opened: group_actions.move_group(opened, "press", -99))
    assert groups(seeded)[:2] == [("press", 1), ("recipient", 2)]
    write(seeded, lambda opened: group_actions.remove_group(opened, "press"))
    assert groups(seeded) == [
        ("recipient", 1),
        ("official", 2),
        ("guest_of_honour", 3),
        ("staff", 4),
        ("attendee", 5),
    ]
    with pytest.raises(NotFound):
        write(seeded, lambda opened: group_actions.remove_group(opened, "press"))


def test_two_groups_have_two_titles(seeded: Hub) -> None:
    same = replace(PRESS, title=Text(ko=" 내빈 ", en="Friends"))

    with pytest.raises(Invalid):
        write(seeded, lambda opened: group_actions.save_groups(opened, [same]))

    assert "press" not in dict(groups(seeded))


def test_a_group_with_guests_is_not_removed(seeded: Hub) -> None:
    with pytest.raises(Refused) as refused:
        write(seeded, lambda opened: group_actions.remove_group(opened, "staff"))

    assert refused.value.code == "in_use"


def test_what_is_taken_out_is_written_down(seeded: Hub) -> None:
    write(seeded, lambda opened: disclose(opened, DisclosureKind.CSV, 121, Reason.OTHER, "감사 자료"))

    with seeded.database.reading() as db:
        assert disclosures(db, CONF, 10) == [
            Disclosure(
                at=seeded.now(),
                by=ORGANISER,
                kind=DisclosureKind.CSV,
                count=121,
                reason=Reason.OTHER,
                note="감사 자료",
            )
        ]
