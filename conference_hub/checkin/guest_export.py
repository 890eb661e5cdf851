"""The guest list as a file: only for a stated reason, which is written down with who took it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import ValidationError

from conference_hub.access.middleware import actor, conference
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.checkin.exchange import GuestsPart, guest_record
from conference_hub.checkin.guest_choice import meant
from conference_hub.checkin.guest_requests import ExportedGuests, ExportForm, FilterFields
from conference_hub.checkin.options import labelled
from conference_hub.exchange.bundle import sheet_of
from conference_hub.exchange.cells import Context
from conference_hub.exchange.csv_files import write_csv
from conference_hub.exchange.workbooks import write_workbook
from conference_hub.people.disclosures import DisclosureKind, Reason, disclose, required
from conference_hub.people.group_store import all_groups
from conference_hub.people.model import GroupId, Guest
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub

guest_export_bp = Blueprint("guest_export", __name__)

KINDS = {
    ExportForm.XLSX: ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    ExportForm.CSV: ("text/csv; charset=utf-8", "csv"),
}
"""Media type and ending of each kind of file."""


@guest_export_bp.get("/c/<conf>/desk/people/export")
@allow(Role.ORGANISER)
def export(conf: str) -> ResponseReturnValue:
    """Show the form that asks why guests are taken out of the hub, and how many the filters of the address mean."""
    query = _filters()
    with current_hub().database.reading() as db:
        found = len(meant(db, conf, query))
    return render_template(
        "checkin/export.html",
        found=found,
        given=query.given(),
        reason_options=labelled(Reason),
        form_options=labelled(ExportForm),
        back=url_for("guest_pages.guests", conf=conf, **query.given()),
    )


@guest_export_bp.post("/c/<conf>/desk/people/export")
@allow(Role.ORGANISER)
@takes_form(ExportedGuests, export)
def exported(form: ExportedGuests, conf: str) -> ResponseReturnValue:
    """Give out the guests whom the filters mean; raises Invalid without a reason in words where it is another one."""
    hub, reason = current_hub(), required(form.reason, form.note)
    kind = DisclosureKind(form.form.value)
    with hub.journal.writing(conf, actor=actor()) as write:
        guests = meant(write.session, conf, form)
        groups = all_groups(write.session, conf).values()
        disclose(write, kind, len(guests), reason, form.note or "")
    known = conference()
    titles = {group.id: group.title.in_language(known.main_language) for group in groups}
    context = Context(languages=known.languages, zone=known.zone, day=known.day)
    data = hub.offload(_made, form.form, guests, titles, context)
    mimetype, ending = KINDS[form.form]
    answer = Response(data, mimetype=mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{conf}-guests.{ending}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _filters() -> FilterFields:
    """Return the filters of the form that was refused, else those of the address; none when they are unusable."""
    sent = {**request.args.to_dict(), **request.form.to_dict()}
    try:
        return FilterFields.model_validate(
            {name: sent[name] for name in FilterFields.model_fields if name in sent}
        )
    except ValidationError:
        return FilterFields()


def _made(
    form: ExportForm, guests: Sequence[Guest], titles: Mapping[GroupId, str], context: Context
) -> bytes:
    """Return the file; a long list takes seconds, so this runs where others are not kept waiting."""
    records = [guest_record(guest, titles) for guest in guests]
    name, columns, rows = sheet_of(GuestsPart(), records, context, ())
    if form is ExportForm.XLSX:
        return write_workbook([(name, columns, rows)])
    return b"".join(write_csv([[column.heading for column in columns], *rows]))
