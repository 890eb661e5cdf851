"""What is set for registration, in files: what is read back is what was there, and records of people stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from conference_hub.core.text import Text
from conference_hub.exchange.cells import Context
from conference_hub.exchange.diff import Change, Changes
from conference_hub.exchange.part import Part, Proposal
from conference_hub.people.model import Mode
from conference_hub.registration.exchange import ModeItem, RegistrationPart, RegistrationRecord
from conference_hub.registration.question_exchange import (
    ConsentsPart,
    OptionItem,
    QuestionRecord,
    QuestionsPart,
)
from tests.integration.kinds import ON_SQLITE
from tests.integration.registration.conftest import SYSTEM, Desk
from tests.model_day import CONF, OPENING

pytestmark = ON_SQLITE

CONTEXT = Context(languages=("ko", "en"), zone=ZoneInfo("Asia/Seoul"), day=date(2021, 12, 2))
PARTS: tuple[Part[Any], ...] = (RegistrationPart(), QuestionsPart(), ConsentsPart())
LUNCH = QuestionRecord(
    title=Text(ko="점심", en="Lunch"),
    kind="choice",
    required=True,
    options=(OptionItem(ko="일반", en="Standard"), OptionItem(ko="채식", en="Vegetarian")),
)
OPEN = RegistrationRecord(
    opening="open",
    closes_at=OPENING,
    modes=(ModeItem(mode="onsite", places="200"), ModeItem(mode="online")),
    waiting_list=True,
    notice=Text.of("안내"),
)


def put(desk: Desk, part: Part[Any], changes: Sequence[Change[Any]]) -> None:
    numbers = count(1)
    with desk.hub.journal.writing(CONF, actor=SYSTEM) as write:
        part.put(write, Changes(all=tuple(changes)), lambda kind, _key: f"{kind}-{next(numbers)}")
        part.remove(write, Changes(all=tuple(changes)).gone)


def current(desk: Desk, part: Part[Any]) -> list[Any]:
    with desk.hub.database.reading() as db:
        return part.current(db, CONF)


def problems(desk: Desk, part: Part[Any], *records: Any) -> list[str]:
    changes = Changes(all=tuple(Change(before=None, after=record) for record in records))
    with desk.hub.database.reading() as db:
        proposal = Proposal(session=db, conf=CONF, context=CONTEXT, changes=changes, known=lambda _: ())
        return [problem.path for problem in part.check(proposal)]


def test_where_nothing_is_set_registration_is_closed(desk: Desk) -> None:
    closed = RegistrationRecord(opening="closed", modes=(ModeItem(mode="onsite"),), waiting_list=True)

    assert [current(desk, part) for part in PARTS] == [[closed], [], []]


def test_what_is_put_is_read_back(desk: Desk) -> None:
    put(desk, PARTS[0], [Change(before=None, after=OPEN)])
    put(desk, PARTS[1], [Change(before=None, after=LUNCH)])

    assert [current(desk, part) for part in PARTS] == [[OPEN], [LUNCH], []]
    settings = desk.setup().settings
    assert (settings.capacity, settings.notice_version) == ({Mode.ONSITE: 200, Mode.ONLINE: None}, 1)


def test_the_same_file_again_changes_nothing(desk: Desk) -> None:
    put(desk, PARTS[0], [Change(before=None, after=OPEN)])
    put(desk, PARTS[1], [Change(before=None, after=LUNCH)])
    before = desk.setup()

    for part in PARTS:
        put(desk, part, [Change(before=record, after=record) for record in current(desk, part)])

    assert desk.setup() == before


def test_a_clone_is_closed(desk: Desk) -> None:
    put(desk, PARTS[0], [Change(before=None, after=OPEN)])
    (record,) = current(desk, PARTS[0])

    assert PARTS[0].cloned(record) == OPEN.model_copy(update={"opening": "closed", "closes_at": None})


def test_a_changed_question_keeps_the_answers_to_it(desk: Desk) -> None:
    put(desk, PARTS[1], [Change(before=None, after=LUNCH)])
    (before,) = desk.setup().questions
    renamed = LUNCH.model_copy(update={"title": Text.of("식사"), "options": LUNCH.options[1:]})

    put(desk, PARTS[1], [Change(before=LUNCH, after=renamed)])

    (after,) = desk.setup().questions
    assert after == replace(before, label=Text.of("식사"), options=before.options[1:])


def test_a_consent_that_was_given_is_hidden(desk: Desk) -> None:
    desk.opened(asked=True)
    desk.form("hong", own_title="팀장", consent_news="on")

    put(desk, PARTS[2], [Change(before=record, after=None) for record in current(desk, PARTS[2])])

    assert [consent.hidden for consent in desk.setup().consents] == [True]
    assert current(desk, PARTS[2]) == []


@pytest.mark.parametrize(
    ("record", "path"),
    [
        (OPEN.model_copy(update={"opens_at": OPENING}), "closes_at"),
        (OPEN.model_copy(update={"modes": (ModeItem(mode="telepathy"),)}), "modes"),
        (OPEN.model_copy(update={"modes": (ModeItem(mode="onsite", places="many"),)}), "modes"),
    ],
)
def test_settings_that_do_not_fit_are_named(desk: Desk, record: RegistrationRecord, path: str) -> None:
    assert problems(desk, PARTS[0], record) == [path]


@pytest.mark.parametrize("options", [(), (OptionItem(ko="하나"), OptionItem(ko="하나")), (OptionItem(),)])
def test_a_choice_without_different_options_is_named(desk: Desk, options: tuple[OptionItem, ...]) -> None:
    assert problems(desk, PARTS[1], LUNCH.model_copy(update={"options": options})) == ["options"]
