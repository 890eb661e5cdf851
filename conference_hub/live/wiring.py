"""Puts the live side into the application."""

from __future__ import annotations

import logging
from functools import partial
from typing import Any, cast

from flask import Flask
from flask_socketio import SocketIO

from conference_hub import logs, metrics
from conference_hub.hub import Hub
from conference_hub.live import network
from conference_hub.live.fanout import broadcast
from conference_hub.live.followers import Followers
from conference_hub.live.health import StorageProbe
from conference_hub.live.parts import EXTENSION, Live
from conference_hub.live.relay import Relay
from conference_hub.live.routes import live_bp
from conference_hub.live.snapshot import States
from conference_hub.live.sockets import MAX_MESSAGE_BYTES, Doorway


def install(app: Flask, hub: Hub) -> SocketIO:
    """Add sockets, state, health and metrics to `app`; nothing runs until `server.serve`."""
    socketio = SocketIO(
        app,
        async_mode="eventlet" if network.patched() else "threading",
        cors_allowed_origins=[hub.settings.origin],
        manage_session=False,
        max_http_buffer_size=MAX_MESSAGE_BYTES,
        logger=logging.getLogger("socketio"),
        engineio_logger=logging.getLogger("engineio"),
    )
    server = cast("Any", socketio).server
    followers = Followers()
    relay = Relay(hub, followers, partial(broadcast, server))
    Doorway(hub, relay, followers).attach(socketio)
    hub.journal.listeners += [relay.wake, metrics.count_facts]
    metrics.install(app)
    logs.install(app)
    app.register_blueprint(live_bp)
    app.extensions[EXTENSION] = Live(
        server=server,
        relay=relay,
        followers=followers,
        states=States(hub),
        storage=StorageProbe(hub.database),
    )
    return socketio
