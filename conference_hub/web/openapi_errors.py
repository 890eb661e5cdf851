"""How `/api/openapi.json` describes answers: the one that a view gives, and every error that may stand in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from conference_hub.web.describing import Answers

Json = dict[str, Any]

INVALID_CODES = (
    *("invalid", "unknown_field", "unprintable", "too_long", "empty", "nothing_given"),
    "seen_required",
)
"""Why a value is unusable (422)."""


def _text(what: str) -> Json:
    return {"type": "string", "description": what}


def _number(what: str) -> Json:
    return {"type": "integer", "description": what}


DETAILS: Json = {
    "field": _text("The field that is missing or unusable, with dots."),
    "max_length": _number("The most characters or items that the field may have."),
    "min_length": _number("The fewest characters or items that the field may have."),
    "ge": _number("The field must be this or more."),
    "gt": _number("The field must be more than this."),
    "le": _number("The field must be this or less."),
    "lt": _number("The field must be less than this."),
    "longest": _number("The most characters that the field may have, spaces at its ends aside."),
    "expected": _text(
        "The values that the field may have, separated by commas; with `stale` what `expect` named."
    ),
    "changed": {
        "type": "array",
        "description": "With `stale`: the entries that the sender had not seen, each with the label of who acted.",
        "items": {
            "type": "object",
            "required": ["stream", "seq", "topic", "at", "body", "by"],
            "properties": {
                "stream": {"type": "string"},
                "seq": {"type": "integer"},
                "topic": {"type": "string"},
                "at": {"type": "string", "format": "date-time"},
                "body": {"type": "object"},
                "by": {"type": "string"},
            },
        },
    },
    "by": _text(
        "The label of who acted last (`stale`, `changed_since`, `plan_changed`, `archived`), or who drives (`held_by`)."
    ),
    "actor": _text(
        "With `held_by`: the id of the actor who drives the lane; `force` names it to take the lane over."
    ),
    "since": {"type": "string", "format": "date-time", "description": "With `held_by`: since when."},
    "found": _text("With `stale` because of `expect`: what is there instead."),
    "move": {
        "type": "boolean",
        "description": "With `names_left`: whether a later round could take the names.",
    },
    "revision": _number("With `plan_changed`: the present revision of the working plan."),
    "size": _text("With 413: how large a body may be, for people."),
    "max_bytes": _number("With 413: how many bytes a body may have."),
    "wait": _number("With 429: in how many seconds to come again."),
    "url": _text("With `csrf`: the hub's address, where it was asked at one that keeps no cookie."),
    "count": _number("How many things are in the way."),
    "most": _number("How many there may be at a time."),
    "subject": _text("The key of the document whose commands are meant."),
    "key": _text("With `changed_since`: the key of what was changed."),
    "topic": _text("With `changed_since`: the fact that changed it."),
    "number": _number("With `changed_since`: the sequence number of that fact's entry for operators."),
    "at": {
        "type": "string",
        "format": "date-time",
        "description": "With `changed_since` and `archived`: when it was changed.",
    },
    "state": _text("The state of the award or of the conference."),
    **{
        name: _text(f"The id of the {name} that is meant.")
        for name in ("lane", "cue", "award", "run", "gate", "scan")
    },
    **{
        name: _text(f"The ids of the {name} that are meant, separated by commas.")
        for name in ("cues", "lanes", "awards")
    },
    "cue_numbers": _text("The numbers of the cues that are meant, separated by commas."),
    "id": _text("The id of what is meant."),
    "version": _number("The version of the plan that is meant."),
    "device": _text("The id of the device that is meant."),
    "login": _text("The account that is meant."),
    "name": _text("The name that is refused, or the names of what something is needed for."),
    "hosts": _text("From where pages may embed video."),
}
"""What may stand in an error beside its code and message; which of them depends on the code."""

WITH_CODE: dict[str, list[str]] = {
    "stale": ["changed", "by"],
    "plan_changed": ["revision", "by"],
    "changed_since": ["key"],
    "held_by": ["lane", "actor", "by", "since"],
    "names_left": ["lane", "awards", "count", "move"],
}
"""What always stands beside a code."""

SCHEMAS: Json = {
    "Error": {
        "type": "object",
        "description": "Why a request was refused. `code` is stable; `message` is in the sender's language.",
        "required": ["code", "message"],
        "properties": {"code": {"type": "string"}, "message": {"type": "string"}, **DETAILS},
        "additionalProperties": False,
    },
}
RETRY_AFTER = {"description": "When to come again, in seconds.", "schema": {"type": "integer", "minimum": 0}}


def _error(what: str, codes: Sequence[str] = (), headers: Json | None = None) -> Json:
    error: Json = {"$ref": "#/components/schemas/Error"}
    if codes:
        error = {"allOf": [error, {"properties": {"code": {"enum": list(codes)}}}, *_always_with(codes)]}
    schema = {"type": "object", "required": ["error"], "properties": {"error": error}}
    content = {"application/json": {"schema": schema}}
    return {"description": what, "content": content} | ({"headers": headers} if headers else {})


def _always_with(codes: Sequence[str]) -> Iterator[Json]:
    for code in codes:
        if code in WITH_CODE:
            yield {"if": {"properties": {"code": {"const": code}}}, "then": {"required": WITH_CODE[code]}}


RESPONSES: Json = {
    "BadRequest": _error("The form token is out of date, or the body broke off.", ("csrf", "bad_request")),
    "NotSignedIn": _error("No valid session, or an unknown token.", ("not_signed_in",)),
    "Forbidden": _error(
        "Signed in, but the role does not allow it, or the device was not set up for it.",
        ("forbidden", "not_a_device", "device_ended", "other_gate", "scan_only"),
    ),
    "NotFound": _error("No such conference, or no such thing in it.", ("not_found", "not_published")),
    "TooLarge": _error("The body is too large.", ("too_large",)),
    "Invalid": _error("A value is missing or unusable; `field` names it.", INVALID_CODES),
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
        codes = (*answers.refusals, "archived") if arguments else answers.refusals
        found["409"] = _error("The state forbids it; `code` says why.", codes)
    return dict(sorted(found.items()))
