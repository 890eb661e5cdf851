"""What the pages of the report are asked."""

from __future__ import annotations

from conference_hub.web.requests import Digits, Query


class ReportQuery(Query):
    """Of which run the report is: the id of a rehearsal, empty for the live run."""

    run: str = ""


class ActsQuery(ReportQuery):
    """A page of the commands."""

    page: Digits = 1
