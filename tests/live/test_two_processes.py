"""Two servers on one PostgreSQL: who follows at the one hears at once what is done at the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.live.screen import Screen
from tests.live.server_process import HubServer


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_follower_of_one_server_hears_what_is_done_at_the_other(
    hub_server: HubServer, tmp_path: Path
) -> None:
    second = hub_server.beside(tmp_path / "second")
    second.start()
    here, there = Screen(hub_server), Screen(second)
    try:
        here.connect()
        there.connect()
        assert hub_server.run("start")[0] == 200
        assert second.run("extend", seconds=60)[0] == 200
        _, fresh = hub_server.get("state?stream=public")

        assert here.wait_for(fresh["head"]) == there.wait_for(fresh["head"]) == fresh["snapshot"]
    finally:
        here.leave()
        there.leave()
        second.kill()
    logs = hub_server.log() + second.log()
    assert "no signals from or to other processes" not in logs
    assert "Traceback" not in logs
