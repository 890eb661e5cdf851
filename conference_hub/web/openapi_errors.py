"""How `/api/openapi.json` describes answers: the one that a view gives, and every error that may stand in its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from conference_hub.web.describing import Answers

Json = dict[str, Any]

SCHEMAS: Json = {
    "Error": {
        "type": "object",
        "description": "Why a request was refused. `code` is stable; `message` is in the sender's language.",
        "required": ["code", "message"],
        "properties": {
            "code": {"type": "string"},
            "message": {"type": "string"},
            "field": {"type": "string", "description": "The field that is missing or unusable, with dots."},
        },
    },
}
RETRY_AFTER = {"description": "When to come again, in seconds.", "schema": {"type": "integer", "minimum": 0}}


def _error(what: str, codes: Sequence[str] = (), headers: Json | None = None) -> Json:
    error: Json = {"$ref": "#/components/schemas/Error"}
    if codes:
        error = {"allOf": [error, {"properties": {"code": {"enum": list(codes)}}}]}
    schema = {"type": "object", "required": ["error"], "properties": {"error": error}}
    content = {"application/json": {"schema": schema}}
    return {"description": what, "content": content} | ({"headers": headers} if headers else {})


RESPONSES: Json = {
    "BadRequest": _error("The form token is out of date, or the body broke off.", ("csrf", "bad_request")),
    "NotSignedIn": _error("No valid session, or an unknown token.", ("not_signed_in",)),
    "Forbidden": _error("Signed in, but the role does not allow it.", ("forbidden",)),
    "NotFound": _error("No such conference, or no such thing in it.", ("not_found",)),
    "TooLarge": _error("The body is too large.", ("too_large",)),
    "Invalid": _error("A value is missing or unusable; `field` names it."),
    "TooMany": _error("Over a rate limit.", ("too_many", "busy"), {"Retry-After": RETRY_AFTER}),
    "Unavailable": _error(
        "The storage does not work at present.", ("unavailable",), {"Retry-After": RETRY_AFTER}
    ),
}


def responses(
    answer: Json, *, arguments: Iterable[str], roles: Iterable[str], takes: bool, answers: Answers
) -> Json:
    """Return the responses of an operation by status; `answer` is the schema of 200."""
    named = {
        "400": "BadRequest",
        "401": "NotSignedIn",
        "403": "Forbidden" if roles or answers.sometimes_forbidden else None,
        "404": "NotFound" if arguments else None,
        "413": "TooLarge",
        "422": "Invalid" if takes or arguments else None,
        "429": "TooMany" if answers.limited else None,
        "503": "Unavailable",
    }
    found: Json = {"200": {"description": "Done.", "content": {"application/json": {"schema": answer}}}}
    found |= {status: {"$ref": f"#/components/responses/{name}"} for status, name in named.items() if name}
    if answers.refusals:
        found["409"] = _error("The state forbids it; `code` says why.", answers.refusals)
    return dict(sorted(found.items()))
