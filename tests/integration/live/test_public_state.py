"""What an overflow audience gets of a show under way: all that everybody may know, in few bytes, and nothing else."""

from __future__ import annotations

import gzip
import itertools
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.awards.tables import AwardRow
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF

pytestmark = ON_SQLITE

API = f"/api/v1/c/{CONF}"
STATE = f"{API}/state?stream=public"
ROUND = "round-1-hall"
GROUP = ("case-04", "case-05", "case-06")
MOST_BYTES = 8_000
"""Of the whole state as nginx sends it, compressed."""

Press = Callable[..., None]


@pytest.fixture
def press(seeded: Hub, sign_in: SignIn) -> Press:
    """Give every award of the conference a name that nothing else has; then send commands."""
    with seeded.database.writing() as db:
        for award in db.scalars(sa.select(AwardRow)):
            award.recipient, award.number = name_of(award.id), number_of(award.id)
    operator, numbers = sign_in(Role.OPERATOR), itertools.count()

    def send(path: str, **body: object) -> None:
        answer = operator.post(f"{API}/{path}", json={"command_id": f"c{next(numbers)}", **body})
        assert answer.status_code == 200, answer.text

    return send


def name_of(award: str) -> str:
    return f"수상자 {award} 님"


def number_of(award: str) -> str:
    return f"번호 {award}"


def told(text: str) -> set[str]:
    """Return the awards whose name, number or id a text holds."""
    awards = [f"case-{number:02}" for number in range(1, 27)]
    return {one for one in awards if name_of(one) in text or number_of(one) in text or f'"{one}"' in text}


@pytest.fixture
def show(press: Press) -> Press:
    """A round on air, one name of a group out, a rehearsal on the screens, a layer over the stage."""
    press("run/start", lane="hall")
    press("run/jump", lane="hall", cue=ROUND)
    press("awards/case-01/arm")
    press("awards/case-01/reveal")
    press("awards/group", lane="hall", awards=GROUP)
    press("awards/group/next", lane="hall")
    press("screens/layer", lane="hall", layer="applause")
    press("runs", revision=1, screens=True, while_live=True)
    return press


def test_state_of_a_show_names_nobody_before_their_reveal(show: Press, client: FlaskClient) -> None:
    snapshot = client.get(STATE).get_data(as_text=True)
    entries = client.get(f"{STATE}&after=0").get_data(as_text=True)
    before = told(snapshot) | told(entries)
    show("awards/group/next", lane="hall")

    assert before == {"case-01", "case-04"}
    assert told(client.get(STATE).get_data(as_text=True)) == {"case-01", "case-04", "case-05"}


def test_state_of_a_show_knows_no_rehearsal(show: Press, client: FlaskClient) -> None:
    show("run/hold", lane="hall")
    snapshot = client.get(STATE).get_json()["snapshot"]

    assert [key for key in snapshot if key.startswith("rehearsal/")] == []
    runs = {doc["run"] for key, doc in snapshot.items() if key.startswith("lane/") and "run" in doc}
    assert runs <= {"run-1"}


def test_state_of_a_show_is_small_and_asked_again_costs_nothing(show: Press, client: FlaskClient) -> None:
    first = client.get(STATE)
    again = client.get(STATE, headers={"If-None-Match": first.headers["ETag"]})
    show("run/hold", lane="hall")
    changed = client.get(STATE, headers={"If-None-Match": first.headers["ETag"]})

    assert len(gzip.compress(first.data, 5)) < MOST_BYTES
    assert (again.status_code, again.data) == (304, b"")
    assert (changed.status_code, changed.headers["ETag"] == first.headers["ETag"]) == (200, False)
    assert changed.headers["Cache-Control"] == "public, max-age=1"
