"""Personal data that are kept no longer: everything that says who somebody was goes, the record of the event stays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.awards.store import load
from conference_hub.conferences.purge_store import purges
from conference_hub.conferences.tables import ConferenceRow
from conference_hub.core.actor import Actor
from conference_hub.core.db import Instant
from conference_hub.core.errors import Refused
from conference_hub.core.stream import Stream
from conference_hub.data import purging
from conference_hub.data.schema import ALL_TABLES
from conference_hub.features import ERASURES
from conference_hub.people.store import all_guests
from conference_hub.people.tables import GuestRow
from conference_hub.registration.model import Standing
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.integration.retention.conftest import GUEST, KEPT_UNTIL, LONG_AFTER, PLANTED
from tests.law import Watch
from tests.model_day import CONF, FakeNow
from tests.traces import rows_with

ORGANISER = Actor.system("organiser")
OPERATOR = "Operator Of The Hall"
NAMED_IN = {
    *(
        "award",
        "guest",
        "honour",
        "invitation",
        "journal_entry",
        "machine_token",
        "mail",
        "registration",
        "registration_invitation",
    ),
    *(
        "guest_disclosure",
        "device",
        "device_link",
        "import_draft",
        "run_act",
        "run_lane",
        "run_step",
        "scan",
        "session_grant",
        "sign_in_link",
    ),
    *("plan", "plan_version", "stray_answer", "web_session"),
}
"""The tables in which the planted person is named before."""
STRUCTURE = {
    "attendance_count": "all",
    "attendance_setup": "all",
    "award": {"id", "level_id", "lane_id", "cue_id", "kind", "state", "number", "stand_in", "joint"},
    "award_group": "all",
    "award_level": "all",
    "award_programme": "all",
    "award_salt": {"award_id", "salt"},
    "badge_design": "all",
    "certificate": {"code", "ways", "title", "issuer", "about", "sessions"},
    "channel": "all",
    "conference": "all",
    "gate": "all",
    "guest_group": "all",
    "journal_stream": "all",
    "online_session": "all",
    "point": "all",
    "followup_setup": "all",
    "mailbox": {"name", "trouble"},
    "mail_wording": {"kind", "language", "subject", "content"},
    "offline_rule": "all",
    "plan": {"segments", "lanes", "departments"},
    "plan_cue": "all",
    "plan_lane": "all",
    "plan_segment": "all",
    "plan_version": {"content", "note", "changes", "cancelled", "stamps"},
    "registration_consent": "all",
    "registration_question": "all",
    "registration_setup": {"opening", "capacity", "notice"},
    "room": "all",
    "run": {"id", "kind"},
    "run_act": {"run_id", "lane", "subject", "topic", "detail"},
    "run_cue": "all",
    "rehearsal": {"run_id"},
    "rehearsed_award": "all",
    "rehearsed_group": "all",
    "rehearsed_layer": "all",
    "rehearsed_level": "all",
    "run_lane": {"run_id", "id", "cues", "status", "cue_id", "standby", "ready_left"},
    "session_series": "all",
    "stage_layer": "all",
    "video": "all",
}
"""What is no personal data: what was planned, configured and published. Decision 0016 says why."""
ACCOUNTABLE = {
    "account": "all",
    "account_grant": "all",
    "account_link": "all",
    "award_commitment": "all",
    "award_opening": "all",
    "guest_disclosure": {"id", "by", "actor", "kind", "reason"},
    "purge": "all",
}
"""Who works with the hub, who took data out of it, and who erased them."""


def tables_with(hub: Hub, text: str) -> set[str]:
    return {table for table, _row in rows_with(hub.database, text)}


def rows_of(hub: Hub) -> dict[str, int]:
    with hub.database.reading() as db:
        return {
            table.name: db.scalar(sa.select(sa.func.count()).select_from(table)) or 0 for table in ALL_TABLES
        }


def test_every_text_is_erased_or_known_to_name_nobody() -> None:
    gone = {one.table.name for one in ERASURES if not one.blank}
    emptied = {(one.table.name, column) for one in ERASURES for column in one.blank}
    undecided = {
        (table.name, column.name)
        for table in ALL_TABLES
        for column in table.columns
        if table.name not in gone
        and column.name != "conf"
        and isinstance(column.type, sa.String | sa.JSON | sa.LargeBinary)
        and not isinstance(column.type, Instant)
    }
    decided = STRUCTURE | ACCOUNTABLE

    left = {
        (table, column)
        for table, column in undecided - emptied
        if decided.get(table, set()) != "all" and column not in decided.get(table, set())
    }

    assert left == set()
    assert set(decided) & gone == set()


def test_nobody_is_named_any_more(held: Hub) -> None:
    before = tables_with(held, PLANTED)

    purging.purge(held, CONF, ORGANISER)

    assert (before, tables_with(held, PLANTED)) == (NAMED_IN, set())


@ON_SQLITE
def test_nobody_is_named_in_the_files_any_more(held: Hub) -> None:
    file = held.database.file
    assert file is not None

    purging.purge(held, CONF, ORGANISER)

    files = [file, *(Path(f"{file}{ending}") for ending in ("-wal", "-shm"))]
    assert [one.name for one in files if one.exists() and PLANTED.encode() in one.read_bytes()] == []


def test_followers_see_what_a_fresh_snapshot_has(held: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purging, "MOST_DOCUMENTS", 7)
    watch = Watch(held, CONF)

    purging.purge(held, CONF, ORGANISER)

    entries = watch.look()
    assert {entry.topic for entry in entries} == {"PersonalDataErased"}
    assert max(len(entry.body["docs"]) for entry in entries) == 7
    assert [PLANTED in str(entry.body) for entry in entries if entry.stream is Stream.PUBLIC] == [
        False for entry in entries if entry.stream is Stream.PUBLIC
    ]


def test_the_record_says_what_was_erased_and_how_many_came(held: Hub) -> None:
    guests = rows_of(held)["guest"]

    made = purging.purge(held, CONF, ORGANISER)

    with held.database.reading() as db:
        assert purges(db, CONF) == [made]
    assert (made.at, made.by, made.kept_until) == (LONG_AFTER, ORGANISER, KEPT_UNTIL)
    assert {
        name: made.erased[name] for name in ("guest", "scan", "registration", "sign_up", "invitation", "mail")
    } == {
        "guest": guests,
        "scan": 1,
        "registration": 1,
        "sign_up": 1,
        "invitation": 1,
        "mail": 2,
    }
    figures = {title.en: count for title, count in made.figures}
    assert (figures["On site · took part"], figures[f"Registrations · {Standing.PENDING.label.en}"]) == (1, 1)
    assert sum(count for title, count in figures.items() if title.endswith("expected")) == guests


@ON_SQLITE
def test_a_revealed_name_stays_and_a_sealed_one_goes(held: Hub) -> None:
    with held.database.reading() as db:
        before = load(db, CONF)

    purging.purge(held, CONF, ORGANISER)

    with held.database.reading() as db:
        after = load(db, CONF)
    revealed, sealed = after.award("case-01"), after.award("case-02")
    assert revealed.wording == replace(before.award("case-01").wording, pronunciation=None)
    assert (revealed.guest_id, revealed.representative, revealed.read_by) == (None, None, None)
    assert (sealed.recipient, sealed.organisation, sealed.citation) == (None, None, None)
    assert sealed.lacks_recipient


@ON_SQLITE
def test_the_programme_and_what_is_configured_stay(held: Hub) -> None:
    before = rows_of(held)

    purging.purge(held, CONF, ORGANISER)

    after = rows_of(held)
    kept = set(STRUCTURE) | {"guest_disclosure"}
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    gone = {one.table.name for one in ERASURES if not one.blank} - {"session_grant", "web_session"}
    assert {name: after[name] for name in gone - {"journal_entry"}} == dict.fromkeys(
        gone - {"journal_entry"}, 0
    )


@ON_SQLITE
def test_a_failure_on_the_way_erases_nothing(held: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    before = rows_of(held)

    def fail_at_the_end() -> None:
        with held.database.reading():
            pass
        raise InterruptedError

    monkeypatch.setattr(held, "pause", fail_at_the_end)
    with pytest.raises(InterruptedError):
        purging.purge(held, CONF, ORGANISER)

    assert rows_of(held) == before


@ON_SQLITE
def test_organisers_stay_signed_in_and_everybody_else_is_out(held: Hub, sign_in: SignIn) -> None:
    organiser, staff = sign_in(Role.ORGANISER, name="김주최"), sign_in(Role.STAFF, name="출입구")

    purging.purge(held, CONF, ORGANISER)

    def seen(browser: FlaskClient) -> int:
        return browser.get(f"/api/v1/c/{CONF}/state?stream=staff").status_code

    assert (seen(organiser), seen(staff)) == (200, 401)


@ON_SQLITE
def test_before_their_day_data_are_erased_only_when_somebody_says_so(held: Hub, now: FakeNow) -> None:
    now.instant = LONG_AFTER.replace(day=2)
    codes = []
    for state, early in (("over", False), ("ready", True), ("over", True)):
        with held.database.writing() as db:
            db.execute(sa.update(ConferenceRow).values(state=state, revision=ConferenceRow.revision + 1))
        try:
            purging.purge(held, CONF, ORGANISER, early=early)
        except Refused as refusal:
            codes.append(refusal.code)

    assert codes == ["not_due", "wrong_state"]
    with held.database.reading() as db:
        assert all_guests(db, CONF) == []


@ON_SQLITE
def test_what_came_back_is_due_again(held: Hub) -> None:
    def due() -> list[str]:
        return [conference.slug for conference in purging.due(held)]

    first = due()
    assert [conference.slug for conference, _record in purging.purge_due(held, ORGANISER)] == first
    second = due()
    with held.database.writing() as db:
        db.add(GuestRow(conf=CONF, id=GUEST, name=PLANTED, group="", mode="onsite", number="1"))

    assert (first, second, due()) == ([CONF], [], [CONF])


def test_who_drove_a_lane_is_not_in_memory_any_more(held: Hub, sign_in: SignIn) -> None:
    operator = sign_in(Role.OPERATOR, name=OPERATOR)
    operator.post(f"/api/v1/c/{CONF}/run/take-control", json={"command_id": "c1", "lane": "hall"})
    assert OPERATOR in repr(held.database.memory)

    purging.purge(held, CONF, ORGANISER)

    assert OPERATOR not in repr(held.database.memory)
