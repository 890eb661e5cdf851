"""A database from before there was registration: nobody can register until an organiser opens it, and no mail waits."""

from __future__ import annotations

from flask.testing import FlaskClient

from conference_hub.outbox import store as outbox
from conference_hub.registration import setup_store, store
from conference_hub.registration.model import NEW
from conference_hub.web.hub import Hub
from tests.model_day import CONF


def test_registration_is_closed_after_the_upgrade(hub: Hub, client: FlaskClient) -> None:
    page = client.get(f"/c/{CONF}/register")
    form = {"name": "홍길동", "email": "hong@example.com", "mode": "onsite"}
    refused = client.post(f"/c/{CONF}/register", data=form)

    with hub.database.reading() as db:
        found = (setup_store.setup_of(db, CONF), store.registrations(db, CONF), outbox.mails(db, CONF))
    assert found == (NEW, [], [])
    assert (page.status_code, refused.status_code) == (200, 409)
