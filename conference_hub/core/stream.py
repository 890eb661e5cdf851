"""Audiences, and the documents that each of them is shown: the vocabulary of the journal, free of any database."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

Doc = dict[str, Any]
Docs = dict[str, Mapping[str, Any] | None]
"""Documents by key, None for one that is gone; the features declare their shapes as TypedDicts."""


class Stream(StrEnum):
    """An audience of facts."""

    PUBLIC = "public"
    STAFF = "staff"
    SEALED = "sealed"
    OPERATOR = "operator"
    REHEARSAL = "rehearsal"
    """Screens that follow a rehearsal: its lanes under the keys of the live run, and what concerns no run."""
