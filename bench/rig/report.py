"""The last line of a bench: what was measured, on what, with what."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

import conference_hub

LIBRARIES = ("eventlet", "flask", "flask-socketio", "python-engineio", "python-socketio", "sqlalchemy")


def last_line(bench: str, figures: dict[str, Any], ratios: dict[str, Any]) -> str:
    """Return the one line of JSON that a bench ends with."""
    return json.dumps(
        {
            "bench": bench,
            "machine": machine(),
            "versions": {"conference_hub": conference_hub.__version__} | {n: version(n) for n in LIBRARIES},
            "figures": figures,
            "ratios": ratios,
        }
    )


def machine() -> dict[str, Any]:
    """Return what the figures depend on; the load shows whether the machine was busy with other things."""
    return {
        "cores": os.cpu_count(),
        "processor": _processor(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "load_1min": round(os.getloadavg()[0], 1),
    }


def commit(checkout: Path) -> str:
    """Return which commit a checkout stands at, with `-dirty` when files were changed."""
    asked = ["git", "-C", str(checkout), "describe", "--always", "--dirty"]
    return subprocess.run(asked, capture_output=True, text=True, check=False, encoding="utf-8").stdout.strip()


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
