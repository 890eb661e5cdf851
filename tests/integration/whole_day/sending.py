"""How the steps of the day are sent: in a transaction, as a command, or as a form."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.core.actor import Actor
from conference_hub.core.journal import Write
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.small_conference import OTHER

API, PAGES = f"/api/v1/c/{OTHER}", f"/c/{OTHER}"
Plan = list[tuple[str, dict[str, Any], tuple[str, ...]]]
"""Commands: path, body, and the facts that follow."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One command: `do` raises when it is refused; `topics` are the facts that it must publish, in order."""

    name: str
    do: Callable[[], object]
    topics: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Makes steps of what is sent to the small conference, through the real application."""

    hub: Hub
    sign_in: SignIn
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def written(self, name: str, topics: tuple[str, ...], do: Callable[[Write], object]) -> Step:
        """Return a step that calls an action in a transaction of its own."""
        return Step(name=name, do=partial(self.write, do), topics=topics)

    def write(self, do: Callable[[Write], object]) -> None:
        """Call an action in a transaction of its own."""
        with self.hub.journal.writing(OTHER, actor=Actor.system("whole day")) as write:
            do(write)

    def commands(self, role: Role, plan: Plan) -> Iterator[Step]:
        """Yield the steps of `plan`, sent by `role`."""
        for path, body, topics in plan:
            yield self.command(role, path, topics, **body)

    def command(self, role: Role, path: str, topics: tuple[str, ...], **body: Any) -> Step:
        """Return a step of the API; all but a scan carry a number of their own."""
        browser = self.sign_in(role, conf=OTHER)
        number = {} if path == "checkin/redeem" else {"command_id": self._number()}
        do = partial(accepted, browser, f"{API}/{path}", 200, json={**number, **body})
        return Step(name=path, do=do, topics=topics)

    def desk(self, browser: FlaskClient, path: str, topic: str, **fields: str) -> Step:
        """Return a step that a page sends as JSON."""
        body = {"command_id": self._number(), **fields}
        do = partial(accepted, browser, f"{PAGES}/{path}", 200, json=body)
        return Step(name=path, do=do, topics=(topic,))

    def form(self, browser: FlaskClient, path: str, *topics: str, **fields: str) -> Step:
        """Return a step that is a form, answered by leading to a page."""
        do = partial(accepted, browser, f"{PAGES}/{path}", 302, data=fields)
        return Step(name=path, do=do, topics=topics)

    def shown(self, browser: FlaskClient, path: str, *topics: str, **fields: str) -> Step:
        """Return a step that is a form, answered by what is shown once."""
        do = partial(accepted, browser, f"{PAGES}/{path}", 200, data=fields)
        return Step(name=path, do=do, topics=topics)

    def _number(self) -> str:
        return f"day-{next(self._numbers)}"


def accepted(browser: FlaskClient, path: str, status: int, **body: Any) -> None:
    """POST to `path`; raises AssertionError for any other answer than `status`."""
    answer = browser.post(path, **body)
    assert answer.status_code == status, f"{path}: {answer.status_code} {answer.text}"
