"""Recipients elsewhere are told that they are called soon, and say that they are ready: nobody else hears of it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.agenda.model import LaneId
from conference_hub.awards.calling import in_calling_order
from conference_hub.awards.model import Award
from conference_hub.awards.soon_actions import forget_ready_everywhere
from conference_hub.awards.soon_store import ready_since, told
from conference_hub.awards.store import load
from conference_hub.core.stream import Stream
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.law import Watch
from tests.model_day import CONF, FakeNow

pytestmark = ON_SQLITE

API, ME, SEAL = f"/api/v1/c/{CONF}", f"/c/{CONF}/me", f"/c/{CONF}/desk/awards/seal"
CALLED, READY, NOTHING = [{"called": True, "ready": ready} for ready in (False, True)] + [
    {"called": False, "ready": False}
]


@dataclass
class Ceremony:
    """The first round of the metaverse, on air; its recipients take part from there."""

    hub: Hub
    sign_in: SignIn
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        self.operator = self.sign_in(Role.OPERATOR)
        with self.hub.database.reading() as db:
            ceremony = load(db, CONF)
        lane = LaneId("metaverse")
        cues = ceremony.rounds[lane]
        own = in_calling_order([one for one in ceremony.awards.values() if one.lane_id == lane], cues)
        self.round: list[Award] = [one for one in own if one.cue_id == own[0].cue_id]
        self.command("run/start", lane="metaverse")

    def command(self, path: str, **body: Any) -> None:
        answer = self.operator.post(f"{API}/{path}", json={"command_id": f"c{next(self._numbers)}", **body})
        assert answer.status_code == 200, answer.text

    def guest(self, place: int) -> FlaskClient:
        """Return the browser of who is called at this place of the round, from 0."""
        return self.sign_in(Role.ATTENDEE, guest_id=self.round[place].guest_id)

    def told(self) -> set[str]:
        with self.hub.database.reading() as db:
            return set(told(db, CONF))

    def docs(self) -> dict[Stream, list[str]]:
        """Return by stream the keys that say who is ready."""
        with self.hub.database.reading() as db:
            snapshots = {stream: self.hub.snapshot(db, CONF, stream) for stream in Stream}
        found = {
            stream: [key for key in docs if key.startswith("ready/")] for stream, docs in snapshots.items()
        }
        return {stream: keys for stream, keys in found.items() if keys}


@pytest.fixture
def ceremony(seeded: Hub, sign_in: SignIn, now: FakeNow) -> Ceremony:
    now.forward(seconds=timedelta(minutes=20).total_seconds())
    return Ceremony(hub=seeded, sign_in=sign_in)


def test_who_is_called_soon_is_told_and_nobody_else(
    ceremony: Ceremony, client: FlaskClient, sign_in: SignIn
) -> None:
    first, last = ceremony.guest(0), ceremony.guest(-1)
    answers = [one.get(f"{API}/me/soon") for one in (first, last)]

    assert [answer.json for answer in answers] == [CALLED, NOTHING]
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}
    assert (
        client.get(f"{API}/me/soon").status_code,
        sign_in(Role.STAFF).get(f"{API}/me/soon").status_code,
    ) == (
        401,
        403,
    )


def test_readiness_is_told_to_those_who_know_the_recipients_only(ceremony: Ceremony) -> None:
    first, watch = ceremony.guest(0), Watch(ceremony.hub, CONF)
    key = f"ready/{ceremony.round[0].guest_id}"
    answers = [first.post(f"{ME}/ready") for _ in range(2)]
    entries = watch.look()

    assert [answer.status_code for answer in answers] == [302, 302]
    assert first.get(f"{API}/me/soon").json == READY
    assert [(entry.topic, entry.stream) for entry in entries] == [
        ("RecipientReady", Stream.SEALED),
        ("RecipientReady", Stream.OPERATOR),
    ]
    assert ceremony.docs() == {Stream.SEALED: [key], Stream.OPERATOR: [key]}


def test_nothing_that_others_may_read_changes_by_it(
    ceremony: Ceremony, client: FlaskClient, sign_in: SignIn
) -> None:
    first, staff, other = ceremony.guest(0), sign_in(Role.STAFF), ceremony.guest(-1)

    def read() -> list[str]:
        return [
            *(client.get(f"/c/{CONF}/{page}").text for page in ("", "live", "results")),
            client.get(f"{API}/state").text,
            staff.get(f"{API}/state?stream=staff").text,
            other.get(f"{ME}").text,
            other.get(f"{ME}/devices").text,
        ]

    quiet = re.compile(r'nonce="[^"]*"|"now":"[^"]*"|name="csrf.token" (value|content)="[^"]*"')
    before = [quiet.sub("", text) for text in read()]
    first.post(f"{ME}/ready")

    assert [quiet.sub("", text) for text in read()] == before


def test_what_was_said_goes_when_the_award_is_done(ceremony: Ceremony) -> None:
    award, first = ceremony.round[0].id, ceremony.guest(0)
    first.post(f"{ME}/ready")
    watch = Watch(ceremony.hub, CONF)
    for verb in ("arm", "reveal"):
        ceremony.command(f"awards/{award}/{verb}")
        forget_ready_everywhere(ceremony.hub, ceremony.hub.now())
        assert first.get(f"{API}/me/soon").json == READY
    ceremony.command(f"awards/{award}/done")
    forget_ready_everywhere(ceremony.hub, ceremony.hub.now())
    watch.look()

    assert first.get(f"{API}/me/soon").json == NOTHING
    assert ceremony.docs() == {}


def test_who_is_passed_over_is_told_no_longer(ceremony: Ceremony) -> None:
    guest = ceremony.round[0].guest_id
    before = ceremony.told()
    ceremony.command(f"awards/{ceremony.round[0].id}/skip")

    assert (guest in before, guest in ceremony.told()) == (True, False)


def test_nobody_is_told_before_the_round_or_after_the_lane(
    seeded: Hub, sign_in: SignIn, now: FakeNow
) -> None:
    with seeded.database.reading() as db:
        before = told(db, CONF)
    now.forward(seconds=1200)
    ceremony = Ceremony(hub=seeded, sign_in=sign_in)
    on_air = ceremony.told()
    ceremony.command("run/undo", lane="metaverse")

    assert (before, bool(on_air), ceremony.told()) == ({}, True, set())


def test_who_is_in_the_hall_is_not_told(ceremony: Ceremony, sign_in: SignIn) -> None:
    guest = ceremony.round[0].guest_id
    assert guest in ceremony.told()
    gate = sign_in(Role.STAFF).post(
        f"{API}/checkin/redeem",
        json={
            "scan_id": "s-1",
            "gate": "main",
            "guest": guest,
            "force": True,
            "over": ["mode_mismatch"],
            "why": "looked",
        },
    )

    assert gate.json is not None
    assert (gate.json["verdict"], guest in ceremony.told()) == ("admitted", False)


def test_who_is_not_called_cannot_say_ready(ceremony: Ceremony) -> None:
    refused = ceremony.guest(-1).post(f"{ME}/ready")

    assert refused.status_code == 409
    assert "지금은 준비를 알릴 때가 아닙니다." in refused.text
    with ceremony.hub.database.reading() as db:
        assert ready_since(db, CONF) == {}


def test_organisers_can_leave_it_off(ceremony: Ceremony, sign_in: SignIn) -> None:
    organiser, first = sign_in(Role.ORGANISER), ceremony.guest(0)
    first.post(f"{ME}/ready")
    seen = _seen(organiser.get(SEAL).text)
    off = organiser.post(f"{SEAL}/recipients", data={"seen": seen})
    forget_ready_everywhere(ceremony.hub, ceremony.hub.now())
    stale = organiser.post(f"{SEAL}/recipients", data={"seen": seen, "recipients": "on"})

    assert (off.status_code, stale.status_code) == (302, 409)
    assert (ceremony.told(), first.get(f"{API}/me/soon").json) == (set(), NOTHING)
    assert ceremony.docs() == {}

    organiser.post(f"{SEAL}/recipients", data={"seen": _seen(organiser.get(SEAL).text), "recipients": "on"})
    assert first.get(f"{API}/me/soon").json == CALLED


def test_the_page_alone_may_ask_for_the_microphone(ceremony: Ceremony) -> None:
    first = ceremony.guest(0)
    page = first.get(f"{ME}/devices")

    assert page.headers["Permissions-Policy"] == "camera=(self), microphone=(self), geolocation=()"
    assert "microphone=()" in first.get(ME).headers["Permissions-Policy"]
    assert 'class="soon-now callout" data-kind="info">' in page.text
    assert 'class="soon-not quiet" hidden' in page.text


def _seen(page: str) -> str:
    found = re.search(r'/recipients".*?name="seen" value="([0-9a-f]+)"', page, re.DOTALL)
    assert found is not None
    return found[1]
