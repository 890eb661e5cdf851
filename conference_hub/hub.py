"""What every request works with: settings, database, journal, clock, and the hooks that features hang on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ParamSpec, TypeVar

from flask import current_app
from sqlalchemy.orm import Session

from conference_hub.config import Settings
from conference_hub.db import Database
from conference_hub.journal import Doc, Docs, Journal, Stream
from conference_hub.now import Now

P = ParamSpec("P")
T = TypeVar("T")

DocumentSource = Callable[[Session, str, Stream], Docs]
"""`(session, conf, stream)` → the documents of one feature for one audience."""

PersonDetail = Callable[[Session, str, str], Doc]
"""`(session, conf, guest)` → fields that a feature adds to a person on the gate's screen."""


def call_here(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run `work` in place: what `offload` is where no event loop must be kept free."""
    return work(*args, **kwargs)


@dataclass(kw_only=True)
class Hub:
    """One running hub. Made in `app.py`; features reach it by `current_hub()` or get what they need as arguments."""

    settings: Settings
    database: Database
    journal: Journal
    now: Now
    offload: Callable[..., Any] = call_here
    documents: list[DocumentSource] = field(default_factory=list)
    arrivals: list[Callable[[str, str, str], str | None]] = field(default_factory=list)
    person_details: list[PersonDetail] = field(default_factory=list)
    ended: list[Callable[[], None]] = field(default_factory=list)

    def snapshot(self, session: Session, conf: str, stream: Stream) -> Docs:
        """Return every document of one audience, from all features."""
        return {key: doc for source in self.documents for key, doc in source(session, conf, stream).items()}

    def tell_ended(self) -> None:
        """Tell the listeners in `ended`, after the commit, that sessions, tokens or roles may have ended."""
        for listener in self.ended:
            listener()


def current_hub() -> Hub:
    """Return the hub of the running request."""
    hub: Hub = current_app.extensions["conference_hub"]
    return hub
