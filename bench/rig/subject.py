"""A running server of a checkout and those who ask it: machines, browsers of an organiser and a guest, a stranger."""

from __future__ import annotations

import re
import uuid
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa

from bench.rig.client import Answer, Client
from bench.rig.target import Target
from bench.rig.template import Template
from tests.live.server_process import EVERYTHING
from tests.model_day import CONF, leaving, outside

GUEST = "guest-001"
SESSION = "session-1"
GATE = "main"
TOKENS = "SELECT token FROM badge WHERE guest_id LIKE 'more-%' ORDER BY guest_id"
CALENDAR = re.compile(r"/cal/[A-Za-z0-9_-]+\.ics")
UNDO = ("undo", "back")
"""How a run command is taken back: the newer name first."""


@dataclass(kw_only=True)
class Subject:
    """A started server, with one kept connection for everybody who asks it."""

    target: Target
    organiser: Client
    staff: Client
    browser: Client
    guest: Client
    stranger: Client
    calendar: str = ""
    _tags: dict[tuple[int, str], str] = field(default_factory=dict)
    _heads: dict[str, int] = field(default_factory=dict)
    _shown: int = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for client in (self.organiser, self.staff, self.browser, self.guest, self.stranger):
            client.close()
        self.target.end()

    def run(self, name: str, **body: Any) -> Answer:
        """Post a run command of the hall as the organiser's machine; raises AssertionError when it is refused."""
        known = {"lane": "hall", "seen": EVERYTHING, **leaving(name)}
        answer = self.organiser.command(f"/api/v1/c/{CONF}/run/{name}", **{**known, **body})
        assert answer.status == HTTPStatus.OK, answer.text
        return answer

    def undo(self) -> Answer:
        """Take the last run command of the hall back, by whichever name this server knows."""
        known = {"lane": "hall", "seen": EVERYTHING}
        answers = (self.organiser.command(f"/api/v1/c/{CONF}/run/{name}", **known) for name in UNDO)
        answer = next(one for one in answers if one.status != HTTPStatus.NOT_FOUND)
        assert answer.status == HTTPStatus.OK, answer.text
        return answer

    def award(self, name: str) -> Answer:
        """Post a command for the first award; raises AssertionError when it is refused."""
        known = {"seen": EVERYTHING, **outside(name)}
        answer = self.organiser.command(f"/api/v1/c/{CONF}/awards/case-01/{name}", **known)
        assert answer.status == HTTPStatus.OK, answer.text
        return answer

    def redeem(self, scan_id: str | None = None) -> Answer:
        """Show the next badge that was not shown yet at the main gate, under a new number unless one is given."""
        token = self.tokens[self._shown % len(self.tokens)] if scan_id is None else self.tokens[0]
        self._shown += scan_id is None
        return self.staff.post(
            f"/api/v1/c/{CONF}/checkin/redeem",
            scan_id=scan_id or uuid.uuid4().hex,
            token=token,
            gate=GATE,
        )

    @cached_property
    def tokens(self) -> list[str]:
        """What the codes of the added guests' badges hold, in the order of the guests."""
        return tokens_of(self.target)

    def sign_in(self) -> None:
        """Let the organiser and the guest come by a link, and the guest sign up for a session."""
        enter(self.browser, self.target, "--role", "organiser")
        enter(self.guest, self.target, "--role", "attendee", "--person", GUEST)
        page = f"/c/{CONF}/follow-up"
        assert (
            self.guest.send_form(page, f"{page}/{SESSION}/sign-up", action="take").status == HTTPStatus.FOUND
        )
        self.calendar = CALENDAR.findall(self.guest.get(page).text)[0]

    def tag(self, client: Client, path: str) -> str:
        """Return the `ETag` of a page as `client` got it when it was first asked for."""
        key = (id(client), path)
        if key not in self._tags:
            self._tags[key] = client.get(path).headers["etag"]
        return self._tags[key]

    def head(self, stream: str) -> int:
        """Return the last sequence number of a stream when it was first asked for."""
        if stream not in self._heads:
            state = self.organiser.get(f"/api/v1/c/{CONF}/state?stream={stream}").document
            self._heads[stream] = state["head"]
        return self._heads[stream]


def start(template: Template, directory: Path, guests: int = 0) -> Subject:
    """Start a server on a copy of the template's data, with that many guests more."""
    target = Target(checkout=template.checkout, directory=directory)
    with ExitStack() as stack:
        stack.callback(target.kill)
        target.start(template.data(guests))
        subject = of(target, template.organiser, template.staff)
        stack.pop_all()
    return subject


def of(target: Target, organiser: str, staff: str) -> Subject:
    """Return the subject of a started server and two machine tokens."""
    port = target.port
    return Subject(
        target=target,
        organiser=Client(port, organiser),
        staff=Client(port, staff),
        browser=Client(port),
        guest=Client(port),
        stranger=Client(port),
    )


def tokens_of(target: Target) -> list[str]:
    """Return what the codes of the added guests' badges hold, in the order of the guests."""
    engine = sa.create_engine(target.database_url or f"sqlite:///{target.database}")
    try:
        with engine.connect() as db:
            return list(db.scalars(sa.text(TOKENS)))
    finally:
        engine.dispose()


def enter(client: Client, target: Target, *options: str) -> None:
    """Sign a browser in by a one-time link, made with the options of `conference-hub link`."""
    printed = target.command("-m", "conference_hub", "link", *options)
    answer = client.send_form("/link", "/link", secret=printed.partition("#")[2].split()[0])
    assert answer.status == HTTPStatus.FOUND, answer.text
