"""The pages of files: what the hub gives out, uploads, and their review before anything is written."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conference_hub.access.middleware import actor, conference
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.core.errors import Invalid, Refused, msg
from conference_hub.data import drafts
from conference_hub.data.drafts import Draft, Reading
from conference_hub.data.importing import ChangedMeanwhile, context_of, put_into
from conference_hub.exchange.csv_files import ENCODINGS
from conference_hub.exchange.merge import Gone
from conference_hub.exchange.part import Part
from conference_hub.exchange.sheets import MAX_BYTES, heading_cells
from conference_hub.files import review
from conference_hub.files.jobs import Job, Jobs, Stage, run_comparison, run_import
from conference_hub.files.reading import compare_list, compare_whole, list_columns, part_named
from conference_hub.files.requests import SEPARATORS, Apply, Nothing, ReadAgain, ReviewQuery, Upload
from conference_hub.people.disclosures import Reason
from conference_hub.web.bodies import bounded
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.requests import takes

files_pages_bp = Blueprint("files_pages", __name__)

WHOLE = "all"
SAMPLES = 3
EXTENSION = "import_jobs"
REFRESH = "1"
"""Seconds after which the browser asks again how far the work is."""
UPLOAD_BYTES = MAX_BYTES + 64 * 1024


def jobs() -> Jobs:
    """Return the jobs of this process."""
    found: Jobs = current_app.extensions.setdefault(EXTENSION, Jobs())
    return found


@files_pages_bp.get("/c/<conf>/desk/files")
@allow(Role.ORGANISER)
def files(conf: str) -> ResponseReturnValue:
    """Show what can be taken out, and what can be brought in."""
    parts: list[Part[Any]] = current_hub().parts
    lists = [part for part in parts if part.standalone]
    return render_template("files/files.html", conf=conf, lists=lists, reasons=list(Reason), whole=WHOLE)


@files_pages_bp.get("/c/<conf>/desk/files/import/<part>")
@allow(Role.ORGANISER)
def upload_page(conf: str, part: str) -> ResponseReturnValue:
    """Show the form that brings a file, and which columns are understood."""
    hub = current_hub()
    if part == WHOLE:
        return render_template("files/upload.html", conf=conf, part=None, columns=[], gone=Gone)
    its = part_named(hub, part)
    with hub.database.reading() as db:
        columns = list_columns(its, db, conference(), hub)
    return render_template("files/upload.html", conf=conf, part=its, columns=columns, gone=Gone)


@files_pages_bp.post("/c/<conf>/desk/files/import/<part>")
@allow(Role.ORGANISER)
@bounded(UPLOAD_BYTES)
@takes_form(Upload, upload_page)
def upload(form: Upload, conf: str, part: str) -> ResponseReturnValue:
    """Keep the file for an hour, and go on to its review."""
    hub = current_hub()
    if part != WHOLE:
        part_named(hub, part)
    name, data = uploaded()
    draft = Draft(
        id=drafts.new_draft_id(), conf=conf, part=part, name=name, data=data, reading=Reading(gone=form.gone)
    )
    with hub.database.writing() as db:
        drafts.add_draft(db, draft, actor=actor(), at=hub.now())
    return redirect(url_for(".draft", conf=conf, draft_id=draft.id))


@files_pages_bp.get("/c/<conf>/desk/files/drafts/<draft_id>")
@allow(Role.ORGANISER)
@takes(ReviewQuery)
def draft(query: ReviewQuery, conf: str, draft_id: str) -> ResponseReturnValue:
    """Show what the upload would do, or how far the work on it is."""
    found = _draft(conf, draft_id)
    job = jobs().find(found) or _compare(found)
    if isinstance(job.refusal, ChangedMeanwhile) and job.stage is Stage.READY:
        job = _compare(found, because=job.refusal)
    if job.stage in {Stage.COMPARING, Stage.APPLYING}:
        page = render_template("files/working.html", conf=conf, draft=found, job=job)
        return page, {"Refresh": REFRESH}
    if job.stage is Stage.DONE:
        return _done(conf, found)
    return _review(query, conf, job)


@files_pages_bp.get("/c/<conf>/desk/files/drafts/<draft_id>/review")
@allow(Role.ORGANISER)
def review_page(conf: str, draft_id: str) -> ResponseReturnValue:
    """Show the first page of the review: where a refused form is shown again."""
    return draft(conf=conf, draft_id=draft_id)


@files_pages_bp.post("/c/<conf>/desk/files/drafts/<draft_id>/reading")
@allow(Role.ORGANISER)
@takes_form(ReadAgain, review_page)
def read_again(form: ReadAgain, conf: str, draft_id: str) -> ResponseReturnValue:
    """Read the upload in another way, and compare again."""
    found = _draft(conf, draft_id)
    reading = Reading(
        encoding=form.encoding,
        separator=SEPARATORS[form.separator],
        sheet=form.sheet,
        heading_row=form.heading_row,
        paths=_paths(found, form),
        gone=form.gone,
    )
    with current_hub().database.writing() as db:
        drafts.read_otherwise(db, found, reading)
    return redirect(url_for(".draft", conf=conf, draft_id=draft_id))


@files_pages_bp.post("/c/<conf>/desk/files/drafts/<draft_id>/apply")
@allow(Role.ORGANISER)
@takes_form(Apply, review_page)
def apply(form: Apply, conf: str, draft_id: str) -> ResponseReturnValue:
    """Put in place what the sender saw; another comparison is shown first."""
    found = _draft(conf, draft_id)
    job = jobs().find(found)
    if job is None or job.token != form.token or job.found is None or job.found.comparison is None:
        raise Refused(
            msg("비교한 뒤에 바뀌었습니다. 아래 내용을 확인하고 다시 적용해 주세요."), code="changed_since"
        )
    if job.found.faults:
        raise Refused(msg("고칠 곳이 남아 있어 적용할 수 없습니다."), code="faults")
    job.stage, job.refusal = Stage.APPLYING, None
    comparison, who, hub = job.found.comparison, actor(), current_hub()

    def work(job: Job) -> str:
        put_into(hub, conf, comparison, who, go_on=job.go_on)
        return conf

    hub.spawn(_in_context(partial(run_import, job, work)))
    return redirect(url_for(".draft", conf=conf, draft_id=draft_id))


@files_pages_bp.post("/c/<conf>/desk/files/drafts/<draft_id>/cancel")
@allow(Role.ORGANISER)
@takes_form(Nothing, review_page)
def cancel(_form: Nothing, conf: str, draft_id: str) -> ResponseReturnValue:
    """Stop the work on an upload and forget it; nothing of it is left."""
    found = _draft(conf, draft_id)
    jobs().stop(draft_id)
    with current_hub().database.writing() as db:
        drafts.drop_draft(db, draft_id)
    flash(_("가져오기를 취소했습니다. 바뀐 것은 없습니다."))
    return redirect(url_for(".upload_page", conf=conf, part=found.part))


def uploaded() -> tuple[str, bytes]:
    """Return name and content of the file that a form brings; raises Invalid."""
    sent = request.files.get("file")
    data = sent.read() if sent else b""
    if sent:
        sent.close()
    if not sent or not data:
        raise Invalid(msg("파일을 골라 주세요."), field="file")
    if len(data) > MAX_BYTES:
        raise Invalid(msg("파일이 너무 큽니다. 10MB까지 읽을 수 있습니다."), field="file")
    return (sent.filename or "")[-120:], data


def _draft(conf: str, draft_id: str) -> Draft:
    hub = current_hub()
    with hub.database.reading() as db:
        return drafts.get_draft(db, draft_id, conf=conf, actor=actor(), at=hub.now())


def _compare(found: Draft, because: ChangedMeanwhile | None = None) -> Job:
    """Begin the comparison of an upload, again `because` of a change; without an event loop it is ready at once."""
    hub, its, job = current_hub(), conference(), jobs().start(found)
    compare = compare_whole if found.part == WHOLE else compare_list
    hub.spawn(_in_context(partial(run_comparison, job, lambda job: compare(hub, its, job))))
    job.told = because
    return job


def _in_context(work: Any) -> Any:
    """Return the work with the application around it, as parts expect it."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - how Flask gives it

    def run() -> None:
        with app.app_context():
            work()

    return run


def _paths(found: Draft, form: ReadAgain) -> tuple[str, ...]:
    """Return the meanings of the columns; none when the columns are read from another sheet, row or separator."""
    job = jobs().find(found)
    same = (
        job is not None
        and job.found is not None
        and job.found.headings is not None
        and form.heading_row in {0, job.found.headings.heading_row}
        and form.sheet in {"", job.found.sheet.name if job.found.sheet else ""}
        and SEPARATORS[form.separator] in {"", job.found.separator}
    )
    return tuple(form.columns) if same else ()


def _review(query: ReviewQuery, conf: str, job: Job) -> ResponseReturnValue:
    found, hub = job.found, current_hub()
    comparison = found.comparison if found else None
    context = context_of(conference())
    lines, total = (
        review.page_of(comparison, context, kind=query.kind, part=query.part, page=query.page)
        if comparison
        else ([], 0)
    )
    its = None if job.draft.part == WHOLE else part_named(hub, job.draft.part)
    columns = []
    if its:
        with hub.database.reading() as db:
            columns = list_columns(its, db, conference(), hub)
    return render_template(
        "files/review.html",
        conf=conf,
        draft=job.draft,
        job=job,
        found=found,
        part=its,
        columns=columns,
        counted=review.counted(comparison) if comparison else [],
        lines=lines,
        total=total,
        query=query,
        pages=max(1, -(-total // review.ON_A_PAGE)),
        faults=review.troubles(found.faults) if found else [],
        fault_count=len(found.faults) if found else 0,
        remarks=review.troubles(found.remarks) if found else [],
        refusal=review.say_refusal(refusal) if (refusal := job.refusal or job.told) else "",
        headings=heading_cells(found.sheet, found.headings)
        if found and found.sheet and found.headings
        else [],
        samples=_samples(job),
        encodings=ENCODINGS,
        separators={mark: name for name, mark in SEPARATORS.items()},
    )


def _samples(job: Job) -> list[list[str]]:
    """Return the first values of each column of a list."""
    found = job.found
    if not found or not found.sheet or not found.headings:
        return []
    head = found.headings
    rows = [row for row in found.sheet.rows if row.number > head.heading_row and not row.empty][:SAMPLES]
    return [
        [review.shown(row.cells[place]) for row in rows if place < len(row.cells) and row.cells[place]]
        for place in range(len(head.paths))
    ]


def _done(conf: str, found: Draft) -> ResponseReturnValue:
    jobs().stop(found.id)
    with current_hub().database.writing() as db:
        drafts.drop_draft(db, found.id)
    flash(_("가져왔습니다."))
    return redirect(url_for(".files", conf=conf))
