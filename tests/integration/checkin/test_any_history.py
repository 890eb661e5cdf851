"""Whatever devices did without a network and in whatever order the hub hears of it, it knows what happened.

Made-up mornings go through the real routes: devices with wrong clocks ask, act by themselves, hang, upload in part, at
the same time and again; badges are withdrawn and issued anew, devices ended, scans undone. After each step presence,
counts and conflicts must be those of `what_happened`, each scan answered once and each repeat like the first time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from conference_hub.checkin.conflict_store import open_conflicts
from conference_hub.checkin.model import Acted, Place
from conference_hub.checkin.store import all_presences
from conference_hub.checkin.tables import QuarantinedScanRow, ScanRow
from conference_hub.core.stream import Docs, Stream
from conference_hub.web.hub import Hub
from tests.integration.checkin.doors import (
    ASIDE,
    GATES,
    GUESTS,
    NOBODY,
    Answer,
    Device,
    Doors,
    Made,
    acted_on,
    lasting,
)
from tests.integration.checkin.what_happened import (
    Did,
    Passage,
    Story,
    conflicts_of,
    resting_on,
    story_of,
    surplus_of,
)
from tests.integration.kinds import ON_POSTGRES, ON_SQLITE
from tests.law import Watch
from tests.model_day import CONF, FakeNow

DEVICES = st.integers(0, len(GATES) - 1)
PEOPLE = st.integers(0, GUESTS - 1)


@dataclass(frozen=True, kw_only=True)
class Ask:
    """A device asks the hub about somebody."""

    device: int
    guest: int
    out: bool
    old: bool

    def happen(self, morning: Morning) -> None:
        """Happen."""
        morning.ask(morning.doors.devices[self.device], self)


@dataclass(frozen=True, kw_only=True)
class Act:
    """A device decides by itself; `hung`: it had asked before, and did not hear the answer."""

    device: int
    guest: int
    out: bool
    old: bool
    what: Acted
    hung: bool

    def happen(self, morning: Morning) -> None:
        """Happen."""
        morning.act(morning.doors.devices[self.device], self)


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A device sends the first scans that wait; one that does not hear the answers sends them again later."""

    device: int
    most: int
    heard: bool

    def happen(self, morning: Morning) -> None:
        """Happen."""
        device = morning.doors.devices[self.device]
        morning.upload(device, device.queue[: self.most], heard=self.heard)


@dataclass(frozen=True, kw_only=True)
class Race:
    """Two uploads are answered side by side: of two devices, or twice the same one's."""

    one: int
    other: int

    def happen(self, morning: Morning) -> None:
        """Happen."""
        morning.race(morning.doors.devices[self.one], morning.doors.devices[self.other])


@dataclass(frozen=True, kw_only=True)
class Repeat:
    """A device sends some of what was answered again, in another order."""

    device: int
    every: int

    def happen(self, morning: Morning) -> None:
        """Happen."""
        device = morning.doors.devices[self.device]
        if not device.ended:
            morning.upload(device, device.sent[:: -self.every][:100], heard=True)


@dataclass(frozen=True, kw_only=True)
class Withdraw:
    """The desk withdraws a badge, and gives the guest another one if `again`."""

    guest: int
    again: bool

    def happen(self, morning: Morning) -> None:
        """Happen."""
        morning.doors.revoke(self.guest, again=self.again)


@dataclass(frozen=True, kw_only=True)
class TakeBack:
    """Staff undo one of the passages."""

    number: int

    def happen(self, morning: Morning) -> None:
        """Happen."""
        morning.undo(self.number)


@dataclass(frozen=True, kw_only=True)
class End:
    """The desk ends a device."""

    device: int

    def happen(self, morning: Morning) -> None:
        """Happen."""
        device = morning.doors.devices[self.device]
        if not device.ended:
            morning.doors.end(device)


@dataclass(frozen=True, kw_only=True)
class Decide:
    """The desk decides about what waits of a device."""

    device: int
    accept: bool

    def happen(self, morning: Morning) -> None:
        """Happen."""
        morning.decide(morning.doors.devices[self.device], accept=self.accept)


@dataclass(frozen=True, kw_only=True)
class SetClock:
    """Somebody sets the clock of a device wrong, or right."""

    device: int
    fast: int

    def happen(self, morning: Morning) -> None:
        """Happen."""
        morning.doors.devices[self.device].fast = timedelta(minutes=self.fast)


Step = Ask | Act | Upload | Race | Repeat | Withdraw | TakeBack | End | Decide | SetClock
ASK = st.builds(Ask, device=DEVICES, guest=st.integers(0, NOBODY), out=st.booleans(), old=st.booleans())
ACT = st.builds(
    Act,
    device=DEVICES,
    guest=PEOPLE,
    out=st.sampled_from([False, False, False, True]),
    old=st.booleans(),
    what=st.sampled_from([*[Acted.ADMITTED] * 4, Acted.HELD, Acted.REFUSED]),
    hung=st.sampled_from([False, False, True]),
)
STRANGER = st.builds(
    Act,
    device=DEVICES,
    guest=st.just(NOBODY),
    out=st.just(False),  # noqa: FBT003 - a strategy
    old=st.just(False),  # noqa: FBT003
    what=st.sampled_from(Acted),
    hung=st.booleans(),
)
UPLOAD = st.builds(Upload, device=DEVICES, most=st.integers(1, 100), heard=st.booleans())
OTHERS = (
    st.builds(Race, one=DEVICES, other=DEVICES),
    st.builds(Repeat, device=DEVICES, every=st.integers(1, 3)),
    st.builds(Withdraw, guest=PEOPLE, again=st.booleans()),
    st.builds(TakeBack, number=st.integers(0, 20)),
    st.builds(End, device=DEVICES),
    st.builds(Decide, device=DEVICES, accept=st.booleans()),
    st.builds(SetClock, device=DEVICES, fast=st.sampled_from([-600, -1, 0, 7, 600])),
)
STEPS = st.sampled_from([*[ACT] * 8, *[ASK] * 3, *[UPLOAD] * 3, *[STRANGER] * 2, *OTHERS]).flatmap(
    lambda kind: kind
)
MORNINGS = st.lists(STEPS, min_size=8, max_size=40)


class Morning:
    """One morning, and what is known of it: `passages` are those that the hub has heard of, by their scans."""

    def __init__(self, doors: Doors) -> None:
        self.doors = doors
        doors.unlock()
        self.passages: dict[str, Passage] = {}
        self.answers: dict[str, Answer] = {}
        self.made: dict[str, Made] = {}
        self.aside: dict[str, tuple[Device, Made]] = {}
        self.kept_aside: set[str] = set()
        self.undone: set[str] = set()
        self._before = self._gates()
        self._watch = Watch(doors.hub, CONF, {Stream.STAFF})

    def take(self, step: Step) -> None:
        """Let something happen, and compare."""
        step.happen(self)
        self.compare()

    def end(self) -> None:
        """Let every device send what it has, and see that nothing is lost and everybody was told."""
        for device in self.doors.devices:
            while device.queue:
                self.upload(device, device.queue[:100], heard=True)
        self.compare()
        self._watch.look()

    def compare(self) -> None:
        """Compare the hub with what happened."""
        stories = {number: story_of(self._of(number)) for number in range(GUESTS)}
        with self.doors.hub.database.reading() as db:
            presences = all_presences(db, CONF)
            conflicts = [one for one in open_conflicts(db, CONF) if one.scan in self.made]
            docs = self.doors.hub.snapshot(db, CONF, Stream.STAFF)
            mine = sa.select(ScanRow.id).where(ScanRow.conf == CONF, ScanRow.id.in_(self.made))
            scans = list(db.scalars(mine))
            waits = sa.select(QuarantinedScanRow.scan_id)
            aside = list(db.scalars(waits.where(QuarantinedScanRow.scan_id.in_(self.made))))
        found = {
            number: presences.get(self.doors.guest_id(number))  # type: ignore[call-overload]
            for number in range(GUESTS)
        }
        assert {
            number: (one.place is Place.HALL, one.since) if one else None for number, one in found.items()
        } == {number: story.where for number, story in stories.items()}
        told = [conflicts_of(self._of(number)) for number in range(GUESTS)]
        unknown = {("unknown", one.scan, None) for one in self._of(None) if one.did is Did.PASSED}
        assert {(one.kind.value, one.scan, one.other) for one in conflicts} == unknown.union(*told)
        inside = sum(one.place is Place.HALL for one in presences.values())
        assert dict(docs["presence"] or {})["inside"] == inside
        assert self._gates(docs) == self._expected(stories.values())
        assert (sorted(scans), sorted(aside)) == (sorted(self.passages), sorted(self.kept_aside))

    def ask(self, device: Device, step: Ask) -> None:
        """Let a device ask the hub, which must say what is right."""
        scan = self._made(device, step)
        answer = self.doors.ask(device, scan)
        if device.ended:
            assert answer.status_code == 401, answer.text
            del self.made[scan.id]
            return
        assert answer.status_code == 200, answer.text
        self._answered(device, scan, answer.get_json())
        device.sent.append(scan)

    def act(self, device: Device, step: Act) -> None:
        """Let a device decide by itself, and keep that."""
        scan = self._made(device, step)
        if step.hung and not device.ended:
            self._answered(device, scan, self.doors.ask(device, scan).get_json())
        [acted] = acted_on([scan], step.what)
        self.made[scan.id] = acted
        device.queue.append(acted)

    def upload(self, device: Device, scans: Sequence[Made], *, heard: bool) -> None:
        """Let a device send scans; `heard`: it gets the answers."""
        if scans:
            self._take_answers(device, scans, self.doors.send(device, scans), heard=heard)

    def race(self, one: Device, other: Device) -> None:
        """Let two uploads be answered side by side."""
        batches = [(device, device.queue[:100]) for device in (one, other)]
        if not all(scans for _, scans in batches):
            return
        found = self.doors.send_at_once(batches)
        for (device, scans), answers in zip(batches, found, strict=True):
            self._take_answers(device, scans, answers, heard=True)

    def _take_answers(
        self, device: Device, scans: Sequence[Made], answers: Sequence[Answer], *, heard: bool
    ) -> None:
        assert [one["scan_id"] for one in answers] == [one.id for one in scans]
        for scan, answer in zip(scans, answers, strict=True):
            if device.ended:
                assert answer == {"scan_id": scan.id, "ok": True, **ASIDE}
                self.kept_aside.add(scan.id)
                self.aside.setdefault(scan.id, (device, scan))
            else:
                assert answer["ok"] is True
                self._answered(device, scan, answer)
        if heard:
            device.sent += [one for one in scans if one in device.queue]
            device.queue = [one for one in device.queue if one not in scans]

    def _answered(self, device: Device, scan: Made, answer: Answer) -> None:
        """Compare an answer with the first one, and note what the hub has heard of."""
        first = self.answers.setdefault(scan.id, lasting(answer))
        if scan.id not in self.passages:
            did = _did(scan, answer["verdict"])
            if scan.acted is None:
                assert answer["verdict"] == self._right(scan)
            self._note(device, scan, did)
        elif scan.acted is not None:
            self._amend(device, scan)
        passed = first["verdict"] in {"admitted", "left"}
        away = passed and self.passages[scan.id].did is Did.SENT_AWAY
        assert lasting(answer) == ({**first, "verdict": "turned_away"} if away else first)

    def _amend(self, device: Device, scan: Made) -> None:
        """Note what a device did that had asked before: it is said once."""
        before = self.passages[scan.id]
        if before.by_itself or scan.id in self.undone:
            return
        did = _did(scan, "")
        if scan.acted is not Acted.ADMITTED and before.did is not Did.PASSED:
            did = before.did
        self._note(device, scan, did)

    def _right(self, scan: Made) -> str:
        """Return what the hub must answer that is asked now."""
        if scan.guest == NOBODY:
            return "unknown_badge"
        if not self.doors.good(scan):
            return "revoked"
        inside = story_of(self._of(scan.guest)).inside
        if scan.out:
            return "left" if inside else "not_inside"
        return "already_inside" if inside else "admitted"

    def _note(self, device: Device, scan: Made, did: Did) -> None:
        self.passages[scan.id] = Passage(
            scan=scan.id,
            guest=None if scan.guest == NOBODY else scan.guest,
            machine=device.id,
            gate=str(scan.body["gate"]),
            at=scan.at,
            out=scan.out,
            did=did,
            by_itself=scan.acted is not None,
            good=self.doors.good(scan),
        )

    def undo(self, number: int) -> None:
        """Let staff take back a passage, which works unless something rests on it."""
        passed = [one for one in self.passages.values() if one.did is Did.PASSED and one.guest is not None]
        if not passed:
            return
        one = passed[number % len(passed)]
        gone = resting_on(one, self._of(one.guest))
        status = self.doors.undo(one.scan)
        assert status == (409 if gone is None else 200)
        for scan in gone or ():
            self.passages[scan] = replace(self.passages[scan], did=Did.NOTHING)
        if gone:
            self.undone.add(one.scan)

    def decide(self, device: Device, *, accept: bool) -> None:
        """Let the desk decide about all that waits of a device."""
        waiting = [scan for owner, scan in self.aside.values() if owner is device]
        if not waiting:
            return
        status = self.doors.decide(device, "accept" if accept else "reject")
        assert status == 302
        for scan in waiting:
            del self.aside[scan.id]
            if not accept:
                continue
            if scan.id in self.passages:
                self._amend(device, scan)
            else:
                self._note(device, scan, _did(scan, "unknown_badge" if scan.guest == NOBODY else ""))

    def _made(self, device: Device, step: Ask | Act) -> Made:
        scan = self.doors.make(device, step.guest, out=step.out, old=step.old)
        self.made[scan.id] = scan
        return scan

    def _of(self, guest: int | None) -> list[Passage]:
        return [one for one in self.passages.values() if one.guest == guest]

    def _gates(self, docs: Docs | None = None) -> dict[str, dict[str, int]]:
        """Return what each gate is said to have done this morning."""
        if docs is None:
            with self.doors.hub.database.reading() as db:
                docs = self.doors.hub.snapshot(db, CONF, Stream.STAFF)
            self._before = {}
        counted: dict[str, dict[str, int]] = {}
        for gate in set(GATES):
            doc: dict[str, Any] = dict(docs[f"gate/{gate}"] or {})
            known = self._before.get(gate, {})
            counted[gate] = {name: doc[name] - known.get(name, 0) for name in ("admitted", "left", "refused")}
        return counted

    def _expected(self, stories: Any) -> dict[str, dict[str, int]]:
        surplus = {scan for story in stories for scan in _surplus(story)}
        counted = {gate: {"admitted": 0, "left": 0, "refused": 0} for gate in set(GATES)}
        for one in self.passages.values():
            if one.scan in surplus or one.scan in self.undone:
                continue
            passed = one.did is Did.PASSED and one.guest is not None
            what = ("left" if one.out else "admitted") if passed else "refused"
            counted[one.gate][what] += 1
        return counted


def _surplus(story: Story) -> set[str]:
    return set(surplus_of(story))


def _did(scan: Made, verdict: str) -> Did:
    """Return what came of somebody whom a device decided about, or the hub with a verdict."""
    match scan.acted:
        case Acted.ADMITTED:
            return Did.PASSED
        case Acted.REFUSED:
            return Did.NOTHING if verdict == "unknown_badge" else Did.SENT_AWAY
        case Acted.HELD:
            return Did.NOTHING
        case None:
            said = {
                "admitted": Did.PASSED,
                "left": Did.PASSED,
                "already_inside": Did.TOLD_INSIDE,
                "not_inside": Did.TOLD_OUTSIDE,
            }
            return said.get(verdict, Did.NOTHING)


def check(doors: Doors, *, examples: int) -> None:
    """Let so many mornings happen, the same ones each time; making a failing one smaller takes minutes."""

    @settings(
        max_examples=examples,
        derandomize=True,
        phases=[Phase.generate],
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(steps=MORNINGS)
    def any_morning(steps: list[Step]) -> None:
        morning = Morning(doors)
        for step in steps:
            morning.take(step)
        morning.end()

    any_morning()


@pytest.fixture
def doors(seeded: Hub, app: Flask, desk: FlaskClient, staff: FlaskClient, now: FakeNow) -> Doors:
    return Doors(seeded, app, desk, staff, now)


@ON_SQLITE
def test_any_morning_is_known_as_it_was(doors: Doors) -> None:
    check(doors, examples=25)


@ON_POSTGRES
def test_any_morning_is_known_as_it_was_on_a_shared_database(doors: Doors) -> None:
    check(doors, examples=6)
