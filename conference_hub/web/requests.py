"""Bodies of requests as typed values: one model for each command, validated in one place (pydantic).

A model names its fields, their bounds and what they mean; `/api/openapi.json` is made of the same models. A body that
does not fit is answered 422 with the first field that is wrong, in the reader's language.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic import ValidationError as Faults
from pydantic_core import ErrorDetails, PydanticCustomError

from conference_hub.core.errors import Invalid, msg
from conference_hub.core.now import parse_iso
from conference_hub.web import bodies

MAX_WHOLE = 2**53 - 1
"""The largest whole number that every reader of JSON holds."""
UNKEPT = re.compile(r"[\x00\ud800-\udfff]")
"""What no database keeps in a text: U+0000 and halves of surrogate pairs."""


def _kept(text: str) -> str:
    if UNKEPT.search(text):
        raise PydanticCustomError("unprintable", "characters that cannot be stored")
    return text


def _instant(value: object) -> datetime:
    if isinstance(value, datetime):
        return value
    try:
        return parse_iso(value if isinstance(value, str) else "")
    except ValueError as error:
        raise PydanticCustomError("instant", "not an instant with an offset (RFC 3339)") from error


def text(longest: int) -> Any:
    """Return the type of a text of 1 to `longest` characters, without spaces around it."""
    limits = StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=longest)
    return Annotated[str, BeforeValidator(lambda v: _kept(v) if isinstance(v, str) else v), limits]


Line = Annotated[
    str,
    AfterValidator(_kept),
    StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=200),
]
"""A text of 1 to 200 characters."""
CommandId = Annotated[
    str,
    AfterValidator(_kept),
    StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=80),
]
Whole = Annotated[int, Field(strict=True, ge=-MAX_WHOLE, le=MAX_WHOLE)]
Seen = Annotated[int, Field(strict=True, ge=0, le=MAX_WHOLE)]
"""The last sequence number of the operator stream that the sender knew."""
Flag = Annotated[bool, Field(strict=True)]
Instant = Annotated[datetime, BeforeValidator(_instant)]
"""An instant with an offset (RFC 3339); aware UTC inside."""


class Body(BaseModel):
    """A JSON object that somebody sends; a field that is not declared is refused by its name."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CommandBody(Body):
    """A command: `command_id` names it, `seen` is what its sender knew."""

    command_id: CommandId
    seen: Seen | None = None

    @property
    def id(self) -> str:
        """The id under which the answer is stored."""
        return self.command_id

    def as_sent(self) -> dict[str, Any]:
        """Return the body as it came, by which a repeat is recognised."""
        sent = bodies.parsed_json()
        return sent if isinstance(sent, dict) else {}


B = TypeVar("B", bound=Body)


def parsed(model: type[B]) -> B:
    """Return the running request's JSON body as `model`; raises Invalid that names the first wrong field."""
    body = bodies.parsed_json()
    if not isinstance(body, dict):
        raise Invalid(msg("요청은 JSON 객체여야 합니다."), field="body")
    try:
        return model.model_validate(body)
    except Faults as faults:
        raise _invalid(faults.errors(include_url=False, include_input=False)[0]) from None


def _invalid(fault: ErrorDetails) -> Invalid:
    context = fault.get("ctx") or {}
    field = ".".join(str(part) for part in fault["loc"]) or context.get("field", "body")
    limits = {name: value for name, value in context.items() if name in LIMITS}
    code, sentence = SENTENCES.get(fault["type"], ("invalid", msg("쓸 수 없는 값입니다: %(field)s")))
    return Invalid(sentence, code=code, field=field, **limits)


LIMITS = frozenset({"max_length", "min_length", "ge", "le", "gt", "lt", "expected"})
SENTENCES = {
    "missing": ("invalid", msg("값이 필요합니다: %(field)s")),
    "extra_forbidden": ("unknown_field", msg("알 수 없는 항목입니다: %(field)s")),
    "string_type": ("invalid", msg("글자여야 합니다: %(field)s")),
    "string_too_short": ("invalid", msg("값이 필요합니다: %(field)s")),
    "string_too_long": ("invalid", msg("너무 깁니다: %(field)s (%(max_length)d자까지)")),
    "int_type": ("invalid", msg("정수여야 합니다: %(field)s")),
    "int_from_float": ("invalid", msg("정수여야 합니다: %(field)s")),
    "bool_type": ("invalid", msg("참(true) 또는 거짓(false)이어야 합니다: %(field)s")),
    "greater_than_equal": ("invalid", msg("%(ge)s 이상이어야 합니다: %(field)s")),
    "less_than_equal": ("invalid", msg("%(le)s 이하여야 합니다: %(field)s")),
    "enum": ("invalid", msg("알 수 없는 값입니다: %(field)s")),
    "literal_error": ("invalid", msg("알 수 없는 값입니다: %(field)s")),
    "instant": ("invalid", msg("시각은 2026-12-07T14:00:00+09:00 처럼 적어 주세요: %(field)s")),
    "zero": ("invalid", msg("0이 아니어야 합니다: %(field)s")),
    "token_or_guest": ("invalid", msg("명찰 코드(token)와 참석자(guest) 가운데 하나만 보내 주세요.")),
    "unprintable": ("unprintable", msg("보이지 않는 문자가 들어 있습니다.")),
}
