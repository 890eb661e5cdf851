"""Make the working tree ready: virtual environment, packages, browser libraries, compiled catalogues.

`python3 -m tools.prepare` readies what the server needs; `--dev` adds what the checks need. Each step is done once
and again only when its inputs changed.
"""

import importlib.util
import os
import subprocess
import sys
import venv
from pathlib import Path

from tools import node
from tools.paths import NODE_MODULES, ROOT, VENDOR, VENV, VENV_PYTHON
from tools.stamp import once

RUNTIME = ROOT / "requirements.txt"
DEVELOPMENT = ROOT / "requirements-dev.txt"


def prepare(*, dev: bool) -> None:
    """Do every step that is not done yet."""
    _environment()
    _packages(dev=dev)
    _browser_libraries(dev=dev)
    _catalogues()


def _environment() -> None:
    if VENV_PYTHON.exists() and (VENV / "bin" / "pip").exists():
        return
    if importlib.util.find_spec("ensurepip") is None:
        sys.exit("This Python has no `venv`; on Debian: apt-get install python3-venv")
    _say("making .venv")
    venv.create(VENV, with_pip=True, clear=True)


def _packages(*, dev: bool) -> None:
    dev = dev or (VENV / ".stamp-dev").exists()
    name, inputs = ("dev", [RUNTIME, DEVELOPMENT]) if dev else ("runtime", [RUNTIME])
    once(VENV / f".stamp-{name}", inputs, lambda: _install(inputs[-1]))
    once(VENV / ".stamp-project", [ROOT / "pyproject.toml"], _install_project, str(ROOT))


def _install(requirements: Path) -> None:
    _say(f"installing {requirements.name}")
    _pip("--require-hashes", "-r", str(requirements))


def _install_project() -> None:
    _pip("--no-build-isolation", "--no-deps", "-e", ".")


def _pip(*arguments: str) -> None:
    quiet = ["--quiet", "--disable-pip-version-check", "--root-user-action=ignore"]
    subprocess.run([VENV_PYTHON, "-m", "pip", "install", *quiet, *arguments], cwd=ROOT, check=True)


def _browser_libraries(*, dev: bool) -> None:
    dev = dev or (NODE_MODULES / ".stamp-dev").exists()
    inputs = [ROOT / "package.json", ROOT / "package-lock.json"]
    stamp = NODE_MODULES / (".stamp-dev" if dev else ".stamp-runtime")
    once(stamp, inputs, lambda: _npm_ci(dev=dev))
    once(VENDOR / ".stamp", [*inputs, ROOT / "tools" / "vendor.mjs"], _vendor)


def _npm_ci(*, dev: bool) -> None:
    _say("installing browser libraries")
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    omit = [] if dev else ["--omit=dev"]
    subprocess.run(["npm", "ci", *quiet, *omit], cwd=ROOT, env=node.environment(), check=True)


def _vendor() -> None:
    subprocess.run(["node", "tools/vendor.mjs"], cwd=ROOT, env=node.environment(), check=True)


def _catalogues() -> None:
    for source in sorted((ROOT / "conference_hub" / "translations").glob("*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns:
            command = [
                str(VENV_PYTHON),
                "-m",
                "babel.messages.frontend",
                "compile",
                "--input-file",
                str(source),
            ]
            subprocess.run(
                [*command, "--output-file", str(compiled)], cwd=ROOT, check=True, capture_output=True
            )


def _say(what: str) -> None:
    print(f"» {what}", flush=True)


if __name__ == "__main__":
    os.umask(0o022)
    prepare(dev="--dev" in sys.argv[1:])
