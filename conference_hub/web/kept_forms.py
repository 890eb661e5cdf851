"""What a form sent comes back when it could not be taken for a reason outside of it: nothing typed is lost.

The session ended, somebody else signed in, the form is older than the session, or the hub cannot answer just now: the
page holds the fields of the form, hidden, and a button that sends them to the same address again. Files and passwords
are not kept, and the page says so. Only the opener of the form can send it again (`web/form_tokens.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask import current_app, make_response, render_template, request
from flask.wrappers import Response

from conference_hub.core.errors import HubError, NotSignedIn
from conference_hub.web import form_tokens
from conference_hub.web.bodies import FORM_TYPES
from conference_hub.web.form_tokens import Field
from conference_hub.web.requests import taken_by


class Why(StrEnum):
    """Why a form could not be taken."""

    ENDED = "ended"
    OTHER = "other"
    AGAIN = "again"
    LATER = "later"


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What is kept of a form: its fields, and the names of the files and whether a password that were not kept."""

    fields: list[Field]
    files: list[str]
    secret: bool
    token: str
    multipart: bool


def keep(refusal: HubError, message: str) -> Response | None:
    """Return the page that keeps the form of the running request, None when the refusal is about something else."""
    why = _why(refusal) if _is_form() else None
    if why is None:
        return None
    answer = make_response(
        render_template(
            "web/kept_form.html",
            why=why,
            message=message,
            kept=_kept(why),
            action=form_tokens.address(),
        )
    )
    answer.status_code = NotSignedIn.status if why is Why.ENDED else refusal.status
    return answer


def _is_form() -> bool:
    return request.method == "POST" and request.mimetype in FORM_TYPES and request.endpoint is not None


def _why(refusal: HubError) -> Why | None:
    match refusal.code:
        case "too_many" | "unavailable":
            return Why.LATER if form_tokens.counts() else None
        case "not_signed_in" | "forbidden" | "csrf":
            return _whose() if form_tokens.senders().personal() else None
        case _:
            return None


def _whose() -> Why | None:
    """Return what is the matter with the sender: they left, are another person, or came again."""
    person = form_tokens.senders().person()
    if not form_tokens.opener():
        return None
    if not person:
        return Why.ENDED
    return Why.AGAIN if form_tokens.opened_by(person) else Why.OTHER


def _kept(why: Why) -> Kept:
    secrets = _secrets()
    sent = form_tokens.sent_fields()
    fields = [(name, value) for name, value in sent if name not in secrets]
    return Kept(
        fields=fields,
        files=[file.filename for file in request.files.values() if file.filename],
        secret=len(fields) < len(sent),
        token=form_tokens.form_token() if why is Why.LATER else form_tokens.ticket(fields),
        multipart=request.mimetype == "multipart/form-data",
    )


def _secrets() -> frozenset[str]:
    taken = taken_by(current_app.view_functions[request.endpoint or ""])
    found: Any = getattr(taken.model, "secrets", frozenset()) if taken else frozenset()
    return frozenset(found)
