"""What the hub has heard of: each scan noted as it was, and each answer compared with the right one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from conference_hub.checkin.model import Acted
from tests.integration.checkin.doors import GUESTS, NOBODY, Doors
from tests.integration.checkin.scans_made import LUNCH, Answer, Device, Made, lasting
from tests.integration.checkin.what_happened import (
    Did,
    Passage,
    Story,
    answer_to,
    believed_at,
    conflicts_of,
    is_doubted,
    resting_on,
    story_of,
)

ALREADY = frozenset({"already_inside", "already_counted"})
TOLD = {
    "admitted": Did.PASSED,
    "left": Did.PASSED,
    **dict.fromkeys(ALREADY, Did.TOLD_INSIDE),
    "not_inside": Did.TOLD_OUTSIDE,
}
"""What came of somebody about whom the hub was asked."""


class Heard:
    """The passages of which the hub has heard, by their scans, and those of them that staff took back (`undone`)."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors
        self._answers: dict[str, Answer] = {}
        self.passages: dict[str, Passage] = {}
        self.undone: set[str] = set()

    def story(self, guest: int, gate: str = "") -> Story:
        """Return what somebody did until now: in the hall, or at lunch if that is the `gate`."""
        return story_of(self.of(guest, gate), self._doors.rules(gate), self._doors.now())

    def of(self, guest: int | None, gate: str = "") -> list[Passage]:
        """Return the passages of somebody (None: of nobody) that share a history with those at `gate`."""
        lunch = gate == LUNCH
        return [one for one in self.passages.values() if one.guest == guest and (one.gate == LUNCH) == lunch]

    def conflicts(self) -> set[tuple[str, str, str | None]]:
        """Return what people must hear of: kind, scan, and the scan that it contradicts."""
        strangers = [*self.of(None), *self.of(None, LUNCH)]
        found: set[tuple[str, str, str | None]] = {
            ("unknown", one.scan, None) for one in strangers if one.did is Did.PASSED
        }
        for guest in range(GUESTS):
            for gate in ("", LUNCH):
                found |= conflicts_of(self.of(guest, gate), self.story(guest, gate))
        return found

    def take(self, device: Device, scan: Made, answer: Answer) -> None:
        """Note what the hub hears from a device, and compare its answer with the right one, or with its first one."""
        first = self._answers.setdefault(scan.id, lasting(answer))
        if scan.id not in self.passages:
            self._hear(device, scan, answer)
        elif scan.acted is not None:
            self.amend(device, scan)
        passed = first["verdict"] in {"admitted", "left"}
        away = passed and self.passages[scan.id].did is Did.SENT_AWAY
        assert lasting(answer) == ({**first, "verdict": "turned_away"} if away else first)

    def amend(self, device: Device, scan: Made) -> None:
        """Note what a device did that had asked before: it is said once."""
        before = self.passages[scan.id]
        if before.by_itself or scan.id in self.undone:
            return
        did = _decided(scan)
        if scan.acted is not Acted.ADMITTED and before.did is not Did.PASSED:
            did = before.did
        self.passages[scan.id] = self._passage(device, scan, before.at, did)

    def accept(self, device: Device, scan: Made, came_at: datetime) -> None:
        """Note what is accepted of an ended device, which had come as it was."""
        if scan.id in self.passages:
            self.amend(device, scan)
            return
        at = believed_at(scan.at, scan.fast, came_at)
        self.passages[scan.id] = self._passage(device, scan, at, _decided(scan))

    def doubted(self) -> list[str]:
        """Return the scans that wait because of their time."""
        return [one.scan for one in self.passages.values() if one.did is Did.WAITS]

    def believe(self, scans: Collection[str], acts: dict[str, Made], *, accept: bool) -> None:
        """Note that people believe the times of scans, or drop these; `acts` are the scans as they were made."""
        for scan in scans:
            did = _decided(acts[scan]) if accept else Did.NOTHING
            self.passages[scan] = replace(self.passages[scan], did=did)

    def undo(self, number: int) -> None:
        """Let staff take back a passage, which works unless something rests on it."""
        passed = [one for one in self.passages.values() if one.did is Did.PASSED and one.guest is not None]
        if not passed:
            return
        one = passed[number % len(passed)]
        assert one.guest is not None
        gone = resting_on(one, self.of(one.guest, one.gate), self.story(one.guest, one.gate))
        assert self._doors.undo(one.scan) == (409 if gone is None else 200)
        for scan in gone or ():
            self.passages[scan] = replace(self.passages[scan], did=Did.NOTHING)
        if gone:
            self.undone.add(one.scan)

    def _hear(self, device: Device, scan: Made, answer: Answer) -> None:
        if scan.acted is None:
            self.passages[scan.id] = self._asked(device, scan, answer)
            return
        now, did = self._doors.now(), _decided(scan)
        alone = did in {Did.PASSED, Did.SENT_AWAY} and scan.guest != NOBODY
        if alone and is_doubted(scan.at, scan.fast, now, device.paired_at):
            assert answer["verdict"] == "quarantined"
            did = Did.WAITS
        at = believed_at(scan.at, scan.fast, now)
        self.passages[scan.id] = self._passage(device, scan, at, did)

    def _asked(self, device: Device, scan: Made, answer: Answer) -> Passage:
        """Return the passage of somebody about whom the hub is asked, which must say what is right."""
        asked = self._passage(device, scan, scan.at, Did.NOTHING)
        right, overruled = "unknown_badge", list[str]()
        if asked.guest is not None:
            story = self.story(asked.guest, asked.gate)
            over = scan.body.get("over", ())
            right, overruled = answer_to(asked, story, over, noted="note" in scan.body)
        assert (answer["verdict"], answer.get("over", [])) == (right, overruled)
        return replace(asked, did=TOLD.get(right, Did.NOTHING), knowingly=bool(ALREADY & set(overruled)))

    def _passage(self, device: Device, scan: Made, at: datetime, did: Did) -> Passage:
        return Passage(
            scan=scan.id,
            guest=None if scan.guest == NOBODY else scan.guest,
            machine=device.id,
            gate=scan.gate,
            at=at,
            claimed=scan.claimed,
            out=scan.out,
            did=did,
            by_itself=scan.acted is not None,
            good=self._doors.good(scan.badge, at),
            open=self._doors.rules(scan.gate).open(at),
        )


def _decided(scan: Made) -> Did:
    """Return what came of somebody whom a device decided about by itself."""
    match scan.acted:
        case Acted.ADMITTED:
            return Did.PASSED
        case Acted.REFUSED if scan.guest != NOBODY:
            return Did.SENT_AWAY
        case _:
            return Did.NOTHING
