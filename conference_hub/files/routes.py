"""What the files page gives out: lists, whole conferences, empty workbooks, and the schema of the conference file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conference_hub.access.middleware import actor, conference
from conference_hub.access.model import Role
from conference_hub.access.policy import allow, without_viewer
from conference_hub.core.errors import Invalid, NotFound, msg
from conference_hub.data import exporting, seeding
from conference_hub.data.importing import comparing, context_of, parts_of
from conference_hub.exchange.part import Part
from conference_hub.exchange.schema import json_schema
from conference_hub.files.pages import WHOLE, files
from conference_hub.files.reading import part_named
from conference_hub.files.requests import Export
from conference_hub.people.disclosures import DisclosureKind, Reason, disclose, required
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub

files_bp = Blueprint("files", __name__)

MIMES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@files_bp.get("/api/conference.schema.json")
@allow(Role.PUBLIC)
@without_viewer
def schema() -> ResponseReturnValue:
    """Return the JSON Schema of the conference file."""
    return json_schema(parts_of(current_hub()))


@files_bp.get("/c/<conf>/desk/files/export/<part>.<form>")
@allow(Role.ORGANISER)
def list_file(conf: str, part: str, form: str) -> ResponseReturnValue:
    """Give out a list without personal data; one with personal data asks for the reason first."""
    its = part_named(current_hub(), part)
    if form not in {"csv", "xlsx"}:
        raise NotFound(msg("그런 형식은 없습니다."))
    if its.personal:
        return redirect(url_for("files_pages.files", conf=conf, _anchor="export"))
    return _list_file(its, form)


@files_bp.get("/c/<conf>/desk/files/empty/<part>.xlsx")
@allow(Role.ORGANISER)
def empty(conf: str, part: str) -> ResponseReturnValue:
    """Give out a workbook to fill in: of one list, or of a whole conference."""
    hub = current_hub()
    chosen: Sequence[Part[Any]] = parts_of(hub) if part == WHOLE else [part_named(hub, part)]
    context = context_of(conference())
    with hub.database.reading() as db:
        compared = comparing(hub, db, conf, context)
        sheets = [
            exporting.sheet(its, [], context, compared.extra(its), _)  # noqa: S610 - no Django here
            for its in chosen
        ]
    data = hub.offload(exporting.workbook, sheets)
    return _file(data, f"{conf}-{part}-empty", "xlsx")


@files_bp.get("/c/<conf>/desk/files/example.xlsx")
@allow(Role.ORGANISER)
def example(conf: str) -> ResponseReturnValue:  # noqa: ARG001 - the same for every conference
    """Give out the model conference as a workbook: how a filled one looks."""
    hub = current_hub()
    return _file(hub.offload(seeding.example_file(hub).as_workbook, _), "example", "xlsx")


@files_bp.post("/c/<conf>/desk/files/export")
@allow(Role.ORGANISER)
@takes_form(Export, files)
def export(form: Export, conf: str) -> ResponseReturnValue:
    """Give out a list or the whole conference; with personal data only for a reason, which is written down."""
    hub = current_hub()
    its = None if form.what == WHOLE else part_named(hub, form.what)
    if its is None or its.personal:
        reason = required(None if form.reason == "none" else form.reason, form.note)
        _write_down(conf, its, form, reason)
    if its is not None:
        return _list_file(its, "xlsx" if form.form == "json" else form.form)
    if form.form == "csv":
        raise Invalid(msg("행사 전체는 JSON이나 엑셀로 내보낼 수 있습니다."), field="form")
    with hub.database.reading() as db:
        whole = exporting.conference_file(hub, db, conference())
    if form.form == "json":
        return _file(whole.as_json().encode(), conf, "json")
    return _file(hub.offload(whole.as_workbook, _), conf, "xlsx")


def _list_file(part: Part[Any], form: str) -> Response:
    hub, its = current_hub(), conference()
    context = context_of(its)
    with hub.database.reading() as db:
        records = exporting.in_order(part, part.current(db, its.slug))
        extra = comparing(hub, db, its.slug, context).extra(part)  # noqa: S610 - no Django here
    sheet = exporting.sheet(part, records, context, extra, _)
    name = f"{its.slug}-{part.name}"
    if form == "csv":
        return _file(b"".join(exporting.csv_of(sheet)), name, "csv")
    return _file(hub.offload(exporting.workbook, [sheet]), name, "xlsx")


def disclosed_as(part: Part[Any] | None, form: str) -> DisclosureKind:
    """Return what the record says was taken out: a list, or (None) the whole conference."""
    if part is None:
        return DisclosureKind.FILE
    guests = DisclosureKind.CSV if form == "csv" else DisclosureKind.XLSX
    return guests if part.name == exporting.GUESTS else DisclosureKind(part.name)


def _write_down(conf: str, part: Part[Any] | None, form: Export, reason: Reason) -> None:
    hub, kind = current_hub(), disclosed_as(part, form.form)
    with hub.journal.writing(conf, actor=actor()) as write:
        count = exporting.people_in([part] if part else parts_of(hub), write.session, conf)
        disclose(write, kind, count, reason, form.note)


def _file(data: bytes, name: str, form: str) -> Response:
    answer = Response(data, mimetype=MIMES[form].partition(";")[0])
    answer.headers["Content-Type"] = MIMES[form]
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
