"""Runs the server: starts the relay, answers until told to stop, then closes in order."""

from __future__ import annotations

import gc
import logging
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask import Flask
from psycopg2.extensions import get_wait_callback

from conference_hub import logs
from conference_hub.config import Settings, SettingsError
from conference_hub.errors import Unavailable
from conference_hub.hub import Hub
from conference_hub.live import network
from conference_hub.live.parts import EXTENSION, Live
from conference_hub.live.sockets import expel_revoked
from conference_hub.occupancy import Occupied

log = logging.getLogger(__name__)

GC_THRESHOLDS = (50_000, 20, 50)
"""Rare full collections: thousands of connections are millions of live objects; a pause delays facts."""
RESERVED_FILES = 256
"""Open files kept for the database, static files and logs."""
RECHECK_S = 10.0
GRACE_S = 3.0
"""How long a request that is being answered may still take when the server stops."""


@dataclass(frozen=True, kw_only=True)
class Chore:
    """Work that the server does now and then, first after `first_s`."""

    name: str
    work: Callable[[], object]
    first_s: float
    every_s: float


def serve(app: Flask, hub: Hub, chores: Iterable[Chore]) -> None:
    """Serve until SIGTERM or Ctrl-C, then close in order and return; `chores` run beside it.

    Raises SettingsError when the address cannot be used, RuntimeError when the process is not cooperative or
    the server stopped by itself.
    """
    _check_cooperative(hub)
    logs.configure()
    gc.set_threshold(*GC_THRESHOLDS)
    live: Live = app.extensions[EXTENSION]
    listener = _listen(hub.settings)
    live.relay.begin()
    network.spawn(live.relay.run)
    network.spawn(_recheck_regularly, hub, live)
    for chore in chores:
        network.spawn(_do_regularly, chore)
    web_server = network.serve(
        app, listener, min(network.MAX_CONNECTIONS, network.allow_many_files() - RESERVED_FILES)
    )
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
        except Unavailable:
            pass  # said by the database; next try at the next turn
        except Exception:
            log.exception("sessions could not be checked again; next try in %s s", RECHECK_S)


def _do_regularly(chore: Chore) -> None:
    network.sleep(chore.first_s)
    while True:
        try:
            chore.work()
        except Unavailable:
            pass  # said by the database; next try at the next turn
        except Occupied as error:
            log.error("the lock of the database was lost: %s", error)  # noqa: TRY400 - no defect
        except Exception:
            log.exception("%s failed; next try in %s s", chore.name, chore.every_s)
        network.sleep(chore.every_s)


def _listen(settings: Settings) -> socket.socket:
    try:
        return network.listen(settings.host, settings.port)
    except OSError as error:
        address = f"{settings.host}:{settings.port}"
        message = f"HUB_BIND: cannot listen on {address} ({error.strerror}); is a hub running there?"
        raise SettingsError(message) from error


def _check_cooperative(hub: Hub) -> None:
    """Refuse to run where one waiting request would hold up everybody: see `__main__.py`."""
    if not network.patched() or (not hub.database.sqlite and get_wait_callback() is None):
        message = "start the server with `python -m conference_hub serve` or `conference-hub serve`"
        raise RuntimeError(message)
