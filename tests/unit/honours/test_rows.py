"""Which row of a file is which guest of honour, and what a clone takes."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from conference_hub.core.text import Text
from conference_hub.exchange.cells import Context
from conference_hub.exchange.part import Stated
from conference_hub.honours.exchange import HonourRecord, HonoursPart

CONTEXT = Context(languages=("ko", "en"), zone=ZoneInfo("Asia/Seoul"), day=date(2021, 12, 2))
PART = HonoursPart()
KIM = HonourRecord(name="김내빈", office=Text(ko="차관"), organisation="고용노동부")
SAME_NAME = HonourRecord(name="김내빈", office=Text(ko="의원"), organisation="국회")
OFFICE = HonourRecord(office=Text(ko="정책관", en="Director General"), note="먼저", public=True)


@pytest.mark.parametrize(
    ("values", "record"),
    [
        ({"name": "김내빈", "office.ko": "의원", "organisation": "국회"}, 1),
        ({"name": " 김내빈", "office.ko": "차관", "organisation": "고용노동부"}, 0),
        ({"name": "김내빈", "office.ko": "장관"}, None),
        ({"name": "이내빈", "office.ko": "장관"}, 3),
        ({"office.ko": "정책관"}, 2),
        ({"office.ko": "국장"}, None),
    ],
)
def test_row_is_known_by_all_its_words_or_by_a_name_that_one_has(
    values: dict[str, str], record: int | None
) -> None:
    known = [KIM, SAME_NAME, OFFICE, HonourRecord(name="이내빈", office=Text(ko="국장"))]

    assert PART.match([Stated(values=values)], known, CONTEXT).get(0) == record


def test_clone_takes_the_offices_and_nobody_who_holds_one() -> None:
    assert [PART.cloned(one) for one in (KIM, OFFICE, HonourRecord(name="이내빈"))] == [
        HonourRecord(office=Text(ko="차관"), organisation="고용노동부"),
        HonourRecord(office=Text(ko="정책관", en="Director General")),
        None,
    ]
