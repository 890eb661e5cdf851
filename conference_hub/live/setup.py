"""Adds the live side to the application."""

from __future__ import annotations

import logging
from functools import partial
from typing import Any, cast

from flask import Flask
from flask_socketio import SocketIO

from conference_hub.access.uses import EXTENSION as EXTENSION_USES
from conference_hub.access.uses import Uses
from conference_hub.agenda import known_lanes
from conference_hub.attendance.keeping import Keeper
from conference_hub.core.shared_reading import SharedReading
from conference_hub.core.stream import Stream
from conference_hub.live import network, reading
from conference_hub.live.admission import Admission
from conference_hub.live.applause import Applause
from conference_hub.live.asked_states import AskedStates
from conference_hub.live.called_soon import CalledSoon
from conference_hub.live.duties import Duties
from conference_hub.live.fanout import broadcast, broadcast_in_slices, broadcast_text
from conference_hub.live.first_pictures import FirstPictures
from conference_hub.live.followers import Followers, StreamKey
from conference_hub.live.health import StorageProbe
from conference_hub.live.heartbeats import Heartbeats
from conference_hub.live.letters import LettersOfStreams
from conference_hub.live.recheck import Recheck
from conference_hub.live.relay import Relay
from conference_hub.live.replays import Replays
from conference_hub.live.rooms import Rooms
from conference_hub.live.routes import live_bp
from conference_hub.live.screens_up import ScreensUp
from conference_hub.live.signals import Signals
from conference_hub.live.snapshot import States
from conference_hub.live.sockets import SocketHandlers
from conference_hub.live.state import EXTENSION, Live
from conference_hub.live.transport.choice import use_engine
from conference_hub.live.transport.engine import Engine
from conference_hub.live.transport.intake import MAX_MESSAGE_BYTES
from conference_hub.screens.applause import takes_applause
from conference_hub.web import limits, logs, metrics
from conference_hub.web.hub import Hub


def install(app: Flask, hub: Hub) -> SocketIO:
    """Add sockets, state, health and metrics to `app`; nothing runs until `server.serve`."""
    socketio = SocketIO(
        app,
        async_mode="eventlet" if network.patched() else "threading",
        manage_session=False,
        client_manager=Rooms(),
        logger=logging.getLogger("socketio"),
    )
    server = cast("Any", socketio).server
    engine = _use_engine(server, hub)
    shared = SharedReading(hub.database)
    live = _parts(hub, server, shared, app.extensions[EXTENSION_USES])
    _answer_sockets(live, hub, Admission(app, hub, shared), engine)
    _hear(live, hub)
    metrics.install(app)
    logs.install(app)
    app.register_blueprint(live_bp)
    reading.install(app)
    app.extensions[EXTENSION] = live
    return socketio


def _use_engine(server: Any, hub: Hub) -> Engine:
    """Give the Socket.IO server its transport."""
    return use_engine(
        server,
        fast=hub.settings.fast_transport,
        io_uring=hub.settings.io_uring,
        cooperative=network.patched(),
        backlog=hub.settings.client_backlog_bytes,
        cors_allowed_origins=[hub.settings.origin],
        max_http_buffer_size=MAX_MESSAGE_BYTES,
        logger=logging.getLogger("engineio"),
    )


def _parts(hub: Hub, server: Any, shared: SharedReading, uses: Uses) -> Live:
    """Make what the live side consists of."""
    followers = Followers()
    states = States(hub)
    pictures = FirstPictures(hub, states)

    def moved(key: StreamKey, head: int) -> None:
        states.forget(key, head)
        pictures.forget(key)
        if key[1] is Stream.OPERATOR:
            known_lanes.drop(hub.database, key[0], but_at=head)

    relay = Relay(hub, partial(broadcast_text, server), moved)
    send = partial(broadcast, server)
    in_slices = partial(broadcast_in_slices, server, sleep=network.sleep)
    return Live(
        server=server,
        relay=relay,
        signals=None if hub.database.sqlite else Signals(hub.database, relay.look),
        duties=Duties(hub),
        followers=followers,
        recheck=Recheck(hub, server, followers, uses),
        applause=Applause(
            followers=followers, send=in_slices, storage=limits.storage, wanted=partial(_wanted, hub)
        ),
        heartbeats=Heartbeats(followers=followers, heartbeat=relay.heartbeat, send=in_slices),
        called=CalledSoon(hub=hub, send=send, head=lambda conf: relay.position((conf, Stream.OPERATOR)) or 0),
        keeper=Keeper(hub),
        screens=ScreensUp(
            followers=followers, send=send, head=lambda key: relay.position(key) or 0, now=hub.now
        ),
        states=states,
        pictures=pictures,
        letters=LettersOfStreams(states),
        replays=Replays(states, shared, server),
        storage=StorageProbe(hub.database),
    )


def _answer_sockets(live: Live, hub: Hub, admission: Admission, engine: Engine) -> None:
    """Let what sockets say reach the parts."""
    SocketHandlers(
        server=live.server,
        tell=partial(broadcast, live.server),
        admission=admission,
        relay=live.relay,
        followers=live.followers,
        replays=live.replays,
        joined=engine.joined,
        screens=live.screens,
        applause=live.applause,
        called=live.called,
        keeper=live.keeper,
        now=hub.now,
    ).attach()
    AskedStates(
        server=live.server,
        states=live.states,
        followers=live.followers,
        replays=live.replays,
        now=hub.now,
    ).attach()


def _hear(live: Live, hub: Hub) -> None:
    """Let the parts hear of what is written to the journal, of sign-ins that ended and of data that were erased."""
    live.relay.listeners.append(live.screens.relayed)
    hub.journal.listeners += [live.relay.hand_over, metrics.count_facts, live.duties.commit_seen]
    if live.signals is not None:
        hub.journal.listeners.append(live.signals.commit_seen)
    hub.ended.append(live.recheck.wake)
    hub.purged.append(live.keeper.forget)


def _wanted(hub: Hub, conf: str) -> bool:
    with hub.database.reading() as db:
        return takes_applause(db, conf)
