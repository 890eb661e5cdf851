"""What an upload says: a list or a whole conference, read as the organiser wants it to be read, and compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import count, islice
from typing import Any

from sqlalchemy.orm import Session

from conference_hub.conferences.model import Conference
from conference_hub.conferences.store import taken_slugs
from conference_hub.core.errors import NotFound, msg
from conference_hub.data import importing
from conference_hub.data.cloning import as_copy
from conference_hub.data.drafts import Draft, Reading
from conference_hub.data.importing import Loaded, comparing, context_of
from conference_hub.exchange.bundle import all_languages
from conference_hub.exchange.columns import Column, columns_of
from conference_hub.exchange.csv_files import ENCODINGS, SEPARATORS, Dialect, guess_dialect, read_csv
from conference_hub.exchange.foreign import refuse_foreign
from conference_hub.exchange.merge import Gone
from conference_hub.exchange.part import Part
from conference_hub.exchange.sheets import Headings, Sheet, Unreadable, guess_columns, read_rows
from conference_hub.exchange.workbooks import is_workbook, read_workbook
from conference_hub.files.jobs import Found, Job, Made
from conference_hub.web.hub import Hub

LONGEST_SLUG = 70
NO_SHEETS = msg("읽을 시트가 없습니다.")


def compare_list(hub: Hub, conference: Conference, job: Job) -> Found:
    """Return what a list would do to its part; raises Unreadable."""
    part = part_named(hub, job.draft.part)
    sheets, dialect = _sheets(hub, job.draft)
    with hub.database.reading() as db:
        context = context_of(conference)
        compared = comparing(hub, db, conference.slug, context)
        columns = list_columns(part, db, conference, hub)
        sheet = _sheet(sheets, part, columns, job.draft.reading)
        headings = _headings(sheet, columns, job.draft.reading)
        readings = read_rows(sheet, headings, columns, context, title=part.title)
        comparison = compared.run({part.name: readings.rows}, job.draft.reading.gone)
    return Found(
        comparison=replace(comparison, faults=[*readings.faults, *comparison.faults]),
        faults=[*readings.faults, *comparison.faults],
        remarks=readings.remarks,
        sheets=tuple(one.name for one in sheets),
        sheet=sheet,
        headings=headings,
        encoding=dialect.encoding if dialect else "",
        separator=dialect.separator if dialect else "",
    )


def compare_whole(hub: Hub, conference: Conference, job: Job) -> Found:
    """Return what a conference file would do to a conference; raises Unreadable."""
    with hub.database.reading() as db:
        loaded = importing.load_into(hub, db, conference, job.draft.data)
        compared = comparing(hub, db, conference.slug, loaded.context)
        comparison = compared.run(loaded.contents.rows, job.draft.reading.gone)
    return _whole(loaded, comparison)


def compare_new(hub: Hub, job: Job) -> Found:
    """Return what a conference file would make, under the slug and on the day that were chosen; raises Unreadable."""
    loaded = importing.load_new(hub, job.draft.data)
    wanted, own = job.draft.reading, _own(loaded)
    slug, day = wanted.slug or own, loaded.context.day
    first_day = date.fromisoformat(wanted.first_day) if wanted.first_day else day
    if loaded.contents.rows.get(importing.CONFERENCE) and (slug, first_day) != (own, day):
        loaded = as_copy(hub, loaded, slug=slug, first_day=first_day)
    with hub.database.reading() as db:
        taken = taken_slugs(db)
        compared = comparing(hub, db, "", loaded.context, fresh=True)
        comparison = compared.run(loaded.contents.rows, Gone.KEEP)
    made = Made(slug=slug, taken=slug in taken, free=_free(slug, taken), first_day=first_day)
    return replace(_whole(loaded, comparison), context=loaded.context, made=made if slug else None)


def list_columns(part: Part[Any], session: Session, conference: Conference, hub: Hub) -> list[Column]:
    """Return the columns that a list of a part can have."""
    compared = comparing(hub, session, conference.slug, context_of(conference))
    own = compared.extra(part)  # noqa: S610 - no Django here
    return [*columns_of(part.record, all_languages(context_of(conference)), own), *part.beside]


def part_named(hub: Hub, name: str) -> Part[Any]:
    """Return a part that is imported as a list of its own; raises NotFound."""
    found: Part[Any] | None = next((one for one in hub.parts if one.name == name and one.standalone), None)
    if found is None:
        raise NotFound(msg("그런 목록이 없습니다."))
    return found


def _own(loaded: Loaded) -> str:
    """Return the slug that a file states, an empty text for none that can be read."""
    found = next((row.values.get("slug") for row in loaded.contents.rows.get(importing.CONFERENCE, ())), None)
    return found if isinstance(found, str) else ""


def _free(slug: str, taken: Sequence[str]) -> str:
    """Return the slug itself, or with the first number that no conference has."""
    numbered = (f"{slug[:LONGEST_SLUG]}-{number}" for number in count(2))
    return next(one for one in (slug, *islice(numbered, len(taken) + 1)) if one not in taken)


def _whole(loaded: Loaded, comparison: Any) -> Found:
    faults = [*loaded.contents.faults, *comparison.faults]
    return Found(
        comparison=replace(comparison, faults=faults), faults=faults, remarks=loaded.contents.remarks
    )


def _sheets(hub: Hub, draft: Draft) -> tuple[Sequence[Sheet], Dialect | None]:
    refuse_foreign(draft.data)
    if is_workbook(draft.data):
        sheets: list[Sheet] = hub.offload(read_workbook, draft.data)
        return sheets, None
    guess: Dialect = hub.offload(_dialect, draft)
    sheet: Sheet = hub.offload(read_csv, draft.data, guess)
    return [sheet], guess


def _dialect(draft: Draft) -> Dialect:
    wanted = draft.reading
    encoding = wanted.encoding if wanted.encoding in ENCODINGS else ""
    separator = wanted.separator if wanted.separator in SEPARATORS else ""
    if encoding and separator:
        return Dialect(encoding=encoding, separator=separator)
    guess = guess_dialect(draft.data, encoding)
    return Dialect(encoding=encoding or guess.encoding, separator=separator or guess.separator)


def _sheet(sheets: Sequence[Sheet], part: Part[Any], columns: Sequence[Column], wanted: Reading) -> Sheet:
    """Return the sheet that was chosen, else the one with the part's title, else the one that reads best."""
    chosen = next((one for one in sheets if one.name == wanted.sheet and wanted.sheet), None)
    chosen = chosen or next(
        (one for one in sheets if importing.part_of_sheet(one.name, [part]) is not None), None
    )
    filled = [one for one in sheets if any(not row.empty for row in one.rows)]
    if chosen is None and not filled:
        raise Unreadable(NO_SHEETS)
    return chosen or max(filled, key=lambda one: sum(map(bool, guess_columns(one, columns).paths)))


def _headings(sheet: Sheet, columns: Sequence[Column], wanted: Reading) -> Headings:
    guess = guess_columns(sheet, columns, wanted.heading_row)
    if wanted.paths and len(wanted.paths) == len(guess.paths):
        return Headings(heading_row=guess.heading_row, paths=wanted.paths)
    return guess
