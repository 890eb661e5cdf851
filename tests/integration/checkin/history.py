"""One history of the doors: lets steps happen, notes them as they were, and compares the hub with that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from werkzeug.test import TestResponse

from conference_hub.checkin.conflict_store import open_conflicts
from conference_hub.checkin.model import Place
from conference_hub.checkin.store import all_presences
from conference_hub.checkin.tables import QuarantinedScanRow, ScanRow
from conference_hub.core.stream import Docs, Stream
from conference_hub.people.model import GuestId
from tests.integration.checkin.doors import GATES, GUESTS, Doors
from tests.integration.checkin.heard import Heard
from tests.integration.checkin.history_steps import Act, Ask, Scan, Step
from tests.integration.checkin.scans_made import ASIDE, LUNCH, Answer, Device, Made, answers_of
from tests.integration.checkin.what_happened import KEPT, Did, surplus_of
from tests.law import Watch
from tests.model_day import CONF

COUNTED = ("admitted", "left", "refused")


@dataclass(frozen=True, kw_only=True)
class Aside:
    """A scan of an ended device that waits since it came."""

    device: Device
    scan: Made
    came_at: datetime


class History:
    """What happens at the doors: `heard` is what the hub was told, `made` what devices made, `aside` what waits."""

    def __init__(self, doors: Doors, *, once: bool, daily: bool) -> None:
        self.doors = doors
        doors.unlock(once=once, daily=daily)
        self.heard = Heard(doors)
        self.made: dict[str, Made] = {}
        self.aside: dict[str, Aside] = {}
        self._set_aside: set[str] = set()
        self._before = self._counts(self._docs())
        self._watch = Watch(doors.hub, CONF, {Stream.STAFF})

    def take(self, step: Step) -> None:
        """Let something happen, and compare."""
        step.happen(self)
        self.compare()

    def end(self) -> None:
        """Let every device send what it may, and days pass, and see that nothing is lost and everybody was told."""
        for device in self.doors.devices:
            while device.queue and self.upload(device, device.queue[:100], heard=True):
                pass
        self.compare()
        self.believe(None, accept=False)
        self.doors.sleep(2, evening=True)
        self.compare()
        self._watch.look()

    def compare(self) -> None:
        """Compare the hub with what happened, once the clock has looked whether a day is over."""
        self.doors.end_days()
        with self.doors.hub.database.reading() as db:
            presences = all_presences(db, CONF)
            conflicts = [one for one in open_conflicts(db, CONF) if one.scan in self.made]
            mine = sa.select(ScanRow.id).where(ScanRow.conf == CONF, ScanRow.id.in_(self.made))
            waits = sa.select(QuarantinedScanRow.scan_id).where(QuarantinedScanRow.scan_id.in_(self.made))
            scans, aside = sorted(db.scalars(mine)), sorted(db.scalars(waits))
        docs = self._docs()
        for number in range(GUESTS):
            found = presences.get(GuestId(self.doors.guest_id(number)))
            where = (found.place is Place.HALL, found.since) if found else None
            assert where == self.heard.story(number).where, number
        assert {(one.kind.value, one.scan, one.other) for one in conflicts} == self.heard.conflicts()
        inside = sum(one.place is Place.HALL for one in presences.values())
        assert dict(docs["presence"] or {})["inside"] == inside
        assert self._changed(docs) == self._expected()
        assert (scans, aside) == (sorted(self.heard.passages), sorted(self._set_aside))

    def ask(self, device: Device, step: Ask) -> None:
        """Let a device ask the hub, which must say what is right."""
        scan = self._made(device, step)
        if step.over:
            word = {"note": "본 사람"} if step.noted else {}
            body = {**scan.body, "force": True, "over": list(step.over), "why": "looked", **word}
            scan = self.made[scan.id] = replace(scan, body=body)
        answer = self.doors.ask(device, scan)
        if device.ended:
            assert answer.status_code == 401, answer.text
            del self.made[scan.id]
            return
        assert answer.status_code == 200, answer.text
        self.heard.take(device, scan, answer.get_json())
        device.sent.append(scan)

    def act(self, device: Device, step: Act) -> None:
        """Let a device decide by itself, and keep that."""
        scan = self._made(device, step)
        if step.hung and not device.ended:
            self.heard.take(device, scan, self.doors.ask(device, scan).get_json())
        acted = self.made[scan.id] = scan.acting(step.what)
        device.queue.append(acted)

    def upload(self, device: Device, scans: Sequence[Made], *, heard: bool) -> bool:
        """Let a device send scans; `heard`: it gets the answers. Return whether it still may."""
        self.doors.pass_time()
        return not scans or self._take(device, scans, self.doors.send(device, scans), heard=heard)

    def race(self, one: Device, other: Device) -> None:
        """Let two uploads be answered side by side."""
        self.doors.pass_time()
        batches = [(device, device.queue[:100]) for device in (one, other)]
        if not all(scans for _, scans in batches):
            return
        found = self.doors.send_at_once(batches)
        for (device, scans), answer in zip(batches, found, strict=True):
            self._take(device, scans, answer, heard=True)

    def decide(self, device: Device, *, accept: bool) -> None:
        """Let the desk decide about all that waits of a device."""
        waiting = [one for one in self.aside.values() if one.device is device]
        if not waiting:
            return
        assert self.doors.decide(device, "accept" if accept else "reject") == 302
        for one in waiting:
            del self.aside[one.scan.id]
            if accept:
                self.heard.accept(device, one.scan, one.came_at)

    def believe(self, number: int | None, *, accept: bool) -> None:
        """Let people accept or drop a scan whose time is doubted; None: all of them."""
        waiting = self.heard.doubted()
        if not waiting:
            return
        chosen = waiting if number is None else [waiting[number % len(waiting)]]
        one = None if number is None else chosen[0]
        assert self.doors.believe("accept" if accept else "reject", one) == 302
        self.heard.believe(chosen, self.made, accept=accept)

    def _take(self, device: Device, scans: Sequence[Made], answer: TestResponse, *, heard: bool) -> bool:
        """Take the answers to scans; return whether there are any: nothing is taken of a device that ended long ago."""
        if device.ended_at and self.doors.now() > device.ended_at + KEPT:
            assert answer.status_code == 401, answer.text
            return False
        answers = answers_of(answer)
        assert [one["scan_id"] for one in answers] == [one.id for one in scans]
        for scan, one in zip(scans, answers, strict=True):
            self._take_one(device, scan, one)
        if heard:
            device.sent += [one for one in scans if one in device.queue]
            device.queue = [one for one in device.queue if one not in scans]
        return True

    def _take_one(self, device: Device, scan: Made, answer: Answer) -> None:
        if not device.ended:
            assert answer["ok"] is True
            self.heard.take(device, scan, answer)
            return
        assert answer == {"scan_id": scan.id, "ok": True, **ASIDE}
        if scan.id not in self._set_aside:
            self._set_aside.add(scan.id)
            self.aside[scan.id] = Aside(device=device, scan=scan, came_at=self.doors.now())

    def _made(self, device: Device, step: Scan) -> Made:
        scan = self.doors.make(device, step.guest, out=step.out, old=step.old, lunch=step.lunch)
        self.made[scan.id] = scan
        return scan

    def _docs(self) -> Docs:
        with self.doors.hub.database.reading() as db:
            return self.doors.hub.snapshot(db, CONF, Stream.STAFF)

    def _counts(self, docs: Docs) -> Counter[tuple[str, str]]:
        """Return what each gate is said to have done, and how many persons lunch counted, all and by day."""
        counts = Counter[tuple[str, str]]()
        for gate in {*GATES, LUNCH}:
            doc = dict(docs[f"gate/{gate}"] or {})
            counts.update({(gate, name): doc[name] for name in COUNTED})
        counted = dict(docs[f"gate/{LUNCH}"] or {})["counted"]
        counts["persons", ""] = counted["total"]
        counts.update({("persons", day): number for day, number in counted["by_day"].items()})
        return counts

    def _changed(self, docs: Docs) -> Counter[tuple[str, str]]:
        """Return by how much counts changed, without those that did not."""
        counts = self._counts(docs)
        counts.subtract(self._before)
        return Counter({what: number for what, number in counts.items() if number})

    def _expected(self) -> Counter[tuple[str, str]]:
        counts = Counter[tuple[str, str]]()
        surplus = {
            one
            for guest in range(GUESTS)
            for gate in ("", LUNCH)
            for one in surplus_of(self.heard.story(guest, gate))
        }
        for one in self.heard.passages.values():
            if one.scan not in surplus and one.scan not in self.heard.undone:
                passed = one.did is Did.PASSED and one.guest is not None
                counts[one.gate, ("left" if one.out else "admitted") if passed else "refused"] += 1
        for guest in range(GUESTS):
            days = self.heard.story(guest, LUNCH).days
            counts.update(("persons", day.isoformat()) for day in days if day)
            counts["persons", ""] += bool(days)
        return +counts
