"""Runs the server: starts the relay, answers until told to stop, then closes in order."""

from __future__ import annotations

import errno
import gc
import io
import logging
import socket
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import redirect_stderr
from dataclasses import dataclass

from flask import Flask
from psycopg2.extensions import get_wait_callback

from conference_hub.access.uses import EXTENSION as EXTENSION_USES
from conference_hub.access.uses import Uses
from conference_hub.attendance import keeping
from conference_hub.core.config import MAX_PORT, Settings, SettingsError
from conference_hub.core.errors import Unavailable, msg
from conference_hub.core.occupancy import Occupied
from conference_hub.live import applause, called_soon, heartbeats, network, screens_up, web_server
from conference_hub.live.state import EXTENSION, Live
from conference_hub.web import logs
from conference_hub.web.hub import Hub
from conference_hub.web.log_queue import LogQueue

log = logging.getLogger(__name__)

GC_THRESHOLDS = (50_000, 20, 50)
"""Rare collections: thousands of connections are millions of live objects; a pause delays facts."""
RESERVED_FILES = 256
"""Open files kept for the database, static files and logs; half of them, where there are fewer than twice as many."""
FEWEST_FILES = 64
SHARE_OF_SOCKETS = 0.9
"""The share of all connections that follow the day; the rest is for pages and commands."""
SHARE_OF_ADDRESS = 0.5
"""The share of all connections that one address may use for sockets, or for requests: a whole hall may be behind it."""
FLUSH_USES_S = 10.0
"""How often last uses of sessions and tokens are written."""
DRAIN_S = 1.0
"""How long the last lines of the log may take when the server stops."""
GRACE_S = 3.0
"""How long a request that is being answered may still take when the server stops."""


@dataclass(frozen=True, kw_only=True)
class Chore:
    """Work that the server does now and then, first after `first_s`."""

    name: str
    work: Callable[[], object]
    first_s: float
    every_s: float


def listen(settings: Settings) -> socket.socket:
    """Take the address; connections wait there until `serve`.

    Raises SettingsError when the address cannot be used, or when this process may open too few files to serve.
    """
    most_connections()
    try:
        return network.listen(settings.host, settings.port)
    except OSError as error:
        raise _unusable(settings, error) from error


def most_connections() -> int:
    """Return how many connections may be open, after raising the bound of open files as far as possible.

    Raises SettingsError when there are too few to serve.
    """
    files = network.allow_many_files(web_server.MAX_CONNECTIONS + RESERVED_FILES)
    if files < FEWEST_FILES:
        raise SettingsError(
            msg(
                "이 프로세스는 파일을 %(files)s개까지만 열 수 있습니다. 서버에는 %(fewest)s개 이상이 필요합니다 "
                "(ulimit -n, LimitNOFILE=)."
            ),
            files=files,
            fewest=FEWEST_FILES,
        )
    return files - min(RESERVED_FILES, files // 2)


def serve(app: Flask, hub: Hub, listener: socket.socket, chores: Iterable[Chore]) -> None:
    """Serve until SIGTERM or Ctrl-C, then close in order and return; `chores` run beside it.

    Raises RuntimeError when the process is not cooperative or the server stopped by itself.
    """
    _check_cooperative(hub)
    queue = _log_beside_the_loop()
    with redirect_stderr(queue):  # whatever a library prints
        _serve_until_told(app, hub, listener, chores)
    queue.drain(DRAIN_S)


def _serve_until_told(app: Flask, hub: Hub, listener: socket.socket, chores: Iterable[Chore]) -> None:
    live: Live = app.extensions[EXTENSION]
    _compile_templates(app)
    _keep_the_collector_short()
    live.relay.begin()
    network.spawn(live.relay.run)
    if live.signals is not None:
        network.spawn(live.signals.tell)
        network.spawn(live.signals.hear)
    network.spawn(live.duties.run, network.sleep)
    uses: Uses = app.extensions[EXTENSION_USES]
    network.spawn(live.recheck.run, _let_others_work)
    for chore in (*chores, *_own_chores(live, uses)):
        network.spawn(_do_regularly, chore)
    most = most_connections()
    live.server.eio.most = int(most * SHARE_OF_SOCKETS)
    live.server.eio.most_of_address = of_address = int(most * SHARE_OF_ADDRESS)
    behind_proxy = hub.settings.proxies > 0
    serving = web_server.serve(
        app, listener, most, None if behind_proxy else of_address, opens_at_once=live.server.eio.opens_at_once
    )
    log.info(
        "serving",
        extra={"address": f"{hub.settings.host}:{hub.settings.port}", "url": hub.settings.public_url},
    )
    stopped_by = web_server.wait_for_stop(serving)
    _close(serving, live, uses, hub)
    if stopped_by is None:
        message = "the server stopped accepting connections by itself"
        raise RuntimeError(message)
    log.info("stopped", extra={"signal": stopped_by})


def _keep_the_collector_short() -> None:
    """Let the garbage collector look rarely, and never again at what is there for good: modules, routes, templates.

    Those are some 300,000 objects; a full collection that looks at them holds the loop up for 0.1 s.
    """
    gc.set_threshold(*GC_THRESHOLDS)
    gc.collect()
    gc.freeze()


def _log_beside_the_loop() -> LogQueue:
    """Write the log in a thread of its own, so that an unread standard error blocks nothing."""
    on_terminal = sys.stderr.isatty()
    error = io.FileIO(sys.stderr.fileno(), "w", closefd=False)
    queue = LogQueue(error.write, network.real_threads(), json_lines=not on_terminal)
    logs.configure(console=on_terminal, sink=queue)
    logs.catch_uncaught()
    network.report_uncaught(logs.uncaught)
    return queue


def _compile_templates(app: Flask) -> None:
    """Compile every template now: compiling at the first request would block the loop for a tenth of a second."""
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)


def _close(serving: web_server.WebServer, live: Live, uses: Uses, hub: Hub) -> None:
    """Stop accepting, disconnect clients (they reconnect by themselves), finish running requests."""
    serving.stop_accepting()
    live.relay.stop()
    if live.signals is not None:
        live.signals.stop()
    live.duties.stop()
    for client in list(live.server.eio.sockets.values()):
        client.close(wait=False, abort=True)  # a client that is told to leave would not come back
    serving.wait(GRACE_S)
    uses.flush(_let_others_work)
    hub.database.close()


def _own_chores(live: Live, uses: Uses) -> list[Chore]:
    def close_idle() -> None:
        live.server.eio.close_idle(time.monotonic())

    def flush() -> None:
        uses.flush(_let_others_work)

    return [
        Chore(name="closing idle connections", work=close_idle, first_s=1.0, every_s=1.0),
        Chore(
            name="telling operators of screens",
            work=live.screens.tell,
            first_s=screens_up.FIRST_S,
            every_s=screens_up.EVERY_S,
        ),
        Chore(
            name="telling the time and the heads",
            work=live.heartbeats.tell,
            first_s=heartbeats.FIRST_S,
            every_s=heartbeats.EVERY_S,
        ),
        Chore(
            name="telling of applause",
            work=live.applause.tell,
            first_s=applause.FIRST_S,
            every_s=applause.EVERY_S,
        ),
        Chore(
            name="telling who is called soon",
            work=live.called.tell,
            first_s=called_soon.FIRST_S,
            every_s=called_soon.EVERY_S,
        ),
        Chore(
            name="writing who follows from elsewhere",
            work=live.keeper.write,
            first_s=keeping.FIRST_S,
            every_s=keeping.EVERY_S,
        ),
        Chore(name="writing last uses", work=flush, first_s=FLUSH_USES_S, every_s=FLUSH_USES_S),
    ]


def _let_others_work() -> None:
    network.sleep(0)


def _do_regularly(chore: Chore) -> None:
    network.sleep(chore.first_s)
    while True:
        try:
            chore.work()
        except Unavailable:
            pass  # logged by the database; tried again at the next turn
        except Occupied:
            log.error("the lock of the database was lost")  # noqa: TRY400 - no defect
        except Exception:
            log.exception("%s failed; next try in %s s", chore.name, chore.every_s)
        network.sleep(chore.every_s)


def _unusable(settings: Settings, error: OSError) -> SettingsError:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"{host}:{settings.port}"
    if error.errno != errno.EADDRINUSE:
        return SettingsError(
            msg("HUB_BIND: %(address)s에서 연결을 받을 수 없습니다 (%(why)s)."),
            address=address,
            why=error.strerror,
        )
    return SettingsError(
        msg(
            "HUB_BIND: %(address)s는 이미 쓰이고 있습니다. 다른 허브가 돌고 있나요? "
            "다른 포트를 고르려면: HUB_BIND=%(other)s make run (또는 conference-hub serve)"
        ),
        address=address,
        other=f"{host}:{settings.port + 1 if settings.port < MAX_PORT else settings.port - 1}",
    )


def _check_cooperative(hub: Hub) -> None:
    """Raise RuntimeError in a process that is not cooperative, where one request would block all: see `__main__.py`."""
    if not network.patched() or (not hub.database.sqlite and get_wait_callback() is None):
        message = "start the server with `python -m conference_hub serve` or `conference-hub serve`"
        raise RuntimeError(message)
