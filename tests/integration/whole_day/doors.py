"""Check-in: a guest from afar, and one at a gate."""

from __future__ import annotations

from collections.abc import Iterator

from conference_hub.access.model import NOBODY, Role
from conference_hub.checkin import amending
from conference_hub.checkin.conflict_store import open_conflicts
from conference_hub.checkin.model import Acted, Settling
from conference_hub.checkin.quarantine_store import waiting_of
from conference_hub.checkin.quarantining import Aside, reject, set_aside
from conference_hub.core.journal import Write
from conference_hub.gates.device_actions import change_device, end_device, invite, pair
from conference_hub.gates.model import Plan
from conference_hub.people import notices
from tests.integration.whole_day.sending import Sender, Step
from tests.small_conference import MARK, ON_SITE, OTHER, REMOTE


def devices(sender: Sender) -> Iterator[Step]:
    """Pair a browser, change and end it."""
    codes: list[str] = []
    paired: list[str] = []
    yield sender.written(
        "invite",
        ("DeviceInvited",),
        lambda write: codes.append(invite(write, Plan(name=f"{MARK} 기기")).code),
    )
    yield sender.written(
        "pair",
        ("DevicePaired",),
        lambda write: paired.append(pair(write, codes[0], NOBODY, earlier=None, browser=MARK).device.id),
    )
    yield sender.written(
        "change",
        ("DeviceChanged",),
        lambda write: change_device(write, paired[0], Plan(name=MARK, scan_only=True)),
    )
    yield sender.written("end", ("DeviceEnded",), lambda write: end_device(write, paired[0]))


def doors(sender: Sender) -> Iterator[Step]:
    """Admit, refuse, let out and undo."""
    guest = sender.sign_in(Role.ATTENDEE, conf=OTHER, guest_id=REMOTE)
    yield sender.form(guest, "me/check-in", "GuestAdmitted")
    yield sender.form(guest, "me/mode", "ModeSwitched", mode="onsite")
    yield sender.form(guest, "me/language", "LanguageChosen", language="en")
    yield sender.written("read about data", ("NoticeSeen",), lambda write: notices.see(write, REMOTE, 1))
    yield _scan(sender, "first", "GuestAdmitted")
    yield _scan(sender, "again", "ScanRefused")
    yield _scan(sender, "out", "GuestLeft", direction="out")
    yield _scan(sender, "back in", "GuestAdmitted")
    yield sender.command(Role.STAFF, "checkin/undo", ("AdmissionUndone",), scan_id="back in")
    yield _scan(sender, "once more", "GuestAdmitted")
    yield _scan(sender, "over it", "GuestAdmitted", force=True, why="looked")
    yield sender.written("what a device did", ("ScanAmended", "ConflictFound"), _let_in)
    yield sender.written("looked at", ("ConflictSettled",), _looked)
    yield sender.written("what an ended device sent", ("ScansQuarantined",), _upload)
    yield sender.written("rejected", ("QuarantineSettled",), _reject)
    yield sender.command(Role.STAFF, "door/walk-in", ("WalkInRegistered",), name="현장 손님")
    yield sender.command(Role.STAFF, "door/badge", ("BadgeReissued",), guest=ON_SITE)
    yield sender.command(
        Role.STAFF, "door/seat", ("GuestsChanged",), guest=ON_SITE, seat="Z-99", before=f"{MARK}-1"
    )


def _let_in(write: Write) -> None:
    amending.amend(write, "again", Acted.ADMITTED, "device-2")


def _looked(write: Write) -> None:
    (conflict,) = open_conflicts(write.session, write.conf)
    amending.settle(write, conflict.id, Settling.LOOKED)


def _upload(write: Write) -> None:
    sent = {"scan_id": MARK, "gate": "main", "token": MARK}
    set_aside(write, "device-3", MARK, [Aside(sent=sent, why="device_ended")])


def _reject(write: Write) -> None:
    (waiting,) = waiting_of(write.session, write.conf, "device-3")
    reject(write, "device-3", [waiting.id])


def _scan(sender: Sender, scan_id: str, topic: str, **body: object) -> Step:
    scanned = {"scan_id": scan_id, "gate": "main", "guest": ON_SITE}
    return sender.command(Role.STAFF, "checkin/redeem", (topic,), **scanned, **body)
