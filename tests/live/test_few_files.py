"""A hub that may open only a few files serves as many as it can, and stays."""

from __future__ import annotations

import socket
import urllib.request
from contextlib import ExitStack
from pathlib import Path

from tests.live.server_process import COMMAND, HubServer

LIMITED = ("sh", "-c", 'ulimit -n 64 && exec "$@"', "sh", *COMMAND, "serve", "--demo")


def test_more_connections_than_files_wait_and_are_answered_afterwards(tmp_path: Path) -> None:
    server = HubServer(directory=tmp_path / "hub", program=LIMITED)
    server.start()
    with ExitStack() as stack:
        for _ in range(100):
            stack.enter_context(socket.create_connection(("127.0.0.1", server.port)))
        assert server.running

    with urllib.request.urlopen(f"{server.url}/c/best-practice-2021/live", timeout=30) as page:
        assert page.status == 200
    assert server.stop() == 0
    assert "Too many open files" not in server.log()
