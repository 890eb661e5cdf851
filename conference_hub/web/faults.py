"""Turns what pydantic finds wrong in a request into a refusal with a sentence of the catalogue.

pydantic names a fault by a type and a location; its own English sentences are not used.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from pydantic_core import ErrorDetails

from conference_hub.core.errors import Invalid, msg

QUOTED = re.compile(r"'([^']*)'")


def invalid(fault: ErrorDetails) -> Invalid:
    """Return the refusal of a field: `field` is its path with dots, beside it are its bounds."""
    context = fault.get("ctx") or {}
    field = ".".join(str(part) for part in fault["loc"]) or context.get("field", "body")
    if "sentence" in context:
        return Invalid(str(context["sentence"]), code=fault["type"], field=field)
    limits = {name: BOUNDS[name](value) for name, value in context.items() if name in BOUNDS}
    sentence = SENTENCES.get(fault["type"], msg("쓸 수 없는 값입니다: %(field)s"))
    return Invalid(sentence, code=CODES.get(fault["type"]), field=field, **limits)


def at_field(fault: ErrorDetails) -> tuple[str, str, dict[str, Any]]:
    """Return the field, what stands beside it on a page (a msgid) and what to fill in there; no field: an empty name.

    A page shows the sentence at the field, so it does not say the field's name.
    """
    refusal = invalid(fault)
    name = "" if fault["type"] == "extra_forbidden" else str(refusal.detail["field"])
    context = fault.get("ctx") or {}
    sentence = refusal.message if not name or "sentence" in context else BESIDE.get(fault["type"], UNUSABLE)
    return name, sentence, refusal.detail


def _same(value: Any) -> Any:
    return value


def _choices(expected: Any) -> str:
    """Return `in, out` for pydantic's `'in' or 'out'`."""
    return ", ".join(QUOTED.findall(str(expected)))


BOUNDS: dict[str, Callable[[Any], Any]] = {
    "max_length": _same,
    "min_length": _same,
    "ge": _same,
    "gt": _same,
    "le": _same,
    "lt": _same,
    "expected": _choices,
}
"""What of a fault's context goes into the answer, and how it is written there."""

CODES = {"extra_forbidden": "unknown_field"}
"""Codes by pydantic's type of fault; every other one is `invalid`."""

NEEDED = msg("값이 필요합니다: %(field)s")
NO_TEXT = msg("글자여야 합니다: %(field)s")
NO_WHOLE = msg("정수여야 합니다: %(field)s")
NO_FLAG = msg("참(true) 또는 거짓(false)이어야 합니다: %(field)s")
NO_OBJECT = msg("JSON 객체여야 합니다: %(field)s")
NO_LIST = msg("목록이어야 합니다: %(field)s")
NOT_AMONG = msg("알 수 없는 값입니다: %(field)s (쓸 수 있는 값: %(expected)s)")

SENTENCES = {
    "missing": NEEDED,
    "extra_forbidden": msg("알 수 없는 항목입니다: %(field)s"),
    "string_type": NO_TEXT,
    "string_unicode": NO_TEXT,
    "string_too_short": NEEDED,
    "string_too_long": msg("너무 깁니다: %(field)s (%(max_length)d자까지)"),
    "int_type": NO_WHOLE,
    "int_from_float": NO_WHOLE,
    "int_parsing": NO_WHOLE,
    "int_parsing_size": NO_WHOLE,
    "bool_type": NO_FLAG,
    "bool_parsing": NO_FLAG,
    "greater_than_equal": msg("%(ge)s 이상이어야 합니다: %(field)s"),
    "greater_than": msg("%(gt)s보다 커야 합니다: %(field)s"),
    "less_than_equal": msg("%(le)s 이하여야 합니다: %(field)s"),
    "less_than": msg("%(lt)s보다 작아야 합니다: %(field)s"),
    "enum": NOT_AMONG,
    "literal_error": NOT_AMONG,
    "list_type": NO_LIST,
    "tuple_type": NO_LIST,
    "too_short": msg("%(min_length)d개 이상이어야 합니다: %(field)s"),
    "too_long": msg("%(max_length)d개 이하여야 합니다: %(field)s"),
    "dict_type": NO_OBJECT,
    "model_type": NO_OBJECT,
}

EMPTY = msg("꼭 필요한 항목입니다.")
CHOOSE = msg("목록에 있는 것을 골라 주세요.")
UNUSABLE = msg("쓸 수 없는 값입니다.")

BESIDE = {
    "missing": EMPTY,
    "string_too_short": EMPTY,
    "string_too_long": msg("%(max_length)d자까지 쓸 수 있습니다."),
    "enum": CHOOSE,
    "literal_error": CHOOSE,
    "greater_than_equal": msg("%(ge)s 이상이어야 합니다."),
    "less_than_equal": msg("%(le)s 이하여야 합니다."),
}
"""What stands beside a field of a page, by pydantic's type of fault."""
