"""Ways of taking part in the cells of a file."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from conference_hub.exchange.cells import Context
from conference_hub.exchange.faults import CellError
from conference_hub.gates.exchange import ModesCell

CONTEXT = Context(languages=("ko", "en"), zone=ZoneInfo("Asia/Seoul"), day=date(2021, 12, 2))


def test_ways_of_taking_part_are_read_in_both_languages() -> None:
    cell = ModesCell()

    assert cell.read("온라인 중계; On site", CONTEXT).value == ("onsite", "online")
    assert cell.write(("onsite", "zoom"), CONTEXT) == "현장\n화상회의"
    with pytest.raises(CellError):
        cell.accept(["by train"])
