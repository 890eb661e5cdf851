"""The real server while its database cannot be used: it says so at once, serves the rest, and goes on afterwards."""

from __future__ import annotations

import sqlite3
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy.engine import make_url

from conference_hub.core.db import Database
from conference_hub.core.occupancy import Occupied, occupying
from tests.live.screen import Screen
from tests.live.server_process import COMMAND, HubServer
from tests.services.machine import wait_until
from tests.services.postgres import Cluster


@contextmanager
def locked(server: HubServer) -> Iterator[None]:
    """Hold the write lock of the server's SQLite file, as another process may."""
    path = server.directory / "data" / "hub.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def health(server: HubServer) -> int:
    with urllib.request.urlopen(f"{server.url}/healthz", timeout=30) as answer:
        status: int = answer.status
        return status


def test_commands_against_a_locked_database_are_unavailable_and_others_are_served(
    sqlite_server: HubServer,
) -> None:
    sqlite_server.token("operator")
    with ThreadPoolExecutor(max_workers=20) as pool, locked(sqlite_server):
        commands = [pool.submit(sqlite_server.run, "start", command_id=f"locked-{n}") for n in range(20)]
        served = []
        while not all(command.done() for command in commands):
            served.append(health(sqlite_server))
        answers = [command.result() for command in commands]

    assert {(status, answer["error"]["code"]) for status, answer in answers} == {(503, "unavailable")}
    assert set(served) == {200}
    assert len(served) > 20  # nobody waited for the lock but those who need it
    assert "Traceback" not in sqlite_server.log()


def test_a_command_that_was_unavailable_succeeds_under_the_same_id_and_screens_hear_of_it(
    sqlite_server: HubServer,
) -> None:
    screen = Screen(sqlite_server, "operator", "operator")
    screen.connect()
    with locked(sqlite_server):
        assert sqlite_server.run("start", command_id="again")[0] == 503

    status, answer = sqlite_server.run("start", command_id="again")

    assert status == 200
    assert sqlite_server.run("start", command_id="again") == (200, answer)
    screen.wait_for(answer["fact"]["seq"])
    screen.leave()


def test_a_server_whose_database_is_locked_is_not_ready(sqlite_server: HubServer) -> None:
    request = urllib.request.Request(f"{sqlite_server.url}/readyz")
    with locked(sqlite_server):
        status = wait_for_readiness(request, 503)
    assert status == (503, '{"reasons":["locked"],"status":"not_ready"}\n')


def wait_for_readiness(request: urllib.request.Request, status: int) -> tuple[int, str]:
    """Ask until the answer has `status`: a verdict is kept for a second."""
    until = time.monotonic() + 60
    answer = readiness(request)
    while answer[0] != status and time.monotonic() < until:
        time.sleep(0.1)
        answer = readiness(request)
    return answer


def readiness(request: urllib.request.Request) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_a_restore_is_refused_while_a_server_runs_on_the_database(sqlite_server: HubServer) -> None:
    done = subprocess.run(
        [*COMMAND, "restore", "copy", "--replace"],
        env=sqlite_server.environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        encoding="utf-8",
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "conference-hub: a server is running on this database; stop it first\n"
    assert sqlite_server.get("state")[0] == 200


def test_what_the_server_stores_is_for_its_own_user_only(sqlite_server: HubServer) -> None:
    data = sqlite_server.directory / "data"
    modes = {path.stat().st_mode & 0o077 for path in (data, *data.iterdir())}
    assert modes == {0}


def test_a_database_deleted_under_a_server_is_noticed_and_nothing_is_written_into_it(tmp_path: Path) -> None:
    server = HubServer(directory=tmp_path / "hub", forked=True)
    server.start()
    request = urllib.request.Request(f"{server.url}/readyz")
    path = server.directory / "data" / "hub.sqlite3"
    aside = path.with_suffix(".aside")
    try:
        server.token("operator")
        path.rename(aside)
        refused = server.run("start", command_id="once")
        reasons = wait_for_readiness(request, 503)
        assert not path.exists()
        aside.rename(path)
        repeated = server.run("start", command_id="once")
    finally:
        server.kill()

    assert (refused[0], refused[1]["error"]["code"]) == (503, "unavailable")
    assert reasons == (503, '{"reasons":["lost"],"status":"not_ready"}\n')
    assert repeated[0] == 200


def test_server_survives_a_restart_of_postgresql(
    tmp_path: Path, postgres_url: str, postgres_cluster: Cluster
) -> None:
    server = HubServer(directory=tmp_path / "hub", database_url=postgres_url, forked=True)
    server.start()
    request = urllib.request.Request(f"{server.url}/readyz")
    screen = Screen(server, "operator", "operator")
    screen.connect()
    try:
        with postgres_cluster.away(str(make_url(postgres_url).database)):
            refused = server.run("start", command_id="once")
            healthy = health(server)
            not_ready = wait_for_readiness(request, 503)
        ready = wait_for_readiness(request, 200)
        status, answer = server.run("start", command_id="once")
        screen.wait_for(answer["fact"]["seq"])
        wait_until(lambda: holds_lock(postgres_url), "the server's lock")
    finally:
        server.kill()

    assert (refused[0], refused[1]["error"]["code"], healthy) == (503, "unavailable", 200)
    assert not_ready == (503, '{"reasons":["lost"],"status":"not_ready"}\n')
    assert (ready[0], status) == (200, 200)
    assert "Traceback" not in server.log()


def holds_lock(postgres_url: str) -> bool:
    """Return whether somebody shares the database, as a server does."""
    database = Database(postgres_url)
    try:
        with occupying(database, alone=True):
            return False
    except Occupied:
        return True
    finally:
        database.close()
