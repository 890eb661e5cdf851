"""What can happen in some days at the doors, and how often it does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from conference_hub.checkin.model import Acted
from tests.integration.checkin.doors import GATES, GUESTS, NOBODY

if TYPE_CHECKING:
    from tests.integration.checkin.history import History

DEVICES = st.integers(0, len(GATES) - 1)
PEOPLE = st.integers(0, GUESTS - 1)
SELDOM = st.sampled_from([False, False, False, True])
OFTEN = st.sampled_from([True, True, True, False])
WILD = (
    timedelta(days=400, milliseconds=250),
    timedelta(days=-400, milliseconds=-250),
    timedelta(days=-3, milliseconds=-500),
    timedelta(0),
)
"""How fast clocks are that are off by days, so that nobody sets them right; none shows the second of another scan."""
WRONG = (*WILD, *(timedelta(minutes=minutes) for minutes in (-600, -1, 0, 0, 7, 600)))
DAYS = st.sampled_from([0, 1, 1, 1, 4])
OVERRULED = (
    *(("already_inside", "already_counted"), ("not_yet_open", "closed")),
    ("already_inside", "already_counted", "not_yet_open", "closed"),
    ("revoked", "already_inside", "already_counted", "not_yet_open", "closed", "not_inside"),
)


@dataclass(frozen=True, kw_only=True)
class Scan:
    """Somebody's badge at the gate of a device, or at `lunch`; `old`: their first badge."""

    device: int
    guest: int
    out: bool
    old: bool
    lunch: bool


@dataclass(frozen=True, kw_only=True)
class Ask(Scan):
    """A device asks the hub, and may overrule refusals, with a note or without one."""

    over: tuple[str, ...] = ()
    noted: bool = False

    def happen(self, history: History) -> None:
        """Happen."""
        history.ask(history.doors.devices[self.device], self)


@dataclass(frozen=True, kw_only=True)
class Act(Scan):
    """A device decides by itself; `hung`: it had asked before, and did not hear the answer."""

    what: Acted
    hung: bool

    def happen(self, history: History) -> None:
        """Happen."""
        history.act(history.doors.devices[self.device], self)


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A device sends the first scans that wait; one that does not hear the answers sends them again later."""

    device: int
    most: int
    heard: bool

    def happen(self, history: History) -> None:
        """Happen."""
        device = history.doors.devices[self.device]
        history.upload(device, device.queue[: self.most], heard=self.heard)


@dataclass(frozen=True, kw_only=True)
class Race:
    """Two uploads are answered side by side: of two devices, or twice the same one's."""

    one: int
    other: int

    def happen(self, history: History) -> None:
        """Happen."""
        history.race(history.doors.devices[self.one], history.doors.devices[self.other])


@dataclass(frozen=True, kw_only=True)
class Repeat:
    """A device sends some of what was answered again, in another order."""

    device: int
    every: int

    def happen(self, history: History) -> None:
        """Happen."""
        device = history.doors.devices[self.device]
        if not device.ended:
            history.upload(device, device.sent[:: -self.every][:100], heard=True)


@dataclass(frozen=True, kw_only=True)
class Withdraw:
    """The desk withdraws a badge, and gives the guest another one if `again`."""

    guest: int
    again: bool

    def happen(self, history: History) -> None:
        """Happen."""
        history.doors.revoke(self.guest, again=self.again)


@dataclass(frozen=True, kw_only=True)
class TakeBack:
    """Staff undo one of the passages."""

    number: int

    def happen(self, history: History) -> None:
        """Happen."""
        history.heard.undo(self.number)


@dataclass(frozen=True, kw_only=True)
class End:
    """The desk ends a device."""

    device: int

    def happen(self, history: History) -> None:
        """Happen."""
        device = history.doors.devices[self.device]
        if not device.ended:
            history.doors.end(device)


@dataclass(frozen=True, kw_only=True)
class Decide:
    """The desk decides about what waits of a device."""

    device: int
    accept: bool

    def happen(self, history: History) -> None:
        """Happen."""
        history.decide(history.doors.devices[self.device], accept=self.accept)


@dataclass(frozen=True, kw_only=True)
class Believe:
    """People accept or drop what waits because of its time: one scan, or all if `number` is None."""

    number: int | None
    accept: bool

    def happen(self, history: History) -> None:
        """Happen."""
        history.believe(self.number, accept=self.accept)


@dataclass(frozen=True, kw_only=True)
class SetClock:
    """Somebody sets the clock of a device wrong, or right."""

    device: int
    fast: timedelta

    def happen(self, history: History) -> None:
        """Happen."""
        history.doors.devices[self.device].fast = self.fast


@dataclass(frozen=True, kw_only=True)
class Sleep:
    """Days go by, until the doors open or after they have closed."""

    days: int
    evening: bool

    def happen(self, history: History) -> None:
        """Happen."""
        history.doors.sleep(self.days, evening=self.evening)


Step = Ask | Act | Upload | Race | Repeat | Withdraw | TakeBack | End | Decide | Believe | SetClock | Sleep
Scene = tuple[Step, ...]
NEVER = st.just(value=False)
ANYBODY = {"device": DEVICES, "guest": PEOPLE, "out": SELDOM, "old": st.booleans(), "lunch": SELDOM}
DECIDED = st.sampled_from([*[Acted.ADMITTED] * 4, Acted.HELD, Acted.REFUSED])
BELIEVE = st.builds(Believe, number=st.none() | st.integers(0, 5), accept=OFTEN)


def alone(step: st.SearchStrategy[Step]) -> st.SearchStrategy[Scene]:
    """Return a scene of one step."""
    return step.map(lambda one: (one,))


def doubted(device: int) -> st.SearchStrategy[Scene]:
    """Return how a device acts with a clock off by days, or sends that days later, and what people make of it."""
    what = st.sampled_from([Acted.ADMITTED, Acted.ADMITTED, Acted.REFUSED])
    act = {**ANYBODY, "device": st.just(device), "old": SELDOM, "what": what, "hung": NEVER}
    return st.tuples(
        st.builds(SetClock, device=st.just(device), fast=st.sampled_from(WILD)),
        st.builds(Act, **act),
        st.builds(SetClock, device=st.just(device), fast=st.just(timedelta(0))),
        st.builds(Withdraw, guest=PEOPLE, again=st.booleans()) | st.builds(Sleep, days=DAYS, evening=SELDOM),
        st.builds(Upload, device=st.just(device), most=st.just(100), heard=OFTEN),
        BELIEVE,
    )


SCENES: tuple[tuple[int, st.SearchStrategy[Scene]], ...] = (
    (6, alone(st.builds(Act, **ANYBODY, what=DECIDED, hung=SELDOM))),
    (3, alone(st.builds(Ask, **{**ANYBODY, "guest": st.integers(0, NOBODY), "out": st.booleans()}))),
    (2, alone(st.builds(Ask, **ANYBODY, over=st.sampled_from(OVERRULED), noted=st.booleans()))),
    (1, alone(st.builds(Act, **{**ANYBODY, "guest": st.just(NOBODY)}, what=DECIDED, hung=SELDOM))),
    (3, alone(st.builds(Upload, device=DEVICES, most=st.integers(1, 100), heard=st.booleans()))),
    (3, alone(st.builds(Sleep, days=DAYS, evening=SELDOM))),
    (2, DEVICES.flatmap(doubted)),
    (1, alone(st.builds(SetClock, device=DEVICES, fast=st.sampled_from(WRONG)))),
    (1, alone(st.builds(Race, one=DEVICES, other=DEVICES))),
    (1, alone(st.builds(Repeat, device=DEVICES, every=st.integers(1, 3)))),
    (1, alone(st.builds(Withdraw, guest=PEOPLE, again=st.booleans()))),
    (1, alone(st.builds(TakeBack, number=st.integers(0, 20)))),
    (1, alone(st.builds(End, device=DEVICES))),
    (1, alone(st.builds(Decide, device=DEVICES, accept=st.booleans()))),
    (1, alone(BELIEVE)),
)
"""How often what happens."""
SCENE = st.sampled_from([scene for often, scene in SCENES for _ in range(often)]).flatmap(lambda scene: scene)
STORIES: st.SearchStrategy[list[Step]] = st.lists(SCENE, min_size=20, max_size=45).map(
    lambda scenes: [step for scene in scenes for step in scene]
)
