"""The documents of a snapshot by their families, in the order in which a browser's store has them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

Docs = Mapping[str, Any]


def all_of(docs: Docs, prefix: str) -> list[Any]:
    """Return the documents of a family by their place, then by key."""
    found = [(key, doc) for key, doc in docs.items() if key.startswith(prefix)]
    found.sort(key=lambda one: (one[1].get("position", one[1].get("order")) or 0, numeric(one[0])))
    return [doc for _, doc in found]


def numeric(text: str) -> list[tuple[int, str]]:
    """Return what to sort a text by so that `case-2` comes before `case-10`."""
    return [(int(digits or 0), words) for words, digits in re.findall(r"(\D*)(\d*)", text)]
