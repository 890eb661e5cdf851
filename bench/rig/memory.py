"""The memory of another process."""

from __future__ import annotations

from pathlib import Path


def memory_kb(pid: int, name: str = "VmRSS") -> int:
    """Return the kB that process `pid` has in memory (`VmRSS`) or had at most (`VmHWM`); 0 when there is none."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{name}:")), 0)
