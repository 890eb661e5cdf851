"""Audiences, and the documents that each of them is shown: the vocabulary of the journal, free of any database."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

Doc = dict[str, Any]
Docs = dict[str, Doc | None]


class Stream(StrEnum):
    """An audience of facts."""

    PUBLIC = "public"
    STAFF = "staff"
    SEALED = "sealed"
    OPERATOR = "operator"
