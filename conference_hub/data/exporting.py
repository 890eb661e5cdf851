"""Conferences and lists as files that people and hubs read: the JSON and the XLSX form, and lists of one part."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from conference_hub.conferences.model import Conference
from conference_hub.core.errors import msg
from conference_hub.data.importing import comparing, context_of, parts_of
from conference_hub.exchange.bundle import GUIDE, sheet_of, write_json
from conference_hub.exchange.cells import Context, Raw
from conference_hub.exchange.columns import Column
from conference_hub.exchange.csv_files import write_csv
from conference_hub.exchange.part import Part
from conference_hub.exchange.workbooks import SheetColumn, write_workbook
from conference_hub.web.hub import Hub

GUESTS = "guests"
NUMBER = "number"
GUIDE_LINES = (
    msg("시트마다 첫 줄은 제목 줄입니다. 지우지 말고 그 아래에 한 줄에 하나씩 적어 주세요."),
    msg("밑줄 친 제목은 꼭 필요한 열입니다. 필요 없는 열은 지워도 됩니다."),
    msg("다른 시트의 항목은 그 제목이나 번호로 적습니다."),
    msg("빈 칸은 값을 지우고, 없는 열은 있던 값을 그대로 둡니다."),
)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A sheet to be written: name, columns and rows."""

    name: str
    columns: Sequence[SheetColumn]
    rows: Sequence[Sequence[Raw]]


@dataclass(frozen=True, kw_only=True)
class ConferenceFile:
    """A whole conference, ready to be written in one of the two forms."""

    records: Mapping[Part[Any], Sequence[Any]]
    extra: Mapping[str, Sequence[Column]]
    context: Context

    def as_json(self) -> str:
        """Return the JSON form."""
        return write_json(self.records, self.context)

    def as_workbook(self, translate: Callable[[str], str]) -> bytes:
        """Return the XLSX form, its hints in the language of `translate`."""
        sheets = [
            sheet(part, rows, self.context, self.extra[part.name], translate)
            for part, rows in self.records.items()
        ]
        return workbook([guide(self.context, translate), *sheets])


def conference_file(hub: Hub, session: Session, conference: Conference) -> ConferenceFile:
    """Return a conference as it is now."""
    context = context_of(conference)
    compared = comparing(hub, session, conference.slug, context)
    return ConferenceFile(
        records={part: in_order(part, compared.current(part.name)) for part in parts_of(hub)},
        extra={part.name: compared.extra(part) for part in parts_of(hub)},  # noqa: S610 - no Django here
        context=context,
    )


def in_order(part: Part[Any], records: Sequence[Any]) -> list[Any]:
    """Return records as they stand in a file: by number where they have one and their own order means nothing."""
    if part.ordered or NUMBER not in part.record.model_fields:
        return list(records)
    return sorted(records, key=_by_number)


def _by_number(record: Any) -> list[tuple[int, int, str]]:
    pieces = re.findall(r"\d+|\D+", str(getattr(record, NUMBER)))
    return [(0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in pieces]


def sheet(
    part: Part[Any],
    records: Sequence[Any],
    context: Context,
    extra: Sequence[Column],
    translate: Callable[[str], str],
) -> Sheet:
    """Return the sheet of a part."""
    name, columns, rows = sheet_of(part, records, context, extra, translate)
    return Sheet(name=name, columns=columns, rows=list(rows))


def guide(context: Context, translate: Callable[[str], str]) -> Sheet:
    """Return the sheet that says how the others are filled in."""
    return Sheet(
        name=GUIDE.in_language(context.main),
        columns=[SheetColumn(heading=GUIDE.in_language(context.main))],
        rows=[[translate(line)] for line in GUIDE_LINES],
    )


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """Return a workbook."""
    return write_workbook((one.name, one.columns, one.rows) for one in sheets)


def csv_of(one: Sheet) -> Iterator[bytes]:
    """Yield a sheet as a CSV file."""
    return write_csv([[column.heading for column in one.columns], *one.rows])


def people_in(parts: Sequence[Part[Any]], session: Session, conf: str) -> int:
    """Return of how many people a file of these parts tells; who is named again as a guest is counted as that guest."""
    personal = [part for part in parts if part.personal]
    guests = {part.name for part in personal} & {GUESTS}
    return sum(
        not (guests and getattr(record, "guest", None)) and not getattr(record, "unnamed", None)
        for part in personal
        for record in part.current(session, conf)
    )
