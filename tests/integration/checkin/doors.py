"""The doors of a morning: paired devices with wrong clocks and no network, a gate that asks, a desk, and the hub."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from greenlet import greenlet
from werkzeug.test import TestResponse

from conference_hub.checkin.actions import reissue_badge, revoke_badge
from conference_hub.checkin.guest_actions import register_guests
from conference_hub.checkin.model import Acted
from conference_hub.core.actor import Actor
from conference_hub.core.now import iso
from conference_hub.people.model import GroupId, Guest, GuestId, Mode
from conference_hub.web.hub import Hub, go_on
from tests.integration.checkin.gate import token_of
from tests.integration.checkin.test_batch import BATCH
from tests.integration.checkin.test_paired_devices import UNDO
from tests.integration.checkin.test_quarantine import PAGE, UPLOAD
from tests.integration.gates.test_devices import invited, paired
from tests.model_day import CONF, OPENING, FakeNow

REDEEM = f"/api/v1/c/{CONF}/checkin/redeem"
GUESTS = 2
NOBODY = GUESTS
"""The number of the badge that nobody has."""
STRANGERS = "A" * 26
GATES = ("main", "recipients", "main")
"""The gate of each device."""
ASIDE = {"quarantined": True}

Answer = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Made:
    """A scan as its device made it: `body` with the time of its own clock, which was `fast` by so much."""

    body: dict[str, Any]
    guest: int
    out: bool
    at: datetime
    fast: timedelta
    badge: str

    @property
    def id(self) -> str:
        """The id of the scan."""
        return str(self.body["scan_id"])

    @property
    def acted(self) -> Acted | None:
        """What the device did by itself."""
        return Acted(self.body["acted"]) if "acted" in self.body else None

    def sent(self, now: datetime) -> dict[str, Any]:
        """Return it as it is sent `now`, by the clock with which it was made."""
        return {**self.body, "sent_at": iso(now + self.fast)}


@dataclass(kw_only=True)
class Device:
    """A paired browser, what it still has to send (`queue`) and what was answered."""

    browser: FlaskClient
    id: str
    key: str
    gate: str
    fast: timedelta = timedelta(0)
    ended: bool = False
    queue: list[Made] = field(default_factory=list)
    sent: list[Made] = field(default_factory=list)

    def send(self, scans: Sequence[Made], now: datetime) -> list[Answer]:
        """Send scans as the device may: as itself, or by its key once it was ended."""
        body = {"scans": [one.sent(now) for one in scans]}
        if self.ended:
            key = {"X-Upload-Key": f"{self.id}.{self.key}"}
            return answers_of(self.browser.post(UPLOAD, json=body, headers=key))
        return answers_of(self.browser.post(BATCH, json=body))


class Doors:
    """One hub behind all that happens; each morning has guests of its own, and devices that are not ended."""

    def __init__(self, hub: Hub, app: Flask, desk: FlaskClient, staff: FlaskClient, now: FakeNow) -> None:
        self.hub, self.now = hub, now
        self._app, self._desk, self._staff = app, desk, staff
        self._mornings = self._scans = 0
        self.devices: list[Device] = []
        desk.get(f"/c/{CONF}/desk/gates/devices?lang=ko")

    def unlock(self) -> None:
        """Begin another morning."""
        self._mornings += 1
        self.now.instant = OPENING - timedelta(hours=2)
        living = [one for one in self.devices if not one.ended]
        missing = range(len(living), len(GATES))
        self.devices = [self._again(one) for one in living] + [self._paired() for _ in missing]
        for device, gate in zip(self.devices, GATES, strict=True):
            device.gate = gate
        with self.hub.journal.writing(CONF, actor=Actor.system("test")) as write:
            register_guests(write, [self._guest(number) for number in range(GUESTS)])
        self.now.instant = OPENING
        self.badges = [token_of(self.hub, self.guest_id(number)) for number in range(GUESTS)] + [STRANGERS]
        self.first_badges = list(self.badges)
        self.revoked: dict[str, datetime] = {}

    def guest_id(self, number: int) -> str:
        """Return the id of a guest of this morning."""
        return f"guest-{self._mornings}-{number}"

    def pass_time(self, seconds: int = 1) -> None:
        """Let time pass."""
        self.now.forward(seconds=seconds)

    def make(self, device: Device, guest: int, *, out: bool, old: bool) -> Made:
        """Scan a badge, the guest's first one if `old`, at a time of its own."""
        self.pass_time()
        self._scans += 1
        badge = (self.first_badges if old else self.badges)[guest]
        at = self.now()
        body = {
            "scan_id": f"scan-{self._mornings}-{self._scans}",
            "gate": device.gate,
            "token": badge,
            "at": iso(at + device.fast),
            "direction": "out" if out else "in",
        }
        return Made(body=body, guest=guest, out=out, at=at, fast=device.fast, badge=badge)

    def ask(self, device: Device, scan: Made) -> TestResponse:
        """Ask the hub first, as a gate with a network does."""
        return device.browser.post(REDEEM, json=scan.sent(self.now()))

    def send(self, device: Device, scans: Sequence[Made]) -> list[Answer]:
        """Send scans in one batch."""
        return device.send(scans, self.now())

    def send_at_once(self, sendings: Sequence[tuple[Device, Sequence[Made]]]) -> list[list[Answer]]:
        """Send batches that are answered side by side: after each scan the next sender has its turn."""
        tasks: list[greenlet] = []
        found: list[list[Answer]] = [[] for _ in sendings]

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
        return found

    def revoke(self, guest: int, *, again: bool) -> None:
        """Withdraw the badge of a guest, and give them another one if `again`."""
        self.pass_time()
        before = self.badges[guest]
        with self.hub.journal.writing(CONF, actor=Actor.system("test")) as write:
            (reissue_badge if again else revoke_badge)(write, self.guest_id(guest))
        self.revoked.setdefault(before, self.now())
        if again:
            self.badges[guest] = token_of(self.hub, self.guest_id(guest))

    def good(self, scan: Made) -> bool:
        """Return whether the badge was good when it was scanned."""
        return scan.badge not in self.revoked or scan.at < self.revoked[scan.badge]

    def undo(self, scan_id: str) -> int:
        """Let staff take back what a scan did; return the status of the answer."""
        self.pass_time()
        self._scans += 1
        body = {"command_id": f"undo-{self._mornings}-{self._scans}", "scan_id": scan_id}
        return self._staff.post(UNDO, json=body).status_code

    def end(self, device: Device) -> None:
        """End a device on the desk."""
        self.pass_time()
        answer = self._desk.post(f"/c/{CONF}/desk/gates/devices/{device.id}/end")
        assert answer.status_code == 302, answer.text
        device.ended = True

    def decide(self, device: Device, what: str) -> int:
        """Accept or reject all that waits of a device; return the status of the answer."""
        self.pass_time()
        fields = {"do": what, "sender": device.id, "until": self.now().isoformat()}
        return self._desk.post(PAGE, data=fields).status_code

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
        return Device(browser=browser, id=pairing["device"], key=pairing["key"], gate="")

    def _again(self, device: Device) -> Device:
        return Device(browser=device.browser, id=device.id, key=device.key, gate="")


def answers_of(response: TestResponse) -> list[Answer]:
    """Return the answers of a batch; each names its scan and is final."""
    assert response.status_code == 200, response.text
    answers: list[Answer] = response.get_json()["answers"]
    return answers


def lasting(answer: Answer) -> Answer:
    """Return what of an answer is the same each time: not what staff may do now, nor what came of it."""
    first = {"first": answer["first"].get("at")} if "first" in answer else {}
    names = ("scan_id", "verdict", "quarantined", "at", "details", "again")
    return {**{name: answer[name] for name in names if name in answer}, **first}


def acted_on(scans: Iterable[Made], what: Acted) -> list[Made]:
    """Return scans of which the device says what it did by itself."""
    return [
        Made(
            body={**one.body, "acted": what.value},
            guest=one.guest,
            out=one.out,
            at=one.at,
            fast=one.fast,
            badge=one.badge,
        )
        for one in scans
    ]
