"""evolution-data-server, the calendar behind GNOME: a real client that imports what we publish."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.judges.availability import missing
from tests.judges.read_event import ReadEvent
from tools.machine import find

CLIENT = Path(__file__).with_name("evolution_client.py")
SYSTEM_PYTHON = "/usr/bin/python3"
TIMEOUT_S = 60
INSTALL = (
    "apt-get install evolution-data-server gir1.2-ecal-2.0 gir1.2-icalglib-3.0 gir1.2-edataserver-1.2"
    " python3-gi dbus-daemon"
)


def import_in_turn(calendars: Sequence[bytes]) -> list[list[ReadEvent]]:
    """Import calendars one after the other into one fresh calendar; after each, say which events it holds.

    The client, its message bus and its files live in a directory of their own and are gone afterwards.
    """
    _require()
    with tempfile.TemporaryDirectory(prefix="evolution-judge-") as home:
        paths = [Path(home, f"{number}.ics") for number in range(len(calendars))]
        for path, calendar in zip(paths, calendars, strict=True):
            path.write_bytes(calendar)
        answer = _run(home, paths)
    return [[ReadEvent.of(event) for event in held] for held in json.loads(answer)]


def _run(home: str, paths: Sequence[Path]) -> bytes:
    """Run the client on a bus of its own; whatever it started ends with it, also when it hangs."""
    with subprocess.Popen(
        [str(find("dbus-run-session")), "--", SYSTEM_PYTHON, str(CLIENT), *map(str, paths)],
        env=_environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as client:
        try:
            answer, words = client.communicate(timeout=TIMEOUT_S)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(client.pid, signal.SIGKILL)
    if client.returncode:
        raise AssertionError(words.decode())
    return answer


def _environment(home: str) -> dict[str, str]:
    return {
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "HOME": home,
        "XDG_DATA_HOME": f"{home}/data",
        "XDG_CONFIG_HOME": f"{home}/config",
        "XDG_CACHE_HOME": f"{home}/cache",
        "XDG_RUNTIME_DIR": home,
        "GSETTINGS_BACKEND": "memory",
        "TZ": "UTC",
    }


def _require() -> None:
    if find("dbus-run-session") is None:
        missing("dbus-run-session", INSTALL)
    probe = "import gi; gi.require_version('ECal', '2.0'); gi.require_version('EDataServer', '1.2')"
    if (
        not Path(SYSTEM_PYTHON).exists()
        or subprocess.run([SYSTEM_PYTHON, "-c", probe], capture_output=True, check=False).returncode
    ):
        missing("evolution-data-server", INSTALL)
    if not Path("/usr/libexec/evolution-calendar-factory").exists():
        missing("evolution-data-server", INSTALL)
