"""Check-in: a guest from afar, and one at a gate."""

from __future__ import annotations

from collections.abc import Iterator

from conference_hub.access.model import Role
from tests.integration.whole_day.sending import Sender, Step
from tests.small_conference import ON_SITE, OTHER, REMOTE


def doors(sender: Sender) -> Iterator[Step]:
    """Admit, refuse, let out and undo."""
    guest = sender.sign_in(Role.ATTENDEE, conf=OTHER, guest_id=REMOTE)
    yield sender.form(guest, "me/check-in", "GuestAdmitted")
    yield sender.form(guest, "me/mode", "ModeSwitched", mode="onsite")
    yield sender.form(guest, "me/language", "LanguageChosen", language="en")
    yield _scan(sender, "first", "GuestAdmitted")
    yield _scan(sender, "again", "ScanRefused")
    yield _scan(sender, "out", "GuestLeft", direction="out")
    yield _scan(sender, "back in", "GuestAdmitted")
    yield sender.command(Role.STAFF, "checkin/undo", ("AdmissionUndone",), scan_id="back in")


def _scan(sender: Sender, scan_id: str, topic: str, **body: str) -> Step:
    scanned = {"scan_id": scan_id, "gate": "main", "guest": ON_SITE}
    return sender.command(Role.STAFF, "checkin/redeem", (topic,), **scanned, **body)
