"""An old snapshot and the entries since make a fresh snapshot, for every action of check-in and every audience."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

from conference_hub.checkin import actions, amending, scanning, store
from conference_hub.checkin.guest_actions import register_guests
from conference_hub.checkin.model import Attempt, Claim, Direction, ScanId
from conference_hub.core.actor import Actor
from conference_hub.core.journal import Write
from conference_hub.core.text import Text
from conference_hub.people.model import GroupId, Guest, GuestId, Mode
from conference_hub.web.hub import Hub
from tests.gates import add_gate
from tests.law import holds_over
from tests.model_day import CONF


def attempt(scan_id: str, guest: str | None, direction: Direction = Direction.IN) -> Attempt:
    return Attempt(
        scan_id=ScanId(scan_id),
        gate_id="main",
        token=None if guest else "nonsense",
        guest=guest,
        claim=None,
        direction=direction,
        force=False,
    )


def redeem(
    write: Write, scan_id: str, guest: str | None, direction: Direction = Direction.IN, minutes: int = 0
) -> None:
    at = write.at + timedelta(minutes=minutes)
    claim = Claim(at=at, sent_at=None, paired_at=write.at - timedelta(hours=1))
    scanning.redeem(write, replace(attempt(scan_id, guest, direction), claim=claim))


def run(hub: Hub, command: Callable[[Write], object]) -> None:
    with hub.journal.writing(CONF, actor=Actor.system("시험")) as write:
        command(write)


NEWCOMER = Guest(
    id=GuestId("guest-200"),
    name="John Smith",
    label=None,
    organisation=None,
    group=GroupId("attendee"),
    mode=Mode.ONSITE,
)


def test_the_law_holds_for_every_action_of_check_in(seeded: Hub) -> None:
    commands: list[Callable[[Write], object]] = [
        lambda write: add_gate(write, "side", Text.of("옆문")),
        lambda write: register_guests(write, [NEWCOMER]),
        lambda write: redeem(write, "s1", "guest-200"),
        lambda write: redeem(write, "s2", "guest-200"),
        lambda write: redeem(write, "s3", "guest-200", Direction.OUT),
        lambda write: redeem(write, "late out", "guest-003", Direction.OUT, -1),
        lambda write: redeem(write, "late in", "guest-003", Direction.IN, -2),
        lambda write: redeem(write, "later", "guest-004", Direction.IN, -1),
        lambda write: redeem(write, "earlier", "guest-004", Direction.IN, -2),
        lambda write: amending.undo(write, "later"),
        lambda write: redeem(write, "s4", None),
        lambda write: redeem(write, "s5", "guest-200"),
        lambda write: amending.undo(write, "s5"),
        lambda write: actions.join(write, "guest-088"),
        lambda write: actions.switch_mode(write, "guest-088", Mode.ONLINE),
        lambda write: actions.reissue_badge(write, "guest-200"),
        lambda write: actions.revoke_badge(write, "guest-200"),
    ]

    assert holds_over(seeded, CONF, [partial(run, seeded, command) for command in commands])
    with seeded.database.reading() as db:
        assert store.find_valid_badge(db, CONF, "guest-200") is None
