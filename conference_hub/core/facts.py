"""What every fact has: a topic, which is its name on the wire, and its own fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from conference_hub.core.stream import Docs, Stream


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that happened. Each feature declares its own in `facts.py`, as frozen dataclasses.

    `topic` is written down in the class: renaming a class changes nothing for browsers and scripts. The fields are
    JSON values.
    """

    topic: ClassVar[str]
    outward: ClassVar[bool] = True
    """Whether other systems may be told of it."""

    def own_fields(self) -> dict[str, Any]:
        """Return the fact's fields as they stand in an entry's body, beside `docs`."""
        return dict(vars(self))

    def heard(self, stream: Stream, docs: Docs) -> Fact:
        """Return the fact as a stream other than the operators' hears of it; `docs` are what it brings there.

        A fact about something that a stream must not know of returns another one that says less.
        """
        del stream, docs
        return self
