"""Seconds to a tenth in files: the delay of a channel."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from conference_hub.exchange.cells import Context, Raw
from conference_hub.exchange.faults import CellError
from conference_hub.exchange.formats import SecondsCell

CONTEXT = Context(languages=("ko",), zone=ZoneInfo("Asia/Seoul"), day=date(2021, 12, 2))


@pytest.mark.parametrize(
    ("written", "seconds"), [("12.5", 12.5), (" 8초 ", 8.0), ("3,5", 3.5), (60, 60.0), (0.1, 0.1), ("0", 0.0)]
)
def test_seconds_are_read_to_a_tenth(written: Raw, seconds: float) -> None:
    assert SecondsCell(60).read(written, CONTEXT).value == seconds


@pytest.mark.parametrize("written", ["60.1", "12.55", "-1", "soon", True, "1e1"])
def test_what_is_no_number_of_tenths_is_refused(written: Raw) -> None:
    with pytest.raises(CellError, match="소수점 아래 한 자리"):
        SecondsCell(60).read(written, CONTEXT)


@pytest.mark.parametrize("value", ["12.5", True, None, -0.1, 0.05])
def test_value_of_a_json_file_is_a_number_of_tenths(value: object) -> None:
    with pytest.raises(CellError, match="소수점 아래 한 자리"):
        SecondsCell(60).accept(value)
