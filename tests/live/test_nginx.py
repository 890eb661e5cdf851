"""The hub behind nginx as `ops/nginx.conf` sets it up: TLS, WebSockets, the cache, what stays inside."""

from __future__ import annotations

import json
import os
import re
import socket
import ssl
import subprocess
import urllib.request
from collections.abc import Iterator
from http.client import HTTPResponse
from pathlib import Path
from typing import Any

import pytest
import websocket

from tests.live.server_process import HubServer
from tests.model_day import CONF
from tests.services.machine import free_port, program
from tests.services.nginx import NginxFactory

CERTIFICATE = (
    "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost "
    "-addext subjectAltName=DNS:localhost -keyout privkey.pem -out fullchain.pem"
)
KEY = re.compile(rb"^KEY: http://conference_hub(.*)$", re.MULTILINE)
CONFIG = Path(__file__).parents[2] / "ops" / "nginx.conf"


@pytest.fixture
def proxied(tmp_path: Path, nginx: NginxFactory) -> Iterator[HubServer]:
    """A hub that is reached through nginx; `HUB_PUBLIC_URL` in its `extra_env` is nginx's address."""
    port = free_port()
    address = nginx(_configuration(tmp_path, port)).replace("http://127.0.0.1", "https://localhost")
    server = HubServer(
        directory=tmp_path / "hub", port=port, extra_env={"HUB_PUBLIC_URL": address, "HUB_PROXIES": "1"}
    )
    server.start()
    yield server
    server.kill()


def test_a_socket_through_nginx_hears_facts(proxied: HubServer) -> None:
    address = proxied.extra_env["HUB_PUBLIC_URL"]
    connection = websocket.create_connection(
        address.replace("https:", "wss:") + "/socket.io/?EIO=4&transport=websocket",
        origin=address,
        sslopt={"ca_certs": str(_certificate(proxied))},
        timeout=30,
    )
    connection.recv()
    connection.send("40" + json.dumps({"conf": CONF, "stream": "public", "after": proxied.head()}))
    proxied.run("start")

    heard = [_event(connection.recv()) for _ in range(3)]

    assert [name for name, _ in heard] == ["heartbeat", "connected", "entries"]
    assert heard[2][1][0]["topic"] == "LaneStarted"
    connection.close()


def test_the_public_state_is_answered_from_the_cache_and_others_never(proxied: HubServer) -> None:
    public = [_get(proxied, f"/api/v1/c/{CONF}/state?stream=public") for _ in range(2)]
    staff = [_get(proxied, f"/api/v1/c/{CONF}/state?stream=staff", "staff") for _ in range(2)]

    assert [answer.headers["X-Cache"] for answer in public] == ["MISS", "HIT"]
    assert [answer.headers["X-Cache"] for answer in staff] == ["MISS", "MISS"]
    assert [answer.headers["Cache-Control"] for answer in staff] == ["no-store", "no-store"]


def test_the_cache_keeps_nothing_but_the_public_state(proxied: HubServer) -> None:
    for role in (None, "staff", "operator", "organiser"):
        for path in (f"/c/{CONF}/live", "/sign-in", f"/c/{CONF}/agenda.ics"):
            _get(proxied, path, role)
        _get(proxied, f"/api/v1/c/{CONF}/state?stream=public", role)
    for role, stream in (("staff", "staff"), ("operator", "operator"), ("organiser", "sealed")):
        _get(proxied, f"/api/v1/c/{CONF}/state?stream={stream}", role)

    kept = [file.read_bytes() for file in (proxied.directory.parent / "cache").rglob("*") if file.is_file()]
    keys = [KEY.findall(file) for file in kept]
    assert keys == [[f"/api/v1/c/{CONF}/state?stream=public".encode()]]
    assert b"Set-Cookie" not in kept[0]


def test_metrics_are_not_public_through_the_cache(proxied: HubServer) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404"):
        _get(proxied, "/metrics")


def test_the_proof_for_a_certificate_is_served_over_plain_http(tmp_path: Path, nginx: NginxFactory) -> None:
    (tmp_path / "www/.well-known/acme-challenge").mkdir(parents=True)
    (tmp_path / "www/.well-known/acme-challenge/token").write_text("the proof", encoding="utf-8")
    nginx(_configuration(tmp_path, free_port()))

    proof = _plain(tmp_path, "/.well-known/acme-challenge/token")
    page = _plain(tmp_path, "/c/anything/")

    assert (proof.splitlines()[0], proof.splitlines()[-1]) == ("HTTP/1.1 200 OK", "the proof")
    assert "Location: https://localhost/c/anything/" in page.splitlines()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may make Debian's places private to a test")
def test_nginx_file_starts_on_debian_with_only_a_certificate(tmp_path: Path) -> None:
    _make_certificate(tmp_path)
    shipped = CONFIG.read_text(encoding="utf-8").replace("/etc/nginx/hub/", f"{tmp_path}/")
    (tmp_path / "hub.conf").write_text(shipped, encoding="utf-8")
    debian = Path("/etc/nginx/nginx.conf").read_text(encoding="utf-8")
    for documented, here in (
        ("/etc/nginx/sites-enabled/*;", f"{tmp_path}/none/*;"),
        ("/etc/nginx/conf.d/*.conf", f"{tmp_path}/hub.conf"),
        ("/run/nginx.pid", f"{tmp_path}/pid"),
    ):
        debian = debian.replace(documented, here)
    (tmp_path / "nginx.conf").write_text(debian, encoding="utf-8")
    # In a mount namespace of its own, the cache is made in an empty /var/lib/nginx and the machine keeps its own.
    script = f"mount -t tmpfs none /var/lib/nginx && nginx -t -c {tmp_path}/nginx.conf && ls /var/lib/nginx"
    path = f"{os.environ['PATH']}:{Path(program('nginx', '/usr/sbin/nginx')).parent}"
    done = subprocess.run(
        [program("unshare"), "--mount", "sh", "-c", script],
        env={**os.environ, "PATH": path},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "hub-cache" in done.stdout.splitlines()


def _configuration(directory: Path, port: int) -> str:
    """The documented file with this test's name, ports, certificate and places."""
    _make_certificate(directory)
    text = CONFIG.read_text(encoding="utf-8")
    for documented, here in (
        ("127.0.0.1:8000", f"127.0.0.1:{port}"),
        ("listen 80", f"listen unix:{directory}/plain.sock"),
        ("listen [::]:80", f"listen unix:{directory}/plain6.sock"),
        ("listen 443", "listen LISTEN"),
        ("listen [::]:443", f"listen unix:{directory}/tls6.sock"),
        ("/etc/nginx/hub", str(directory)),
        ("/var/lib/nginx/hub-cache", str(directory / "cache")),
        ("/var/www/conference-hub", str(directory / "www")),
        ("hub.example.com", "localhost"),
    ):
        assert documented in text
        text = text.replace(documented, here)
    return text


def _make_certificate(directory: Path) -> None:
    openssl = program("openssl")
    subprocess.run([openssl, *CERTIFICATE.split()], cwd=directory, check=True, capture_output=True)


def _plain(directory: Path, path: str) -> str:
    with socket.socket(socket.AF_UNIX) as plain:
        plain.settimeout(10)
        plain.connect(str(directory / "plain.sock"))
        plain.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        return plain.makefile(encoding="utf-8", newline="").read()


def _certificate(server: HubServer) -> Path:
    return server.directory.parent / "fullchain.pem"


def _get(server: HubServer, path: str, role: str | None = None) -> HTTPResponse:
    headers = {"Authorization": f"Bearer {server.token(role)}"} if role else {}
    request = urllib.request.Request(server.extra_env["HUB_PUBLIC_URL"] + path, headers=headers)
    trusting = ssl.create_default_context(cafile=_certificate(server))
    with urllib.request.urlopen(request, timeout=30, context=trusting) as answer:
        assert isinstance(answer, HTTPResponse)
        return answer


def _event(packet: str | bytes) -> tuple[str, Any]:
    text = packet if isinstance(packet, str) else packet.decode()
    if text.startswith("42"):
        name, data = json.loads(text[2:])
        return name, data
    return "connected", json.loads(text[2:])
