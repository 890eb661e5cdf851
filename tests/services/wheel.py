"""The wheel of the source, built once for a whole run."""

import fcntl
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the path of the wheel; nothing is downloaded to build it. Workers of one run build one after the other."""
    target = tmp_path_factory.mktemp("wheel")
    with (ROOT / ".wheel-lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        shutil.rmtree(ROOT / "build", ignore_errors=True)  # what a run that was stopped left behind
        return _built(target)


def _built(target: Path) -> Path:
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(target)]
    done = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", *options, "."],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        pytest.fail(f"the wheel cannot be built:\n{done.stdout}")
    (built,) = target.glob("*.whl")
    return built
