"""A database from before lanes had drivers and sync points, and rehearsals clocks: none is there, all can be used."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.agenda import lane_store, run_store
from conference_hub.agenda.history import RunId
from conference_hub.agenda.run_clock import RunClock
from conference_hub.awards import store
from conference_hub.core import entries, migrate
from conference_hub.core.db import Database
from conference_hub.core.stream import Stream
from conference_hub.web.hub import Hub
from tests.integration.upgrade.morning import API, HEADS, Command, browser, snapshot
from tests.model_day import CONF, FakeNow
from tests.upgrade import half_a_day

BEFORE_CLOCKS = "0040"
BEGAN = datetime(2021, 12, 1, 23, 0, tzinfo=UTC)
SEEN = HEADS["operator"]


def test_nobody_drives_a_lane_until_somebody_takes_it(app: Flask, command: Command, hub: Hub) -> None:
    with hub.database.reading() as db:
        states = lane_store.lane_states(db, CONF, run_store.live_run(db, CONF))

    taken = _sent(browser(app, "kim"), "run/take-control", command_id="taken", lane="hall")
    refused = command("run/hold", command_id="held", seen=SEEN, lane="hall")

    nothing = (None, None, None)
    assert [(one.holder, one.run.ready_since, one.left) for one in states] == [nothing] * len(states)
    assert taken[0] == 200, taken
    assert (refused.status_code, refused.get_json()["error"]["by"]) == (409, "김감독")


def test_lanes_can_be_made_to_wait_for_one_another(app: Flask, now: FakeNow) -> None:
    organiser = browser(app, "kim")
    plan = organiser.get(f"{API}/plan").get_json()
    edits = [
        {"op": "put_cue", "lane": lane["id"], "cue": {**cue, "sync": "③"}}
        for lane in plan["lanes"]
        for cue in lane["cues"]
        if cue["id"].startswith("round-3-")
    ]
    _, edited = _sent(organiser, "plan/edit", command_id="edit", revision=plan["revision"], edits=edits)
    assert _sent(organiser, "run/apply", command_id="apply", revision=edited["revision"])[0] == 200

    status, _ = _sent(organiser, "run/next", command_id="on", seen=10**6, lane="hall", with_left="leave")

    lane = snapshot(organiser)["lane/hall"]
    assert (status, lane["cue"]) == (200, "round-2-hall")
    assert lane["ready_since"] == now().strftime("%Y-%m-%dT%H:%M:%S.000Z")


def test_rehearsal_of_before_goes_by_the_time_of_day_and_its_screens_have_a_stream(database_url: str) -> None:
    """Nobody is called in it: rehearsals had no awards when it began."""
    database = Database(database_url)
    half_a_day.load(database)
    migrate.upgrade(database, BEFORE_CLOCKS)
    _rehearse(database)

    migrate.upgrade(database)

    with database.reading() as db:
        found = run_store.get_following(db, CONF, RunId("run-2"))
        live = run_store.live_run(db, CONF)
        head = entries.find_head(db, CONF, Stream.REHEARSAL)
        called = store.load_run(db, CONF, found).awards
    database.close()
    assert (found.clock, found.on_screens) == (RunClock(since=BEGAN, at=BEGAN), False)
    assert (live.clock, head) == (None, 0)
    assert called == {}


def _sent(client: FlaskClient, path: str, **body: Any) -> tuple[int, dict[str, Any]]:
    answer = client.post(f"{API}/{path}", json=body)
    return answer.status_code, answer.get_json()


def _rehearse(database: Database) -> None:
    """Put a rehearsal of the live run's plan there, as the schema of that time has it."""
    tables = sa.MetaData()
    with database.engine.begin() as connection:
        tables.reflect(connection, only=["run"])
        run = tables.tables["run"]
        (live,) = connection.execute(sa.select(run)).mappings()
        connection.execute(run.insert(), {**live, "id": "run-2", "kind": "rehearsal", "began_at": BEGAN})
