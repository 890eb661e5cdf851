"""A link for an account signs a browser in as that account, once; accounts of the hub say who else may create."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from conference_hub.access import accounts, store
from conference_hub.access.account_links import make_account_link
from conference_hub.access.model import Grant, Role
from conference_hub.core.errors import Refused
from conference_hub.web.hub import Hub
from tests.model_day import CONF, FakeNow


def add(hub: Hub, login: str, *confs: str, may_create: bool = False) -> str:
    with hub.database.writing() as db:
        return accounts.add_account(
            db,
            login=login,
            name=login,
            password_hash=None,
            grants=[Grant(conf=conf, role=Role.STAFF) for conf in confs],
            at=hub.now(),
            may_create=may_create,
        )


def link(hub: Hub, account_id: str) -> str:
    with hub.database.writing() as db:
        return make_account_link(db, account_id, hub.now())


@pytest.mark.parametrize(("confs", "leads_to"), [((), "/conferences/"), ((CONF,), "/checkin/")])
def test_a_link_signs_in_as_the_account_to_set_a_password(
    seeded: Hub, client: FlaskClient, confs: tuple[str, ...], leads_to: str
) -> None:
    secret = link(seeded, add(seeded, "kim", *confs, may_create=True))

    answer = client.post("/link", data={"secret": secret})

    assert (answer.status_code, answer.location) == (302, "/password")
    assert f'href="{leads_to}"' in client.get("/password").text


def test_a_link_works_once(seeded: Hub, client: FlaskClient) -> None:
    secret = link(seeded, add(seeded, "kim"))

    assert [client.post("/link", data={"secret": secret}).status_code for _ in range(2)] == [302, 401]


def test_a_link_ends_after_two_days(seeded: Hub, client: FlaskClient, now: FakeNow) -> None:
    secret = link(seeded, add(seeded, "kim"))
    now.forward(seconds=timedelta(days=2).total_seconds())

    assert client.post("/link", data={"secret": secret}).status_code == 401


def test_a_link_of_a_closed_account_does_not_work(seeded: Hub, client: FlaskClient) -> None:
    secret = link(seeded, add(seeded, "kim"))
    with seeded.database.writing() as db:
        accounts.disable_account(db, "kim", seeded.now())

    assert client.post("/link", data={"secret": secret}).status_code == 401


def test_the_last_hub_organiser_keeps_the_right(seeded: Hub) -> None:
    add(seeded, "kim", may_create=True)
    add(seeded, "park")
    with pytest.raises(Refused), seeded.database.writing() as db:
        accounts.set_may_create(db, "kim", may_create=False)
    with seeded.database.writing() as db:
        accounts.set_may_create(db, "park", may_create=True)
        accounts.set_may_create(db, "kim", may_create=False)

    with seeded.database.reading() as db:
        assert [account.login for account in store.creators(db)] == ["park"]
