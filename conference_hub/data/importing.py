"""Conference files into the hub: read, compared, and put in place in one transaction, or not at all.

Reading and comparing give others their turn; only the end is a transaction. The same code loads the model conference,
makes clones, and serves the desk and the command line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from conference_hub.access.accounts import give_role
from conference_hub.access.model import Grant, Role
from conference_hub.conferences.exchange import ConferenceRecord, asked, conference_of
from conference_hub.conferences.model import Conference
from conference_hub.conferences.store import add_conference, find_conference, get_conference
from conference_hub.core.actor import Actor, ActorKind
from conference_hub.core.errors import Invalid, Refused, msg
from conference_hub.core.journal import Write
from conference_hub.core.text import LANGUAGES
from conference_hub.exchange.bundle import Contents, read_json, read_sheets
from conference_hub.exchange.bundle import part_of_sheet as part_of_sheet
from conference_hub.exchange.cells import Context
from conference_hub.exchange.columns import Column, cells_of
from conference_hub.exchange.comparing import Comparing, Comparison, apply, unchanged
from conference_hub.exchange.faults import Fault, Message
from conference_hub.exchange.foreign import refuse_foreign
from conference_hub.exchange.merge import Gone
from conference_hub.exchange.moments import DayCell, MomentCell
from conference_hub.exchange.nested import ByColumnCell
from conference_hub.exchange.part import Part, Stated
from conference_hub.exchange.sheets import Sheet
from conference_hub.exchange.workbooks import is_workbook, read_workbook
from conference_hub.web.hub import Hub

CONFERENCE = "conference"
NO_CONFERENCE = msg("행사 시트나 conference 항목이 없습니다.")

Rows = Mapping[str, Sequence[Stated]]
Shift = Callable[[datetime], datetime]


class ChangedMeanwhile(Refused):
    """Somebody changed the conference between the comparison and its end (409)."""

    code = "changed_since"

    def __init__(self) -> None:
        super().__init__(msg("비교한 뒤에 행사가 바뀌었습니다. 다시 비교했으니 확인하고 적용해 주세요."))


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """A conference file as it was read, and the context in which it was."""

    contents: Contents
    context: Context


def context_of(conference: Conference) -> Context:
    """Return what cells need to know of a conference."""
    return Context(languages=conference.languages, zone=conference.zone, day=conference.day)


def load_new(hub: Hub, data: bytes) -> Loaded:
    """Return what a file says of a conference that is to be made; raises Unreadable."""
    parts = parts_of(hub)
    first = Context(languages=LANGUAGES, zone=ZoneInfo("UTC"), day=date(2000, 1, 1))
    refuse_foreign(data, whole=True)
    if not is_workbook(data):
        contents: Contents = hub.offload(read_json, data, parts)
        return Loaded(contents=_with_conference(contents), context=context_of_rows(contents.rows, first))
    sheets: list[Sheet] = hub.offload(read_workbook, data)
    head = [sheet for sheet in sheets if part_of_sheet(sheet.name, parts[:1]) is not None]
    context = context_of_rows(read_sheets(head, parts[:1], first, _no_columns).rows, first)
    with hub.database.reading() as db:
        contents = read_sheets(sheets, parts, context, _columns_of(hub, db, "", context, fresh=True))
    return Loaded(contents=_with_conference(contents), context=context)


def load_into(hub: Hub, session: Session, conference: Conference, data: bytes) -> Loaded:
    """Return what a file says of a conference that is there; raises Unreadable."""
    context = context_of(conference)
    refuse_foreign(data, whole=True)
    if not is_workbook(data):
        return Loaded(contents=hub.offload(read_json, data, parts_of(hub)), context=context)
    columns = _columns_of(hub, session, conference.slug, context, fresh=False)
    sheets: list[Sheet] = hub.offload(read_workbook, data)
    contents = read_sheets(sheets, parts_of(hub), context, columns)
    return Loaded(contents=contents, context=context)


def compare(
    hub: Hub, session: Session, conf: str, loaded: Loaded, *, gone: Gone = Gone.KEEP, fresh: bool = False
) -> Comparison:
    """Return what a file would do to a conference; with `fresh` it is made by the file."""
    comparison = comparing(hub, session, conf, loaded.context, fresh=fresh).run(loaded.contents.rows, gone)
    return replace(comparison, faults=[*loaded.contents.faults, *comparison.faults])


def comparing(
    hub: Hub,
    session: Session,
    conf: str,
    context: Context,
    *,
    fresh: bool = False,
) -> Comparing:
    """Return a comparison with a conference."""
    return Comparing(
        session=session,
        conf=conf,
        context=context,
        parts=parts_of(hub),
        fresh=fresh,
    )


def dangers(hub: Hub, session: Session, conf: str, comparison: Comparison) -> list[str]:
    """Return what a comparison does to those who are connected to a live conference, as msgids to ask with."""
    changes = comparison.changes.get(CONFERENCE)
    if changes is None:
        return []
    return asked(changes, get_conference(session, conf), hub.run_progress(session, conf))


def put_into(
    hub: Hub,
    conf: str,
    comparison: Comparison,
    actor: Actor,
    *,
    confirmed: bool,
) -> None:
    """Apply a comparison without faults; who follows it (`exchange.progress`) can stop it, which undoes all.

    Raises ChangedMeanwhile when the conference is not what the comparison saw, and Invalid about `confirmed` when it
    is dangerous (`dangers`) and was not confirmed.
    """
    with hub.journal.writing(conf, actor=actor) as write:
        if not unchanged(comparison, write.session, conf):
            raise ChangedMeanwhile
        if not confirmed and (found := dangers(hub, write.session, conf, comparison)):
            raise Invalid(found[0], code="confirm", field="confirmed")
        apply(write, comparison, hub.ids)


def put_new(
    hub: Hub,
    comparison: Comparison,
    actor: Actor,
    *,
    also: Callable[[Write], None] | None = None,
) -> Conference:
    """Make the conference of a comparison without faults; an account that makes it is its organiser.

    `also` runs in the same transaction. It can be stopped as above.

    Raises Refused (`exists`) when there is one with its slug.
    """
    record: ConferenceRecord = comparison.changes[CONFERENCE].after[0]
    conference = conference_of(record)

    def found(session: Session) -> None:
        if find_conference(session, conference.slug) is not None:
            raise Refused(msg("행사가 이미 있습니다: %(slug)s"), code="exists", slug=conference.slug)
        add_conference(session, conference)
        if actor.kind is ActorKind.ACCOUNT:
            account_id = actor.id.removeprefix(f"{ActorKind.ACCOUNT}:")
            give_role(session, account_id, Grant(conf=conference.slug, role=Role.ORGANISER))

    with hub.journal.writing(conference.slug, actor=actor, found=found) as write:
        apply(write, comparison, hub.ids, settle=True)
        if also is not None:
            also(write)
        return get_conference(write.session, conference.slug)


def parts_of(hub: Hub) -> list[Part[Any]]:
    """Return the parts of the conference file."""
    return list(hub.parts)


def context_of_rows(rows: Rows, otherwise: Context) -> Context:
    """Return the context that the conference of a file makes, as far as it says something usable."""
    values = next((row.values for row in rows.get(CONFERENCE, ())), {})
    zone = ZoneInfo(values.get("timezone") or "Asia/Seoul")
    starts_at = values.get("starts_at")
    return Context(
        languages=values.get("languages") or otherwise.languages,
        zone=zone,
        day=starts_at.astimezone(zone).date() if isinstance(starts_at, datetime) else otherwise.day,
    )


def moved(part: Part[Any], rows: Iterable[Stated], shift: Shift) -> list[Stated]:
    """Return rows with their instants, and the days, moved."""
    record = part.record
    kinds = {name: cell for name, (_, cell) in cells_of(record).items()}
    return [
        replace(
            row, values={path: _moved(kinds.get(path), value, shift) for path, value in row.values.items()}
        )
        for row in rows
    ]


def _moved(cell: object, value: Any, shift: Shift) -> Any:
    if isinstance(cell, MomentCell) and isinstance(value, datetime):
        return shift(value)
    if isinstance(cell, DayCell) and isinstance(value, date):
        noon = datetime(value.year, value.month, value.day, 12, tzinfo=ZoneInfo("UTC"))
        return shift(noon).date()
    return value


def _with_conference(contents: Contents) -> Contents:
    """Say so when a file that is to make a conference has none."""
    if not contents.rows.get(CONFERENCE) and not contents.faults:
        contents.faults.append(Fault(message=Message(text=NO_CONFERENCE), path=CONFERENCE))
    return contents


def _no_columns(_part: Part[Any], _rows: Rows) -> Sequence[Column]:
    return ()


def _columns_of(
    hub: Hub, session: Session, conf: str, context: Context, *, fresh: bool
) -> Callable[[Part[Any], Rows], Sequence[Column]]:
    """Return what gives the columns of texts by column, with what the sheets before already say."""

    def columns(part: Part[Any], rows: Rows) -> Sequence[Column]:
        record = part.record
        if not any(isinstance(cell, ByColumnCell) for _, cell in cells_of(record).values()):
            return ()
        before = comparing(hub, session, conf, context, fresh=fresh)
        before.run(rows, Gone.KEEP)
        return before.extra(part)  # noqa: S610 - no Django here

    return columns
