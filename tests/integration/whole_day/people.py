"""The guest list and its badges: a newcomer from registration to removal, and groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from conference_hub.awards.calls import awards_of
from conference_hub.checkin.actions import revoke_badge
from conference_hub.checkin.badge_design import BadgeDesign, Layout
from conference_hub.checkin.guest_actions import (
    change_guests,
    design_badges,
    issue_badges,
    mark_printed,
    register_guests,
    remove_guests,
)
from conference_hub.core.journal import Write
from conference_hub.core.text import Text
from conference_hub.people.disclosures import DisclosureKind, Reason, disclose
from conference_hub.people.group_actions import move_group, remove_group, save_groups
from conference_hub.people.model import Group, GroupId, Guest, GuestId, Mode
from conference_hub.people.store import get_guest
from tests import small_conference as small
from tests.integration.whole_day.sending import Sender, Step
from tests.small_conference import ON_SITE, OTHER

NEWCOMER = Guest(
    id=GuestId("guest-901"),
    name="새 손님",
    label=None,
    organisation=None,
    group=small.ATTENDEE,
    mode=Mode.ONSITE,
)


def guest_list(sender: Sender) -> Iterator[Step]:
    """Register another guest, change and remove them, and say that badges were printed and shown to somebody."""
    for part in GUEST_LIST:
        yield sender.written(part.add.__name__, part.topics, part.add)


def register_newcomer(write: Write) -> None:
    register_guests(write, [NEWCOMER])


def change_newcomer(write: Write) -> None:
    change_guests(
        write, [replace(get_guest(write.session, OTHER, NEWCOMER.id), mode=Mode.ONLINE, seat="B-2")]
    )


def print_badges(write: Write) -> None:
    design_badges(write, BadgeDesign(layout=Layout.SINGLE))
    mark_printed(write, [ON_SITE, NEWCOMER.id], write.at)
    disclose(write, DisclosureKind.BADGES, 2, Reason.PRINTING)


def issue_newcomers_badge(write: Write) -> None:
    revoke_badge(write, NEWCOMER.id)
    issue_badges(write, [ON_SITE, NEWCOMER.id])


def remove_newcomer(write: Write) -> None:
    remove_guests(write, [NEWCOMER.id], ties=[awards_of], leaving=())


def arrange_groups(write: Write) -> None:
    save_groups(write, [Group(id=GroupId("press"), title=Text.of("사진"), position=3)])
    move_group(write, "press", -1)
    remove_group(write, "press")


GUEST_LIST = (
    small.Part(add=register_newcomer, topics=("GuestsRegistered",)),
    small.Part(add=change_newcomer, topics=("GuestsChanged",)),
    small.Part(add=print_badges, topics=("BadgeDesigned", "BadgesPrinted", "GuestsDisclosed")),
    small.Part(add=issue_newcomers_badge, topics=("BadgeRevoked", "BadgesIssued")),
    small.Part(add=remove_newcomer, topics=("GuestsRemoved",)),
    small.Part(add=arrange_groups, topics=("GroupsChanged",) * 3),
)
