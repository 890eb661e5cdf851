"""OSC over real UDP sockets, from the commands that cause it; and the desk's forms."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Event

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from pythonosc.osc_message import OscMessage

from conference_hub.access.model import Role
from conference_hub.awards.tables import AwardRow
from conference_hub.core.actor import Actor
from conference_hub.core.sighted import mark_of
from conference_hub.outgoing import osc_actions, osc_sending, osc_store
from conference_hub.outgoing.model import OscDraft, OscTarget, Told
from conference_hub.outgoing.osc_actions import MOST_TARGETS
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF, FakeNow

pytestmark = ON_SQLITE

API, DESK = f"/api/v1/c/{CONF}", f"/c/{CONF}/desk/outgoing"
FORM = {"name": "조명", "host": "lights.example.com", "port": "9000", "language": "ko", "active": "on"}
AWARD = "case-01"


@dataclass(frozen=True, kw_only=True)
class Listener:
    """A device that hears OSC."""

    socket: socket.socket

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.socket.getsockname()[1])

    def heard(self) -> list[tuple[str, ...]]:
        """Return address and arguments of all that came."""
        found: list[tuple[str, ...]] = []
        while True:
            try:
                message = OscMessage(self.socket.recv(65_536))
            except BlockingIOError:
                return found
            found.append((message.address.removeprefix(f"/hub/{CONF}/"), *message.params))


@pytest.fixture
def listener() -> Iterator[Listener]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as found:
        found.bind(("127.0.0.1", 0))
        found.settimeout(0)
        yield Listener(socket=found)


@pytest.fixture
def press(reaching: Hub, sign_in: SignIn) -> Callable[..., None]:
    assert reaching.settings.outgoing_private
    operator, numbers = sign_in(Role.OPERATOR), iter(range(1000))

    def send(path: str, **body: object) -> None:
        answer = operator.post(f"{API}/{path}", json={"command_id": f"c{next(numbers)}", **body})
        assert answer.status_code == 200, answer.text

    return send


@pytest.fixture
def organiser(reaching: Hub, sign_in: SignIn) -> FlaskClient:
    assert reaching.settings.outgoing_private
    return sign_in(Role.ORGANISER)


def add(hub: Hub, port: int, host: str = "127.0.0.1", *, active: bool = True) -> OscTarget:
    draft = OscDraft(name="조명", host=host, port=port, language="ko", active=active)
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        target = osc_actions.add_target(write, draft, private=True)
    learn(hub)
    return target


def learn(hub: Hub) -> None:
    """Do what the server does each second."""
    next(one for one in hub.duties if one.name == "knowing OSC addresses").work(hub, hub.now())


def targets(hub: Hub) -> list[OscDraft]:
    with hub.database.reading() as db:
        return [one.draft for one in osc_store.targets(db, CONF)]


def told(hub: Hub) -> Told | None:
    learn(hub)
    with hub.database.reading() as db:
        (target,) = osc_store.targets(db, CONF)
    return target.told


Press = Callable[..., None]


def test_cues_reveals_and_withdrawn_names_are_told(
    reaching: Hub, listener: Listener, press: Press, now: FakeNow
) -> None:
    with reaching.database.writing() as db:
        db.execute(sa.update(AwardRow).where(AwardRow.id == AWARD).values(recipient="석용주", number="C7"))
    add(reaching, listener.port)
    press("run/start", lane="hall")
    press("run/hold", lane="hall")
    press("run/jump", lane="hall", cue="round-1-hall")
    first, second = listener.heard()
    now.forward(seconds=5)
    press("run/restart", lane="hall")
    (again,) = listener.heard()
    press(f"awards/{AWARD}/arm")
    armed = listener.heard()
    press(f"awards/{AWARD}/reveal")
    press(f"awards/{AWARD}/take-back")
    reveal, clear = listener.heard()

    assert (first[0], second[0], armed) == ("hall/cue", "hall/cue", [])
    assert first[1:] != second[1:]
    assert again == second
    assert (reveal[0], reveal[1], reveal[3], clear) == ("hall/reveal", "C7", "석용주", ("hall/clear", "C7"))


def test_what_is_off_or_out_of_reach_disturbs_nobody(
    reaching: Hub, listener: Listener, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lookup(host: str, port: int, **_kind: object) -> list[object]:
        if host != "127.0.0.1":
            raise socket.gaierror(-2, "no such name")
        return [(socket.AF_INET, socket.SOCK_DGRAM, 17, "", (host, port))]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    add(reaching, 9, host="nobody.example.com")
    add(reaching, listener.port, active=False)
    add(reaching, listener.port)
    press("run/start", lane="hall")

    assert [one[0] for one in listener.heard()] == ["hall/cue"]


def test_what_is_too_old_is_dropped(
    reaching: Hub, listener: Listener, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(osc_sending, "STALE_S", -1.0)
    add(reaching, listener.port)
    press("run/start", lane="hall")

    assert listener.heard() == []


def test_private_address_is_not_reached_without_the_setting(seeded: Hub, listener: Listener) -> None:
    draft = OscDraft(name="조명", host="localhost", port=listener.port, language="ko")

    assert (
        osc_sending.deliver(draft, [b"x"], private=seeded.settings.outgoing_private)
        == "address of a private network"
    )
    assert listener.heard() == []


def test_name_that_is_not_found_in_time_is_given_up(
    reaching: Hub, press: Press, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    answer = Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kind: answer.wait() and [])
    monkeypatch.setattr(osc_sending, "STALE_S", 0.1)
    add(reaching, 9, host="hangs.example.com")
    press("run/start", lane="hall")
    answer.set()

    assert [one.__dict__["error"] for one in caplog.records if one.message == "osc"] == [
        "name lookup timed out"
    ]


def test_test_message_is_sent_and_said(reaching: Hub, organiser: FlaskClient, listener: Listener) -> None:
    target = add(reaching, listener.port)
    page = organiser.post(f"{DESK}/osc/{target.id}/test?lang=ko", follow_redirects=True).text

    assert listener.heard() == [("test", "test")]
    assert "보냈습니다" in page


def test_page_says_what_was_sent_last_and_whether_it_went_out(
    reaching: Hub, organiser: FlaskClient, listener: Listener, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = add(reaching, listener.port)
    before = organiser.get(f"{DESK}?lang=ko").text
    press("run/start", lane="hall")
    sent = told(reaching)
    monkeypatch.setattr(osc_sending, "STALE_S", -1.0)
    press("run/hold", lane="hall")
    press("run/jump", lane="hall", cue="round-1-hall")
    late = told(reaching)
    after = organiser.get(f"{DESK}?lang=ko").text
    path = f"/hub/{CONF}/hall/cue"

    assert sent == Told(at=reaching.now(), path=path)
    assert late == Told(at=reaching.now(), path=path, error="too late")
    assert [(f"<code>{path}</code><br>" in page, "too late" in page) for page in (before, after)] == [
        (False, False),
        (True, True),
    ]
    seen = mark_of(target.draft)
    assert organiser.post(f"{DESK}/osc/{target.id}", data={**FORM, "seen": seen}).status_code == 302
    assert told(reaching) == late


def test_test_message_that_cannot_be_sent_says_why(seeded: Hub, sign_in: SignIn, listener: Listener) -> None:
    target = add(seeded, listener.port)
    answer = sign_in(Role.ORGANISER).post(f"{DESK}/osc/{target.id}/test?lang=ko", follow_redirects=True)

    assert "보내지 못했습니다: address of a private network" in answer.text
    assert listener.heard() == []


def test_address_is_added_changed_and_removed(reaching: Hub, organiser: FlaskClient) -> None:
    added = organiser.post(f"{DESK}/osc/new", data=FORM).status_code
    with reaching.database.reading() as db:
        (target,) = osc_store.targets(db, CONF)
    seen = mark_of(target.draft)
    off = {key: value for key, value in FORM.items() if key != "active"}
    changed = organiser.post(f"{DESK}/osc/{target.id}", data={**off, "port": "53000", "seen": seen})
    stale = organiser.post(f"{DESK}/osc/{target.id}", data={**FORM, "name": "음향", "seen": seen})
    listed = targets(reaching)
    removed = organiser.post(f"{DESK}/osc/{target.id}/remove").status_code

    assert (added, changed.status_code, stale.status_code, removed) == (302, 302, 409, 302)
    assert listed == [
        OscDraft(name="조명", host="lights.example.com", port=53000, language="ko", active=False)
    ]
    assert ('value="음향"' in stale.text, "53000" in stale.text) == (True, True)
    assert targets(reaching) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("host", "no host"),
        ("host", "999.1.1.1"),
        ("host", "224.0.0.1"),
        ("port", "0"),
        ("port", "65536"),
        ("port", "http"),
        ("language", "fr"),
    ],
)
def test_form_that_does_not_fit_comes_back_as_typed(
    reaching: Hub, organiser: FlaskClient, field: str, value: str
) -> None:
    answer = organiser.post(f"{DESK}/osc/new", data={**FORM, field: value})

    assert (answer.status_code, targets(reaching)) == (422, [])
    assert field == "name" or 'value="조명"' in answer.text


def test_there_are_so_many_addresses_and_no_more(reaching: Hub, organiser: FlaskClient) -> None:
    for _number in range(MOST_TARGETS):
        add(reaching, 9)

    assert organiser.post(f"{DESK}/osc/new", data=FORM).status_code == 409


def test_commit_in_a_conference_without_addresses_is_passed(
    reaching: Hub, listener: Listener, press: Press, organiser: FlaskClient
) -> None:
    target = add(reaching, listener.port)
    organiser.post(f"{DESK}/osc/{target.id}/remove")
    learn(reaching)
    with reaching.journal.writing(CONF, actor=Actor.system("test")) as write:
        osc_actions.add_target(write, target.draft, private=True)
    press("run/start", lane="hall")

    assert listener.heard() == []
