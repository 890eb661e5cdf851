"""The file of the seed as a whole: no ids, no addresses of real people, both languages."""

from __future__ import annotations

import json
import re

from tests.unit.seed.records import Record


def test_channels_have_no_invented_addresses(seed: Record, text: str) -> None:
    assert {channel.get("url") for channel in seed["conference"]["channels"]} == {None}
    assert {session.get("url") for session in seed["followup"]["sessions"]} == {None}
    assert "http" not in text


def test_file_has_no_ids(text: str) -> None:
    found: list[set[str]] = []
    json.loads(text, object_hook=lambda record: found.append({"id", "uid"} & set(record)))
    assert set().union(*found) == set()
    assert re.findall(r"guest-\d|case-\d|commend-\d", text) == []


def test_ids_are_unique(seed: Record) -> None:
    lists = [
        seed["conference"]["channels"],
        *seed["agenda"].values(),
        seed["checkin"]["gates"],
        seed["people"]["guests"],
        *seed["awards"].values(),
        seed["followup"]["sessions"],
    ]
    for records in lists:
        ids = [record["id"] for record in records]
        assert len(set(ids)) == len(ids)


def test_addresses_are_of_the_example_domain_and_no_phone_number_stands_anywhere(
    seed: Record, text: str
) -> None:
    assert all(guest["id"] not in guest["email"] for guest in seed["people"]["guests"])
    assert set(re.findall(r"@[\w.-]+", text)) == {"@example.com"}
    assert re.findall(r"\b0\d{1,2}[-. ]?\d{3,4}[-. ]?\d{4}\b", text) == []
    assert "phone" not in text


def test_every_text_has_both_languages(text: str) -> None:
    texts: list[Record] = []

    def collect(record: Record) -> Record:
        if {"ko", "en"} & set(record):
            texts.append(record)
        return record

    json.loads(text, object_hook=collect)
    assert texts
    assert all(set(t) == {"ko", "en"} and t["ko"] and t["en"] for t in texts)
    assert [t["en"] for t in texts if re.search("[가-힣]", t["en"])] == []
