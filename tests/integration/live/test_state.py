"""`GET /api/v1/c/<conf>/state`: snapshot or entries, for whom, and what a cache may keep."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.core.stream import Docs, Stream
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.live.conftest import BARE, say

STATE = f"/api/v1/c/{BARE}/state"
NOW = "2021-12-02T00:00:00.000Z"


@pytest.fixture
def worded(app: object, bare: Hub) -> Hub:
    """The bare conference with documents of its own and two facts."""
    del app

    def documents(_session: object, _conf: str, stream: Stream) -> Docs:
        return {"word": {"said": f"to {stream}"}}

    bare.documents[:] = [documents]
    say(bare, "one", "two")
    return bare


def test_state_without_after_is_a_snapshot(worded: Hub, client: FlaskClient) -> None:
    assert client.get(STATE).json == {
        "stream": "public",
        "head": 2,
        "now": NOW,
        "snapshot": {"word": {"said": "to public"}},
    }


def test_state_with_after_is_the_entries_since(worded: Hub, client: FlaskClient) -> None:
    body = {"docs": {"word": {"said": "two"}}}
    entry = {"stream": "public", "seq": 2, "topic": "Said", "at": NOW, "body": body}

    assert client.get(f"{STATE}?after=1").json == {
        "stream": "public",
        "head": 2,
        "now": NOW,
        "entries": [entry],
    }
    assert client.get(f"{STATE}?after=2").json == {"stream": "public", "head": 2, "now": NOW, "entries": []}


def test_state_with_after_beyond_the_head_is_a_snapshot(worded: Hub, client: FlaskClient) -> None:
    answer = client.get(f"{STATE}?after=3").json

    assert answer is not None
    assert answer.keys() == {"stream", "head", "now", "snapshot"}


@pytest.mark.parametrize("after", ["", "-1", "1.0", "x", "٣", "9" * 16])
def test_an_unusable_after_is_refused(worded: Hub, client: FlaskClient, after: str) -> None:
    answer = client.get(STATE, query_string={"after": after})

    assert answer.status_code == 422
    assert answer.json is not None
    assert (answer.json["error"]["code"], answer.json["error"]["field"]) == ("invalid", "after")


def test_an_unknown_stream_or_conference_is_refused(worded: Hub, client: FlaskClient) -> None:
    assert client.get(f"{STATE}?stream=secret").status_code == 422
    assert client.get("/api/v1/c/none/state").status_code == 404


def test_each_stream_is_answered_to_exactly_the_roles_that_may_follow_it(
    worded: Hub, sign_in: SignIn
) -> None:
    roles = (Role.ORGANISER, Role.OPERATOR, Role.EMCEE, Role.STAFF, Role.ATTENDEE)
    browsers = {role: sign_in(role, conf=BARE, guest_id=None) for role in roles}

    answered = {
        stream: {role for role in roles if browsers[role].get(f"{STATE}?stream={stream}").status_code == 200}
        for stream in Stream
    }

    assert answered == {
        Stream.PUBLIC: set(roles),
        Stream.STAFF: {Role.ORGANISER, Role.OPERATOR, Role.STAFF},
        Stream.SEALED: {Role.ORGANISER, Role.OPERATOR, Role.EMCEE},
        Stream.OPERATOR: {Role.ORGANISER, Role.OPERATOR},
        Stream.REHEARSAL: {Role.ORGANISER, Role.OPERATOR, Role.EMCEE},
    }


def test_state_answers_401_to_strangers_and_403_to_the_wrong_role(
    worded: Hub, client: FlaskClient, sign_in: SignIn
) -> None:
    assert client.get(f"{STATE}?stream=operator").status_code == 401
    assert sign_in(Role.STAFF, conf=BARE).get(f"{STATE}?stream=operator").status_code == 403


def test_public_state_is_cacheable_for_one_second_for_everybody(worded: Hub, sign_in: SignIn) -> None:
    answer = sign_in(Role.OPERATOR, conf=BARE).get(STATE)

    assert answer.headers["Cache-Control"] == "public, max-age=1"
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_other_states_are_not_cacheable(worded: Hub, sign_in: SignIn) -> None:
    answer = sign_in(Role.OPERATOR, conf=BARE).get(f"{STATE}?stream=operator")

    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers


def test_unchanged_state_is_answered_304_without_an_id(worded: Hub, client: FlaskClient) -> None:
    first = client.get(STATE)
    again = client.get(STATE, headers={"If-None-Match": first.headers["ETag"], "X-Request-Id": "question-1"})
    say(worded, "three")
    changed = client.get(
        STATE, headers={"If-None-Match": first.headers["ETag"], "X-Request-Id": "question-2"}
    )

    assert (again.status_code, again.data, again.headers.get("X-Request-Id")) == (304, b"", None)
    assert (changed.status_code, changed.headers["X-Request-Id"]) == (200, "question-2")


FLOOD = 60
"""Different replays that one address asks for at once."""


def forms(client: FlaskClient, asked: range, address: str) -> list[str]:
    """Return in which form the states since some numbers came, asked for from an address."""
    answers = [
        client.get(f"{STATE}?after={after}", environ_base={"REMOTE_ADDR": address}).get_json()
        for after in asked
    ]
    return ["entries" if "entries" in answer else "snapshot" for answer in answers]


def test_address_that_asks_for_every_replay_gets_the_snapshot_that_is_kept_for_all(
    worded: Hub, client: FlaskClient
) -> None:
    say(worded, *(str(number) for number in range(FLOOD)))

    flooding = forms(client, range(FLOOD), "203.0.113.7")
    other = forms(client, range(FLOOD, FLOOD + 1), "203.0.113.8")
    here = forms(client, range(FLOOD), "127.0.0.1")

    assert (flooding[:30], flooding[-1]) == (["entries"] * 30, "snapshot")
    assert other == ["entries"]
    assert here == ["entries"] * FLOOD
    assert forms(client, range(FLOOD + 1, FLOOD + 3), "203.0.113.7")[-1] == "entries"
