"""What the tests need of the machine, and how a Debian machine gets it."""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Need:
    """One thing of the machine: how to see that it is there, Debian's packages of it, and what is lost without it."""

    name: str
    here: Callable[[], bool]
    packages: tuple[str, ...]
    without: str


def program(name: str) -> Callable[[], bool]:
    """Look for a program on PATH, where root's programs are too."""
    path = f"{os.environ.get('PATH', '')}{os.pathsep}/usr/sbin"
    return lambda: shutil.which(name, path=path) is not None


def file(pattern: str) -> Callable[[], bool]:
    """Look for a file by a glob pattern."""
    return lambda: any(Path("/").glob(pattern.lstrip("/")))


NEEDS = (
    Need(
        name="Python's venv",
        here=file("/usr/lib/python3*/ensurepip/__init__.py"),
        packages=("python3-venv",),
        without="no virtual environment can be made with Debian's Python",
    ),
    Need(
        name="Chromium",
        here=program("chromium"),
        packages=("chromium",),
        without="the e2e tests, where people's screens are driven and read",
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
        name="PostgreSQL",
        here=file("/usr/lib/postgresql/*/bin/initdb"),
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
)


def missing() -> list[Need]:
    """Return what is not here."""
    return [need for need in NEEDS if not need.here()]


def install(needs: list[Need]) -> None:
    """Install what is missing, when we are root on a machine with apt; services it brings are not started."""
    if not needs or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return
    packages = [package for need in needs for package in need.packages]
    print(f"» installing Debian packages: {' '.join(packages)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    apt = ["apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=120"]
    subprocess.run([*apt, "update"], env=environment, check=False, stdout=subprocess.DEVNULL)
    options = ["--no-install-recommends", "-o", "Dpkg::Use-Pty=0"]
    subprocess.run(
        [*apt, "install", *options, *packages], env=environment, check=False, stdout=subprocess.DEVNULL
    )
