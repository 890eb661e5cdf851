"""A database of version 82fd37d, half of a day run, is migrated and goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from conference_hub.access.middleware import COOKIE_SECRET
from conference_hub.app import make_hub
from conference_hub.checkin.actions import add_gate
from conference_hub.core import entries, migrate
from conference_hub.core.actor import Actor
from conference_hub.core.config import load
from conference_hub.core.db import Database
from conference_hub.core.stream import Stream
from conference_hub.core.text import Text
from conference_hub.web.hub import Hub
from tests import law
from tests.model_day import CONF, FakeNow
from tests.services.templates import Content
from tests.upgrade import half_a_day
from tests.upgrade.half_a_day import ENDS_AT, PASSWORDS, SESSIONS, TOKENS

API = f"/api/v1/c/{CONF}"
AWARDS = {
    "award/case-15": ("done", None, "2021-12-02T00:33:18.250Z"),
    "award/case-03": ("done", "정정된 이름", "2021-12-02T00:34:03.250Z"),
    "award/case-04": ("presented", "하연희", "2021-12-02T00:34:30.250Z"),
    "award/case-05": ("deferred", "권영혜", None),
    "award/case-06": ("armed", "최인숙", None),
    "award/commend-38": ("skipped", None, None),
    "award/commend-02": ("revealed", "허진희", "2021-12-02T00:45:16.250Z"),
    "award/commend-03": ("sealed", "현상열", None),
}
"""State, recipient and when it was revealed."""
REVEALED = {"award/case-15", "award/case-03", "award/case-04", "award/commend-02"}
INSIDE = {"guest-001", "guest-002", "guest-003", "guest-005", "guest-007", "guest-113"}
HEADS = {"public": 33, "staff": 42, "sealed": 59, "operator": 71}
Command = Callable[..., TestResponse]


@pytest.fixture
def now() -> FakeNow:
    """The moment after which that version did no more."""
    return FakeNow(instant=ENDS_AT)


@pytest.fixture
def database_content() -> Content:
    """Every database begins empty: that version makes its own tables."""
    return Content.EMPTY


@pytest.fixture
def hub(database_url: str, tmp_path: Path, now: FakeNow) -> Iterator[Hub]:
    """A hub on that version's database, migrated."""
    settings = load({"HUB_DATABASE_URL": database_url, "HUB_DATA_DIR": str(tmp_path / "data")}, demo=True)
    hub = make_hub(settings, now=now)
    half_a_day.load(hub.database)
    migrate.upgrade(hub.database)
    yield hub
    hub.database.close()


@pytest.fixture
def command(client: FlaskClient) -> Command:
    """Return `command(path, by="stream-deck", **body)`, which posts to the API as a machine."""

    def post(path: str, *, by: str = "stream-deck", **body: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {TOKENS[by]}"}
        return client.post(f"{API}/{path}", json=body, headers=headers)

    return post


def _browser(app: Flask, name: str) -> FlaskClient:
    """Return a browser with the cookie that it had before the upgrade."""
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie[COOKIE_SECRET] = SESSIONS[name]
    return client


def _state(client: FlaskClient, stream: str) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {TOKENS['script']}"}
    state: dict[str, Any] = client.get(f"{API}/state?stream={stream}", headers=headers).get_json()
    return state


def _snapshot(client: FlaskClient, stream: str = "operator") -> dict[str, Any]:
    snapshot: dict[str, Any] = _state(client, stream)["snapshot"]
    return snapshot


def _fields(document: dict[str, Any], *names: str) -> tuple[Any, ...]:
    return tuple(document[name] for name in names)


def test_every_row_of_that_version_is_loaded(database_url: str) -> None:
    database = Database(database_url)
    half_a_day.load(database)

    with database.engine.connect() as connection:
        counts = {
            name: connection.scalar(sa.select(sa.func.count()).select_from(sa.table(name)))
            for name, _, _ in half_a_day.read()
        }
    database.close()
    assert counts == {name: len(rows) for name, _, rows in half_a_day.read()}
    assert (len(counts), counts["journal_entry"], counts["command"], counts["scan"]) == (23, 205, 57, 17)


def test_heads_stay_so_that_followers_go_on_where_they_were(client: FlaskClient) -> None:
    assert {stream: _state(client, stream)["head"] for stream in HEADS} == HEADS


def test_lanes_and_cues_stand_where_they_stood(client: FlaskClient) -> None:
    docs = _snapshot(client, "public")

    assert _fields(docs["lane/hall"], "status", "cue", "held_since") == ("running", "round-2-hall", None)
    assert _fields(docs["lane/metaverse"], "status", "cue", "held_since") == (
        "held",
        "round-2-metaverse",
        "2021-12-02T00:47:00.250Z",
    )
    timing = ("started_at", "ended_at", "extension_s", "held_s")
    assert _fields(docs["cue/opening"], *timing) == (
        "2021-12-02T00:20:30.250Z",
        "2021-12-02T00:31:10.250Z",
        120,
        90,
    )
    assert _fields(docs["cue/round-1-hall"], *timing) == (
        "2021-12-02T00:31:10.250Z",
        "2021-12-02T00:46:10.250Z",
        0,
        0,
    )
    assert _fields(docs["cue/round-2-metaverse"], *timing) == ("2021-12-02T00:44:00.250Z", None, -60, 0)
    assert _fields(docs["cue/round-3-hall"], *timing) == (None, None, 0, 0)


def test_lanes_keep_their_cues_and_the_order_of_them(client: FlaskClient) -> None:
    cues = [doc for key, doc in _snapshot(client).items() if key.startswith("cue/")]
    by_lane = {
        lane: [cue["id"] for cue in sorted(cues, key=lambda cue: cue["position"]) if cue["lane"] == lane]
        for lane in ("hall", "metaverse")
    }

    assert by_lane["metaverse"] == ["round-2-metaverse", "round-3-metaverse"]
    assert by_lane["hall"] == [
        "opening",
        "round-1-hall",
        "round-2-hall",
        "round-3-hall",
        "performance",
        "sharing-employment-support",
        "sharing-counselling",
        "sharing-work-experience",
        "closing",
    ]


@pytest.mark.parametrize("stream", ["sealed", "operator"])
def test_awards_keep_their_states_and_names(client: FlaskClient, stream: str) -> None:
    docs = _snapshot(client, stream)

    shown = {key: doc for key, doc in docs.items() if key.startswith("award/")}
    assert {key: _fields(doc, "state", "recipient", "revealed_at") for key, doc in shown.items()} == AWARDS
    assert docs["award/commend-03"]["organisation"] == "정정된 기관"


def test_public_knows_the_revealed_awards_only(client: FlaskClient) -> None:
    docs = _snapshot(client, "public")

    assert {key for key in docs if key.startswith("award/")} == REVEALED
    assert _fields(docs["ceremony"], "revealed", "total") == (4, 8)


def test_presence_and_gates_count_as_before(client: FlaskClient) -> None:
    docs = _snapshot(client, "staff")

    counts = ("expected", "admitted", "inside", "remote")
    assert _fields(docs["presence"], *counts) == (15, 8, 6, 2)
    assert docs["presence"]["by_mode"] == {
        "onsite": {"expected": 11, "here": 6},
        "metaverse": {"expected": 3, "here": 1},
        "zoom": {"expected": 1, "here": 1},
        "online": {"expected": 0, "here": 0},
    }
    assert _fields(docs["gate/main"], "admitted", "left", "refused") == (5, 1, 5)
    assert _fields(docs["gate/recipients"], "admitted", "left", "refused") == (3, 0, 0)


def test_guests_are_where_they_were(client: FlaskClient) -> None:
    guests = {doc["id"]: doc for key, doc in _snapshot(client).items() if key.startswith("guest/")}

    assert {guest for guest, doc in guests.items() if doc["inside"]} == INSIDE
    assert {guest for guest, doc in guests.items() if doc["remote_connected"]} == {"guest-088", "guest-089"}
    assert guests["guest-003"]["first"] == {"at": "2021-12-01T23:48:30.000Z", "gate": "main"}
    assert guests["guest-003"]["since"] == "2021-12-02T00:12:00.250Z"
    assert guests["guest-089"]["mode"] == "metaverse"


def test_online_sessions_keep_their_dates_and_sign_ups(client: FlaskClient) -> None:
    docs = _snapshot(client, "public")

    fields = ("starts_at", "status", "sequence", "taken")
    assert _fields(docs["session/session-1"], *fields) == ("2021-12-06T05:00:00.000Z", "scheduled", 0, 1)
    assert _fields(docs["session/session-2"], *fields) == ("2021-12-09T06:00:00.000Z", "scheduled", 1, 0)
    assert _fields(docs["session/session-3"], *fields) == ("2021-12-10T05:00:00.000Z", "cancelled", 1, 0)


def _grown(old: Any, new: Any) -> bool:
    """Return whether `new` is `old`, perhaps with more fields, at any depth."""
    match old, new:
        case dict(), dict():
            return all(name in new and _grown(value, new[name]) for name, value in old.items())
        case list(), list():
            return len(old) == len(new) and all(map(_grown, old, new))
        case _:
            return bool(old == new)


@pytest.mark.parametrize("stream", list(Stream))
def test_log_of_the_morning_replays_to_what_is_shown_now(
    client: FlaskClient, hub: Hub, stream: Stream
) -> None:
    """A field that came after that version is not in its entries."""
    assert client is not None
    with hub.database.reading() as db:
        replayed = law.grown({}, entries.since(db, CONF, stream, 0, law.PLENTY))
        fresh = hub.snapshot(db, CONF, stream)

    later = {key for key in fresh if key not in replayed}
    assert {key.partition("/")[0] for key in later} <= {"calling", "plan"}
    assert {key: doc for key, doc in replayed.items() if key not in fresh} == {}
    for key, document in replayed.items():
        assert _grown(document, fresh[key]), (key, document, fresh[key])


@pytest.mark.parametrize(
    ("login", "leads_to"),
    [("kim", "console"), ("kim2", "console"), ("park", "/checkin/"), ("choi", "screen/emcee")],
)
def test_passwords_still_open_the_hub(client: FlaskClient, login: str, leads_to: str) -> None:
    answer = client.post("/sign-in", data={"login": login, "password": PASSWORDS[login]})

    assert (answer.status_code, leads_to in answer.location) == (302, True)
    assert client.get(answer.location).status_code == 200


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("kim", f"/c/{CONF}/desk/guests"),
        ("kim2", f"/c/{CONF}/console"),
        ("park", "/checkin/"),
        ("shared", f"/c/{CONF}/console"),
        ("shared", "/checkin/"),
        ("guest-001", f"/c/{CONF}/me"),
        ("guest-088", f"/c/{CONF}/me"),
        ("guest-089", f"/c/{CONF}/me"),
    ],
)
def test_browsers_stay_signed_in(app: Flask, name: str, page: str) -> None:
    assert _browser(app, name).get(page).status_code == 200


def test_guests_page_is_the_guests_own(app: Flask) -> None:
    assert "석용주" in _browser(app, "guest-001").get(f"/c/{CONF}/me").text


@pytest.mark.parametrize("guest", list(half_a_day.PERSONAL_LINKS))
def test_personal_links_still_work(client: FlaskClient, guest: str) -> None:
    answer = client.post("/link", data={"secret": half_a_day.PERSONAL_LINKS[guest]})

    assert (answer.status_code, answer.location) == (302, f"/c/{CONF}/me")


@pytest.mark.parametrize(
    ("secret", "status"),
    [(half_a_day.UNUSED_LINK, 302), (half_a_day.USED_LINK, 401), (half_a_day.EXPIRED_LINK, 401)],
)
def test_one_time_links_work_once_and_in_time(client: FlaskClient, secret: str, status: int) -> None:
    assert client.post("/link", data={"secret": secret}).status_code == status


def test_guests_calendar_keeps_its_address(client: FlaskClient) -> None:
    (token,) = [rows[0][2] for name, _, rows in half_a_day.read() if name == "personal_calendar"]

    calendar = client.get(f"/cal/{token}.ics").text.replace("\r\n ", "")
    assert [line for line in calendar.splitlines() if line.startswith("UID")] == [
        f"UID:session-1.{CONF}@hub.example.com"
    ]


FIRST_ANSWERS = [
    ("run/hold", "stream-deck", {"command_id": "run-12", "lane": "hall"}),
    ("awards/case-15/reveal", "stream-deck", {"command_id": "award-15"}),
    (
        "follow-up/session-2/reschedule",
        "script",
        {
            "command_id": "move-session-2",
            "starts_at": "2021-12-09T15:00:00+09:00",
            "ends_at": "2021-12-09T16:00:00+09:00",
        },
    ),
]


def _badge(guest: str, *, revoked: bool = False) -> str:
    """Return the valid badge of a guest, or the one that was revoked."""
    (badges,) = [rows for name, _, rows in half_a_day.read() if name == "badge"]
    (token,) = [token for _, token, owner, _, at in badges if owner == guest and bool(at) == revoked]
    return str(token)


def _first_answer(command_id: str) -> dict[str, Any]:
    (rows,) = [rows for name, _, rows in half_a_day.read() if name == "command"]
    (answer,) = [row[6] for row in rows if row[1] == command_id]
    stored: dict[str, Any] = answer
    return stored


@pytest.mark.parametrize(("path", "by", "body"), FIRST_ANSWERS)
def test_repeated_command_gets_its_first_answer(
    command: Command, client: FlaskClient, path: str, by: str, body: dict[str, Any]
) -> None:
    """Later versions may add fields to an answer; none of the first answer's is missing or another."""
    first = _first_answer(body["command_id"])["ok"]
    answer = command(path, by=by, **body)

    assert (answer.status_code, answer.get_json()) == (200, answer.get_json() | first)
    assert _state(client, "operator")["head"] == HEADS["operator"]


@pytest.mark.parametrize("name", ["kim", "kim2"])
def test_account_or_colleague_who_repeats_a_command_gets_its_first_answer(app: Flask, name: str) -> None:
    answer = _browser(app, name).post(f"{API}/run/start", json={"command_id": "start-hall", "lane": "hall"})

    assert (answer.status_code, answer.get_json()) == (200, _first_answer("start-hall")["ok"])


def test_repeated_scan_gets_its_first_answer(command: Command, client: FlaskClient) -> None:
    answer = command(
        "checkin/redeem",
        by="gate-main",
        scan_id="scan-guest-001",
        gate="recipients",
        token=_badge("guest-001"),
    )

    first = _first_answer("scan:scan-guest-001")["ok"]
    assert (answer.status_code, answer.get_json()) == (200, first)
    assert (first["verdict"], first["person"]["masked"]) == ("admitted", "석*주")
    assert _snapshot(client, "staff")["gate/recipients"]["admitted"] == 3


def test_colleague_who_repeats_a_scan_gets_its_first_answer(app: Flask) -> None:
    scan = {"scan_id": "scan-guest-001", "gate": "recipients", "token": _badge("guest-001")}
    answer = _browser(app, "park").post(f"{API}/checkin/redeem", json=scan)

    assert (answer.status_code, answer.get_json()) == (200, _first_answer("scan:scan-guest-001")["ok"])


def test_browser_that_opened_a_guests_link_works_as_operator_again(app: Flask, client: FlaskClient) -> None:
    held = _browser(app, "shared").post(f"{API}/run/hold", json={"command_id": "hold-hall", "lane": "hall"})

    assert held.status_code == 200, held.text
    by = held.get_json()["fact"]["body"]["by"]
    assert by not in {"guest-004", "하연희"}, by
    assert _fields(_snapshot(client)["lane/hall"], "status") == ("held",)


def test_scan_at_an_unknown_gate_is_answered_anew_when_there_is_one(
    app: Flask, hub: Hub, command: Command
) -> None:
    assert app is not None
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        add_gate(write, "balcony", Text(ko="발코니", en="Balcony"))

    answer = command(
        "checkin/redeem",
        by="gate-main",
        scan_id="scan-no-gate",
        gate="balcony",
        token=_badge("guest-005", revoked=True),
    )

    assert (answer.status_code, answer.get_json().get("verdict")) == (200, "revoked"), answer.text


def test_refusal_of_a_stale_command_stays_its_answer(command: Command) -> None:
    answer = command("run/next", command_id="stale-next", lane="hall", seen=1)

    assert answer.status_code == 409
    assert answer.get_json()["error"]["code"] == "stale"


def test_command_id_of_another_request_is_refused(command: Command) -> None:
    answer = command("run/hold", command_id="award-15", lane="hall")

    assert (answer.status_code, answer.get_json()["error"]["code"]) == (409, "command_id_reused")


def _later_morning(app: Flask, command: Command, now: FakeNow) -> list[Callable[[], object]]:
    """Return what happens after the upgrade, step by step; each step fails when it is refused."""
    numbers = iter(range(100))

    def after(wait_s: int, path: str, by: str = "stream-deck", **body: Any) -> Callable[[], object]:
        def step() -> None:
            now.forward(seconds=wait_s)
            answer = command(path, by=by, **{"command_id": f"later-{next(numbers)}", **body})
            assert answer.status_code == 200, (path, answer.text)

        return step

    def scan(guest: str, verdict: str, **body: Any) -> Callable[[], object]:
        def step() -> None:
            now.forward(seconds=5)
            shown = {"scan_id": f"later-{next(numbers)}", "gate": "main", "token": _badge(guest), **body}
            answer = command("checkin/redeem", by="gate-main", **shown)
            assert (answer.status_code, answer.get_json()["verdict"]) == (200, verdict), answer.text

        return step

    def sign_up() -> None:
        answer = _browser(app, "guest-001").post(f"/c/{CONF}/follow-up/session-2/sign-up")
        assert answer.status_code == 302, answer.text

    return [
        after(60, "run/resume", lane="metaverse"),
        after(10, "run/extend", lane="metaverse", seconds=30),
        after(20, "awards/commend-02/present"),
        after(20, "awards/case-06/reveal"),
        after(20, "awards/case-06/take-back"),
        after(20, "awards/case-05/arm"),
        after(20, "awards/case-05/reveal"),
        after(20, "awards/case-03/correct", recipient="윤지수"),
        after(20, "run/next", lane="hall"),
        scan("guest-004", "admitted"),
        scan("guest-002", "left", direction="out"),
        scan("guest-003", "already_inside"),
        scan("guest-006", "admitted"),
        after(5, "checkin/undo", by="gate-main", scan_id="scan-by-shared"),
        sign_up,
        after(
            5,
            "follow-up/session-2/reschedule",
            by="script",
            starts_at="2021-12-13T15:00:00+09:00",
            ends_at="2021-12-13T16:00:00+09:00",
        ),
        after(60, "run/next", lane="metaverse"),
        after(60, "run/finish", lane="metaverse"),
    ]


@pytest.mark.parametrize("stream", list(Stream))
def test_law_holds_over_the_rest_of_the_day(
    app: Flask, hub: Hub, command: Command, now: FakeNow, stream: Stream
) -> None:
    assert law.holds_over(hub, CONF, stream, _later_morning(app, command, now))


def test_day_goes_on_from_where_it_stood(
    app: Flask, client: FlaskClient, command: Command, now: FakeNow
) -> None:
    for step in _later_morning(app, command, now):
        step()
    docs = _snapshot(client)

    assert _fields(docs["lane/hall"], "status", "cue") == ("running", "round-3-hall")
    assert _fields(docs["lane/metaverse"], "status", "cue") == ("finished", None)
    assert _fields(docs["cue/round-2-metaverse"], "extension_s", "held_s") == (-30, 119.75)
    states = {key: docs[key]["state"] for key in ("award/case-05", "award/case-06", "award/commend-02")}
    assert states == {"award/case-05": "revealed", "award/case-06": "sealed", "award/commend-02": "presented"}
    assert docs["award/case-03"]["recipient"] == "윤지수"
    inside = {doc["id"] for key, doc in docs.items() if key.startswith("guest/") and doc["inside"]}
    assert inside == (INSIDE | {"guest-004", "guest-006"}) - {"guest-002", "guest-007"}
    assert _fields(docs["presence"], "admitted", "inside", "remote") == (9, 6, 2)
    assert _fields(docs["session/session-2"], "sequence", "taken") == (2, 1)


def test_name_that_is_taken_back_after_the_upgrade_leaves_the_morning_too(
    command: Command, client: FlaskClient, hub: Hub
) -> None:
    assert command("awards/commend-02/take-back", command_id="oops").status_code == 200

    assert client is not None
    with hub.database.reading() as db:
        told = entries.since(db, CONF, Stream.PUBLIC, 0, law.PLENTY)
    assert "허진희" not in str([entry.body for entry in told])


def test_command_before_the_upgrade_has_nothing_stored_to_undo_it(command: Command) -> None:
    answer = command("run/back", command_id="one-back", lane="hall")

    assert (answer.status_code, answer.get_json()["error"]["code"]) == (409, "nothing_to_undo")


def test_command_after_the_upgrade_is_undone_to_where_the_morning_stood(
    command: Command, client: FlaskClient
) -> None:
    assert client is not None
    before = _snapshot(client, "public")
    assert command("run/next", command_id="on", lane="hall").status_code == 200
    assert _snapshot(client, "public")["lane/hall"] != before["lane/hall"]

    assert command("run/undo", command_id="back", lane="hall").status_code == 200

    assert _snapshot(client, "public") == before
