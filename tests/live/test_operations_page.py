"""`docs/operations.md`, followed word by word: from nothing to a hub behind nginx and one behind Caddy."""

from __future__ import annotations

import json
import subprocess
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from stat import S_IMODE
from urllib.parse import urlsplit

import pytest
import websocket

from tests.live.installation import Installation
from tests.model_day import CONF
from tests.services.machine import program
from tests.services.postgres import Cluster

LIVE = f"/c/{CONF}/live"
pytestmark = pytest.mark.timeout(600)  # an installation is a dozen programs one after the other


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A whole answer, its connection closed."""

    status: int
    headers: Message
    body: bytes


@pytest.fixture(scope="module")
def behind_nginx(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Iterator[Installation]:
    """The page followed with SQLite and nginx, through the upgrade and back."""
    machine = Installation(root=tmp_path_factory.mktemp("nginx-machine"), wheel=wheel)
    machine.prepare()
    machine.install_nginx()
    try:
        machine.follow("sqlite", "nginx", "upgrade")
        yield machine
    finally:
        machine.units.close()


@pytest.fixture(scope="module")
def behind_caddy(
    tmp_path_factory: pytest.TempPathFactory, wheel: Path, postgres_cluster: Cluster
) -> Iterator[Installation]:
    """The page followed with PostgreSQL and Caddy."""
    machine = Installation(
        root=tmp_path_factory.mktemp("caddy-machine"),
        wheel=wheel,
        postgres_port=postgres_cluster.port,
        postgres_sockets="127.0.0.1",
    )
    machine.prepare()
    machine.install_caddy()
    try:
        machine.follow("postgresql", "caddy")
        yield machine
    finally:
        machine.units.close()
        postgres_cluster.statement("DROP DATABASE IF EXISTS hub WITH (FORCE)")
        postgres_cluster.statement("DROP ROLE IF EXISTS hub")


ON_NGINX = pytest.mark.xdist_group("operations page, nginx")
ON_CADDY = pytest.mark.xdist_group("operations page, Caddy")


@pytest.fixture(params=[pytest.param("nginx", marks=ON_NGINX), pytest.param("caddy", marks=ON_CADDY)])
def installed(request: pytest.FixtureRequest) -> Installation:
    """Each of the two in turn."""
    machine: Installation = request.getfixturevalue(f"behind_{request.param}")
    return machine


def test_a_page_is_served_through_the_proxy(installed: Installation) -> None:
    answer = _get(installed, LIVE)
    assert (answer.status, answer.headers["Content-Encoding"]) == (200, "gzip")
    assert _get(installed, f"/c/{CONF}/").status == 200


def test_what_is_the_same_for_everybody_is_compressed(installed: Installation) -> None:
    found = [_get(installed, path) for path in ("/static/css/web-base.css", _state("public"))]
    assert [(answer.status, answer.headers["Content-Encoding"]) for answer in found] == [(200, "gzip")] * 2


def test_a_socket_through_the_proxy_hears_facts(installed: Installation) -> None:
    token = _command(installed, "user", "token", "--role", "operator", "--name", "test").strip()
    address = installed.origin.replace("https:", "wss:") + "/socket.io/?EIO=4&transport=websocket"
    connection = websocket.create_connection(
        address, origin=installed.origin, sslopt={"context": installed.trusting()}, timeout=30
    )
    connection.recv()
    connection.send("40" + json.dumps({"conf": CONF, "stream": "public", "after": _head(installed)}))
    started = _start_first_lane(installed, token)
    heard = [str(connection.recv()) for _ in range(3)]
    connection.close()

    assert started.status == 200
    assert heard[2].startswith('42["entries"')
    assert "LaneStarted" in heard[2]


def test_metrics_answer_only_this_machine(installed: Installation) -> None:
    assert _get(installed, "/metrics").status == 404
    assert _direct(installed, "/metrics").status == 200


def test_a_foreign_host_gets_no_page(installed: Installation) -> None:
    plain = HTTPConnection("127.0.0.1", installed.plain_port, timeout=30)
    with pytest.raises(OSError, match=r"closed|reset"):
        _ask(plain, LIVE, "attacker.example")


@ON_NGINX
def test_nginx_closes_a_secure_connection_that_names_a_foreign_host(behind_nginx: Installation) -> None:
    with pytest.raises(OSError, match=r"closed|reset"):
        _ask_securely(behind_nginx, LIVE, "attacker.example")


@ON_CADDY
def test_caddy_answers_nothing_to_a_foreign_host_over_tls(behind_caddy: Installation) -> None:
    answer = _ask_securely(behind_caddy, LIVE, "attacker.example")

    assert (answer.body, answer.headers["Location"]) == (b"", None)


def test_plain_http_leads_to_the_hubs_own_address(installed: Installation) -> None:
    plain = HTTPConnection("127.0.0.1", installed.plain_port, timeout=30)
    answer = _ask(plain, LIVE, "localhost")
    target = urlsplit(answer.headers["Location"])
    assert (answer.status, target.scheme, target.hostname, target.path) == (308, "https", "localhost", LIVE)


@ON_NGINX
def test_every_file_of_the_hub_is_private(behind_nginx: Installation) -> None:
    places = [behind_nginx.path("/var/lib/conference-hub"), behind_nginx.path("/var/backups/conference-hub")]
    files = [file for place in places for file in place.rglob("*") if file.is_file()]
    assert {S_IMODE(place.stat().st_mode) for place in places} == {0o700}
    assert {S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert S_IMODE(behind_nginx.path("/etc/conference-hub/hub.env").stat().st_mode) == 0o640


def test_the_organiser_is_still_there_after_backup_and_restore(installed: Installation) -> None:
    listed = _command(installed, "user", "list")
    assert listed == f"kim\tkim\thub organiser, organiser of {CONF}\tlast used never\n"


def test_the_units_are_enabled(installed: Installation) -> None:
    assert installed.units.enabled == ["hub.service", "hub-backup.timer"]


@ON_NGINX
def test_downgrade_steps_restore_the_earlier_version(behind_nginx: Installation) -> None:
    link = behind_nginx.path("/opt/conference-hub/venv")
    assert link.readlink() == behind_nginx.path("/opt/conference-hub/0.1.0")
    assert behind_nginx.path("/opt/conference-hub/0.2.0").is_dir()


def test_a_restart_shows_the_page_in_both_languages_and_scripts_a_code(installed: Installation) -> None:
    installed.run("systemctl stop hub.service")
    page = _get(installed, LIVE)
    script = _get(installed, _state("staff"))
    installed.run("systemctl start hub.service")

    shown = page.body.decode()
    assert (page.status, page.headers["Cache-Control"]) == (502, "no-store")
    assert ("잠시 연결할 수 없습니다" in shown, "Temporarily unavailable" in shown) == (True, True)
    assert (script.status, json.loads(script.body)["error"]["code"]) == (503, "unavailable")
    assert script.headers["Retry-After"] == "2"
    assert _get(installed, LIVE).status == 200


@ON_NGINX
def test_systemd_verifies_the_units(behind_nginx: Installation) -> None:
    analyse = program("systemd-analyze")
    directory = behind_nginx.path("/etc/systemd/system")
    units = [
        f"hub{unit}"
        for unit in (".service", "-backup.service", "-backup.timer", "-purge.service", "-purge.timer")
    ]
    done = subprocess.run(
        [analyse, "--recursive-errors=no", "verify", *(str(directory / unit) for unit in units)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def _command(installed: Installation, *words: str) -> str:
    program = str(installed.path("/usr/local/sbin/conference-hub"))
    done = subprocess.run(
        [program, *words], env=installed.environment, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout


def _start_first_lane(installed: Installation, token: str) -> Answer:
    secure = HTTPSConnection("localhost", installed.tls_port, timeout=30, context=installed.trusting())
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    with closing(secure):
        secure.request("GET", f"/api/v1/c/{CONF}/plan", headers=headers)
        lane = json.loads(secure.getresponse().read())["lanes"][0]["id"]
        body = json.dumps({"command_id": uuid.uuid4().hex, "lane": lane, "expect": ""})
        secure.request("POST", f"/api/v1/c/{CONF}/run/start", body, headers)
        answer = secure.getresponse()
        return Answer(status=answer.status, headers=answer.headers, body=answer.read())


def _state(stream: str) -> str:
    return f"/api/v1/c/{CONF}/state?stream={stream}"


def _head(installed: Installation) -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{installed.hub_port}{_state('public')}") as answer:
        head: int = json.load(answer)["head"]
        return head


def _direct(installed: Installation, path: str) -> Answer:
    return _ask(HTTPConnection("127.0.0.1", installed.hub_port, timeout=30), path)


def _get(installed: Installation, path: str) -> Answer:
    return _ask_securely(installed, path)


def _ask_securely(installed: Installation, path: str, host: str | None = None) -> Answer:
    secure = HTTPSConnection("localhost", installed.tls_port, timeout=30, context=installed.trusting())
    return _ask(secure, path, host)


def _ask(connection: HTTPConnection, path: str, host: str | None = None) -> Answer:
    headers = {"Accept-Encoding": "gzip", **({"Host": host} if host else {})}
    with closing(connection):
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return Answer(status=answer.status, headers=answer.headers, body=answer.read())
