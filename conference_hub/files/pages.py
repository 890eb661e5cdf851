"""The pages of files: what the hub gives out, uploads, and their review before anything is written."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conference_hub.access.middleware import actor, conference
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.data import drafts
from conference_hub.data.backups import last_backup
from conference_hub.data.drafts import Draft, Reading
from conference_hub.data.importing import ChangedMeanwhile, context_of, dangers, put_into
from conference_hub.exchange.comparing import Comparison
from conference_hub.exchange.csv_files import ENCODINGS
from conference_hub.exchange.merge import Gone
from conference_hub.exchange.sheets import MAX_BYTES
from conference_hub.files import review
from conference_hub.files.jobs import Job, Stage
from conference_hub.files.reading import compare_list, compare_whole, list_columns, part_named
from conference_hub.files.requests import SEPARATORS, Apply, ReadAgain, ReviewQuery, Upload
from conference_hub.files.wizard import (
    UPLOAD_BYTES,
    begin,
    begin_import,
    jobs,
    show_work,
    shown_review,
    uploaded,
)
from conference_hub.people.disclosures import Reason
from conference_hub.web.bodies import bounded
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.i18n import translate_message
from conference_hub.web.requests import Nothing, takes

files_pages_bp = Blueprint("files_pages", __name__)

WHOLE = "all"


@files_pages_bp.get("/c/<conf>/desk/files")
@allow(Role.ORGANISER)
def files(conf: str) -> ResponseReturnValue:
    """Show what can be taken out, and what can be brought in."""
    hub = current_hub()
    return render_template(
        "files/files.html",
        conf=conf,
        lists=[part for part in hub.parts if part.standalone],
        reasons=list(Reason),
        whole=WHOLE,
        backed_up=last_backup(hub.settings.data_dir),
        backup_file=f"hub-{hub.now():%Y%m%d-%H%M}.backup",
    )


@files_pages_bp.get("/c/<conf>/desk/files/import/<part>")
@allow(Role.ORGANISER)
def upload_page(conf: str, part: str) -> ResponseReturnValue:
    """Show the form that brings a file, and which columns are understood."""
    hub = current_hub()
    if part == WHOLE:
        return render_template(
            "files/upload.html", conf=conf, part=None, columns=[], gone=Gone, most_bytes=MAX_BYTES
        )
    its = part_named(hub, part)
    with hub.database.reading() as db:
        columns = list_columns(its, db, conference(), hub)
    return render_template(
        "files/upload.html", conf=conf, part=its, columns=columns, gone=Gone, most_bytes=MAX_BYTES
    )


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
    if job.at_work:
        return show_work(job, here=_here(conf, found))
    if job.stage is Stage.DONE:
        return _done(conf, job)
    if job.cancelled:
        return _cancelled(found)
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
    if jobs().made_by(form.token) == conf:
        return _told(conf)
    found = _draft(conf, draft_id)
    who, hub = actor(), current_hub()

    def work(comparison: Comparison) -> str:
        put_into(hub, conf, comparison, who, confirmed=form.confirmed)
        return conf

    begin_import(found, form.token, work)
    return redirect(url_for(".draft", conf=conf, draft_id=draft_id))


@files_pages_bp.post("/c/<conf>/desk/files/drafts/<draft_id>/cancel")
@allow(Role.ORGANISER)
@takes_form(Nothing, review_page)
def cancel(_form: Nothing, conf: str, draft_id: str) -> ResponseReturnValue:
    """Stop the work on an upload and forget it; nothing of it is left."""
    found = _draft(conf, draft_id)
    return _cancelled(found) if jobs().cancel(found) else redirect(_here(conf, found))


def _draft(conf: str, draft_id: str) -> Draft:
    hub = current_hub()
    with hub.database.reading() as db:
        return drafts.get_draft(db, draft_id, conf=conf, actor=actor(), at=hub.now())


def _compare(found: Draft, because: ChangedMeanwhile | None = None) -> Job:
    """Begin the comparison of an upload, again `because` of a change; without an event loop it is ready at once."""
    hub, its = current_hub(), conference()
    compare = compare_whole if found.part == WHOLE else compare_list
    return begin(found, lambda job: compare(hub, its, job), because)


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
    hub = current_hub()
    its = None if job.draft.part == WHOLE else part_named(hub, job.draft.part)
    comparison = job.found.comparison if job.found else None
    with hub.database.reading() as db:
        columns = list_columns(its, db, conference(), hub) if its else []
        asks = dangers(hub, db, conf, comparison) if comparison else []
    return render_template(
        "files/review.html",
        conf=conf,
        here=_here(conf, job.draft),
        part=its,
        columns=columns,
        asks=[translate_message(words, {}) for words in asks],
        encodings=ENCODINGS,
        separators={mark: name for name, mark in SEPARATORS.items()},
        **shown_review(query, job, context_of(conference())),
    )


def _cancelled(found: Draft) -> ResponseReturnValue:
    jobs().stop(found.id)
    with current_hub().database.writing() as db:
        drafts.drop_draft(db, found.id)
    flash(_("가져오기를 취소했습니다. 바뀐 것은 없습니다."))
    return redirect(url_for(".upload_page", conf=found.conf, part=found.part))


def _here(conf: str, found: Draft) -> str:
    return url_for(".draft", conf=conf, draft_id=found.id)


def _done(conf: str, job: Job) -> ResponseReturnValue:
    jobs().finish(job)
    with current_hub().database.writing() as db:
        drafts.drop_draft(db, job.draft.id)
    return _told(conf, job)


def _told(conf: str, job: Job | None = None) -> ResponseReturnValue:
    if job is None or job.found is None or job.found.comparison is None:
        flash(_("가져왔습니다."), "good")
    else:
        flash(
            _("취소하기 전에 모두 적용했습니다.") if job.cancelled else review.done(job.found.comparison),
            "good",
        )
    return redirect(url_for(".files", conf=conf))
