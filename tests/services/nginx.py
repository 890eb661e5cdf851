"""An nginx of our own in front of servers of ours."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.services.machine import free_port, program, running

NginxFactory = Callable[[str], str]

WHOLE = """
daemon off;
{user}
pid {home}/pid;
error_log {home}/error.log;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    client_body_temp_path {home}/body;
    proxy_temp_path {home}/proxy;
    fastcgi_temp_path {home}/fastcgi;
    uwsgi_temp_path {home}/uwsgi;
    scgi_temp_path {home}/scgi;
    {http}
}}
"""


def _user() -> str:
    """Keep nginx's workers root when we are: the temporary directories are closed to everybody else."""
    return "user root;" if os.geteuid() == 0 else ""


@pytest.fixture
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NginxFactory]:
    """Give a function that starts nginx with the inside of an `http` block and returns its base URL.

    The text `LISTEN` in it stands for the address to listen on: `server { listen LISTEN; ... }`.
    """
    with ExitStack() as stack:

        def start(http: str) -> str:
            server = program("nginx")
            home: Path = tmp_path_factory.mktemp("nginx")
            port = free_port()
            listen = http.replace("LISTEN", f"127.0.0.1:{port}")
            (home / "nginx.conf").write_text(
                WHOLE.format(user=_user(), home=home, http=listen), encoding="utf-8"
            )
            command = [server, "-p", str(home), "-c", str(home / "nginx.conf"), "-e", str(home / "error.log")]
            stack.enter_context(running(command, port, home / "log"))
            return f"http://127.0.0.1:{port}"

        yield start
