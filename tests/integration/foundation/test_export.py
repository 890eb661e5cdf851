"""What an export of a conference holds, and what it must not."""

from __future__ import annotations

from conference_hub.data.export import conference_as_json
from conference_hub.followup.store import calendar_token
from conference_hub.web.hub import Hub
from tests.model_day import CONF


def test_no_secret_that_stands_for_a_person_is_exported(seeded: Hub) -> None:
    with seeded.database.writing() as db:
        token = calendar_token(db, CONF, "guest-001")
    with seeded.database.reading() as db:
        exported = conference_as_json(db, CONF)

    assert token not in str(exported)
    columns = {column for rows in exported["tables"].values() for row in rows for column in row}
    assert columns & {"secret", "token", "password_hash"} == set()
