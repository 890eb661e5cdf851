"""The hub behind nginx as `ops/nginx.conf` sets it up: TLS, WebSockets, the cache, what stays inside."""

from __future__ import annotations

import json
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
    "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1 "
    "-addext subjectAltName=IP:127.0.0.1 -keyout privkey.pem -out fullchain.pem"
)
CONFIG = Path(__file__).parents[2] / "ops" / "nginx.conf"


@pytest.fixture
def proxied(tmp_path: Path, nginx: NginxFactory) -> Iterator[HubServer]:
    """A hub that is reached through nginx; `HUB_PUBLIC_URL` in its `extra_env` is nginx's address."""
    port = free_port()
    address = nginx(_configuration(tmp_path, port)).replace("http:", "https:")
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
        timeout=10,
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


def test_figures_are_not_shown_to_the_world(proxied: HubServer) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404"):
        _get(proxied, "/metrics")


def _configuration(directory: Path, port: int) -> str:
    """The documented file with this test's name, ports, certificate and cache."""
    openssl = program("openssl")
    subprocess.run([openssl, *CERTIFICATE.split()], cwd=directory, check=True, capture_output=True)
    text = CONFIG.read_text(encoding="utf-8")
    for documented, here in (
        ("127.0.0.1:8000", f"127.0.0.1:{port}"),
        ("listen 80;", f"listen unix:{directory}/plain.sock;"),
        ("listen 443 ssl", "listen LISTEN ssl"),
        ("/etc/letsencrypt/live/hub.example.com", str(directory)),
        ("/var/cache/nginx/hub", str(directory / "cache")),
        ("hub.example.com", "127.0.0.1"),
    ):
        assert documented in text
        text = text.replace(documented, here)
    return text


def _certificate(server: HubServer) -> Path:
    return server.directory.parent / "fullchain.pem"


def _get(server: HubServer, path: str, role: str | None = None) -> HTTPResponse:
    headers = {"Authorization": f"Bearer {server.token(role)}"} if role else {}
    request = urllib.request.Request(server.extra_env["HUB_PUBLIC_URL"] + path, headers=headers)
    trusting = ssl.create_default_context(cafile=_certificate(server))
    with urllib.request.urlopen(request, timeout=10, context=trusting) as answer:
        assert isinstance(answer, HTTPResponse)
        return answer


def _event(packet: str | bytes) -> tuple[str, Any]:
    text = packet if isinstance(packet, str) else packet.decode()
    if text.startswith("42"):
        name, data = json.loads(text[2:])
        return name, data
    return "connected", json.loads(text[2:])
