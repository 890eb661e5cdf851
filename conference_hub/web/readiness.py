"""How far a conference is: the lines of the list "ready for doors", and the progress of its run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LineState = Literal["ok", "open", "warn"]
"""`ok`: done; `open`: to be done before the doors open; `warn`: works, and somebody should look at it."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the list.

    `id` is `<feature>/<what>`. `words` and `detail` are in the reader's language. `where` is the address of the page on
    which it is mended.
    """

    id: str
    state: LineState
    words: str
    where: str
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class RunProgress:
    """How many lanes the live run has, and how many of them started and finished."""

    lanes: int = 0
    started: int = 0
    finished: int = 0
