"""The description of the JSON API (OpenAPI 3.1), made of the routes and of what their views declare.

Addresses come from the URL map, requests from `@takes`, answers from `@answers`, summaries
from docstrings, who may ask from `@allow`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaMode
from werkzeug.routing import Map, Rule

from conference_hub.web.describing import Answers, answers_of
from conference_hub.web.openapi_errors import RESPONSES, SCHEMAS, responses
from conference_hub.web.requests import Press, Source, Taken, taken_by

VERSION = "3.1.0"
SHARED = "#/components/schemas/{model}"
CSRF_HEADER = "X-CSRFToken"

Json = dict[str, Any]
View = Callable[..., object]
RolesOf = Callable[[View], Iterable[str]]


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """One address with one method, and its view; `roles` is empty where everybody may ask."""

    path: str
    method: str
    name: str
    arguments: tuple[str, ...]
    view: View
    answers: Answers
    taken: Taken | None
    roles: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class About:
    """What stands at the head of the description."""

    title: str
    version: str
    server: str
    cookie: str


def endpoints(rules: Map, views: Mapping[str, View], roles_of: RolesOf) -> list[Endpoint]:
    """Return every described endpoint, ordered by address and method."""
    found = (_endpoint(rule, views[rule.endpoint], roles_of) for rule in rules.iter_rules())
    return sorted((one for one in found if one), key=lambda one: (one.path, one.method))


def document(about: About, described: Iterable[Endpoint]) -> Json:
    """Return the whole description as a JSON object."""
    described = list(described)
    schemas, shared = _schemas(described)
    paths: Json = {}
    for endpoint in described:
        operation = _operation(endpoint, schemas)
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = operation
    return {
        "openapi": VERSION,
        "info": {"title": about.title, "version": about.version, "description": INTRODUCTION},
        "servers": [{"url": about.server}],
        "paths": paths,
        "components": {
            "schemas": {**SCHEMAS, **shared},
            "responses": RESPONSES,
            "securitySchemes": _security_schemes(about.cookie),
        },
    }


INTRODUCTION = (
    "How scripts and browsers command a conference and read its state. Commands are POST with a JSON object; "
    "`command_id` names a command, and the same request under the same id gets its first answer. "
    "`docs/protocol.md` explains streams, facts and documents."
)


def _endpoint(rule: Rule, view: View, roles_of: RolesOf) -> Endpoint | None:
    answers = answers_of(view)
    if answers is None:
        return None
    method = next(iter(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})))
    return Endpoint(
        path="".join(f"{{{part}}}" if is_argument else part for is_argument, part in _parts(rule)),
        method=method,
        name=rule.endpoint,
        arguments=tuple(part for is_argument, part in _parts(rule) if is_argument),
        view=view,
        answers=answers,
        taken=taken_by(view),
        roles=tuple(roles_of(view)),
    )


def _parts(rule: Rule) -> Iterator[tuple[bool, str]]:
    """Split `/c/<conf>/state` into texts and names of arguments: `(False, "/c/")`, `(True, "conf")`, ..."""
    for number, piece in enumerate(rule.rule.replace(">", "<").split("<")):
        yield number % 2 == 1, piece.rpartition(":")[2]


def _schemas(described: Iterable[Endpoint]) -> tuple[dict[tuple[str, str], Json], Json]:
    """Return the schema of each request and answer by `(endpoint, mode)`, and those that they share."""
    wanted: list[tuple[str, JsonSchemaMode, TypeAdapter[Any]]] = []
    for endpoint in described:
        wanted.append((endpoint.name, "serialization", TypeAdapter(endpoint.answers.shape)))
        if endpoint.taken:
            wanted.append((endpoint.name, "validation", TypeAdapter(endpoint.taken.model)))
    found, shared = TypeAdapter.json_schemas(wanted, ref_template=SHARED)
    return {(name, mode): schema for (name, mode), schema in found.items()}, shared.get("$defs", {})


def _operation(endpoint: Endpoint, schemas: Mapping[tuple[str, str], Json]) -> Json:
    summary, _, rest = inspect.cleandoc(endpoint.view.__doc__ or "").partition("\n")
    request = schemas.get((endpoint.name, "validation"))
    source = endpoint.taken.source if endpoint.taken else None
    operation: Json = {
        "operationId": endpoint.name.replace(".", "_"),
        "tags": [endpoint.name.partition(".")[0]],
        "summary": summary.rstrip("."),
        "description": "\n\n".join(part for part in (rest.strip(), _who(endpoint.roles)) if part),
        "parameters": [*_path_parameters(endpoint), *(_query_parameters(endpoint) if request else ())],
        "security": _security(endpoint),
        "responses": responses(
            schemas[endpoint.name, "serialization"],
            arguments=endpoint.arguments,
            roles=endpoint.roles,
            takes=source is not None,
            answers=endpoint.answers,
        ),
    }
    if request and endpoint.taken and source is Source.JSON:
        needed = not issubclass(endpoint.taken.model, Press)
        operation["requestBody"] = {"required": needed, "content": {"application/json": {"schema": request}}}
    return operation


def _who(roles: Iterable[str]) -> str:
    named = ", ".join(sorted(roles))
    return f"For: {named}." if named else "For everybody."


def _path_parameters(endpoint: Endpoint) -> Iterator[Json]:
    for name in endpoint.arguments:
        yield {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}


def _query_parameters(endpoint: Endpoint) -> Iterator[Json]:
    if endpoint.taken is None or endpoint.taken.source is not Source.QUERY:
        return
    schema = endpoint.taken.model.model_json_schema(ref_template=SHARED)
    for name, field in schema.get("properties", {}).items():
        yield {
            "name": name,
            "in": "query",
            "required": name in schema.get("required", ()),
            "description": field.get("description", ""),
            "schema": _resolved(field, schema.get("$defs", {})),
        }


def _resolved(field: Json, shared: Mapping[str, Json]) -> Json:
    """Return the schema of a parameter with the schemas it refers to in their places; a parameter is never null."""
    if "$ref" in field:
        return dict(shared[field["$ref"].rpartition("/")[2]])
    choices = [choice for choice in field.get("anyOf", ()) if choice.get("type") != "null"]
    return choices[0] if len(choices) == 1 else {k: v for k, v in field.items() if k != "description"}


def _security(endpoint: Endpoint) -> list[dict[str, list[str]]]:
    cookie: dict[str, list[str]] = {"cookie": []}
    if endpoint.method != "GET":
        cookie["csrf"] = []
    needed: list[dict[str, list[str]]] = [{"token": []}, cookie]
    return needed if endpoint.roles else [{}, *needed]


def _security_schemes(cookie: str) -> Json:
    return {
        "token": {
            "type": "http",
            "scheme": "bearer",
            "description": "A machine token, made on the desk's team page.",
        },
        "cookie": {
            "type": "apiKey",
            "in": "cookie",
            "name": cookie,
            "description": "The session of a browser.",
        },
        "csrf": {
            "type": "apiKey",
            "in": "header",
            "name": CSRF_HEADER,
            "description": "The form token of the page, needed with the cookie.",
        },
    }
