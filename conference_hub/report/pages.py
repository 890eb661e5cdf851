"""The report of a run: how its lanes went beside the plan, its awards, and who commanded what, as pages and files.

It names no award that is not revealed, since it is printed and passed on.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from conference_hub.access.middleware import conference
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.awards.store import load_run
from conference_hub.conferences.purge_store import purges
from conference_hub.core.text import Text
from conference_hub.exchange.csv_files import write_csv
from conference_hub.messages.store import all_messages
from conference_hub.report.file_rows import Row, act_rows, award_rows, cue_rows
from conference_hub.report.requests import ActsQuery, ReportQuery
from conference_hub.report.sources import Report, honours_of, rehearsals, report_of
from conference_hub.report.words import signed
from conference_hub.report.written import award_words, written
from conference_hub.web.answers import streamed
from conference_hub.web.hub import current_hub
from conference_hub.web.requests import takes

ROWS_PER_TURN = 50
ACTS_SHOWN = 200
"""Commands on one page."""
report_pages_bp = Blueprint("report_pages", __name__)


@report_pages_bp.get("/c/<conf>/desk/report")
@allow(Role.OPERATOR)
@takes(ReportQuery)
def lanes(query: ReportQuery, conf: str) -> ResponseReturnValue:
    """Show how each cue went beside the plan, with a chart for each lane, and how many came."""
    with current_hub().database.reading() as db:
        report = _report(db, conf, query)
        context = _context(db, conf, query, report)
        told = [] if report.rehearsal else all_messages(db, conf)
        people = [] if report.rehearsal else _people(db, conf)
    return streamed("report/lanes.html", messages=told, people=people, **context)


@report_pages_bp.get("/c/<conf>/desk/report/awards")
@allow(Role.OPERATOR)
@takes(ReportQuery)
def awards(query: ReportQuery, conf: str) -> ResponseReturnValue:
    """Show when each award was revealed beside its place in the plan, and how long each level took."""
    with current_hub().database.reading() as db:
        report = _report(db, conf, query)
        ceremony, found = honours_of(db, conf, report)
        context = _context(db, conf, query, report)
    named = partial(award_words, ceremony=ceremony)
    return streamed("report/awards.html", honours=found, levels=ceremony.levels, named=named, **context)


@report_pages_bp.get("/c/<conf>/desk/report/acts")
@allow(Role.OPERATOR)
@takes(ActsQuery)
def acts(query: ActsQuery, conf: str) -> ResponseReturnValue:
    """Show who commanded what, and what was taken back."""
    with current_hub().database.reading() as db:
        report = _report(db, conf, query)
        ceremony = load_run(db, conf, report.following)
        context = _context(db, conf, query, report)
    pages = max(1, -(-len(report.acts) // ACTS_SHOWN))
    number = min(max(query.page, 1), pages)
    shown = report.acts[(number - 1) * ACTS_SHOWN : number * ACTS_SHOWN]
    lines = list(written(shown, report, ceremony))
    return streamed("report/acts.html", acts=lines, number=number, pages=pages, **context)


@report_pages_bp.get("/c/<conf>/desk/report/cues.csv")
@allow(Role.OPERATOR)
@takes(ReportQuery)
def cues_file(query: ReportQuery, conf: str) -> ResponseReturnValue:
    """Give out how each cue went beside the plan as a CSV file, a row for each cue."""
    with current_hub().database.reading() as db:
        report = _report(db, conf, query)
    return _file(report, conf, "cues", cue_rows(report, conference().zone))


@report_pages_bp.get("/c/<conf>/desk/report/awards.csv")
@allow(Role.OPERATOR)
@takes(ReportQuery)
def awards_file(query: ReportQuery, conf: str) -> ResponseReturnValue:
    """Give out when each award was revealed beside the plan as a CSV file, a row for each award."""
    with current_hub().database.reading() as db:
        report = _report(db, conf, query)
        ceremony, found = honours_of(db, conf, report)
    return _file(report, conf, "awards", award_rows(report, ceremony, found, conference().zone))


@report_pages_bp.get("/c/<conf>/desk/report.csv")
@allow(Role.OPERATOR)
@takes(ReportQuery)
def acts_file(query: ReportQuery, conf: str) -> ResponseReturnValue:
    """Give out who commanded what as a CSV file, a row for each command."""
    with current_hub().database.reading() as db:
        report = _report(db, conf, query)
        ceremony = load_run(db, conf, report.following)
    lines = written(report.acts, report, ceremony)
    return _file(report, conf, "report", act_rows(lines, conference().zone))


def _file(report: Report, conf: str, what: str, rows: Iterable[Row]) -> Response:
    """Return rows as a file that is named after its run and `what` it has."""
    in_turns = current_hub().in_turns(rows, ROWS_PER_TURN)
    answer = Response(b"".join(write_csv(in_turns)), mimetype="text/csv")
    name = f"{conf}-{report.following.id}" if report.rehearsal else conf
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{what}.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _report(db: Session, conf: str, query: ReportQuery) -> Report:
    return report_of(db, conf, query.run, current_hub().now(), conference().zone)


def _context(db: Session, conf: str, query: ReportQuery, report: Report) -> dict[str, Any]:
    """Return what all pages of the report show."""
    return {
        "report": report,
        "rehearsals": rehearsals(db, conf),
        "chosen": query.run,
        "beside": conference().starts_at + report.shift,
        "pressed_on": report.following.began_at
        if report.rehearsal
        else conference().starts_at + report.shift,
        "signed": signed,
        "in_turns": partial(current_hub().in_turns, every=ROWS_PER_TURN),
    }


def _people(db: Session, conf: str) -> list[tuple[Text, int]]:
    """Return how many came: counted now, or before personal data were erased."""
    counted = [(one.title, one.count) for figures in current_hub().figures for one in figures(db, conf)]
    erased = purges(db, conf)
    return counted or (list(erased[0].figures) if erased else [])
