"""What is kept in memory by a conference's numbers: never older than the database, no matter who changed it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.conferences import kept
from conference_hub.conferences.kept import Kept, Number, bump_people, bump_revision
from conference_hub.conferences.store import find_conference
from conference_hub.conferences.tables import ConferenceRow
from conference_hub.core.db import Database
from conference_hub.web.hub import Hub
from tests.model_day import CONF


@dataclass
class Accents:
    """Reads the accent of a conference, and notes how often."""

    read: list[str] = field(default_factory=list)

    def __call__(self, session: Session, conf: str) -> str:
        accent = session.scalars(sa.select(ConferenceRow.accent).where(ConferenceRow.slug == conf)).one()
        self.read.append(accent)
        return accent


@pytest.fixture
def accents() -> Accents:
    return Accents()


@pytest.fixture
def other_process(seeded: Hub) -> Iterator[Database]:
    """The same database as another process has it open."""
    database = Database(seeded.database.url.render_as_string(hide_password=False))
    yield database
    database.close()


def paint(session: Session, accent: str) -> None:
    session.execute(sa.update(ConferenceRow).where(ConferenceRow.slug == CONF).values(accent=accent))
    bump_revision(session, CONF)


def asked(database: Database, value: Kept[str]) -> str:
    with database.reading() as session:
        return value.of(session, CONF)


def test_a_value_is_made_once_until_it_changes(seeded: Hub, accents: Accents) -> None:
    value = Kept(accents)
    before = [asked(seeded.database, value) for _ in range(3)]

    with seeded.database.writing() as session:
        paint(session, "#010203")
    after = [asked(seeded.database, value) for _ in range(3)]

    assert before == [accents.read[0]] * 3
    assert after == ["#010203"] * 3
    assert len(accents.read) == 2


def test_a_change_by_another_process_is_seen_at_once(
    seeded: Hub, accents: Accents, other_process: Database
) -> None:
    value = Kept(accents)
    asked(seeded.database, value)

    with other_process.writing() as session:
        paint(session, "#010203")

    assert asked(seeded.database, value) == "#010203"


def test_a_transaction_sees_its_own_change_and_one_that_is_rolled_back_leaves_nothing(
    seeded: Hub, accents: Accents
) -> None:
    value = Kept(accents)
    before = asked(seeded.database, value)

    with seeded.database.writing() as session:
        value.of(session, CONF)
        paint(session, "#010203")
        own = value.of(session, CONF)
        session.rollback()
    after = asked(seeded.database, value)
    with (
        seeded.database.writing() as session
    ):  # the number that the transaction before had, with another content
        paint(session, "#040506")

    assert (own, after, asked(seeded.database, value)) == ("#010203", before, "#040506")


def test_a_reader_that_began_before_a_change_goes_on_with_what_it_sees(seeded: Hub, accents: Accents) -> None:
    value = Kept(accents)
    with seeded.database.reading() as early:
        before = early.scalars(sa.select(ConferenceRow.accent).where(ConferenceRow.slug == CONF)).one()
        with seeded.database.writing() as session:
            paint(session, "#010203")
        assert asked(seeded.database, value) == "#010203"

        assert value.of(early, CONF) == before
    assert asked(seeded.database, value) == "#010203"


def test_the_guest_list_and_the_plan_have_numbers_of_their_own(seeded: Hub, accents: Accents) -> None:
    by_plan, by_people, changes = Kept(accents), Kept(accents, by=Number.PEOPLE), (bump_people, bump_revision)
    for change in changes:
        with seeded.database.writing() as session:
            change(session, CONF)
        asked(seeded.database, by_plan)
        asked(seeded.database, by_people)

    assert len(accents.read) == 2 + 1  # each once, and the plan's again


def test_what_is_kept_is_forgotten_when_the_database_is_closed(seeded: Hub, accents: Accents) -> None:
    value = Kept(accents)
    asked(seeded.database, value)
    seeded.database.close()
    asked(seeded.database, value)

    assert len(accents.read) == 2


def test_an_unknown_conference_is_asked_for_each_time(seeded: Hub) -> None:
    with seeded.database.reading() as session:
        assert find_conference(session, "none") is None
        assert kept.revisions(session, "none") is None


def test_only_so_many_values_are_kept(seeded: Hub, accents: Accents, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 2)
    values = [Kept(accents) for _ in range(3)]
    for value in (*values, values[0], values[2]):
        asked(seeded.database, value)

    assert len(accents.read) == 4  # the first one had to go when the third came
