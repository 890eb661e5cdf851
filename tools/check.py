"""Run every check, not stopping at the first that fails, and say what ran (`make test`).

`python3 -m tools.check` installs what is missing and runs all; `--no-install CHECK ...` runs some of them. pytest runs
its tests in several processes, and the other checks run one after the other beside it.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tools import machine, node
from tools.paths import ROOT, VENV
from tools.prepare import prepare

BIN = VENV / "bin"
PYTHON = str(BIN / "python")
WORKERS = min(4, (os.cpu_count() or 1) + 1)
"""Processes that run tests: one more than cores, as many tests wait for a server, a browser or a lock."""
SPREAD = ("-n", str(WORKERS), "--dist", "loadgroup", "--no-loadscope-reorder")
"""pytest-xdist: a free process takes the next test, in the order of `tests/conftest.py`."""

COMPILED_KEPT = {"PYTHONDONTWRITEBYTECODE": ""}
"""Python keeps what it compiled, also where the environment says not to: each process that a test starts would compile
all modules anew."""


@dataclass(frozen=True, kw_only=True)
class Check:
    """One check: its name, what it judges, its command."""

    name: str
    judges: str
    command: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How one check ended."""

    check: Check
    code: int
    took_s: float
    last_line: str


def all_checks() -> tuple[Check, ...]:
    """Return every check, quick ones first; `make test` runs all but `unit`, which is a part of `pytest`."""
    browser_tests = [
        str(path.relative_to(ROOT)) for path in sorted((ROOT / "tests" / "js").rglob("*.test.js"))
    ]
    return (
        Check(name="ruff", judges="style", command=(str(BIN / "ruff"), "check", ".")),
        Check(name="format", judges="form", command=(str(BIN / "ruff"), "format", "--check", ".")),
        Check(name="mypy", judges="types of Python", command=(str(BIN / "mypy"),)),
        Check(name="imports", judges="who imports whom", command=(str(BIN / "lint-imports"),)),
        Check(name="tsc", judges="types of JavaScript", command=("node", "node_modules/typescript/bin/tsc")),
        Check(name="catalogues", judges="English for all", command=(PYTHON, "-m", "tools.check_catalogues")),
        Check(
            name="node",
            judges="browser's rules",
            command=("node", "--test", "--test-reporter=dot", *browser_tests),
        ),
        Check(name="unit", judges="rules", command=(PYTHON, "-m", "pytest", "-q", "tests/unit")),
        Check(
            name="pytest",
            judges="the product",
            command=(PYTHON, "-m", "pytest", "-q", "--durations=10", *SPREAD),
        ),
    )


def main(arguments: Sequence[str]) -> int:
    """Run the checks named in `arguments`, or all; return 1 when one failed or, in CI, when one could not run."""
    started = time.monotonic()
    lacking, stopped = ([], None) if "--no-install" in arguments else _ready()
    names = [name for name in arguments if not name.startswith("-")]
    chosen = [check for check in all_checks() if (check.name in names if names else check.name != "unit")]
    outcomes = [] if stopped else run_all(chosen)
    tell(outcomes, lacking, time.monotonic() - started)
    if stopped:
        print(f"  NOT RUN, set-up failed: {', '.join(check.name for check in chosen)}\n{stopped}")
    return verdict(outcomes, lacking, ci=os.environ.get("CI") == "true")


def _ready() -> tuple[list[machine.Need], str | None]:
    """Install what is missing; returns what is missing still, and why set-up ended early, if it did."""
    machine.install(machine.wanted())
    lacking = machine.missing()
    try:
        prepare(dev=True)
    except SystemExit as stop:
        return lacking, str(stop.code)
    return lacking, None


def run_all(checks: Sequence[Check]) -> list[Outcome]:
    """Run pytest, and beside it all others one after the other; returns the outcomes in the order of `checks`."""
    tests = [check for check in checks if check.name == "pytest"]
    others = [check for check in checks if check.name != "pytest"]
    with ThreadPoolExecutor(max_workers=1) as beside:
        ended = beside.map(lambda check: run(check, whole=bool(tests)), others)
        outcomes = [run(check) for check in tests]
        outcomes += ended
    return sorted(outcomes, key=lambda outcome: checks.index(outcome.check))


def run(check: Check, *, whole: bool = False) -> Outcome:
    """Run one check and print its output: line by line, or as a `whole` at its end, when others print meanwhile."""
    title = f"\n━━ {check.name}: {check.judges}\n"
    started = time.monotonic()
    print("" if whole else title, end="", flush=True)
    lines: list[str] = []
    environment = {**node.environment(), **machine.in_memory(), **COMPILED_KEPT, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        check.command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="backslashreplace",
    ) as process:
        for line in process.stdout or ():
            lines.append(line)
            print("" if whole else line, end="", flush=True)
    print("".join([title, *lines]) if whole else "", end="", flush=True)
    last_line = next((line.strip() for line in reversed(lines) if line.strip()), "")
    return Outcome(
        check=check, code=process.returncode, took_s=time.monotonic() - started, last_line=last_line
    )


def verdict(outcomes: list[Outcome], lacking: list[machine.Need], *, ci: bool) -> int:
    """Return the exit code: 1 when a check failed, when none ran, or when CI lacks what some tests need."""
    failed = any(outcome.code for outcome in outcomes)
    return 1 if failed or not outcomes or (ci and lacking) else 0


def tell(outcomes: list[Outcome], lacking: list[machine.Need], took_s: float) -> None:
    """Print what ran and what did not; pytest's own last line comes last, for those who read only that."""
    print("\n━━ what ran")
    for outcome in outcomes:
        ended = "passed" if outcome.code == 0 else f"FAILED ({outcome.code})"
        print(f"  {outcome.check.name:<11} {ended:<12} {outcome.took_s:6.1f} s  {outcome.check.judges}")
    print(f"  {'all':<11} {'':<12} {took_s:6.1f} s")
    for need in lacking:
        print(f"  NOT RUN without {need.name}: {need.without} (Debian: {' '.join(need.packages)})")
    if lacking:
        print(
            "  `make test` as root on Debian installs what is missing; with CI=true its absence is a failure."
        )
    print("".join(f"{outcome.last_line}\n" for outcome in outcomes if outcome.check.name == "pytest"), end="")


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True, errors="backslashreplace")  # type: ignore[union-attr]
    os.chdir(Path(ROOT))
    sys.exit(main(sys.argv[1:]))
