"""What the operator lays over the stage of a lane: who may, what every stream sees, and what is refused."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from conference_hub.access.model import Role
from conference_hub.screens.layers import AUDIENCES
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.law import Watch
from tests.model_day import CONF

pytestmark = ON_SQLITE

NUMBERS = count()
LAYER = f"/api/v1/c/{CONF}/screens/layer"
WORDS = {"ko": "잠시 쉽니다", "en": "A short break"}


def lay(client: FlaskClient, command: str, **body: Any) -> TestResponse:
    return client.post(LAYER, json={"command_id": command, **body})


def shown(hub: Hub) -> list[Any]:
    """Return what each stream sees over the hall's stage, without its time."""
    with hub.database.reading() as db:
        docs = [hub.snapshot(db, CONF, stream).get("layer/hall") for stream in AUDIENCES]
    return [doc and {key: value for key, value in doc.items() if key != "since"} for doc in docs]


def test_every_stream_sees_the_layer_and_that_it_is_gone(seeded: Hub, sign_in: SignIn) -> None:
    operator = sign_in(Role.OPERATOR)
    before = shown(seeded)
    laid = lay(operator, "l1", lane="hall", layer="text", text=WORDS)
    over = shown(seeded)
    lay(operator, "l2", lane="hall", layer=None)

    assert laid.status_code == 200
    assert (before, over, shown(seeded)) == (
        [None] * 4,
        [{"lane": "hall", "layer": "text", "text": WORDS}] * 4,
        [{"lane": "hall", "layer": None, "text": None}] * 4,
    )


def test_the_same_command_sent_again_gets_the_first_answer(seeded: Hub, sign_in: SignIn) -> None:
    operator = sign_in(Role.OPERATOR)
    first, again = (lay(operator, "l1", lane="hall", layer="blackout") for _ in range(2))

    assert (again.status_code, again.json) == (200, first.json)


def test_who_did_not_see_the_last_layer_is_told(seeded: Hub, sign_in: SignIn) -> None:
    operator = sign_in(Role.OPERATOR)
    lay(operator, "l1", lane="hall", layer="blackout")
    stale = lay(operator, "l2", lane="hall", layer="logo", seen=0)

    assert (stale.status_code, stale.json and stale.json["error"]["code"]) == (409, "stale")
    assert shown(seeded)[0] == {"lane": "hall", "layer": "blackout", "text": None}


def test_a_layer_is_an_act_of_its_lane_that_is_taken_back_and_done_again(
    seeded: Hub, sign_in: SignIn
) -> None:
    operator, seen, watch = sign_in(Role.OPERATOR), [shown(seeded)[0]], Watch(seeded, CONF)
    for number, layer in enumerate(("logo", "blackout", "blackout")):
        lay(operator, f"l{number}", lane="hall", layer=layer)
        seen.append(shown(seeded)[0])
        watch.look()

    back = [_moved(operator, "undo", seeded, watch) for _ in range(3)]
    forth = [_moved(operator, "redo", seeded, watch) for _ in range(3)]

    nothing = {"lane": "hall", "layer": None, "text": None}
    assert back == [*seen[2:0:-1], nothing]
    assert forth == seen[1:]


def _moved(operator: FlaskClient, way: str, hub: Hub, watch: Watch) -> Any:
    answer = operator.post(f"/api/v1/c/{CONF}/run/{way}", json={"command_id": f"moved-{next(NUMBERS)}"})
    assert answer.status_code == 200, answer.text
    assert watch.look()
    return shown(hub)[0]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"lane": "roof", "layer": "logo"}, 404),
        ({"lane": "hall", "layer": "fireworks"}, 422),
        ({"lane": "hall", "layer": "text"}, 422),
        ({"lane": "hall", "layer": "text", "text": {"ko": "", "en": ""}}, 422),
        ({"lane": "hall", "layer": "logo", "text": WORDS}, 422),
        ({"lane": "hall"}, 422),
        ({"layer": "logo"}, 422),
    ],
)
def test_what_does_not_fit_is_refused(
    seeded: Hub, sign_in: SignIn, body: dict[str, Any], status: int
) -> None:
    assert lay(sign_in(Role.OPERATOR), "l1", **body).status_code == status
    assert shown(seeded) == [None] * 4


def test_the_emcee_lays_nothing(seeded: Hub, sign_in: SignIn) -> None:
    assert lay(sign_in(Role.EMCEE), "l1", lane="hall", layer="logo").status_code == 403
