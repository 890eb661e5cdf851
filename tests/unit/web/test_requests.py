"""What a request must be, and what its sender reads when it is something else: in both languages, by field."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

import pytest
from flask import Flask
from pydantic import AfterValidator, Field, model_validator

from conference_hub.core.errors import Invalid, msg
from conference_hub.web import bodies, faults
from conference_hub.web.i18n import in_language
from conference_hub.web.requests import (
    Body,
    CommandBody,
    Digits,
    Flag,
    Form,
    Instant,
    Line,
    Press,
    Query,
    Whole,
    fault,
    taken_by,
    takes,
    text,
)


class Way(StrEnum):
    IN = "in"
    OUT = "out"


def _not_seven(whole: int) -> int:
    if whole == 7:
        raise fault("odd", msg("0이 아니어야 합니다: %(field)s"))
    return whole


class Everything(Body):
    line: Line = "x"
    short: Annotated[str, text(3)] = "x"
    whole: Annotated[Whole, AfterValidator(_not_seven)] = 0
    few: Annotated[int, Field(strict=True, ge=2, le=5)] = 2
    open: Annotated[int, Field(strict=True, gt=0, lt=9)] = 1
    flag: Flag = False
    at: Instant | None = None
    way: Way = Way.IN
    fixed: Literal["a", "b"] = "a"
    lines: Annotated[tuple[Line, ...], Field(max_length=2)] = ()
    inside: Other | None = None

    @model_validator(mode="after")
    def _differ(self) -> Self:
        if self.line == self.short == "a":
            raise fault("invalid", msg("0이 아니어야 합니다: %(field)s"), field="short")
        return self


class Other(Body):
    name: Line


class Asked(Query):
    after: Digits | None = None


class Chosen(Form):
    mode: str = ""


@pytest.fixture
def app() -> Flask:
    app = Flask(__name__)
    bodies.install(app)

    @app.post("/everything/<conf>")
    @takes(Everything)
    def everything(body: Everything, conf: str) -> Any:
        return {"line": body.line, "conf": conf, "at": str(body.at)}

    @app.post("/pressed")
    @takes(Press)
    def pressed(body: Press) -> Any:
        return {"id": body.command_id}

    @app.get("/asked")
    @takes(Asked)
    def asked(query: Asked) -> Any:
        return {"after": query.after}

    @app.post("/chosen")
    @takes(Chosen)
    def chosen(form: Chosen) -> Any:
        return {"mode": form.mode}

    @app.errorhandler(Invalid)
    def refused(error: Invalid) -> Any:
        said = {lang: in_language(lang, error.message, error.detail) for lang in ("ko", "en")}
        return {"code": error.code, **error.detail, **said}, error.status

    return app


def refusal(app: Flask, body: object) -> dict[str, Any]:
    answer = app.test_client().post("/everything/hall", json=body)
    assert answer.status_code == 422, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


@pytest.mark.parametrize(
    ("body", "code", "field", "english"),
    [
        ({"line": 1}, "invalid", "line", "Must be text: line"),
        ({"line": ""}, "invalid", "line", "A value is required: line"),
        ({"line": " " * 9}, "invalid", "line", "A value is required: line"),
        ({"line": None}, "invalid", "line", "Must be text: line"),
        ({"line": "x" * 201}, "invalid", "line", "Too long: line (up to 200 characters)"),
        ({"short": "four"}, "invalid", "short", "Too long: short (up to 3 characters)"),
        ({"line": "a\0b"}, "unprintable", "line", "It contains invisible characters."),
        ({"line": "\ud800"}, "unprintable", "line", "It contains invisible characters."),
        ({"aside": {"\0": 1}}, "unprintable", "aside", "It contains invisible characters."),
        ({"whole": 0.5}, "invalid", "whole", "Must be a whole number: whole"),
        ({"whole": "1"}, "invalid", "whole", "Must be a whole number: whole"),
        ({"whole": True}, "invalid", "whole", "Must be a whole number: whole"),
        ({"whole": 2**53}, "invalid", "whole", "Must be at most 9007199254740991: whole"),
        ({"whole": -(2**53)}, "invalid", "whole", "Must be at least -9007199254740991: whole"),
        ({"few": 1}, "invalid", "few", "Must be at least 2: few"),
        ({"few": 6}, "invalid", "few", "Must be at most 5: few"),
        ({"open": 0}, "invalid", "open", "Must be greater than 0: open"),
        ({"open": 9}, "invalid", "open", "Must be less than 9: open"),
        ({"flag": 1}, "invalid", "flag", "Must be true or false: flag"),
        ({"flag": "yes"}, "invalid", "flag", "Must be true or false: flag"),
        ({"at": "09:20"}, "invalid", "at", "Enter a time like 2026-12-07T14:00:00+09:00: at"),
        ({"at": "2021-12-02T09:20:00"}, "invalid", "at", "Enter a time like 2026-12-07T14:00:00+09:00: at"),
        ({"at": 12}, "invalid", "at", "Enter a time like 2026-12-07T14:00:00+09:00: at"),
        ({"way": "up"}, "invalid", "way", "Unknown value: way (allowed: in, out)"),
        ({"fixed": "c"}, "invalid", "fixed", "Unknown value: fixed (allowed: a, b)"),
        ({"lines": "x"}, "invalid", "lines", "Must be a list: lines"),
        ({"lines": ["x", ""]}, "invalid", "lines.1", "A value is required: lines.1"),
        ({"lines": ["x"] * 3}, "invalid", "lines", "Must have at most 2 entries: lines"),
        ({"inside": 1}, "invalid", "inside", "Must be a JSON object: inside"),
        ({"inside": {}}, "invalid", "inside.name", "A value is required: inside.name"),
        ({"inside": {"name": "x", "age": 3}}, "unknown_field", "inside.age", "Unknown field: inside.age"),
        ({"aside": 1}, "unknown_field", "aside", "Unknown field: aside"),
        ([], "invalid", "body", "The request must be a JSON object."),
    ],
)
def test_a_body_that_does_not_fit_names_the_field(
    app: Flask, body: object, code: str, field: str, english: str
) -> None:
    found = refusal(app, body)

    assert (found["code"], found["field"], found["en"]) == (code, field, english)
    assert found["ko"] != found["en"]


def test_bounds_stand_beside_the_field(app: Flask) -> None:
    assert refusal(app, {"few": 6})["le"] == 5
    assert refusal(app, {"short": "four"})["max_length"] == 3
    assert refusal(app, {"way": "up"})["expected"] == "in, out"


@pytest.mark.parametrize("raw", [b"", b"[", b'{"line": "a", "line": "b"}', b'{"whole": NaN}', b"\xff"])
def test_body_that_is_not_json_is_refused(app: Flask, raw: bytes) -> None:
    answer = app.test_client().post("/everything/hall", data=raw, content_type="application/json")

    assert (answer.status_code, answer.get_json()["field"]) == (422, "body")


def test_a_view_gets_what_it_takes_and_its_address(app: Flask) -> None:
    answer = app.test_client().post(
        "/everything/hall", json={"line": "  spaces go ", "at": "2021-12-02T09:20:00+09:00"}
    )

    assert answer.get_json() == {
        "line": "spaces go",
        "conf": "hall",
        "at": str(datetime(2021, 12, 2, 0, 20, tzinfo=UTC)),
    }


@pytest.mark.parametrize("after", ["-1", "1.0", "1_0", " 1", "+1", "", "1" * 16, "²", "x"])
def test_a_number_in_a_query_is_digits_only(app: Flask, after: str) -> None:
    answer = app.test_client().get("/asked", query_string={"after": after})

    assert (answer.status_code, answer.get_json()["field"]) == (422, "after")


def test_undeclared_query_parameters_are_ignored(app: Flask) -> None:
    assert app.test_client().get("/asked?after=12&lang=en&utm=x").get_json() == {"after": 12}


def test_a_form_may_hold_the_form_token_and_nothing_unknown(app: Flask) -> None:
    browser = app.test_client()

    assert browser.post("/chosen", data={"mode": "zoom", "csrf_token": "t"}).get_json() == {"mode": "zoom"}
    refused = browser.post("/chosen", data={"mood": "zoom"})
    assert (refused.status_code, refused.get_json()["code"]) == (422, "unknown_field")


def test_taken_by_returns_the_declared_model(app: Flask) -> None:
    taken = taken_by(app.view_functions["everything"])

    assert taken is not None
    assert (taken.model, taken.source.value) == (Everything, "json")
    assert taken_by(app.view_functions["static"]) is None


def test_validator_raises_its_own_code_and_sentence(app: Flask) -> None:
    assert refusal(app, {"whole": 7}) == {
        "code": "odd",
        "field": "whole",
        "ko": "0이 아니어야 합니다: whole",
        "en": "Must not be zero: whole",
    }
    assert refusal(app, {"line": "a", "short": "a"})["field"] == "short"


def test_every_sentence_is_filled_from_what_the_fault_holds() -> None:
    known = {"field": "f", **dict.fromkeys(faults.BOUNDS, 1)}

    assert all(sentence % known for sentence in faults.SENTENCES.values())


def test_a_command_is_recognised_by_what_was_sent(app: Flask) -> None:
    with app.test_request_context("/", method="POST", json={"command_id": " a ", "seen": 3}):
        app.preprocess_request()
        body = CommandBody.model_validate({"command_id": " a ", "seen": 3})

        assert (body.id, body.as_sent()) == ("a", {"command_id": " a ", "seen": 3})
        assert json.loads(body.model_dump_json()) == {"command_id": "a", "seen": 3}


@pytest.mark.parametrize(
    ("body", "status", "answer"),
    [
        (b"", 200, {"id": None}),
        (b'{"command_id": "a"}', 200, {"id": "a"}),
        (b'{"colour": "red"}', 422, {"code": "unknown_field", "field": "colour"}),
        (b"[]", 422, {"code": "invalid", "field": "body"}),
        (b"{", 422, {"code": "invalid", "field": "body"}),
    ],
)
def test_press_takes_an_empty_body_and_names_unknown_fields(
    app: Flask, body: bytes, status: int, answer: dict[str, Any]
) -> None:
    given = app.test_client().post("/pressed", data=body, content_type="application/json")

    assert given.status_code == status
    assert answer.items() <= given.get_json().items()
