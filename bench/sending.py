"""A sending of 5,000 mails while the live day runs: how long commands take meanwhile, against those of a quiet outbox.

Run as `python -m bench.sending [--mails N] [--turn-s S]`. The real server (SQLite, `synchronous=FULL`), a mail server
that keeps what it takes, gates, a console and an audience (`bench/rig/live_day.py`) each have a process, on loopback.
The sending is resumed and paused in turns, so that quiet and busy seconds alternate until every mail was taken; in
both, commands of the show and scans are timed one after the other by a further machine.

It fails unless every mail was taken once, and unless the slowest command while mails are sent took at most 1.5 times as
long as the slowest one of as many in quiet. Ratios outlive the machine.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from types import FrameType
from typing import Any

from bench.rig.at_work import everybody_at_work
from bench.rig.figures import P99, percentile
from bench.rig.report import last_line
from bench.rig.subject import Subject, enter, of
from bench.rig.target import Target
from bench.rig.template import Template
from tests.model_day import CONF
from tests.services.mail_receiver import MailReceiver, receiving

ROOT = Path(__file__).parent.parent
GUESTS = 1_000
MOST_TIMES = 1.5
EVERY_S = 0.05
"""From one timed command to the next."""
SENDINGS = f"/c/{CONF}/desk/mail/sendings"
AFTER_PAUSE_S = 0.5
"""The mail that is in hand when a sending is paused is still sent."""
Figures = dict[str, Any]


@dataclass(kw_only=True)
class Commands:
    """Times commands of the show and scans, one after the other."""

    subject: Subject
    took_s: dict[str, list[float]] = field(default_factory=lambda: {"quiet": [], "sending": []})
    _seconds: Iterator[int] = field(default_factory=lambda: cycle((30, -30)))

    def time_for(self, seconds: float, when: str) -> None:
        """Give commands for some seconds, and note under `when` how long each took."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for answer in (self.subject.run("extend", seconds=next(self._seconds)), self.subject.redeem()):
                self.took_s[when].append(answer.took_s)
            time.sleep(EVERY_S)


def main() -> int:
    """Measure and print the figures; return 1 when a target is missed."""
    arguments = _arguments()
    signal.signal(signal.SIGTERM, _give_up)
    with tempfile.TemporaryDirectory() as directory:
        figures = _measured(Path(directory), arguments.mails, arguments.turn_s)
    ratios = _ratios(figures)
    missed = misses(figures, ratios)
    print(last_line("sending", figures | {"missed": missed}, ratios))
    return 1 if missed else 0


def misses(figures: Figures, ratios: Figures) -> list[str]:
    """Return which targets are missed, in words."""
    targets = {
        "every mail taken once": figures["taken_once"] == figures["mails"] and not figures["taken_again"],
        f"no command slower than {MOST_TIMES} times the slowest in quiet": ratios["slowest"] <= MOST_TIMES,
    }
    return [words for words, met in targets.items() if not met]


def _measured(directory: Path, mails: int, turn_s: float) -> Figures:
    template = Template(ROOT, directory / "template")
    with receiving(directory / "sink") as sink, _served(directory, template, sink) as subject:
        sending = subject.target.command("-m", "bench.rig.mails", str(mails)).strip()
        with _live_day(subject) as day:
            commands = Commands(subject=subject)
            commands.time_for(turn_s, "quiet")
            commands.took_s["quiet"].clear()  # the server is warm
            busy_s = _in_turns(subject, sink, commands, sending, mails, turn_s)
        times = Counter(one.mail_id for one in sink.taken)
    return {
        "mails": mails,
        "taken_once": len(times),
        "taken_again": sum(times.values()) - len(times),
        "mails_per_s": round(mails / busy_s, 1),
        "live_day": day,
        **{when: _spread(took_s) for when, took_s in commands.took_s.items()},
    }


def _in_turns(
    subject: Subject, sink: MailReceiver, commands: Commands, sending: str, mails: int, turn_s: float
) -> float:
    """Send and rest in turns until every mail was taken; return for how many seconds mails were sent."""
    busy_s = 0.0
    while len(sink.taken) < mails:
        began = time.monotonic()
        _press(subject, sending, "resume")
        commands.time_for(turn_s, "sending")
        _press(subject, sending, "pause")
        busy_s += time.monotonic() - began
        time.sleep(AFTER_PAUSE_S)
        commands.time_for(turn_s, "quiet")
        print(f"{len(sink.taken)} of {mails} mails, {busy_s:.0f} s", flush=True)
    return busy_s


def _press(subject: Subject, sending: str, verb: str) -> None:
    answer = subject.browser.send_form(SENDINGS, f"{SENDINGS}/{sending}/{verb}")
    assert answer.status in {302, 409}, answer.text  # 409: the last mail was sent before


@contextmanager
def _served(directory: Path, template: Template, sink: MailReceiver) -> Iterator[Subject]:
    settings = {
        "HUB_MAIL_URL": f"smtp://127.0.0.1:{sink.server.port}?starttls=no",
        "HUB_MAIL_FROM": "hub@example.com",
    }
    target = Target(checkout=ROOT, directory=directory / "server", settings=settings)
    try:
        target.start(template.data(GUESTS))
        with of(target, template.organiser, template.staff) as subject:
            enter(subject.browser, target, "--role", "organiser")
            yield subject
    finally:
        target.kill()


def _live_day(subject: Subject) -> AbstractContextManager[Figures]:
    """Let gates, a console and an audience be at work; what they did is in the figures after the block."""
    return everybody_at_work(
        port=subject.target.port,
        organiser=subject.organiser.token,
        staff=subject.staff.token,
        tokens=subject.tokens[: GUESTS // 2],
        after=subject.head("public"),
    )


def _spread(took_s: Sequence[float]) -> Figures:
    return {
        "commands": len(took_s),
        "p50_ms": round(percentile(took_s, 0.5) * 1000, 1),
        "p99_ms": round(percentile(took_s, P99) * 1000, 1),
        "slowest_ms": round(max(took_s) * 1000, 1),
    }


def _ratios(figures: Figures) -> Figures:
    names = {"p50": "p50_ms", "p99": "p99_ms", "slowest": "slowest_ms"}
    return {name: round(figures["sending"][key] / figures["quiet"][key], 2) for name, key in names.items()}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--mails", type=int, default=5_000)
    parser.add_argument("--turn-s", type=float, default=5.0, help="seconds of sending and of quiet in turns")
    return parser.parse_args()


def _give_up(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(f"stopped by {signal.Signals(number).name}")


if __name__ == "__main__":
    sys.exit(main())
