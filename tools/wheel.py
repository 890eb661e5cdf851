"""Build `dist/conference_hub-<version>-py3-none-any.whl`, the same bytes from the same commit (`make wheel`)."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.paths import ROOT, VENV_PYTHON

DIST = ROOT / "dist"
EPOCH = "1767225600"
"""The date of every file, where there is no commit to ask: 1 January 2026."""


def build(dist: Path) -> Path:
    """Build the wheel into `dist` and return its path; exits with the builder's words when it cannot be made."""
    with tempfile.TemporaryDirectory(prefix="hub-wheel-") as aside:
        pip = [str(VENV_PYTHON), "-m", "pip", "wheel", "--disable-pip-version-check", "--no-deps"]
        done = subprocess.run(
            [*pip, "--no-build-isolation", "--wheel-dir", aside, "."],
            cwd=ROOT,
            env={**os.environ, "SOURCE_DATE_EPOCH": _commit_time()},
            umask=0o022,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        if done.returncode:
            sys.exit(f"no wheel was built:\n{done.stdout}{done.stderr}".rstrip())
        (wheel,) = Path(aside).glob("*.whl")
        dist.mkdir(parents=True, exist_ok=True)
        return Path(shutil.copy(wheel, dist / wheel.name))


def _commit_time() -> str:
    asked = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    return os.environ.get("SOURCE_DATE_EPOCH") or asked.stdout.strip() or EPOCH


def main() -> None:
    """Build into dist/ and say where the wheel lies."""
    wheel = build(DIST)
    print(f"{wheel.relative_to(ROOT)}: {wheel.stat().st_size / 1_000_000:.1f} MB")


if __name__ == "__main__":
    main()
