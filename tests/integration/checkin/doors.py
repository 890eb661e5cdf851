"""The doors of some days: paired devices with wrong clocks and no network, a gate that asks, a desk, and the hub."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient
from greenlet import greenlet
from werkzeug.test import TestResponse

from conference_hub.checkin.actions import reissue_badge, revoke_badge
from conference_hub.checkin.closing import DayCloser
from conference_hub.checkin.conflict_store import open_conflicts
from conference_hub.checkin.guest_actions import register_guests
from conference_hub.core.actor import Actor
from conference_hub.core.now import iso
from conference_hub.core.text import Text
from conference_hub.gates.actions import set_gates, set_points
from conference_hub.gates.model import DOORS, Gate, GateId, PointId, Reentry, Window
from conference_hub.gates.store import all_gates, all_points
from conference_hub.people.model import GroupId, Guest, GuestId, Mode
from conference_hub.web.hub import Hub, go_on
from tests.gates import LUNCH as LUNCH_POINT
from tests.integration.checkin.gate import token_of
from tests.integration.checkin.scans_made import LUNCH, Device, Made
from tests.integration.checkin.test_paired_devices import UNDO
from tests.integration.checkin.test_quarantine import PAGE
from tests.integration.checkin.what_happened import Rules
from tests.integration.gates.test_devices import invited, paired
from tests.model_day import CONF, OPENING, FakeNow

REDEEM = f"/api/v1/c/{CONF}/checkin/redeem"
INBOX = f"/c/{CONF}/desk/check-in"
GUESTS = 2
NOBODY = GUESTS
"""The number of the badge that nobody has."""
STRANGERS = "A" * 26
GATES = ("main", "recipients", "main")
"""The gate of each device; all go to lunch too."""
DAYS = 10
MOST_DAYS = 9
OPEN = timedelta(hours=12)
EVENING = timedelta(hours=13)
"""By then, counted from opening, nothing is open any more."""
CLERK = Actor.system("test")


class Doors:
    """One hub behind all that happens; each time has guests of its own, and devices that are not ended."""

    def __init__(self, hub: Hub, app: Flask, desk: FlaskClient, staff: FlaskClient, now: FakeNow) -> None:
        self.hub, self.now = hub, now
        self._app, self._desk, self._staff = app, desk, staff
        self._times = self._scans = 0
        self._known: set[str] = set()
        self.devices: list[Device] = []
        self.windows = tuple(
            (OPENING + timedelta(days=day), OPENING + timedelta(days=day) + OPEN) for day in range(DAYS)
        )
        desk.get(f"/c/{CONF}/desk/gates/devices?lang=ko")
        self._set_points(once=False, daily=False)
        with hub.journal.writing(CONF, actor=CLERK) as write:
            gate = Gate(
                id=GateId(LUNCH), title=Text(ko="식당", en="Canteen"), position=9, point=PointId(LUNCH)
            )
            set_gates(write, (*all_gates(write.session, CONF), gate), hub.gate_ties)

    def unlock(self, *, once: bool, daily: bool) -> None:
        """Begin anew: people come in `once` or after they went out, counted anew each day if `daily`."""
        self._times += 1
        self.now.instant = OPENING - timedelta(hours=2)
        self._set_points(once=once, daily=daily)
        self.hall = Rules(windows=self.windows, once=once, daily=daily)
        self.lunch = Rules(windows=self.windows, once=True, daily=daily, door=False)
        living = [one for one in self.devices if not one.ended]
        missing = range(len(living), len(GATES))
        self.devices = [self._again(one) for one in living] + [self._paired() for _ in missing]
        for device, gate in zip(self.devices, GATES, strict=True):
            device.gate = gate
        with self.hub.journal.writing(CONF, actor=CLERK) as write:
            register_guests(write, [self._guest(number) for number in range(GUESTS)])
        self.now.instant = OPENING
        self.badges = [token_of(self.hub, self.guest_id(number)) for number in range(GUESTS)] + [STRANGERS]
        self.first_badges = list(self.badges)
        self.revoked: dict[str, datetime] = {}

    def rules(self, gate: str) -> Rules:
        """Return what holds at a gate."""
        return self.lunch if gate == LUNCH else self.hall

    def guest_id(self, number: int) -> str:
        """Return the id of a guest of this time."""
        return f"guest-{self._times}-{number}"

    def pass_time(self, seconds: int = 1) -> None:
        """Let time pass."""
        self.now.forward(seconds=seconds)

    def sleep(self, days: int, *, evening: bool) -> None:
        """Let days pass, until the doors open or some time after they closed; at most while people stay signed in."""
        day = min((self.now() - OPENING).days + days, MOST_DAYS)
        hour = EVENING if evening else timedelta(0)
        self.now.instant = max(self.now(), OPENING + timedelta(days=day) + hour)

    def end_days(self) -> None:
        """Let the clock end the days that are over, as it does each minute."""
        DayCloser().work(self.hub, self.now())

    def make(self, device: Device, guest: int, *, out: bool, old: bool, lunch: bool) -> Made:
        """Scan a badge, the guest's first one if `old`, at a time of its own; nobody is scanned out of lunch."""
        self.pass_time()
        self._scans += 1
        badge = (self.first_badges if old else self.badges)[guest]
        at = self.now()
        out = out and not lunch
        body = {
            "scan_id": f"scan-{self._times}-{self._scans}",
            "gate": LUNCH if lunch else device.gate,
            "token": badge,
            "at": iso(at + device.fast),
            "direction": "out" if out else "in",
        }
        return Made(body=body, guest=guest, out=out, at=at, fast=device.fast, badge=badge)

    def ask(self, device: Device, scan: Made) -> TestResponse:
        """Ask the hub first, as a gate with a network does."""
        return device.browser.post(REDEEM, json=scan.sent(self.now()))

    def send(self, device: Device, scans: Sequence[Made]) -> TestResponse:
        """Send scans in one batch."""
        return device.send(scans, self.now())

    def send_at_once(self, sendings: Sequence[tuple[Device, Sequence[Made]]]) -> list[TestResponse]:
        """Send batches that are answered side by side: after each scan the next sender has its turn."""
        tasks: list[greenlet] = []
        found: dict[int, TestResponse] = {}

        def sending(number: int) -> None:
            found[number] = self.send(*sendings[number])

        def give_turn() -> None:
            here = greenlet.getcurrent()
            others = [task for task in (*tasks, *tasks)[tasks.index(here) + 1 :] if not task.dead]
            others[0].switch()

        tasks += [greenlet(lambda number=number: sending(number)) for number in range(len(sendings))]
        self.hub.pause = give_turn
        try:
            for task in tasks:
                while not task.dead:
                    task.switch()
        finally:
            self.hub.pause = go_on
        return [found[number] for number in range(len(sendings))]

    def revoke(self, guest: int, *, again: bool) -> None:
        """Withdraw the badge of a guest, and give them another one if `again`."""
        self.pass_time()
        before = self.badges[guest]
        with self.hub.journal.writing(CONF, actor=CLERK) as write:
            (reissue_badge if again else revoke_badge)(write, self.guest_id(guest))
        self.revoked.setdefault(before, self.now())
        if again:
            self.badges[guest] = token_of(self.hub, self.guest_id(guest))

    def good(self, badge: str, at: datetime) -> bool:
        """Return whether a badge was good `at`."""
        return badge not in self.revoked or at < self.revoked[badge]

    def undo(self, scan_id: str) -> int:
        """Let staff take back what a scan did; return the status of the answer."""
        self.pass_time()
        self._scans += 1
        body = {"command_id": f"undo-{self._times}-{self._scans}", "scan_id": scan_id}
        return self._staff.post(UNDO, json=body).status_code

    def end(self, device: Device) -> None:
        """End a device on the desk."""
        self.pass_time()
        answer = self._desk.post(f"/c/{CONF}/desk/gates/devices/{device.id}/end")
        assert answer.status_code == 302, answer.text
        device.ended_at = self.now()

    def decide(self, device: Device, what: str) -> int:
        """Accept or reject all that waits of a device; return the status of the answer."""
        self.pass_time()
        fields = {"do": what, "sender": device.id, "until": self.now().isoformat()}
        return self._desk.post(PAGE, data=fields).status_code

    def believe(self, what: str, scan: str | None = None) -> int:
        """Accept or reject a scan whose time is doubted, None: all of them; return the status of the answer."""
        self.pass_time()
        if scan is None:
            return self._desk.post(f"{INBOX}/together", data={"do": what}).status_code
        with self.hub.database.reading() as db:
            conflict = next(one.id for one in open_conflicts(db, CONF) if one.scan == scan)
        return self._staff.post(f"{INBOX}/{conflict}", data={"do": what}).status_code

    def _set_points(self, *, once: bool, daily: bool) -> None:
        windows = tuple(Window(opens_at=opens, closes_at=closes) for opens, closes in self.windows)
        reentry = Reentry.ONCE if once else Reentry.AFTER_EXIT
        lunch = replace(LUNCH_POINT, daily=daily, windows=windows)
        with self.hub.journal.writing(CONF, actor=CLERK) as write:
            hall = replace(DOORS, reentry=reentry, daily=daily, windows=windows)
            others = [one for one in all_points(write.session, CONF) if one.id not in {hall.id, lunch.id}]
            set_points(write, [hall, *others, lunch])

    def _guest(self, number: int) -> Guest:
        return Guest(
            id=GuestId(self.guest_id(number)),
            name=f"참석자 {number}",
            label=None,
            organisation=None,
            group=GroupId("attendee"),
            mode=Mode.ONSITE,
        )

    def _paired(self) -> Device:
        browser = self._app.test_client()
        pairing = paired(browser, invited(self._desk, name="정문"))
        return Device(
            browser=browser, id=pairing["device"], key=pairing["key"], gate="", paired_at=self.now()
        )

    def _again(self, device: Device) -> Device:
        return Device(
            browser=device.browser, id=device.id, key=device.key, gate="", paired_at=device.paired_at
        )
