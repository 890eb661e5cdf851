"""Nothing blocks the loop of the real server for more than 50 ms, by the work of the loop's own thread."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import cached_property
from http import HTTPStatus
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import sqlalchemy as sa

from bench.rig.client import Answer, Client
from conference_hub.checkin.badge_pages import ON_A_SHEET
from conference_hub.checkin.guest_list import ON_A_PAGE
from conference_hub.core import migrate
from conference_hub.core.config import storage
from conference_hub.core.db import Database, Instant
from conference_hub.exchange.sheets import MAX_ROWS
from tests.live.screen import Screen
from tests.live.server_process import HubServer
from tests.model_day import CONF
from tests.services.machine import wait_until
from tests.services.model_conference import prepare

LONGEST_MS = 50.0
SETTLES_S = 0.3
"""What work sets in motion, such as the relay, comes to its end in this time."""
MORE_GUESTS = Path(__file__).parents[2] / "bench" / "rig" / "more_guests.py"
FEW, MANY = 1000, 5000
OLD_COMMANDS = 3000
MORE_LANES, MORE_CUES = 7, 50
"""With those of the model conference nearly 400 of the 500 that a plan may have."""
later_guests = count(MANY)
STREAMS = ("public", "staff", "sealed", "operator")


class Beating:
    """A running server with a heartbeat, and an organiser's machine that asks it."""

    def __init__(self, directory: Path, database_url: str | None) -> None:
        self._beats = directory / "beats"
        self._screens: list[Screen] = []
        self.server = HubServer(
            directory=directory / "hub",
            database_url=database_url,
            program=(sys.executable, "-m", "tests.live.beating", str(self._beats), "serve"),
            extra_env={"HUB_SECRET_KEY": "long enough for a server that only a test talks to"},
            prepared=False,
        )
        self.server.extra_env["HUB_PUBLIC_URL"] = self.server.url

    def start(self) -> None:
        """Start on an empty database with today's schema."""
        self._beats.touch()
        database = Database(storage(self.server.environment())[0])
        migrate.upgrade(database)
        database.close()
        self.server.start()

    @cached_property
    def organiser(self) -> Client:
        """The connection of a machine that may do everything."""
        return Client(self.server.port, self.server.token("organiser"))

    @contextmanager
    def unblocked(self) -> Iterator[None]:
        """Run the block and fail when the loop was held up meanwhile; the message says where it was then."""
        began = time.monotonic()
        yield
        time.sleep(SETTLES_S)
        blocks = [beat for beat in self._late() if beat["to"] >= began and beat["work_ms"] > LONGEST_MS]
        assert blocks == [], json.dumps(blocks, indent=1)

    def follow(self) -> None:
        """Open a screen of each stream."""
        self._screens = [Screen(self.server, stream, _role(stream)) for stream in STREAMS]
        for screen in self._screens:
            screen.connect()

    def screens_know(self) -> bool:
        """Return whether every screen has the last fact of its stream."""
        return all(
            screen.head == self.server.head(stream, _role(stream))
            for screen, stream in zip(self._screens, STREAMS, strict=True)
        )

    def add_guests(self, count: int, first: int) -> None:
        """Register guests from another process, as an import at the command line does."""
        command = [sys.executable, "-P", str(MORE_GUESTS), str(count), str(first)]
        subprocess.run(command, env=self.server.environment(), check=True)
        wait_until(self.screens_know, "every screen")

    def close(self) -> None:
        """Close the screens, then end the server."""
        for screen in self._screens:
            screen.leave()
        if "organiser" in vars(self):
            self.organiser.close()
        if self.server.running:
            self.server.kill()

    def _late(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self._beats.read_text(encoding="utf-8").splitlines()]


def _role(stream: str) -> str | None:
    return None if stream == "public" else "organiser"


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def beating(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Beating]:
    """Give a server of a hub without any conference; the tests of this module fill it in their order."""
    directory = tmp_path_factory.mktemp("beating")
    with ExitStack() as stack:
        url: str | None = None
        if request.param == "postgres":
            cluster = request.getfixturevalue("postgres_cluster")
            cluster.statement("CREATE DATABASE beating")
            stack.callback(cluster.statement, "DROP DATABASE beating WITH (FORCE)")
            url = cluster.url("beating")
        one = Beating(directory, url)
        stack.callback(one.close)
        one.start()
        yield one


def test_seed_into_a_running_hub(beating: Beating) -> None:
    with beating.unblocked():
        prepare(beating.server.environment())
        beating.follow()


def test_plan_with_many_more_cues_is_edited_published_applied_and_rehearsed(beating: Beating) -> None:
    api = f"/api/v1/c/{CONF}"
    known = json.loads(beating.organiser.get(f"{api}/plan").text)
    plan = {"segments": known["segments"], "lanes": known["lanes"]}
    cue, lane = plan["lanes"][0]["cues"][0], plan["lanes"][0]
    added = [
        {
            **lane,
            "id": f"more-{n}",
            "cues": [{**cue, "id": f"more-{n}-{m}", "number": f"m{n}-{m}"} for m in range(MORE_CUES)],
        }
        for n in range(MORE_LANES)
    ]
    larger = {**plan, "lanes": [*plan["lanes"], *added]}
    commands: list[tuple[str, dict[str, Any]]] = [
        ("plan", {"revision": 1, **larger}),
        ("plan/publish", {"revision": 2}),
        ("runs", {"revision": 2}),
        ("run/apply", {"revision": 2}),
        ("runs/run-2/start", {"lane": "more-1", "expect": ""}),
        ("runs/run-2/clear", {}),
        ("plan", {"revision": 2, **plan}),
        ("run/apply", {"revision": 3}),
    ]

    with beating.unblocked():
        for path, body in commands:
            answer = beating.organiser.command(f"{api}/{path}", **body)
            assert answer.status == HTTPStatus.OK, (path, answer.text)
            for page in (f"{api}/state?stream=operator", f"{api}/run/projection", f"/c/{CONF}/"):
                assert beating.organiser.get(page).status == HTTPStatus.OK
        wait_until(beating.screens_know, "every screen")


def test_import_of_a_thousand_guests(beating: Beating) -> None:
    with beating.unblocked():
        beating.add_guests(FEW, 0)


def test_badge_sheet_whose_codes_are_drawn_for_the_first_time(beating: Beating) -> None:
    with beating.unblocked():
        sheet = beating.organiser.get(f"/c/{CONF}/desk/badges")
    assert sheet.text.count("<svg") == ON_A_SHEET


def test_import_of_thousands_of_guests(beating: Beating) -> None:
    with beating.unblocked():
        beating.add_guests(MANY - FEW, FEW)


def test_guest_list_of_thousands(beating: Beating) -> None:
    with beating.unblocked():
        page = beating.organiser.get(f"/c/{CONF}/desk/people")
    assert page.text.count("data-guest=") == ON_A_PAGE


@pytest.mark.parametrize(
    "asked", ["q=김손님 기관&sort=seat", "q=ㄱㅅ&sort=name", "came=never&badge=to-print&sort=group"]
)
def test_guest_list_and_badges_searched_filtered_and_sorted(beating: Beating, asked: str) -> None:
    query = quote(asked, safe="=&")
    with beating.unblocked():
        page = beating.organiser.get(f"/c/{CONF}/desk/people?{query}")
        sheet = beating.organiser.get(f"/c/{CONF}/desk/badges?{query}")
    assert (page.text.count("data-guest="), sheet.text.count("<svg")) == (ON_A_PAGE, ON_A_SHEET)


@pytest.mark.parametrize("stream", STREAMS)
def test_snapshot_with_thousands_of_guests(beating: Beating, stream: str) -> None:
    with beating.unblocked():
        state = beating.organiser.get(f"/api/v1/c/{CONF}/state?stream={stream}")
        late = beating.organiser.get(f"/api/v1/c/{CONF}/state?stream={stream}&after=0")
    assert (state.status, late.status) == (HTTPStatus.OK, HTTPStatus.OK)


@pytest.mark.parametrize("wanted", ["손님", "기관 김손님", "ㄱㅅㄴ", "없는 이름"])
def test_search_among_thousands_right_after_the_list_was_changed(beating: Beating, wanted: str) -> None:
    """The first search after a change reads the list anew."""
    beating.add_guests(1, next(later_guests))
    with beating.unblocked():
        found = beating.organiser.get(f"/api/v1/c/{CONF}/checkin/search?q={quote(wanted)}")
    assert found.document["more"] is (wanted != "없는 이름")


def test_passwords_being_hashed(beating: Beating) -> None:
    browser = Client(beating.server.port)
    with beating.unblocked():
        answers = [
            browser.send_form("/sign-in", "/sign-in", login=f"nobody-{number}", password="a wrong one")
            for number in range(3)
        ]
    browser.close()
    assert {answer.status for answer in answers} == {HTTPStatus.UNAUTHORIZED}


def test_export_at_the_command_line(beating: Beating, tmp_path: Path) -> None:
    with beating.unblocked():
        beating.server.command("export", "--output", str(tmp_path / "conference.json"))
    assert (tmp_path / "conference.json").stat().st_size > MANY * 100


def test_backup_at_the_command_line(beating: Beating, tmp_path: Path) -> None:
    with beating.unblocked():
        beating.server.command("backup", str(tmp_path / "backup"))
    assert (tmp_path / "backup").stat().st_size > 0


def test_day_with_thousands_of_guests(beating: Beating) -> None:
    organiser, scan = beating.organiser, {"gate": "main", "direction": "in"}
    with beating.unblocked():
        scans = [
            organiser.post(
                f"/api/v1/c/{CONF}/checkin/redeem", scan_id=f"beat-{number}", guest=f"more-{number}", **scan
            )
            for number in range(20)
        ]
        assert [beating.server.run(name)[0] for name in ("start", "next", "hold", "resume")] == [200] * 4
        wait_until(beating.screens_know, "every screen")
    assert [answer.document["verdict"] for answer in scans] == ["admitted"] * 20


def test_pruning(beating: Beating) -> None:
    """The server of this module prunes every two seconds."""
    database = Database(storage(beating.server.environment())[0])
    rows = [
        {"conf": CONF, "id": f"old-{number}", "at": datetime(2020, 1, 1, tzinfo=UTC)}
        for number in range(OLD_COMMANDS)
    ]
    insert = sa.text(
        "INSERT INTO command (conf, command_id, action, request, at, answer) "
        """VALUES (:conf, :id, 'run/next', 'x', :at, '{"ok": {}}')"""
    ).bindparams(sa.bindparam("at", type_=Instant()))

    def left() -> int:
        with database.engine.connect() as connection:
            return int(
                connection.scalar(
                    sa.text("SELECT count(*) FROM command WHERE action = 'run/next' AND request = 'x'")
                )
                or 0
            )

    with beating.unblocked():
        with database.engine.begin() as connection:
            connection.execute(insert, rows)
        wait_until(lambda: left() == 0, "the pruning", within_s=40)
    database.close()


def test_list_as_long_as_may_be_is_compared_and_a_long_one_put_in_place(beating: Beating) -> None:
    head, files = "이름,소속,전자우편,구분\n", f"/c/{CONF}/desk/files"
    rows = [f"손님 {n},기관 {n % 300},long-{n}@example.com,내빈\n" for n in range(MAX_ROWS - 1)]
    with beating.unblocked():
        longest = _upload(beating, head + "".join(rows))
        compared = _worked(beating, longest)
        _send(beating, f"{longest}/cancel", {})
        first = _upload(beating, head + "".join(rows[:FEW]))
        found = _worked(beating, first)
        _send(beating, f"{first}/apply", {"token": re.findall(r'name="token" value="(\w+)"', found.text)[0]})
        done = _worked(beating, first)
        again = _upload(beating, head + "".join(rows[:FEW]))
        same = _worked(beating, again)
    assert f">{MAX_ROWS - 1}</a>" in compared.text
    assert (done.status, done.headers["location"]) == (HTTPStatus.FOUND, files)
    assert "바뀌는 것이 없습니다." in same.text


def _upload(beating: Beating, text: str) -> str:
    """Bring a list of guests; returns the address of its comparison."""
    mark = "a-border-of-parts"
    body = (
        f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="guests.csv"\r\n\r\n'
        f"{text}\r\n--{mark}--\r\n"
    )
    headers = {"Content-Type": f"multipart/form-data; boundary={mark}"}
    answer = beating.organiser.send(f"/c/{CONF}/desk/files/import/guests", headers, body.encode())
    return answer.headers["location"]


def _send(beating: Beating, path: str, fields: dict[str, str]) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = beating.organiser.send(path, headers, urlencode(fields).encode())
    assert answer.status == HTTPStatus.FOUND


def _worked(beating: Beating, path: str) -> Answer:
    """Return the page of a comparison once nothing works on it any more."""
    answers: list[Answer] = []

    def idle() -> bool:
        answers.append(beating.organiser.get(path))
        return "refresh" not in answers[-1].headers

    wait_until(idle, "the work on the list", within_s=60)
    return answers[-1]


def test_heart_notes_what_blocks(tmp_path: Path) -> None:
    """The judge itself: work of 80 ms without a turn for others is noted, with the place where it was."""
    program = (
        "import sys, time, pathlib\n"
        "from tests.live import beating\n"
        "def work():\n"
        "    beating.network.sleep(0.05)\n"
        "    until = time.thread_time() + 0.08\n"
        "    while time.thread_time() < until: pass\n"
        "    beating.network.sleep(0.05)\n"
        "beating.main = lambda arguments: work()\n"
        "beating.run(pathlib.Path(sys.argv[1]), [])\n"
    )
    beats = tmp_path / "beats"
    subprocess.run([sys.executable, "-c", program, str(beats)], check=True, cwd=Path(__file__).parents[2])

    (block,) = [json.loads(line) for line in beats.read_text(encoding="utf-8").splitlines()]
    assert block["cpu_ms"] == pytest.approx(80, abs=25)
    assert any(frame.endswith(" work") for frame in block["stack"])
