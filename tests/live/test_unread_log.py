"""A server whose standard error nobody reads goes on answering, and ends in order when it is told to."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
from pathlib import Path

from tests.live.server_process import STOP_S, HubServer


def test_requests_are_answered_while_nobody_reads_the_log(tmp_path: Path) -> None:
    unread, written = os.pipe()
    program = (
        sys.executable,
        "-c",
        f"import os, sys; os.dup2({written}, 2); os.execv(sys.argv[1], sys.argv[1:])",
    )
    server = HubServer(directory=tmp_path)
    server.program = (*program, *server.program)
    os.set_inheritable(written, True)  # noqa: FBT003 - as the function is called
    process = subprocess.Popen(
        server.program, env=server.environment(), stdout=subprocess.DEVNULL, pass_fds=[written]
    )
    try:
        server._process = process
        server._wait_until_ready()
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        statuses = []
        for _ in range(2000):
            connection.request("GET", "/healthz")
            answer = connection.getresponse()
            answer.read()
            statuses.append(answer.status)
        connection.close()
        process.terminate()

        assert statuses == [200] * 2000
        assert process.wait(STOP_S) == 0
    finally:
        process.kill()
        os.close(unread)
        os.close(written)
