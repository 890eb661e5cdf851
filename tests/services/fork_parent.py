"""A process that has imported the product as a server does, and is forked for each process that tests start.

`python -m tests.services.fork_parent FD DIRECTORY`: each message on the socket FD names a module, its arguments,
environment and directory, with four descriptors: standard input, output and error, and a pipe that gets the new
process's id and, when it has ended, its exit status, a line each. It ends when the other end of the socket closes, and
starts nothing more. The application that it makes, so that routes, templates and migrations are read, keeps its data in
DIRECTORY.
"""

from __future__ import annotations

import gc
import json
import os
import runpy
import signal
import sys
from importlib import import_module
from os import fork, waitpid, write  # what is imported next replaces them
from pathlib import Path
from socket import recv_fds, socket
from typing import Any

from conference_hub.live import network

MESSAGE_BYTES = 1 << 18
DESCRIPTORS = 4


def main(control: socket) -> None:
    """Serve until the socket closes; each fork goes on as the process that was asked for."""
    while True:
        content, descriptors, _, _ = recv_fds(control, MESSAGE_BYTES, DESCRIPTORS)
        if not content:
            return
        *streams, status = descriptors
        if not fork():
            control.close()
            _watch(status)
            _become(json.loads(content), streams)
            return
        for descriptor in descriptors:
            os.close(descriptor)
        _forget_ended()


def _watch(status: int) -> None:
    """Fork again, and return in the new process; the one in between tells how that fared and ends with it."""
    process = fork()
    if not process:
        os.close(status)
        return
    write(status, f"{process}\n".encode())
    _, ended = waitpid(process, 0)
    write(status, f"{os.waitstatus_to_exitcode(ended)}\n".encode())
    os._exit(0)


def _forget_ended() -> None:
    """Take the exit statuses of processes in between that have ended."""
    try:
        while waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def _become(message: dict[str, Any], streams: list[int]) -> None:
    """Run the module as `python -m` would, with the streams that were sent and a loop of its own."""
    from eventlet import hubs

    hubs.use_hub()
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.environ.clear()
    os.environ.update(message["environment"])
    os.chdir(message["directory"])
    sys.argv = [message["module"], *message["arguments"]]
    runpy.run_module(message["module"], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    network.patch()
    import_module("conference_hub.cli.main")
    from flask import Flask
    from sqlalchemy.orm import configure_mappers

    from conference_hub import app
    from conference_hub.core import migrate
    from conference_hub.core.config import load
    from tests.services.known_routes import SharedRoutes
    from tests.services.shared_templates import SharedTemplates

    signal.signal(signal.SIGINT, signal.default_int_handler)
    Flask.jinja_options = {"bytecode_cache": SharedTemplates()}
    app.Application = SharedRoutes  # type: ignore[attr-defined]
    templates = app.create_app(app.make_hub(load({"HUB_DATA_DIR": sys.argv[2]}, demo=True))).jinja_env
    for name in templates.list_templates():
        templates.get_template(name)
    configure_mappers()
    assert not migrate.knows("none"), "which reads the migrations"
    assert len(list(Path("/proc/self/task").iterdir())) == 1, "a fork has the thread that forks, and no other"
    gc.collect()
    gc.freeze()
    main(socket(fileno=int(sys.argv[1])))
