"""A conference made of a file: uploaded, compared, given another slug and day if need be, and put in place."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conference_hub.access.middleware import viewer
from conference_hub.access.policy import accounts_too, allow
from conference_hub.conferences.store import taken_slugs
from conference_hub.core.errors import HubError
from conference_hub.data import drafts
from conference_hub.data.drafts import Draft
from conference_hub.data.importing import put_new
from conference_hub.desk.making import creator, taken
from conference_hub.desk.requests import ImportAs, ImportConference
from conference_hub.exchange.comparing import Comparison
from conference_hub.exchange.sheets import MAX_BYTES
from conference_hub.files.jobs import Job, Stage
from conference_hub.files.reading import compare_new
from conference_hub.files.requests import Apply, ReviewQuery
from conference_hub.files.wizard import (
    UPLOAD_BYTES,
    begin,
    begin_import,
    jobs,
    show_work,
    shown_review,
    uploaded,
)
from conference_hub.web.bodies import bounded
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.requests import Nothing, takes

desk_import_bp = Blueprint("desk_import", __name__)


@desk_import_bp.get("/conferences/import")
@allow()
@accounts_too
def upload_page() -> ResponseReturnValue:
    """Show the form that brings a conference file."""
    creator(viewer())
    return render_template("files/new.html", most_bytes=MAX_BYTES)


@desk_import_bp.post("/conferences/import")
@allow()
@accounts_too
@bounded(UPLOAD_BYTES)
@takes_form(ImportConference, upload_page)
def upload(_form: ImportConference) -> ResponseReturnValue:
    """Keep the file for an hour, and go on to its review."""
    hub, who = current_hub(), creator(viewer())
    name, data = uploaded()
    draft = Draft(id=drafts.new_draft_id(), conf=None, part="", name=name, data=data)
    with hub.database.writing() as db:
        drafts.add_draft(db, draft, actor=who, at=hub.now())
    return redirect(url_for(".draft", draft_id=draft.id))


@desk_import_bp.get("/conferences/import/<draft_id>")
@allow()
@accounts_too
@takes(ReviewQuery)
def draft(query: ReviewQuery, draft_id: str) -> ResponseReturnValue:
    """Show what the file would make, or how far the work on it is."""
    found = _draft(draft_id)
    job = jobs().find(found) or _compare(found)
    if job.refusal is not None and job.refusal.code == "exists" and job.stage is Stage.READY:
        job = _compare(found, because=job.refusal)
    if job.at_work:
        return show_work(job, here=_here(found), fresh=True)
    if job.stage is Stage.DONE:
        return _done(job)
    if job.cancelled:
        return _cancelled(found)
    context = job.found.context if job.found else None
    return render_template(
        "files/review.html", here=_here(found), part=None, **shown_review(query, job, context, fresh=True)
    )


@desk_import_bp.get("/conferences/import/<draft_id>/review")
@allow()
@accounts_too
def review_page(draft_id: str) -> ResponseReturnValue:
    """Show the first page of the review: where a refused form is shown again."""
    return draft(draft_id=draft_id)


@desk_import_bp.post("/conferences/import/<draft_id>/reading")
@allow()
@accounts_too
@takes_form(ImportAs, review_page)
def read_again(form: ImportAs, draft_id: str) -> ResponseReturnValue:
    """Take the conference of the file under another slug and from another day on, and compare again."""
    found = _draft(draft_id)
    with current_hub().database.writing() as db:
        if form.slug in taken_slugs(db):
            raise taken()
        reading = replace(found.reading, slug=form.slug, first_day=form.first_day.isoformat())
        drafts.read_otherwise(db, found, reading)
    return redirect(url_for(".draft", draft_id=draft_id))


@desk_import_bp.post("/conferences/import/<draft_id>/apply")
@allow()
@accounts_too
@takes_form(Apply, review_page)
def apply(form: Apply, draft_id: str) -> ResponseReturnValue:
    """Make the conference that the sender saw; its maker is its organiser."""
    who, hub = creator(viewer()), current_hub()
    if made := jobs().made_by(form.token):
        return _told(made)
    found = _draft(draft_id)

    def work(comparison: Comparison) -> str:
        return put_new(hub, comparison, who).slug

    begin_import(found, form.token, work)
    return redirect(url_for(".draft", draft_id=draft_id))


@desk_import_bp.post("/conferences/import/<draft_id>/cancel")
@allow()
@accounts_too
@takes_form(Nothing, review_page)
def cancel(_form: Nothing, draft_id: str) -> ResponseReturnValue:
    """Stop the work on an upload and forget it; nothing of it is left."""
    found = _draft(draft_id)
    return _cancelled(found) if jobs().cancel(found) else redirect(_here(found))


def _draft(draft_id: str) -> Draft:
    hub, who = current_hub(), creator(viewer())
    with hub.database.reading() as db:
        return drafts.get_draft(db, draft_id, conf=None, actor=who, at=hub.now())


def _compare(found: Draft, because: HubError | None = None) -> Job:
    hub = current_hub()
    return begin(found, lambda job: compare_new(hub, job), because)


def _here(found: Draft) -> str:
    return url_for(".draft", draft_id=found.id)


def _done(job: Job) -> ResponseReturnValue:
    jobs().finish(job)
    _forget(job.draft)
    return _told(job.made, job)


def _cancelled(found: Draft) -> ResponseReturnValue:
    _forget(found)
    flash(_("가져오기를 취소했습니다. 바뀐 것은 없습니다."))
    return redirect(url_for(".upload_page"))


def _told(made: str, job: Job | None = None) -> ResponseReturnValue:
    late = job is not None and job.cancelled
    flash(_("취소하기 전에 모두 적용했습니다.") if late else _("파일로 행사를 만들었습니다."), "good")
    return redirect(url_for("desk_overview.overview", conf=made))


def _forget(found: Draft) -> None:
    jobs().stop(found.id)
    with current_hub().database.writing() as db:
        drafts.drop_draft(db, found.id)
