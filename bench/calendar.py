"""What a feed of many sessions costs: rendered cold beside icalendar's own serialisation, and a 304 in CPU.

Run as `python -m bench.calendar [--sessions N] [--rounds N] [--json FILE]`. Everything runs in this process, in turns:
a rendering of the feed, `to_ical` of the calendar that icalendar itself reads from it, and requests through the whole
application: the feed that the subscriber has already (304), the one in memory (200), and `/healthz`, the least that an
answer costs. CPU is this process's own; of the rounds the least counts, as whatever else the machine does only adds to
it. Ratios outlive the machine.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from flask.testing import FlaskClient
from icalendar import Calendar

from bench.rig.report import last_line
from conference_hub.app import create_app, make_hub
from conference_hub.calendars.build import CalendarOwner
from conference_hub.conferences.store import get_conference
from conference_hub.core import migrate
from conference_hub.core.config import load
from conference_hub.core.text import Text
from conference_hub.followup.model import OnlineSession, SessionId
from conference_hub.followup.outputs.ics import feed_calendar
from conference_hub.followup.store import get_session, public_sessions, save_session
from conference_hub.web.hub import Hub
from tests.model_day import CONF
from tests.services.model_conference import load_model_conference

FEED = f"/c/{CONF}/follow-up.ics?lang=ko"
REQUESTS = 100
"""Requests in one round; their CPU is divided by it."""
AIMS = {"cold_to_own": 1.3, "unchanged_cpu_ms": 1.5}
SAID = Text(ko="선정된 우수사례의 발표와 질의응답입니다. " * 6)


def main() -> None:
    """Measure and print the figures."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as directory:
        found = _measure(Path(directory), arguments.sessions, arguments.rounds)
    ratios = {
        "cold_to_own": round(found["cold_ms"] / found["own_ms"], 2),
        "unchanged_to_health": round(found["unchanged_cpu_ms"] / found["health_cpu_ms"], 2),
        "unchanged_to_cold": round(found["unchanged_cpu_ms"] / found["cold_ms"], 3),
    }
    missed = [name for name, aim in AIMS.items() if {**found, **ratios}[name] > aim]
    line = last_line(
        "calendar", {"sessions": arguments.sessions, **found, "aims": AIMS, "missed": missed}, ratios
    )
    if arguments.json:
        arguments.json.write_text(line + "\n", encoding="utf-8")
    print(line)


def _measure(directory: Path, sessions: int, rounds: int) -> dict[str, float]:
    """Return CPU in ms: of a rendering (`cold`), of icalendar (`own`), and of requests."""
    settings = load({"HUB_DATA_DIR": str(directory), "HUB_LOG_LEVEL": "ERROR"}, demo=True)
    hub = make_hub(settings)
    migrate.upgrade(hub.database)
    app = create_app(hub)
    with app.app_context():
        load_model_conference(hub)
    owner = _fill(hub, sessions)
    with hub.database.reading() as db:
        online = public_sessions(db, CONF)
    client = app.test_client(use_cookies=False)
    own = Calendar.from_ical(feed_calendar(owner, online, "ko", "후속"))
    tag = client.get(FEED).headers["ETag"]
    turns: dict[str, Callable[[], object]] = {
        "cold_ms": lambda: feed_calendar(owner, online, "ko", "후속"),
        "own_ms": own.to_ical,
        "unchanged_cpu_ms": lambda: _ask(client, FEED, 304, {"If-None-Match": tag}),
        "kept_cpu_ms": lambda: _ask(client, FEED, 200, {}),
        "health_cpu_ms": lambda: _ask(client, "/healthz", 200, {}),
    }
    least = dict.fromkeys(turns, float("inf"))
    for _ in range(rounds):
        for name, turn in turns.items():
            took = _cpu_ms(turn) / (REQUESTS if "cpu" in name else 1)
            least[name] = min(least[name], took)
    hub.database.close()
    return {name: round(value, 3) for name, value in least.items()}


def _fill(hub: Hub, sessions: int) -> CalendarOwner:
    """Make the conference one of so many sessions, an hour each day; return it as the owner of its calendars."""
    with hub.database.writing() as db:
        first = get_session(db, CONF, "session-1")
        for number in range(2, sessions + 1):
            save_session(db, _later(first, number))
        return CalendarOwner.of(get_conference(db, CONF), hub.settings.public_url)


def _later(first: OnlineSession, number: int) -> OnlineSession:
    days = timedelta(days=number)
    return replace(
        first,
        id=SessionId(f"session-{number}"),
        uid=f"session-{number}@bench",
        title=Text(ko=f"국민취업지원제도 우수사례 비대면 콘퍼런스 {number}회"),
        description=SAID,
        starts_at=first.starts_at + days,
        ends_at=first.ends_at + days,
    )


def _ask(client: FlaskClient, path: str, status: int, headers: dict[str, str]) -> None:
    for _ in range(REQUESTS):
        answer = client.get(path, headers=headers)
        if answer.status_code != status:
            message = f"{path} answered {answer.status_code}, not {status}"
            raise RuntimeError(message)


def _cpu_ms(turn: Callable[[], object]) -> float:
    before = time.process_time()
    turn()
    return (time.process_time() - before) * 1000


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What a feed of many sessions costs.")
    parser.add_argument("--sessions", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", type=Path, help="also write the last line here")
    return parser.parse_args()


if __name__ == "__main__":
    main()
