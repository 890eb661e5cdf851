"""What the tests need of the machine, and how a Debian machine gets it."""

import importlib.util
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tools.download import download


@dataclass(frozen=True, kw_only=True)
class Need:
    """One thing of the machine: how to see that it is there, Debian's packages of it, and what is lost without it.

    `instead` tells whether something else is there that serves as well, only more slowly: then nothing is lost.
    """

    name: str
    here: Callable[[], bool]
    packages: tuple[str, ...]
    without: str
    instead: Callable[[], bool] = lambda: False


PLACES = ("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin")


def find(name: str, *patterns: str) -> str | None:
    """Return the path of a program: on PATH, where Debian keeps programs, or by a glob pattern."""
    named = [place for place in os.environ.get("PATH", "").split(os.pathsep) if place]
    on_path = shutil.which(name, path=os.pathsep.join([*named, *PLACES]))
    found = (match for pattern in patterns for match in sorted(Path("/").glob(pattern.lstrip("/"))))
    return on_path or next((str(match) for match in found), None)


def program(name: str, *patterns: str) -> Callable[[], bool]:
    """Look for a program, in the places of `find`."""
    return lambda: find(name, *patterns) is not None


def file(pattern: str) -> Callable[[], bool]:
    """Look for a file by a glob pattern."""
    return lambda: any(Path("/").glob(pattern.lstrip("/")))


MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a private directory in it
ROOM_BYTES = 4 << 30


def in_memory(place: Path = MEMORY, room: int = ROOM_BYTES) -> dict[str, str]:
    """Return the setting by which pytest keeps temporary files in memory, where `room` bytes are free; else nothing.

    Each commit to a SQLite file waits for the disk, and tests commit thousands of times. A place from which no
    program may run is no use: some tests install the product.
    """
    if not place.is_dir() or shutil.disk_usage(place).free < room or os.statvfs(place).f_flag & os.ST_NOEXEC:
        return {}
    return {"PYTEST_DEBUG_TEMPROOT": str(place)}


NEEDS = (
    Need(
        name="Python's venv",
        here=lambda: importlib.util.find_spec("ensurepip") is not None,
        packages=("python3-venv",),
        without="everything: no virtual environment can be made with this Python",
    ),
    Need(
        name="Chromium",
        here=program("chromium-headless-shell"),
        packages=("chromium-headless-shell",),
        without="the e2e tests, where people's screens are driven and read",
        instead=program("chromium"),
    ),
    Need(
        name="Korean letters",
        here=file("/usr/share/fonts/*/noto/NotoSansCJK*"),
        packages=("fonts-noto-cjk",),
        without="nothing, but screens fall back to boxes where Pretendard has no letter",
    ),
    Need(
        name="nginx",
        here=program("nginx"),
        packages=("nginx",),
        without="the tests behind a reverse proxy",
    ),
    Need(
        name="Caddy",
        here=program("caddy"),
        packages=("caddy",),
        without="the tests behind Caddy",
    ),
    Need(
        name="systemd-analyze",
        here=program("systemd-analyze"),
        packages=("systemd",),
        without="the judge of the units in ops/; systemd itself is not started",
    ),
    Need(
        name="Redis",
        here=program("redis-server"),
        packages=("redis-server",),
        without="the tests of several server processes",
    ),
    Need(
        name="Dovecot",
        here=program("dovecot"),
        packages=("dovecot-imapd",),
        without="the tests that read answers from a mailbox",
    ),
    Need(
        name="PostgreSQL",
        here=program("initdb", "/usr/lib/postgresql/*/bin/initdb"),
        packages=("postgresql",),
        without="every test of the database on PostgreSQL; SQLite is still judged",
    ),
    Need(
        name="libical",
        here=file("/usr/lib/*/libical.so.3"),
        packages=("libical3",),
        without="the judge of calendars by libical",
    ),
    Need(
        name="Evolution's calendar",
        here=lambda: all(
            (
                file("/usr/lib/*/girepository-1.0/ECal-2.0.typelib")(),
                file("/usr/lib/*/girepository-1.0/ICalGLib-3.0.typelib")(),
                file("/usr/lib/python3/dist-packages/gi/__init__.py")(),
                file("/usr/libexec/evolution-calendar-factory")(),
                program("dbus-run-session")(),
            )
        ),
        packages=("dbus", "evolution-data-server", "gir1.2-ecal-2.0", "gir1.2-ical-3.0", "python3-gi"),
        without="the judge of invitations by a real calendar client",
    ),
    Need(
        name="khal",
        here=program("khal"),
        packages=("khal",),
        without="the judge of invitations by khal",
    ),
)


def wanted() -> list[Need]:
    """Return what is not here and should be."""
    return [need for need in NEEDS if not need.here()]


def missing() -> list[Need]:
    """Return what is not here, and nothing instead of it."""
    return [need for need in wanted() if not need.instead()]


def install(needs: list[Need]) -> None:
    """Install what is missing, when we are root on a machine with apt; services it brings are not started."""
    if not needs or os.geteuid() != 0 or find("apt-get") is None:
        return
    packages = [package for need in needs for package in need.packages]
    print(f"» installing Debian packages: {' '.join(packages)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    apt = ["apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=120"]
    options = ["--no-install-recommends", "-o", "Dpkg::Use-Pty=0"]
    for step in (["update"], ["install", *options, *packages]):
        try:
            download("Debian", [*apt, *step], env=environment)
        except SystemExit as failed:  # the checks run all the same, and the table says what is missing
            print(failed, flush=True)
