"""The JSON Schema of the conference file, made of the records of its parts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from conference_hub.exchange.bundle import FORMAT, KIND
from conference_hub.exchange.part import Part

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(parts: Iterable[Part[Any]]) -> dict[str, Any]:
    """Return the schema: an object with the conference and a list for each further part."""
    definitions: dict[str, Any] = {}
    properties: dict[str, Any] = {
        "$schema": {"type": "string"},
        "format": {"const": FORMAT},
        "kind": {"const": KIND},
    }
    for part in parts:
        own = part.record.model_json_schema(ref_template="#/$defs/{model}")
        definitions |= own.pop("$defs", {})
        definitions[part.record.__name__] = {"title": part.title.en, **own}
        reference = {"$ref": f"#/$defs/{part.record.__name__}"}
        properties[part.name] = reference if part.single else {"type": "array", "items": reference}
    return {
        "$schema": DIALECT,
        "title": "Conference",
        "type": "object",
        "properties": properties,
        "required": ["format", "kind"],
        "additionalProperties": False,
        "$defs": definitions,
    }
