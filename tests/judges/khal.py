"""khal, Debian's calendar for the terminal: what it holds after it imported calendars, one after the other."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tests.judges.availability import missing
from tools.machine import find

TIMEOUT_S = 60
CONFIG = """\
[calendars]
[[judge]]
path = {home}/calendar
[sqlite]
path = {home}/khal.db
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
default_timezone = UTC
local_timezone = UTC
"""
FIELDS = ("{uid}", "{status}", "{start-long-full}", "{end-long-full}", "{title}", "{location}")
BREAK = "\x1f"


@dataclass(frozen=True, kw_only=True)
class Held:
    """An event as khal shows it; times are UTC."""

    uid: str
    cancelled: bool
    starts_at: datetime
    ends_at: datetime
    title: str
    location: str


def import_in_turn(calendars: Sequence[bytes], first_day: str) -> list[list[Held]]:
    """Import calendars into one fresh calendar; after each, say what it holds in the hundred days from `first_day`."""
    khal = find("khal")
    if khal is None:
        missing("khal", "apt-get install khal")
    with tempfile.TemporaryDirectory(prefix="khal-judge-") as home:
        Path(home, "calendar").mkdir()
        config = Path(home, "config")
        config.write_text(CONFIG.format(home=home), encoding="utf-8")
        found = []
        for number, calendar in enumerate(calendars):
            path = Path(home, f"{number}.ics")
            path.write_bytes(calendar)
            _run([khal, "-c", str(config), "import", "--batch", str(path)], home)
            listed = [khal, "-c", str(config), "list", "--day-format", "", "--format", BREAK.join(FIELDS)]
            found.append(_read(_run([*listed, first_day, "100d"], home)))
    return found


def _run(command: Sequence[str], home: str) -> str:
    environment = {
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "HOME": home,
        "TZ": "UTC",
        "XDG_CACHE_HOME": home,
        "XDG_DATA_HOME": home,
    }
    run = subprocess.run(command, env=environment, capture_output=True, timeout=TIMEOUT_S, check=False)
    if run.returncode:
        raise AssertionError(run.stderr.decode())
    return run.stdout.decode()


def _read(text: str) -> list[Held]:
    rows = [line.split(BREAK) for line in text.splitlines() if BREAK in line]
    return [
        Held(
            uid=uid,
            cancelled=status.strip() == "CANCELLED",
            starts_at=datetime.fromisoformat(starts),
            ends_at=datetime.fromisoformat(ends),
            title=title,
            location=location,
        )
        for uid, status, starts, ends, title, location in rows
    ]
