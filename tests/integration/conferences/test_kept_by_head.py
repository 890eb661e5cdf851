"""What is kept for a head of the journal: used at that head only, and only when it was committed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from conference_hub.conferences.kept import bump_people
from conference_hub.conferences.kept_by_head import KeptByHead
from conference_hub.core.actor import Actor
from conference_hub.core.commands import Command, run_once
from conference_hub.core.db import Database
from conference_hub.core.errors import HubError, Refused
from conference_hub.core.journal import Journal, Write
from conference_hub.core.stream import Doc, Stream
from conference_hub.web.hub import Hub
from tests.appending import append
from tests.model_day import CONF

ANEW = 1000
"""What counting anew comes to."""


def count_anew(_session: Session, _conf: str) -> int:
    return ANEW


@pytest.fixture
def count() -> KeptByHead[int]:
    return KeptByHead(count_anew)


@pytest.fixture
def other_process(seeded: Hub) -> Iterator[Journal]:
    """The same journal as another process has it open."""
    database = Database(seeded.database.url.render_as_string(hide_password=False))
    yield Journal(database, seeded.now)
    database.close()


def add_one(write: Write, count: KeptByHead[int]) -> Doc:
    before = count.of(write)
    append(write, Stream.OPERATOR, "CueStarted", "lane/hall", {})
    count.note(write, before + 1)
    return {"before": before}


def publish_something_else(journal: Journal) -> None:
    with journal.sharing(CONF, actor=Actor.system("kim")) as write:
        append(write, Stream.OPERATOR, "CueStarted", "lane/hall", {})


def before_one_more(hub: Hub, count: KeptByHead[int]) -> object:
    with hub.journal.sharing(CONF, actor=Actor.system("kim")) as write:
        return add_one(write, count)["before"]


def test_a_noted_value_is_what_the_next_writer_finds(seeded: Hub, count: KeptByHead[int]) -> None:
    assert [before_one_more(seeded, count) for _ in range(3)] == [ANEW, ANEW + 1, ANEW + 2]


def test_after_a_fact_of_somebody_else_the_value_is_made_anew(
    seeded: Hub, count: KeptByHead[int], other_process: Journal
) -> None:
    before_one_more(seeded, count)

    publish_something_else(seeded.journal)
    after_this_process = before_one_more(seeded, count)
    publish_something_else(other_process)

    assert (after_this_process, before_one_more(seeded, count)) == (ANEW, ANEW)


def test_what_a_failed_writer_noted_is_forgotten(seeded: Hub, count: KeptByHead[int]) -> None:
    before_one_more(seeded, count)

    def add_and_fail() -> None:
        with seeded.journal.sharing(CONF, actor=Actor.system("kim")) as write:
            add_one(write, count)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        add_and_fail()

    assert before_one_more(seeded, count) == ANEW + 1


def test_what_a_refused_command_noted_is_forgotten(seeded: Hub, count: KeptByHead[int]) -> None:
    before_one_more(seeded, count)

    def refused(write: Write) -> Doc:
        add_one(write, count)
        raise Refused("아직 시작하지 않았습니다.", code="not_started")

    command = Command(id="c1", action="run/next", request={}, run=refused)
    with pytest.raises(HubError):
        run_once(seeded.journal, CONF, Actor.system("kim"), command)

    assert before_one_more(seeded, count) == ANEW + 1


def test_a_writer_who_changes_the_guest_list_notes_nothing(seeded: Hub, count: KeptByHead[int]) -> None:
    with seeded.journal.sharing(CONF, actor=Actor.system("kim")) as write:
        bump_people(write.session, CONF)
        add_one(write, count)

    assert before_one_more(seeded, count) == ANEW
