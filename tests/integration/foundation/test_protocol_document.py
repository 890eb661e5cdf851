"""`docs/protocol.md` says what the server sends: every topic, every document, with fields and audiences."""

from __future__ import annotations

import dataclasses
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

from conference_hub.access import facts as access
from conference_hub.agenda import facts as agenda
from conference_hub.awards import facts as awards
from conference_hub.checkin import facts as checkin
from conference_hub.core.stream import Stream
from conference_hub.followup import facts as followup
from conference_hub.people import facts as people
from conference_hub.web.hub import Hub
from tests.model_day import CONF

PROTOCOL = Path(__file__).parents[3] / "docs" / "protocol.md"
CODE = re.compile(r"`([^`]+)`")


def rows(heading: str) -> Iterator[list[str]]:
    section = PROTOCOL.read_text(encoding="utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    for line in section.splitlines():
        if line.startswith("| `"):
            yield [cell.strip() for cell in line.strip("|").split("|")]


def facts_in_code() -> dict[str, list[str]]:
    return {
        name: [field.name for field in dataclasses.fields(member)]
        for module in (access, agenda, awards, checkin, followup, people)
        for name, member in inspect.getmembers(module, dataclasses.is_dataclass)
        if member.__module__ == module.__name__
    }


def test_every_fact_is_described_with_its_fields() -> None:
    described = {CODE.findall(topic)[0]: CODE.findall(fields) for topic, _, fields in rows("Facts")}

    assert described == facts_in_code()


def test_every_document_is_described_with_its_audiences_and_fields(seeded: Hub) -> None:
    described = {
        (CODE.findall(key)[0], Stream(stream.strip())): set(CODE.findall(fields))
        for key, streams, fields in rows("Documents")
        if "once revealed" not in key
        for stream in streams.split(",")
    }

    sent: dict[tuple[str, Stream], set[str]] = {}
    with seeded.database.reading() as db:
        for stream in Stream:
            for key, document in seeded.snapshot(db, CONF, stream).items():
                general = re.sub(r"/.*", "/<id>", key)
                sent.setdefault((general, stream), set()).update(document or {})
    assert described == sent
