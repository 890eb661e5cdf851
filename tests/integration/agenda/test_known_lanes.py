"""What a command finds of its lane in memory: what is stored, whoever changed it (`conftest.same_as_stored`)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from conference_hub.access.model import Role
from conference_hub.agenda import actions, known_lanes
from conference_hub.agenda.scene import Asked
from conference_hub.core.actor import Actor
from conference_hub.core.db import Database
from conference_hub.core.entries import head
from conference_hub.core.journal import Journal
from conference_hub.core.stream import Stream
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.model_day import CONF

API = f"/api/v1/c/{CONF}/run"
HALL = Asked(lane="hall")
LABEL = "Operator Of The Hall"


@pytest.fixture
def other_process(seeded: Hub) -> Iterator[Journal]:
    """The same journal as another process has it open."""
    database = Database(seeded.database.url.render_as_string(hide_password=False))
    yield Journal(database, seeded.now)
    database.close()


def extension_s(documents: dict[str, dict[str, int]]) -> int:
    (cue,) = (doc for key, doc in documents.items() if key.startswith("cue/"))
    return cue["extension_s"]


def test_a_command_goes_on_from_what_another_process_left(
    seeded: Hub, sign_in: SignIn, other_process: Journal
) -> None:
    operator = sign_in(Role.OPERATOR)
    operator.post(f"{API}/start", json={"command_id": "c1", "lane": "hall"})
    operator.post(f"{API}/extend", json={"command_id": "c2", "lane": "hall", "seconds": 30})
    with other_process.sharing(CONF, actor=Actor.system("kim")) as write:
        actions.extend(write, HALL, seconds=60)

    answer = operator.post(f"{API}/extend", json={"command_id": "c3", "lane": "hall", "seconds": 5})

    assert extension_s(answer.get_json()["docs"]) == 30 + 60 + 5


def test_a_command_that_failed_left_nothing_that_the_next_one_finds(seeded: Hub, sign_in: SignIn) -> None:
    operator = sign_in(Role.OPERATOR)
    operator.post(f"{API}/start", json={"command_id": "c1", "lane": "hall"})

    def extend_and_fail() -> None:
        with seeded.journal.sharing(CONF, actor=Actor.system("kim")) as write:
            actions.extend(write, HALL, seconds=60)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        extend_and_fail()

    answer = operator.post(f"{API}/extend", json={"command_id": "c2", "lane": "hall", "seconds": 5})
    assert extension_s(answer.get_json()["docs"]) == 5


def test_who_drives_is_known_and_what_can_be_undone_stays(seeded: Hub, sign_in: SignIn) -> None:
    operator, organiser = sign_in(Role.OPERATOR), sign_in(Role.ORGANISER)
    operator.post(f"{API}/start", json={"command_id": "c1", "lane": "hall"})
    operator.post(f"{API}/take-control", json={"command_id": "c2", "lane": "hall"})
    refused = organiser.post(f"{API}/extend", json={"command_id": "c3", "lane": "hall", "seconds": 5})
    operator.post(f"{API}/release-control", json={"command_id": "c4", "lane": "hall"})

    answer = organiser.post(f"{API}/undo", json={"command_id": "c5", "lane": "hall"})

    assert (refused.get_json()["error"]["code"], answer.status_code) == ("held_by", 200)


def labels_in_memory(hub: Hub, label: str) -> int:
    """Count where a label stands in what is kept of the database."""
    return repr(hub.database.memory).count(label)


@pytest.fixture
def driven(seeded: Hub, sign_in: SignIn) -> Hub:
    """The hub after an operator of a telling name took a lane."""
    operator = sign_in(Role.OPERATOR, name=LABEL)
    operator.post(f"{API}/take-control", json={"command_id": "c1", "lane": "hall"})
    assert labels_in_memory(seeded, LABEL)
    return seeded


def test_a_fact_of_whomever_lets_memory_forget_what_it_made_out_of_date(driven: Hub) -> None:
    """As the relay tells of each head, also of one that another process moved."""
    with driven.database.reading() as db:
        at = head(db, CONF, Stream.OPERATOR)

    known_lanes.drop(driven.database, CONF, but_at=at)
    assert labels_in_memory(driven, LABEL)

    known_lanes.drop(driven.database, CONF, but_at=at + 1)
    assert not labels_in_memory(driven, LABEL)
