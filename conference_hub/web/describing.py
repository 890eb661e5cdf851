"""What a view declares of itself for `/api/openapi.json`, beside what it takes (`web/requests.py`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")

ANSWERS_ATTRIBUTE = "hub_answers"


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What a view answers: the type of its JSON with status 200, and the codes of its refusals with status 409."""

    shape: Any
    refusals: tuple[str, ...] = ()
    limited: bool = False
    """Whether a rate limit may refuse the request (429)."""
    sometimes_forbidden: bool = False
    """Whether a view for everybody refuses some requests by what they ask for (403)."""


def answers(
    shape: Any,
    *,
    refusals: Iterable[str] = (),
    limited: bool = False,
    sometimes_forbidden: bool = False,
) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Declare what a view answers; its errors are then always JSON."""
    declared = Answers(
        shape=shape,
        refusals=tuple(dict.fromkeys(refusals)),
        limited=limited,
        sometimes_forbidden=sometimes_forbidden,
    )

    def mark(view: Callable[P, T]) -> Callable[P, T]:
        setattr(view, ANSWERS_ATTRIBUTE, declared)
        return view

    return mark


COMMAND_CODES = ("command_id_reused", "pruned")
"""The refusals that every command has: its id was used for another request, or its stored answer is gone."""
SEEN_CODES = (*COMMAND_CODES, "stale")
"""The refusals of a command that says what its sender had seen."""


def answers_of(view: Callable[..., object] | None) -> Answers | None:
    """Return what a view declared, or None when it declared nothing: a page, a file, a calendar."""
    return cast("Answers | None", getattr(view, ANSWERS_ATTRIBUTE, None))
