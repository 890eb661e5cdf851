"""What an export of a conference holds, and what it must not."""

from __future__ import annotations

from conference_hub.awards.actions import Said, command
from conference_hub.awards.model import Wording
from conference_hub.awards.verbs import Given
from conference_hub.core.actor import Actor
from conference_hub.data.export import conference_as_json
from conference_hub.followup.own_calendar_store import calendar_token
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


def test_no_withdrawn_name_no_stored_answer_and_no_rendered_document_is_exported(seeded: Hub) -> None:
    name = "석용주"
    for number, (verb, wording) in enumerate(
        (("arm", None), ("reveal", None), ("correct", "석용수"), ("take-back", None))
    ):
        with seeded.journal.writing(CONF, actor=Actor.system("test"), command_id=str(number)) as write:
            given = Given(wording=Wording(recipient=wording))
            command(write, "case-01", verb, Said(outside="test", given=given))
    with seeded.database.reading() as db:
        tables = conference_as_json(db, CONF)["tables"]

    assert {"command", "run_step"}.isdisjoint(tables)
    assert [entry["topic"] for entry in tables["journal_entry"] if entry["subject"] == "award/case-01"] != []
    assert all("docs" not in entry["body"] for entry in tables["journal_entry"])
    assert [table for table, rows in tables.items() if name in str(rows)] == ["guest"]
    assert [table for table, rows in tables.items() if "석용수" in str(rows)] == ["award"]
