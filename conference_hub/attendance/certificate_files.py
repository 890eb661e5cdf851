"""Files of certificates, and which letters they can have: what pages of certificates have in common."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response
from flask.typing import ResponseReturnValue

from conference_hub.access.middleware import conference
from conference_hub.attendance.certificate_actions import Covers
from conference_hub.attendance.certificate_sheets import sheet_of
from conference_hub.attendance.certificates import Certificate
from conference_hub.web.hub import current_hub

ROWS_PER_TURN = 50


def pdf_answer(found: Sequence[Certificate], name: str) -> ResponseReturnValue:
    """Return a file with these certificates, at least one; made beside the requests: thousands take seconds."""
    from conference_hub.attendance.certificate_pdf import write_pdf

    hub = current_hub()
    sheets = [sheet_of(conference(), one, hub.settings) for one in hub.in_turns(found, ROWS_PER_TURN)]
    data = hub.offload(write_pdf, sheets, sheets[0].heading, sheets[0].issuer)
    answer = Response(data, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def covering() -> Covers:
    """Return which letters the type of certificates has; reading it takes a moment the first time."""
    covers: Covers = current_hub().offload(_covers)
    return covers


def _covers() -> Covers:
    from conference_hub.attendance.certificate_type import covers

    covers("")
    return covers
