"""What every import shares: the upload, its comparison and its application beside requests, and their pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import islice
from typing import Any

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue

from conference_hub.core.errors import HubError, Invalid, Refused, msg
from conference_hub.data.drafts import Draft
from conference_hub.exchange.cells import Context
from conference_hub.exchange.comparing import Comparison
from conference_hub.exchange.foreign import foreign_kind
from conference_hub.exchange.sheets import MAX_BYTES, heading_cells, unread_headings
from conference_hub.exchange.workbooks import is_workbook
from conference_hub.files import review
from conference_hub.files.jobs import Found, Job, Jobs, Stage, run_comparison, run_import
from conference_hub.files.requests import ReviewQuery
from conference_hub.web.hub import Hub, current_hub

SAMPLES = 3
EXTENSION = "import_jobs"
REFRESH = "1"
"""Seconds after which the browser asks again how far the work is."""
UPLOAD_BYTES = MAX_BYTES + 64 * 1024


def setup_imports(app: Flask, hub: Hub) -> None:
    """Keep the jobs of this process, as long as what was uploaded is kept."""
    app.extensions[EXTENSION] = found = Jobs()
    hub.expiring.append(found.expire)
    hub.purged.append(found.forget)


def jobs() -> Jobs:
    """Return the jobs of this process."""
    found: Jobs = current_app.extensions[EXTENSION]
    return found


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


def begin(found: Draft, compare: Callable[[Job], Found], because: HubError | None = None) -> Job:
    """Begin the comparison of an upload, again `because` of a change; without an event loop it is ready at once."""
    job = jobs().start(found, current_hub().pause)
    current_hub().spawn(_in_context(partial(run_comparison, job, compare)))
    job.told = because
    return job


def begin_import(found: Draft, token: str, work: Callable[[Comparison], str]) -> None:
    """Begin to apply the comparison that the sender saw, which `token` names; once, however often it is sent.

    Raises Refused: `changed_since` for another comparison, `faults` for a file with faults, `exists` for a slug that
    another conference has.
    """
    job = jobs().find(found)
    if job is not None and job.token == token and job.stage in {Stage.APPLYING, Stage.DONE}:
        return
    if job is None or job.token != token or job.found is None or job.found.comparison is None:
        raise Refused(
            msg("비교한 뒤에 바뀌었습니다. 아래 내용을 확인하고 다시 적용해 주세요."), code="changed_since"
        )
    if job.found.faults:
        raise Refused(msg("고칠 곳이 남아 있어 적용할 수 없습니다."), code="faults")
    if job.found.made and job.found.made.taken:
        slug = job.found.made.slug
        raise Refused(msg("행사가 이미 있습니다: %(slug)s"), code="exists", slug=slug)
    comparison = job.found.comparison
    if job.take():
        current_hub().spawn(_in_context(partial(run_import, job, partial(work, comparison))))


def show_work(job: Job, *, here: str, fresh: bool = False) -> ResponseReturnValue:
    """Show how far the work is, on a page that asks again."""
    page = render_template("files/working.html", draft=job.draft, job=job, here=here, fresh=fresh)
    return page, {"Refresh": REFRESH}


def shown_review(
    query: ReviewQuery, job: Job, context: Context | None, *, fresh: bool = False
) -> dict[str, Any]:
    """Return what the page of a comparison shows, whatever the upload is."""
    found = job.found
    comparison = found.comparison if found else None
    lines, total = (
        review.page_of(comparison, context, kind=query.kind, part=query.part, page=query.page)
        if comparison and context
        else ([], 0)
    )
    return {
        "fresh": fresh,
        "draft": job.draft,
        "job": job,
        "as_text": not is_workbook(job.draft.data) and not foreign_kind(job.draft.data),
        "found": found,
        "counted": review.counted(comparison) if comparison else [],
        "lines": lines,
        "total": total,
        "query": query,
        "pages": max(1, -(-total // review.ON_A_PAGE)),
        "faults": review.troubles(found.faults) if found else [],
        "fault_count": len(found.faults) if found else 0,
        "remarks": review.troubles(found.remarks) if found else [],
        "refusal": review.say_refusal(refusal) if (refusal := job.refusal or job.told) else "",
        "headings": heading_cells(found.sheet, found.headings)
        if found and found.sheet and found.headings
        else [],
        "samples": _samples(job),
        "unread": _unread(found) if found else [],
        "notices": review.notices(comparison) if comparison else [],
        "gone_count": sum(len(changes.gone) for changes in comparison.changes.values()) if comparison else 0,
    }


def _in_context(work: Callable[[], None]) -> Callable[[], None]:
    """Return the work with the application around it, as parts expect it."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - how Flask gives it

    def run() -> None:
        with app.app_context():
            work()

    return run


def _unread(found: Found) -> list[str]:
    """Return the columns that are not read though they have values, by place where the heading does not tell which."""
    if not found.sheet or not found.headings:
        return []
    named = heading_cells(found.sheet, found.headings)
    return [
        review.unread_column(place + 1, heading, alone=named.count(heading) == 1)
        for place, heading in unread_headings(found.sheet, found.headings).items()
    ]


def _samples(job: Job) -> list[list[str]]:
    """Return the first values of each column of a list."""
    found = job.found
    if not found or not found.sheet or not found.headings:
        return []
    head = found.headings
    below = (row for row in found.sheet.rows if row.number > head.heading_row and not row.empty)
    rows = list(islice(below, SAMPLES))
    return [
        [review.shown(row.cells[place]) for row in rows if place < len(row.cells) and row.cells[place]]
        for place in range(len(head.paths))
    ]
