"""Wrong passwords in numbers, on the real server with its counters in Redis: few are hashed, and others sign in."""

from __future__ import annotations

import os
import re
import signal
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from conference_hub.access.accounts import add_account
from conference_hub.access.model import Grant, Role
from conference_hub.access.passwords import hash_password
from conference_hub.core.db import Database
from conference_hub.core.now import utc_now
from tests.live.server_process import HubServer
from tests.model_day import CONF
from tests.services.machine import free_port, program, running

HALL = "192.0.2.1"
PASSWORD = "correct horse battery"
WRONG = "wrong"
AT_ONCE = 60


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Shows where a redirect leads instead of following it."""

    def redirect_request(self, *_: object) -> None:
        """Follow nothing."""


class Browser:
    """Opens the sign-in form once and sends it from `address`, as often as asked."""

    def __init__(self, server: HubServer, address: str = HALL) -> None:
        self._url = f"{server.url}/sign-in"
        self._address = address
        self._open = urllib.request.build_opener(
            NoRedirect, urllib.request.HTTPCookieProcessor(CookieJar())
        ).open
        with self._open(self._url, timeout=30) as page:
            found = re.search(r'name="csrf_token" value="([^"]+)"', page.read().decode())
        assert found is not None
        self._token = found[1]

    def try_in(self, login: str, password: str = WRONG) -> tuple[int, int]:
        """Send the form once; return the status and how many seconds to wait (0: none)."""
        form = {"login": login, "password": password, "csrf_token": self._token}
        request = urllib.request.Request(self._url, urllib.parse.urlencode(form).encode())
        request.add_header("X-Forwarded-For", self._address)
        try:
            self._open(request, timeout=60).close()
        except urllib.error.HTTPError as answer:
            return answer.code, int(answer.headers.get("Retry-After", 0))
        raise AssertionError("neither a refusal nor a redirect")


@dataclass(frozen=True)
class RedisProcess:
    """A Redis that this module may stop."""

    pid: int
    url: str


@pytest.fixture(scope="module")
def redis_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisProcess]:
    """A Redis of its own: others must not find theirs stopped."""
    home, port = tmp_path_factory.mktemp("redis"), free_port()
    command = [
        program("redis-server"),
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--dir",
        str(home),
    ]
    with running(command, port, home / "log") as pid:
        yield RedisProcess(pid, f"redis://127.0.0.1:{port}/0")
        os.kill(pid, signal.SIGCONT)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, redis_process: RedisProcess) -> Iterator[HubServer]:
    """One server behind one proxy, which counts in Redis and knows the accounts kim and lee."""
    directory: Path = tmp_path_factory.mktemp("hub")
    server = HubServer(
        directory=directory, extra_env={"HUB_REDIS_URL": redis_process.url, "HUB_PROXIES": "1"}
    )
    server.start()
    database = Database(f"sqlite:///{directory}/data/hub.sqlite3")
    grants = [Grant(conf=CONF, role=Role.OPERATOR)]
    known = hash_password(PASSWORD)
    with database.writing() as db:
        for login in ("kim", "lee"):
            add_account(db, login=login, name=login, password_hash=known, grants=grants, at=utc_now())
    database.close()
    yield server
    server.kill()


def hashed(server: HubServer) -> int:
    """Return how many passwords the server has hashed."""
    with urllib.request.urlopen(f"{server.url}/metrics", timeout=30) as page:
        text = page.read().decode()
    results = re.findall(r'hub_sign_ins_total\{result="(?:not_)?signed_in"\} ([\d.]+)', text)
    return sum(int(float(count)) for count in results)


def healthy(server: HubServer) -> bool:
    with urllib.request.urlopen(f"{server.url}/healthz", timeout=30) as page:
        return bool(page.status == 200)


def test_few_of_sixty_concurrent_wrong_passwords_are_hashed(server: HubServer) -> None:
    browser, before = Browser(server), hashed(server)
    answers: list[tuple[int, int]] = []
    tries = [threading.Thread(target=lambda: answers.append(browser.try_in("kim"))) for _ in range(AT_ONCE)]
    for one in tries:
        one.start()
    answered_between = 0
    while any(one.is_alive() for one in tries):
        answered_between += healthy(server)

    statuses = Counter(status for status, _ in answers)
    assert statuses == {401: hashed(server) - before, 429: AT_ONCE - statuses[401]}
    assert 5 <= statuses[401] < AT_ONCE // 3
    assert {wait_s > 0 for status, wait_s in answers if status == 429} == {True}
    assert answered_between > 0


def test_ten_wrong_passwords_do_not_block_others_at_the_same_address(server: HubServer) -> None:
    attacker = Browser(server)
    for _ in range(10):
        attacker.try_in("kim")

    assert Browser(server).try_in("lee", PASSWORD) == (302, 0)
    assert Browser(server, "198.51.100.1").try_in("kim", PASSWORD) == (302, 0)


def test_sign_in_succeeds_after_the_announced_wait(server: HubServer) -> None:
    browser = Browser(server, "198.51.100.2")
    tries = [browser.try_in("lee") for _ in range(6)]
    wait_s = max(wait_s for _, wait_s in tries)
    time.sleep(wait_s + 1)

    assert browser.try_in("lee", PASSWORD) == (302, 0)


def test_sign_in_works_while_redis_hangs(server: HubServer, redis_process: RedisProcess) -> None:
    browsers = [Browser(server, f"198.51.100.{n}") for n in range(10, 20)]
    os.kill(redis_process.pid, signal.SIGSTOP)
    answers = [browser.try_in("kim", PASSWORD) for browser in browsers]
    os.kill(redis_process.pid, signal.SIGCONT)

    assert answers == [(302, 0)] * 10
    assert "Redis does not answer" in server.log()
