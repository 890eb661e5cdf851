"""Runs the server: starts the relay, answers until told to stop, then closes in order."""

from __future__ import annotations

import errno
import gc
import logging
import socket

from flask import Flask
from psycopg2.extensions import get_wait_callback

from conference_hub import logs
from conference_hub.config import MAX_PORT, Settings, SettingsError
from conference_hub.errors import msg
from conference_hub.hub import Hub
from conference_hub.live import network
from conference_hub.live.parts import EXTENSION, Live
from conference_hub.live.sockets import expel_revoked

log = logging.getLogger(__name__)

GC_THRESHOLDS = (50_000, 20, 50)
"""Rare full collections: thousands of connections are millions of live objects; a pause delays facts."""
RESERVED_FILES = 256
"""Open files kept for the database, static files and logs; half of them, where there are fewer than twice as many."""
FEWEST_FILES = 64
RECHECK_S = 10.0
GRACE_S = 3.0
"""How long a request that is being answered may still take when the server stops."""


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
    files = network.allow_many_files(network.MAX_CONNECTIONS + RESERVED_FILES)
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


def serve(app: Flask, hub: Hub, listener: socket.socket) -> None:
    """Serve until SIGTERM or Ctrl-C, then close in order and return.

    Raises RuntimeError when the process is not cooperative or the server stopped by itself.
    """
    _check_cooperative(hub)
    logs.configure()
    gc.set_threshold(*GC_THRESHOLDS)
    live: Live = app.extensions[EXTENSION]
    live.relay.begin()
    network.spawn(live.relay.run)
    network.spawn(_recheck_regularly, hub, live)
    web_server = network.serve(app, listener, most_connections())
    log.info(
        "serving",
        extra={"address": f"{hub.settings.host}:{hub.settings.port}", "url": hub.settings.public_url},
    )
    stopped_by = network.wait_for_stop(web_server)
    _close(web_server, live, hub)
    if stopped_by is None:
        message = "the server stopped accepting connections by itself"
        raise RuntimeError(message)
    log.info("stopped", extra={"signal": stopped_by})


def _close(web_server: network.WebServer, live: Live, hub: Hub) -> None:
    """Take nothing new, let clients go (they come back by themselves to who serves next), finish the rest."""
    web_server.stop_accepting()
    live.relay.stop()
    for client in list(live.server.eio.sockets.values()):
        client.close(wait=False)
    web_server.wait(GRACE_S)
    hub.database.close()


def _recheck_regularly(hub: Hub, live: Live) -> None:
    while True:
        network.sleep(RECHECK_S)
        try:
            expel_revoked(hub, live.server, live.followers)
        except Exception:
            log.exception("sessions could not be checked again; next try in %s s", RECHECK_S)


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
    """Refuse to run where one waiting request would hold up everybody: see `__main__.py`."""
    if not network.patched() or (not hub.database.sqlite and get_wait_callback() is None):
        message = "start the server with `python -m conference_hub serve` or `conference-hub serve`"
        raise RuntimeError(message)
