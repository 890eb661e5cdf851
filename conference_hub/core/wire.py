"""JSON as the hub sends it: compact, and letters as they are: a Korean one takes three bytes instead of six."""

from __future__ import annotations

import json


def wire_json(value: object) -> str:
    """Write a value whose texts are valid Unicode, as everything that is stored."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
