"""Runs the clients of package registries. A failure is one line that names the registry; the rest goes into a file."""

import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools.paths import ROOT, TOOLS

LOG = TOOLS / "download.log"
COMPLAINT = re.compile(r"(?im)^(?:npm error (?!code|errno|syscall)|error:|E:)\s*(.+)$")


def download(
    registry: str, command: Sequence[str], *, cwd: Path = ROOT, env: Mapping[str, str] | None = None
) -> None:
    """Run `command`, which fetches from `registry`, in silence; exit with one line when it fails."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        LOG.parent.mkdir(exist_ok=True)
        LOG.write_text(done.stdout, encoding="utf-8")
        sys.exit(failure(registry, done.stdout))


def failure(registry: str, printed: str) -> str:
    """Return the one line: the registry, the client's first complaint, what to do."""
    complaint = COMPLAINT.search(printed)
    why = complaint[1].strip() if complaint else "the download failed"
    return f"{registry}: {why} — check the network and try again (details: {LOG.relative_to(ROOT)})"
