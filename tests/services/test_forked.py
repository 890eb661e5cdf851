"""Processes that are forked are told things, print and end as those that Python starts."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.services import forked

SLEEPER = ("timeit", "-n1", "-r1", "import time; time.sleep(600)")


@pytest.mark.parametrize(
    ("arguments", "given"),
    [
        (("json.tool", "--no-ensure-ascii"), '{"이름": "홍길동"}'),
        (("json.tool",), "no JSON"),
        (("conference_hub", "--version"), ""),
        (("conference_hub", "nonsense"), ""),
        (("conference_hub", "user", "list"), ""),
        (("timeit", "-n1", "-r1", "nowhere"), ""),
    ],
)
def test_forked_process_prints_and_ends_as_a_started_one(
    tmp_path: Path, arguments: tuple[str, ...], given: str
) -> None:
    env = {**os.environ, "HUB_LANG": "en", "HUB_DATA_DIR": str(tmp_path / "없는 곳")}

    one = forked.run(*arguments, env=env, given=given, within_s=60)
    other = subprocess.run(
        [sys.executable, "-m", *arguments],
        env=env,
        input=given,
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=60,
    )

    assert (one.returncode, one.stdout, one.stderr) == (other.returncode, other.stdout, other.stderr)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_forked_process_is_ended_by_a_signal(how: signal.Signals) -> None:
    with Path(os.devnull).open("r+b") as nothing:
        number = nothing.fileno()
        process = forked.start(*SLEEPER, env=os.environ, stdin=number, stdout=number, stderr=number)

    assert process.poll() is None
    process.send_signal(how)
    assert (process.wait(60), process.poll()) == (-how, -how)
    process.kill()


def test_process_that_does_not_end_in_time_is_killed() -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        forked.run(*SLEEPER, env=os.environ, within_s=0.01)
