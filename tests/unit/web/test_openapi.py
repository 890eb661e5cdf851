"""The description is made of routes and declarations: each part of it, on a small application."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NotRequired

import pytest
from flask import Flask
from typing_extensions import TypedDict

from conference_hub.core.stream import Stream
from conference_hub.web.describing import answers
from conference_hub.web.openapi import About, document, endpoints
from conference_hub.web.requests import Body, Digits, Line, Query, takes

ABOUT = About(title="hub", version="1", server="https://hub.example", cookie="hub")


class Order(Body):
    """Somebody orders."""

    what: Line
    """What is ordered."""
    note: Line | None = None


class Asked(Query):
    stream: Stream = Stream.PUBLIC
    after: Digits | None = None


class Inner(TypedDict):
    name: str


class Done(TypedDict):
    """How it went."""

    inner: Inner
    again: NotRequired[bool]


def order(body: Order, conf: str, thing: str) -> Any:
    """Order a thing.

    It comes later.
    """


def look(query: Asked) -> Any:
    """Look at things."""


def page() -> str:
    """Show a page."""
    return ""


@pytest.fixture
def made() -> dict[str, Any]:
    app = Flask(__name__)
    ordering = answers(Done, refusals=("sold_out", "stale", "sold_out"), limited=True)(takes(Order)(order))
    app.add_url_rule("/c/<conf>/things/<path:thing>/order", "shop.order", ordering, methods=["POST"])
    app.add_url_rule("/things", "shop.look", answers(Done)(takes(Asked)(look)))
    app.add_url_rule("/page", "page", page)

    def roles_of(view: Callable[..., object]) -> tuple[str, ...]:
        return ("operator", "organiser") if view.__name__ == "order" else ()

    return document(ABOUT, endpoints(app.url_map, app.view_functions, roles_of))


def test_only_what_is_declared_is_described(made: dict[str, Any]) -> None:
    assert {path: list(methods) for path, methods in made["paths"].items()} == {
        "/c/{conf}/things/{thing}/order": ["post"],
        "/things": ["get"],
    }
    assert (made["openapi"], made["servers"]) == ("3.1.0", [{"url": "https://hub.example"}])


def test_words_come_from_the_view_and_who_may_from_its_roles(made: dict[str, Any]) -> None:
    operation = made["paths"]["/c/{conf}/things/{thing}/order"]["post"]

    assert (operation["operationId"], operation["tags"]) == ("shop_order", ["shop"])
    assert operation["summary"] == "Order a thing"
    assert operation["description"] == "It comes later.\n\nFor: operator, organiser."
    assert operation["security"] == [{"token": []}, {"cookie": [], "csrf": []}]
    assert [parameter["name"] for parameter in operation["parameters"]] == ["conf", "thing"]


def test_a_body_is_described_by_its_model(made: dict[str, Any]) -> None:
    operation = made["paths"]["/c/{conf}/things/{thing}/order"]["post"]
    content = operation["requestBody"]["content"]["application/json"]

    assert content == {"schema": {"$ref": "#/components/schemas/Order"}}
    order = made["components"]["schemas"]["Order"]
    assert (order["required"], order["additionalProperties"]) == (["what"], False)
    assert order["properties"]["what"] == {
        "type": "string",
        "minLength": 1,
        "maxLength": 200,
        "description": "What is ordered.",
        "title": "What",
    }


def test_a_query_is_described_field_by_field(made: dict[str, Any]) -> None:
    operation = made["paths"]["/things"]["get"]

    assert operation["security"] == [{}, {"token": []}, {"cookie": []}]
    assert "requestBody" not in operation
    assert [(p["name"], p["in"], p["required"]) for p in operation["parameters"]] == [
        ("stream", "query", False),
        ("after", "query", False),
    ]
    assert operation["parameters"][0]["schema"]["enum"] == [
        "public",
        "staff",
        "sealed",
        "operator",
        "rehearsal",
    ]
    assert operation["parameters"][1]["schema"] == {"type": "integer", "minimum": 0}


def test_the_answer_and_every_error_is_described(made: dict[str, Any]) -> None:
    found = made["paths"]["/c/{conf}/things/{thing}/order"]["post"]["responses"]

    assert list(found) == ["200", "400", "401", "403", "404", "409", "413", "422", "429", "503"]
    assert found["200"]["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Done"}
    assert made["components"]["schemas"]["Done"]["required"] == ["inner"]
    error = found["409"]["content"]["application/json"]["schema"]["properties"]["error"]
    assert error["allOf"][1:] == [
        {"properties": {"code": {"enum": ["sold_out", "stale", "archived"]}}},
        {"if": {"properties": {"code": {"const": "stale"}}}, "then": {"required": ["changed", "by"]}},
    ]
    assert found["404"] == {"$ref": "#/components/responses/NotFound"}
    assert list(made["paths"]["/things"]["get"]["responses"]) == ["200", "400", "401", "413", "422", "503"]


def test_every_reference_leads_somewhere(made: dict[str, Any]) -> None:
    def references(value: Any) -> set[str]:
        if isinstance(value, dict):
            own = {value["$ref"]} if "$ref" in value else set()
            return own.union(*(references(inner) for inner in value.values()))
        return set().union(*map(references, value)) if isinstance(value, list) else set()

    found = references(made)
    known = {f"#/components/{kind}/{name}" for kind, of in made["components"].items() for name in of}
    assert found
    assert found <= known
