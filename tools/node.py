"""Node and npm: the machine's own when new enough, else PyPI's wheel of them in `.tools/node`."""

import os
import shutil
import subprocess
import venv

from tools import machine
from tools.download import download
from tools.paths import ROOT, TOOLS
from tools.stamp import once

OLDEST = 20
WHEEL = TOOLS / "node"
PINS = ROOT / "tools" / "node-requirements.txt"


def environment() -> dict[str, str]:
    """Return the environment in which `node` and `npm` are found, installing the wheel when the machine has none."""
    if not _own():
        once(WHEEL / ".stamp", [PINS], _install)
    return _with_wheel()


def find() -> str | None:
    """Return the path of the `node` that `environment` gives, without installing one."""
    return shutil.which("node", path=_with_wheel()["PATH"]) or machine.find("node")


def discard() -> None:
    """Remove the wheel: only building the browser libraries needs it, serving them does not."""
    shutil.rmtree(WHEEL, ignore_errors=True)


def _with_wheel() -> dict[str, str]:
    places = [str(WHEEL / "bin")] if WHEEL.exists() else []
    return {**os.environ, "PATH": os.pathsep.join([*places, os.environ.get("PATH", os.defpath)])}


def _install() -> None:
    print("» no Node of version 20 or newer is here: fetching one into .tools/node", flush=True)
    venv.create(WHEEL, with_pip=True, clear=True, symlinks=True)
    pip = [str(WHEEL / "bin" / "python"), "-m", "pip", "install", "--disable-pip-version-check"]
    download("PyPI", [*pip, "--require-hashes", "-r", str(PINS)])


def _own() -> bool:
    """Return whether the machine's own Node is new enough and has npm."""
    return _major() >= OLDEST and shutil.which("npm") is not None


def _major() -> int:
    found = shutil.which("node")
    if not found:
        return 0
    answer = subprocess.run([found, "--version"], capture_output=True, encoding="utf-8", check=False).stdout
    digits = answer.strip().removeprefix("v").partition(".")[0]
    return int(digits) if digits.isdigit() else 0
