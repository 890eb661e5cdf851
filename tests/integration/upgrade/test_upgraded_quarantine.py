"""A database from before quarantine: nothing waits, and what comes now can be kept and rejected."""

from __future__ import annotations

from conference_hub.checkin.quarantine_store import waiting_of, waiting_senders
from conference_hub.checkin.quarantining import Aside, reject, set_aside
from conference_hub.core.actor import Actor
from conference_hub.web.hub import Hub
from tests.model_day import CONF


def test_scans_wait_after_the_upgrade(hub: Hub) -> None:
    with hub.database.reading() as db:
        before = waiting_senders(db, CONF)
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        set_aside(write, "device", "정문 1번", [Aside(sent={"scan_id": "one"}, why="device_ended")])
    with hub.database.reading() as db:
        kept = [(one.scan_id, one.label) for one in waiting_of(db, CONF, "device")]
        ids = [one.id for one in waiting_of(db, CONF, "device")]
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        reject(write, "device", ids)

    with hub.database.reading() as db:
        assert (before, kept, waiting_senders(db, CONF)) == ([], [("one", "정문 1번")], [])
