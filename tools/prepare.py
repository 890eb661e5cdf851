"""Make the working tree ready: virtual environment, packages, what browsers load, compiled catalogues.

`python3 -m tools.prepare` readies what the server needs; `--dev` adds what the checks need. Each step is done once
and again only when its inputs changed.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import cache
from pathlib import Path

from tools import node
from tools.download import download
from tools.paths import BUILT, FONTS, NODE_MODULES, ROOT, TOOLS, VENDOR, VENV, VENV_PYTHON
from tools.stamp import once

RUNTIME = ROOT / "requirements.txt"
DEVELOPMENT = ROOT / "requirements-dev.txt"
PACKAGES = (ROOT / "package.json", ROOT / "package-lock.json")
CATALOGUES = ROOT / "conference_hub" / "translations"
VENDOR_TOOL, FONTS_TOOL = ROOT / "tools" / "vendor.mjs", ROOT / "tools" / "fonts.mjs"
BUNDLE_TOOL = ROOT / "tools" / "bundle.mjs"
COMPRESSING = ROOT / "tools" / "compressing.mjs"
INTERPRETER = Path(getattr(sys, "_base_executable", sys.executable)).resolve()
"""The Python that environments are made of, also when this one runs inside an environment."""


def prepare(*, dev: bool) -> None:
    """Do every step that is not done yet; exits with one sentence when one cannot be done.

    Python's packages and those of browsers are fetched beside each other: both take long, on one core each.
    """
    with ThreadPoolExecutor(max_workers=1) as beside:
        python = beside.submit(_python, dev=dev)
        browser_files(dev=dev, python=python.result)
        python.result()
    _catalogues()


def _python(*, dev: bool) -> None:
    _environment()
    _packages(dev=dev)


def _environment() -> None:
    """Make `.venv`, anew when Python is another one or the tree was moved: its scripts name both by their paths."""
    stamp = VENV / ".stamp-python"
    if not VENV_PYTHON.exists():
        stamp.unlink(missing_ok=True)
    once(stamp, [], _make_environment, f"{sys.version_info[:2]}", str(INTERPRETER), str(VENV))


def _make_environment() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        sys.exit("This Python has no `venv`; on Debian: apt-get install python3-venv")
    _say(f"making .venv with Python {sys.version.split()[0]}")
    _run([str(INTERPRETER), "-m", "venv", "--symlinks", "--clear", str(VENV)])


def _packages(*, dev: bool) -> None:
    dev = dev or (VENV / ".stamp-dev").exists()
    name, inputs = ("dev", [RUNTIME, DEVELOPMENT]) if dev else ("runtime", [RUNTIME])
    once(VENV / f".stamp-{name}", inputs, lambda: _install(inputs[-1]))
    described = [ROOT / "pyproject.toml", ROOT / "conference_hub" / "__init__.py"]
    once(VENV / ".stamp-project", described, _install_project)


def _install(requirements: Path) -> None:
    _say(f"installing {requirements.name}")
    _pip("--require-hashes", "-r", str(requirements))


def _install_project() -> None:
    _pip("--no-build-isolation", "--no-deps", "-e", ".")


def _pip(*arguments: str) -> None:
    pip = [str(VENV_PYTHON), "-m", "pip", "install", "--disable-pip-version-check"]
    download("PyPI", [*pip, "--root-user-action=ignore", *arguments])


def browser_files(*, dev: bool, python: Callable[[], None] = lambda: None) -> None:
    """Build static/vendor, static/fonts and static/built; only the checks need the packages and Node afterwards.

    `python` returns when `.venv` is ready, which static/built needs.
    """
    dev = dev or (NODE_MODULES / ".stamp-dev").exists()
    if dev:
        once(NODE_MODULES / ".stamp-dev", PACKAGES, lambda: _npm_ci(ROOT))
    with ExitStack() as kept:
        modules = cache(lambda: NODE_MODULES if dev else _fetched(kept))
        once(VENDOR / ".stamp", [*PACKAGES, COMPRESSING, VENDOR_TOOL], lambda: _node(VENDOR_TOOL, modules()))
        once(FONTS / ".stamp", [*PACKAGES, COMPRESSING, FONTS_TOOL], lambda: _fonts(modules()), _interface())
        once(BUILT / ".stamp", _sources(), lambda: _bundle(modules(), python))


def _sources() -> list[Path]:
    """Return everything that static/built is made of."""
    pages = (ROOT / "templates").rglob("*.html")
    scripts, sheets = (ROOT / "static" / "js").rglob("*.js"), (ROOT / "static" / "css").rglob("*.css")
    return [
        *PACKAGES,
        FONTS / "first.css",
        BUNDLE_TOOL,
        COMPRESSING,
        *CATALOGUES.glob("*/LC_MESSAGES/browser.po"),
        *sorted([*pages, *scripts, *sheets]),
    ]


def _interface() -> str:
    """Return the characters that the interface says, for which there are fonts of their own."""
    english = CATALOGUES / "en" / "LC_MESSAGES"
    texts = (english.joinpath(name).read_text(encoding="utf-8") for name in ("messages.po", "browser.po"))
    return "".join(sorted({character for text in texts for character in text}))


def _fetched(kept: ExitStack) -> Path:
    """Fetch the packages aside for as long as something is built of them: a hundred megabytes for five."""
    TOOLS.mkdir(exist_ok=True)
    aside = Path(kept.enter_context(tempfile.TemporaryDirectory(prefix="npm-", dir=TOOLS)))
    kept.callback(node.discard)
    for path in PACKAGES:
        shutil.copy(path, aside)
    _npm_ci(aside, "--omit=dev")
    return aside / "node_modules"


def _npm_ci(place: Path, *omit: str) -> None:
    _say("installing browser libraries")
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    download("npm", ["npm", "ci", *quiet, *omit], cwd=place, env=node.environment())


def _fonts(modules: Path) -> None:
    _say("making fonts")
    _node(FONTS_TOOL, modules, _interface())


def _bundle(modules: Path, python: Callable[[], None]) -> None:
    python()
    _say("building scripts and style sheets")
    catalogues = _run([str(VENV_PYTHON), "-m", "tools.browser_catalogue"])
    _node(BUNDLE_TOOL, modules, catalogues)


def _node(tool: Path, modules: Path, given: str = "") -> None:
    _run(["node", str(tool), str(modules)], node.environment(), given)


def _catalogues() -> None:
    for source in sorted(CATALOGUES.glob("*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns:
            babel = [str(VENV_PYTHON), "-m", "babel.messages.frontend", "compile"]
            _run([*babel, "--input-file", str(source), "--output-file", str(compiled)])


def _run(command: Sequence[str], env: dict[str, str] | None = None, given: str = "") -> str:
    """Run one step of our own in silence and return what it printed; exit with that when it fails."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=env,
        input=given,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}".rstrip())
    return done.stdout


def _say(what: str) -> None:
    print(f"» {what}", flush=True)


if __name__ == "__main__":
    os.umask(0o022)
    prepare(dev="--dev" in sys.argv[1:])
