"""The types of fields that request models share: texts with bounds, whole numbers, flags, instants, ids."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from conference_hub.core.errors import msg
from conference_hub.core.now import parse_iso

MAX_WHOLE = 2**53 - 1
"""The largest whole number that every reader of JSON holds."""
MAX_DIGITS = 15
"""Digits of the largest whole number in a query."""
LONGEST_ID = 80


def text(longest: int) -> StringConstraints:
    """Return the bounds of a string for `Annotated`: 1 to `longest` characters, spaces around it cut."""
    return StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=longest)


def fault(code: str, sentence: str, **context: str) -> PydanticCustomError:
    """Return what a validator raises: `code` for scripts, `sentence` (a msgid, may contain `%(field)s`) for people.

    A validator of a whole model says in `field` which one is meant.
    """
    return PydanticCustomError(code, "{sentence}", {"sentence": sentence, **context})


def _instant(value: object) -> datetime:
    if isinstance(value, datetime):
        return value
    try:
        return parse_iso(value if isinstance(value, str) else "")
    except ValueError as error:
        raise fault("invalid", msg("시각은 2026-12-07T14:00:00+09:00 처럼 적어 주세요: %(field)s")) from error


def _digits(value: object) -> object:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= MAX_DIGITS:
        return int(value)
    raise fault("invalid", msg("0 이상의 정수여야 합니다: %(field)s"))


def _local(value: object) -> object:
    if isinstance(value, str):
        with suppress(ValueError):
            local = datetime.fromisoformat(value)
            if local.tzinfo is None:
                return local
    raise fault("invalid", msg("시각은 2026-12-07 14:00 처럼 적어 주세요: %(field)s"))


def _empty(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


def _checked(value: object) -> object:
    return value in {"on", True}


Line = Annotated[str, text(200)]
"""A text of 1 to 200 characters."""
CommandId = Annotated[str, text(LONGEST_ID)]
Whole = Annotated[int, Field(strict=True, ge=-MAX_WHOLE, le=MAX_WHOLE)]
Seen = Annotated[int, Field(strict=True, ge=0, le=MAX_WHOLE)]
"""The last sequence number of the operator stream that the sender knew."""
Flag = Annotated[bool, Field(strict=True)]
Instant = Annotated[
    datetime, BeforeValidator(_instant), WithJsonSchema({"type": "string", "format": "date-time"})
]
"""An instant with an offset (RFC 3339); aware UTC inside."""
Empty = BeforeValidator(_empty)
"""Takes an empty field of a form for None: `Annotated[Line | None, Empty]`."""
OptionalLine = Annotated[Line | None, Empty]
"""A text of at most 200 characters in a form, None when it is left empty."""
Checkbox = Annotated[bool, BeforeValidator(_checked)]
"""A check box of a form; give it the default False, an empty box is not sent."""
LocalTime = Annotated[
    datetime, BeforeValidator(_local), WithJsonSchema({"type": "string", "format": "date-time"})
]
"""A time without a zone, as `datetime-local` sends it; `web.local_time.instant` says when that is at the event."""
Digits = Annotated[int, BeforeValidator(_digits), WithJsonSchema({"type": "integer", "minimum": 0})]
"""A whole number in a query, as 1 to 15 ASCII digits."""
