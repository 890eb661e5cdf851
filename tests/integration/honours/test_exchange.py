"""Guests of honour in files: what is read back is what was there, and what cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from conference_hub.core.actor import Actor
from conference_hub.core.text import Text
from conference_hub.exchange.cells import Context
from conference_hub.exchange.diff import Change, Changes
from conference_hub.exchange.part import Proposal
from conference_hub.honours.exchange import HonourRecord, HonoursPart
from conference_hub.honours.store import all_honours
from conference_hub.web.hub import Hub
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF

pytestmark = ON_SQLITE

CONTEXT = Context(languages=("ko", "en"), zone=ZoneInfo("Asia/Seoul"), day=date(2021, 12, 2))
PART = HonoursPart()
KIM = HonourRecord(name="김내빈", office=Text(ko="차관"), organisation="고용노동부")
OFFICE = HonourRecord(office=Text(ko="정책관", en="Director General"), note="먼저", public=True)


def current(hub: Hub) -> list[HonourRecord]:
    with hub.database.reading() as db:
        return PART.current(db, CONF)


def put(hub: Hub, changes: Sequence[Change[HonourRecord]]) -> None:
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        PART.put(write, Changes(all=tuple(changes)), lambda kind, key: f"{kind}-{key}")
        PART.remove(write, Changes(all=tuple(changes)).gone)


def ids(hub: Hub) -> list[str]:
    with hub.database.reading() as db:
        return [one.id for one in all_honours(db, CONF)]


def test_records_are_put_in_their_order_and_stay_who_they_are(seeded: Hub) -> None:
    minister, director = current(seeded)
    renamed = minister.model_copy(update={"pronunciation": "An Gyeong-deok", "standing": "absent"})
    put(
        seeded,
        [
            Change(before=None, after=KIM),
            Change(before=minister, after=renamed),
            Change(before=None, after=OFFICE),
            Change(before=director, after=None),
        ],
    )

    assert current(seeded) == [KIM, renamed, OFFICE]
    assert ids(seeded) == ["honour-김내빈", "minister", "honour-정책관"]
    assert renamed.guest == "hanbit.354@example.com"


def test_rows_that_cannot_be_are_refused(seeded: Hub) -> None:
    records = [
        HonourRecord(organisation="고용노동부"),
        HonourRecord(name="김", standing="represented"),
        HonourRecord(name="이", guest="nobody@example.com"),
    ]
    changes = Changes(all=tuple(Change[HonourRecord](before=None, after=one) for one in records))
    with seeded.database.reading() as db:
        proposal = Proposal(session=db, conf=CONF, context=CONTEXT, changes=changes, known=lambda _part: [])
        found = [problem.path for problem in PART.check(proposal)]

    assert found == ["name", "representative", "guest"]
