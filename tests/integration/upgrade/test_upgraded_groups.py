"""A database from before groups: none is called, and the lanes' acts go on as before."""

from __future__ import annotations

from conference_hub.awards.group_store import all_groups
from conference_hub.web.hub import Hub
from tests.integration.upgrade.morning import Command
from tests.model_day import CONF


def test_lane_goes_on_without_a_group(hub: Hub, command: Command) -> None:
    with hub.database.reading() as db:
        before = list(all_groups(db, CONF))

    answer = command("awards/group/pause", by="stream-deck", command_id="no-group", seen=0, lane="hall")

    assert (before, answer.status_code, answer.get_json()["error"]["code"]) == ([], 409, "no_group")
