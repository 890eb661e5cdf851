"""What is measured one request at a time: pages, state, calendars, search, run commands and reveals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus

from bench.rig.client import Answer, Client
from bench.rig.cpu import settled_cpu_s
from bench.rig.figures import Sample
from bench.rig.subject import Subject
from tests.model_day import CONF

WARM_UP = 5
Ask = Callable[[Subject], Answer]
Step = Callable[[Subject], object]
Who = Callable[[Subject], Client]


@dataclass(frozen=True, kw_only=True)
class Item:
    """One kind of request: `ask` is measured; `ready` and `restore`, around each, are not.

    `status` is the answer that it must get. A page that a checkout does not have is not measured there.
    """

    name: str
    ask: Ask
    count: int = 60
    status: int = HTTPStatus.OK
    ready: Step | None = None
    restore: Step | None = None

    def measure(self, subject: Subject) -> Sample | None:
        """Ask `count` times and return what it cost; None: there is no such page."""
        for _ in range(min(WARM_UP, self.count)):
            if self._once(subject).status == HTTPStatus.NOT_FOUND:
                return None
        return self._apart(subject) if self.ready or self.restore else self._in_a_row(subject)

    def _once(self, subject: Subject) -> Answer:
        if self.ready:
            self.ready(subject)
        answer = self._asked(subject)
        if self.restore:
            self.restore(subject)
        return answer

    def _asked(self, subject: Subject) -> Answer:
        answer = self.ask(subject)
        expected = {self.status, HTTPStatus.NOT_FOUND}
        assert answer.status in expected, f"{self.name}: {answer.status} {answer.text}"
        return answer

    def _in_a_row(self, subject: Subject) -> Sample:
        pid = subject.target.pid
        before = settled_cpu_s(pid)
        took = tuple(self._asked(subject).took_s for _ in range(self.count))
        return Sample(cpu_s=settled_cpu_s(pid) - before, took_s=took)

    def _apart(self, subject: Subject) -> Sample:
        """Measure each request for itself, until the server rests: what follows from it belongs to it."""
        pid, cpu, took = subject.target.pid, 0.0, []
        for _ in range(self.count):
            if self.ready:
                self.ready(subject)
            before = settled_cpu_s(pid)
            took.append(self._asked(subject).took_s)
            cpu += settled_cpu_s(pid) - before
            if self.restore:
                self.restore(subject)
        return Sample(cpu_s=cpu, took_s=tuple(took))


def _stranger(subject: Subject) -> Client:
    return subject.stranger


def _browser(subject: Subject) -> Client:
    return subject.browser


def _guest(subject: Subject) -> Client:
    return subject.guest


def _machine(subject: Subject) -> Client:
    return subject.organiser


def _get(who: Who, path: str, subject: Subject) -> Answer:
    return who(subject).get(path)


def _page(name: str, who: Who, path: str, status: int = HTTPStatus.OK, count: int = 60) -> Item:
    return Item(name=f"page {name}", ask=partial(_get, who, path), status=status, count=count)


def _validated(who: Who, path: str, subject: Subject) -> Answer:
    """Ask again with the `ETag` that the server gave; the asking before is kept on the subject's client."""
    return who(subject).get(path, {"If-None-Match": subject.tag(who(subject), path)})


def _calendar(name: str, path: Callable[[Subject], str]) -> list[Item]:
    def whole(subject: Subject) -> Answer:
        return subject.stranger.get(path(subject))

    def unchanged(subject: Subject) -> Answer:
        return _validated(_stranger, path(subject), subject)

    return [
        Item(name=f"{name} 200", ask=whole),
        Item(name=f"{name} 304", ask=unchanged, status=HTTPStatus.NOT_MODIFIED),
    ]


def _state(stream: str, who: Who) -> list[Item]:
    path = f"/api/v1/c/{CONF}/state?stream={stream}"

    def since(subject: Subject) -> Answer:
        return who(subject).get(f"{path}&after={subject.head(stream)}")

    return [
        Item(name=f"state {stream}", ask=partial(_get, who, path), count=100),
        Item(name=f"state {stream} after=head", ask=since, count=100),
    ]


PAGES = [
    _page("/", _stranger, "/", HTTPStatus.FOUND),
    _page("overview", _stranger, f"/c/{CONF}/"),
    _page("live", _stranger, f"/c/{CONF}/live"),
    _page("live (guest)", _guest, f"/c/{CONF}/live"),
    _page("results", _stranger, f"/c/{CONF}/results"),
    _page("follow-up", _stranger, f"/c/{CONF}/follow-up"),
    _page("follow-up (guest)", _guest, f"/c/{CONF}/follow-up"),
    _page("me", _guest, f"/c/{CONF}/me"),
    _page("console", _browser, f"/c/{CONF}/console"),
    _page("desk", _browser, f"/c/{CONF}/desk/"),
    _page("desk/people", _browser, f"/c/{CONF}/desk/people", count=4),
    _page("desk/badges", _browser, f"/c/{CONF}/desk/badges", count=4),
    _page("desk/badges/<id>.svg", _browser, f"/c/{CONF}/desk/badges/guest-001.svg"),
    _page("desk/team", _browser, f"/c/{CONF}/desk/team"),
    _page("gate", _browser, "/checkin/"),
    _page("emcee", _browser, f"/c/{CONF}/screen/emcee"),
    _page("stage", _stranger, f"/c/{CONF}/screen/stage"),
    _page("sign-in", _stranger, "/sign-in"),
    _page("link", _stranger, "/link"),
]
STATES = [
    *_state("public", _stranger),
    Item(
        name="state public 304",
        ask=partial(_validated, _stranger, f"/api/v1/c/{CONF}/state?stream=public"),
        status=HTTPStatus.NOT_MODIFIED,
        count=100,
    ),
    *_state("operator", _machine),
]
CALENDARS = [
    *_calendar("agenda.ics", lambda _: f"/c/{CONF}/agenda.ics"),
    *_calendar("follow-up.ics", lambda _: f"/c/{CONF}/follow-up.ics"),
    *_calendar("cal/<token>.ics", lambda subject: subject.calendar),
]
COMMANDS = [
    Item(name="run next", ask=lambda subject: subject.run("next"), restore=Subject.undo, count=30),
    Item(
        name="run extend",
        ask=lambda subject: subject.run("extend", seconds=30),
        restore=lambda subject: subject.run("extend", seconds=-30),
        count=30,
    ),
    Item(
        name="awards reveal",
        ask=lambda subject: subject.award("reveal"),
        ready=lambda subject: subject.award("arm"),
        restore=lambda subject: subject.award("take-back"),
        count=30,
    ),
]
SCANS = [
    Item(name="redeem a new badge", ask=Subject.redeem, count=100),
    Item(name="redeem the same scan again", ask=lambda subject: subject.redeem(scan_id="again")),
]
FLOOR = Item(name="healthz", ask=partial(_get, _stranger, "/healthz"), count=200)


def search(guests: int) -> Item:
    """Return the search for a name that many guests have in part, among that many."""
    path = f"/api/v1/c/{CONF}/checkin/search?q=%EC%86%90%EB%8B%98"
    return Item(name=f"search {guests:,} guests", ask=lambda subject: subject.staff.get(path))
