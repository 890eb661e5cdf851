"""The words of mails in the conference file and in clones."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from conference_hub.checkin.mail_kinds import PERSONAL_LINK
from conference_hub.conferences.store import get_conference
from conference_hub.core.actor import Actor
from conference_hub.core.text import Text
from conference_hub.data import importing
from conference_hub.data.cloning import Copy, clone_conference
from conference_hub.data.exporting import conference_file
from conference_hub.exchange.merge import Gone
from conference_hub.outbox.wording import default_words, words_of
from conference_hub.outbox.wording_actions import set_words
from conference_hub.outbox.wording_model import Words
from conference_hub.web.hub import Hub
from tests.model_day import CONF

OWN = Words(subject="[{title}] 내 링크", text="{name} 님\n\n{link}\n\n{host}")
DEFAULT = default_words(PERSONAL_LINK, "ko")
ROW = {"kind": "personal-link", "subject": {"ko": OWN.subject}, "text": {"ko": OWN.text}}


@pytest.fixture
def changed(seeded: Hub) -> Hub:
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        set_words(write, PERSONAL_LINK, "ko", OWN)
    return seeded


def words(hub: Hub, conf: str = CONF) -> Words:
    with hub.database.reading() as db:
        return words_of(db, conf, PERSONAL_LINK, "ko")


def file_of(hub: Hub) -> dict[str, Any]:
    with hub.database.reading() as db:
        found: dict[str, Any] = json.loads(conference_file(hub, db, get_conference(db, CONF)).as_json())
    return found


def taken(hub: Hub, file: dict[str, Any]) -> list[str]:
    """Import a file; returns what is wrong with it, and then changes nothing."""
    data = json.dumps(file).encode()
    with hub.database.reading() as db:
        loaded = importing.load_into(hub, db, get_conference(db, CONF), data)
        comparison = importing.compare(hub, db, CONF, loaded, gone=Gone.REMOVE)
    faults = [str(fault) for fault in comparison.faults]
    if not faults:
        importing.put_into(hub, CONF, comparison, Actor.system("test"), confirmed=True)
    return faults


def test_a_file_has_what_was_changed_and_brings_it_back(changed: Hub) -> None:
    file = file_of(changed)
    assert file["mails"] == [ROW]

    assert taken(changed, {**file, "mails": []}) == []
    assert words(changed) == DEFAULT
    assert taken(changed, file) == []
    assert words(changed) == OWN


def test_a_clone_says_the_same(changed: Hub) -> None:
    copy = Copy(title=Text.of("다음 해"), slug="next-year", first_day=date(2022, 12, 1))
    with changed.database.reading() as db:
        source = get_conference(db, CONF)

    clone_conference(changed, source, copy, Actor.system("test"))

    assert words(changed, "next-year") == OWN


@pytest.mark.parametrize(
    "row",
    [
        {**ROW, "kind": "nothing"},
        {**ROW, "text": {"ko": "링크가 없다"}},
        {**ROW, "subject": {"ko": "{link}"}},
        {**ROW, "text": {"ko": "{link} {who}"}},
        {**ROW, "subject": {"en": "Only in English"}},
    ],
)
def test_what_makes_no_mail_is_a_fault_of_the_file(changed: Hub, row: dict[str, Any]) -> None:
    faults = taken(changed, {**file_of(changed), "mails": [row]})

    assert faults
    assert words(changed) == OWN
