"""A ceremony over open sockets: before a name is revealed, nobody without the right to it has received a byte of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.live.conftest import OpenScreen
from tests.live.server_process import HubServer

UNSEALED = (("public", None), ("staff", "staff"))
MOST = 40
"""So many awards of each lane are called: one of every kind is among them."""
FEW = 3
"""So many on PostgreSQL: what is sent does not depend on the database, the order of commit and relay does."""


class Ears:
    """Everything that the connections without a right to names have received."""

    def __init__(self, screen: OpenScreen) -> None:
        self._screens = [screen(stream, role) for stream, role in UNSEALED]
        self.heard = [json.dumps(one.docs, ensure_ascii=False) for one in self._screens]
        for one in self._screens:
            one.listen(lambda entries: self.heard.append(json.dumps(entries, ensure_ascii=False)))

    def everything(self, server: HubServer) -> str:
        """Return what was received up to now."""
        for one, (stream, role) in zip(self._screens, UNSEALED, strict=True):
            one.wait_for(server.head(stream, role))
        return "\n".join(self.heard)


def named_awards(server: HubServer, most: int) -> Iterator[dict[str, Any]]:
    """Yield awards whose recipient has a name that nobody else has, in calling order of each lane."""
    _, answer = server.get("state?stream=sealed", "emcee")
    awards = [doc for key, doc in answer["snapshot"].items() if key.startswith("award/") and doc["recipient"]]
    names = [doc["recipient"] for doc in awards]
    for lane in ("hall", "metaverse"):
        own = sorted(
            (doc for doc in awards if doc["lane"] == lane), key=lambda doc: (doc["cue"], doc["order"])
        )
        yield from [doc for doc in own if names.count(doc["recipient"]) == 1][:most]


@pytest.mark.parametrize(
    ("database_url", "most"), [("sqlite", MOST), ("postgres", FEW)], indirect=["database_url"]
)
def test_names_reach_unsealed_sockets_with_their_reveal_and_not_before(
    hub_server: HubServer, screen: OpenScreen, most: int
) -> None:
    ears = Ears(screen)
    early, late = [], []
    for award in named_awards(hub_server, most):
        assert hub_server.award(award["id"], "arm")[0] == 200
        if award["recipient"] in ears.everything(hub_server):
            early.append(award["id"])
        assert hub_server.award(award["id"], "reveal")[0] == 200
        if award["recipient"] not in ears.everything(hub_server):
            late.append(award["id"])
        assert hub_server.award(award["id"], "done")[0] == 200

    assert (early, late) == ([], [])


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_name_that_leaks_is_found(hub_server: HubServer, screen: OpenScreen) -> None:
    ears = Ears(screen)
    award = next(named_awards(hub_server, FEW))

    hub_server.message(f"곧 {award['recipient']} 님을 모십니다")

    assert award["recipient"] in ears.everything(hub_server)
