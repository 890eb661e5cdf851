"""Making links and tokens: what the journal says, and what happens when the same command is sent again."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from conference_hub.access import listing
from conference_hub.access.model import Role
from conference_hub.core.entries import since
from conference_hub.core.stream import Stream
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.model_day import CONF

DESK = f"/c/{CONF}/desk"
GUEST = "guest-001"
COMMANDS: dict[str, dict[str, str]] = {
    "team/links": {"role": "staff", "name": "접수"},
    "team/tokens": {"role": "operator", "name": "deck"},
    f"people/{GUEST}/link": {},
}


@pytest.fixture
def desk(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.ORGANISER, name="주최자 이")


def made(hub: Hub) -> list[dict[str, Any]]:
    """What the operator's stream says was made, without who did it."""
    with hub.database.reading() as db:
        entries = since(db, CONF, Stream.OPERATOR, 0, 1000)
    return [
        {"topic": entry.topic, **{k: v for k, v in entry.body.items() if k not in {"docs", "actor", "by"}}}
        for entry in entries
        if entry.topic.endswith("Made")
    ]


def given(hub: Hub) -> list[str]:
    """Return the ids of the links and tokens that may be used, the organiser's own aside."""
    with hub.database.reading() as db:
        links = [link.id for link in listing.links(db, CONF, hub.now()) if link.role is not Role.ORGANISER]
        return [*links, *(token.id for token in listing.tokens(db, CONF))]


@pytest.mark.parametrize("path", COMMANDS)
def test_a_secret_is_made_once_by_one_command(seeded: Hub, desk: FlaskClient, path: str) -> None:
    body = {"command_id": "give-1", **COMMANDS[path]}
    before = given(seeded)
    first = desk.post(f"{DESK}/{path}", json=body)
    after = given(seeded)

    again = desk.post(f"{DESK}/{path}", json=body, headers={"Accept": "application/json"})

    assert (first.status_code, len(after)) == (200, len(before) + 1)
    assert (again.status_code, again.get_json()["error"]["code"]) == (409, "already_made")
    assert (given(seeded), len(made(seeded))) == (after, 1)


@pytest.mark.parametrize("path", COMMANDS)
def test_two_commands_make_two_secrets(seeded: Hub, desk: FlaskClient, path: str) -> None:
    answers = [
        desk.post(f"{DESK}/{path}", json={**number, **COMMANDS[path]})
        for number in ({"command_id": "give-1"}, {"command_id": "give-2"}, {}, {})
    ]

    assert [answer.status_code for answer in answers] == [200] * 4
    assert len({str(answer.get_json()) for answer in answers}) == 4


def test_an_id_used_for_one_secret_does_not_make_another(desk: FlaskClient) -> None:
    desk.post(f"{DESK}/team/links", json={"command_id": "give-1", "role": "staff", "name": "접수"})

    other = desk.post(
        f"{DESK}/team/links",
        json={"command_id": "give-1", "role": "operator", "name": "접수"},
        headers={"Accept": "application/json"},
    )

    assert (other.status_code, other.get_json()["error"]["code"]) == (409, "command_id_reused")


def test_the_journal_says_what_was_made_and_nothing_of_the_secret(seeded: Hub, desk: FlaskClient) -> None:
    secrets = [
        desk.post(f"{DESK}/team/{kind}", json=COMMANDS[f"team/{kind}"]).get_json()["secret"]
        for kind in ("links", "tokens")
    ]

    link, token = given(seeded)
    facts = made(seeded)
    assert facts == [
        {"topic": "LinkMade", "link": link, "role": "staff", "guest": None},
        {"topic": "TokenMade", "token": token, "role": "operator"},
    ]
    assert [secret for secret in secrets if secret.rpartition("#")[2] in str(facts)] == []
