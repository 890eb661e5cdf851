"""Requests as typed values: one model for each command, form and query, validated in one place (pydantic).

A model names its fields, their bounds and what they mean. A view declares what it takes (`@takes(Model)`) and gets it
as its first argument; `/api/openapi.json` is made of the same declarations. A request that does not fit is answered 422
with the first field that is wrong, in the reader's language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from functools import wraps
from typing import Annotated, Any, ClassVar, Concatenate, ParamSpec, Self, TypeVar, cast, get_origin

from flask import request
from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator
from pydantic import ValidationError as Faults

from conference_hub.core.errors import Invalid, msg
from conference_hub.core.text import Text, TextDoc
from conference_hub.web import bodies
from conference_hub.web.faults import invalid
from conference_hub.web.fields import (
    Checkbox,
    CommandId,
    Digits,
    Empty,
    Flag,
    Instant,
    Line,
    LocalTime,
    OptionalLine,
    Seen,
    Whole,
    fault,
    text,
)

__all__ = [
    "Body",
    "Checkbox",
    "CommandBody",
    "CommandId",
    "Digits",
    "Empty",
    "Flag",
    "Form",
    "Instant",
    "Line",
    "LocalTime",
    "OnceBody",
    "OptionalLine",
    "Press",
    "Query",
    "Seen",
    "Whole",
    "Wording",
    "declare",
    "fault",
    "form_fields",
    "form_values",
    "taken_by",
    "takes",
    "text",
]

P = ParamSpec("P")
T = TypeVar("T")

TAKES_ATTRIBUTE = "hub_takes"
CSRF_FIELD = "csrf_token"
LONGEST_WORDING = 300
UNKEPT = re.compile(r"[\x00\ud800-\udfff]")
"""What no database stores in a text: U+0000 and halves of surrogate pairs."""


class Request(BaseModel):
    """What somebody sends, wherever it stands in the request."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)


class Body(Request):
    """A JSON object; a field that is not declared is refused by its name."""

    model_config = ConfigDict(extra="forbid")


class Wording(Body):
    """A text in the languages of a conference; a wording that is not given is empty, and one is given."""

    ko: (
        Annotated[str, StringConstraints(strict=True, strip_whitespace=True, max_length=LONGEST_WORDING)]
        | None
    ) = None
    en: (
        Annotated[str, StringConstraints(strict=True, strip_whitespace=True, max_length=LONGEST_WORDING)]
        | None
    ) = None

    @model_validator(mode="after")
    def _has_one(self) -> Self:
        if not self.ko and not self.en:
            raise fault("invalid", msg("한 언어로는 적어 주세요: %(field)s"))
        return self

    def as_doc(self) -> TextDoc:
        """Return the text as it is kept."""
        return Text(ko=self.ko or "", en=self.en or "").as_doc()


class Press(Body):
    """A command that is wholly said by its address; a request without a body does, too."""

    command_id: CommandId | None = None
    """What pages add to every command. No answer is stored under it."""


class Form(Request):
    """What a page's form sends; a field that is not declared is refused by its name, the form token aside.

    `secrets` are the fields that a page does not show again, `more` the beginnings of the names of fields that data
    declares: questions of the organiser's own.
    """

    model_config = ConfigDict(extra="forbid")
    secrets: ClassVar[frozenset[str]] = frozenset()
    more: ClassVar[tuple[str, ...]] = ()


class Nothing(Form):
    """A form that says all by its address."""


class Query(Request):
    """What stands behind the `?` of an address; what is not declared is ignored (`lang`, what caches and mails add)."""


class OnceBody(Body):
    """What is done at most once: `command_id` names it."""

    command_id: CommandId
    """Names the command: sent again, it gets the first answer."""

    @property
    def id(self) -> str:
        """The id under which the answer is stored."""
        return self.command_id

    def as_sent(self) -> dict[str, Any]:
        """Return the body as it came, by which a repeat is recognised."""
        sent = bodies.parsed_json()
        return sent if isinstance(sent, dict) else {}


class CommandBody(OnceBody):
    """A command that says what its sender knew."""

    seen: Seen | None = None
    """The last sequence number of the operator stream that the sender knew; without it nothing is stale."""


R = TypeVar("R", bound=Request)


class Source(Enum):
    """Where in a request the values stand."""

    JSON = "json"
    FORM = "form"
    QUERY = "query"


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What a view takes, and from where."""

    model: type[Request]
    source: Source


def takes(model: type[R]) -> Callable[[Callable[Concatenate[R, P], T]], Callable[P, T]]:
    """Declare what a view takes: it is called with the request as `model`, before its other arguments.

    A `Body` stands in the JSON body, a `Form` in the form, a `Query` in the address. The view is not called when the
    request does not fit: Invalid names the first wrong field. Views of a page's form use `web.forms.takes_form`.
    """
    source = _source_of(model)

    def mark(view: Callable[Concatenate[R, P], T]) -> Callable[P, T]:
        @wraps(view)
        def read_and_call(*args: P.args, **kwargs: P.kwargs) -> T:
            taken = _read(model, source)
            bodies.after_reading()
            return view(taken, *args, **kwargs)

        return declare(read_and_call, model)

    return mark


def declare(view: Callable[P, T], model: type[Request]) -> Callable[P, T]:
    """Write down at a view what it takes, for `taken_by`."""
    setattr(view, TAKES_ATTRIBUTE, Taken(model=model, source=_source_of(model)))
    return view


def taken_by(view: Callable[..., object]) -> Taken | None:
    """Return what a view declared, or None when it takes nothing but its address."""
    return cast("Taken | None", getattr(view, TAKES_ATTRIBUTE, None))


def unkept(texts: Iterable[str]) -> bool:
    """Return whether one of the texts holds what no database stores."""
    return any(UNKEPT.search(text) for text in texts)


def form_fields() -> dict[str, str]:
    """Return what the form of the running request holds, the form token aside; of a repeated field the first value."""
    return {name or "": value for name, value in request.form.items() if name != CSRF_FIELD}


def form_values(model: type[Request]) -> dict[str, Any]:
    """Return what the form of the running request holds for `model`: a list where the model has one, else a text.

    What begins as `Form.more` says is left out: the view reads it.
    """
    more = getattr(model, "more", ())
    many = {name for name, field in model.model_fields.items() if get_origin(field.annotation) is list}
    return {
        name: request.form.getlist(name) if name in many else value
        for name, value in form_fields().items()
        if not name.startswith(more)
    }


def _source_of(model: type[Request]) -> Source:
    if issubclass(model, Form):
        return Source.FORM
    return Source.QUERY if issubclass(model, Query) else Source.JSON


def _read(model: type[R], source: Source) -> R:
    try:
        return model.model_validate({} if _may_lack(model) else READERS[source](model))
    except Faults as faults:
        raise invalid(faults.errors(include_url=False, include_input=False)[0]) from None


def _may_lack(model: type[Request]) -> bool:
    """Return whether the running request has no body, and `model` needs none."""
    return issubclass(model, Press) and not request.get_data()


def _json(_model: type[Request]) -> dict[str, Any]:
    body = bodies.parsed_json()
    if not isinstance(body, dict):
        raise Invalid(msg("요청은 JSON 객체여야 합니다."), field="body")
    if unkept(body):
        raise Invalid(msg("보이지 않는 문자가 들어 있습니다."), code="unprintable", field="body")
    for name, value in body.items():
        if unkept(_texts(value)):
            raise Invalid(msg("보이지 않는 문자가 들어 있습니다."), code="unprintable", field=name)
    return body


def _query(_model: type[Request]) -> dict[str, str]:
    return request.args.to_dict()


READERS: dict[Source, Callable[[type[Request]], dict[str, Any]]] = {
    Source.JSON: _json,
    Source.FORM: form_values,
    Source.QUERY: _query,
}


def _texts(value: object) -> Iterable[str]:
    """Yield every text inside a JSON value, names of objects included (nesting is bounded by `web/bodies.py`)."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
