"""ical.js, the parser of Thunderbird and Nextcloud, through Node: what it reads in a calendar."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.judges.availability import missing
from tests.judges.read_event import ReadEvent
from tools.node import find

SCRIPT = Path(__file__).with_name("ical_js.mjs")
PACKAGE = Path(__file__).parents[2] / "node_modules" / "ical.js"
TIMEOUT_S = 30


def read(ics: bytes) -> list[ReadEvent]:
    """Read a calendar's events in their order; raises AssertionError with the words of its refusal."""
    node = find()
    if node is None or not PACKAGE.is_dir():
        missing("ical.js", "npm ci --ignore-scripts")
    run = subprocess.run([node, str(SCRIPT)], input=ics, capture_output=True, timeout=TIMEOUT_S, check=False)
    if run.returncode:
        raise AssertionError(run.stderr.decode())
    return [ReadEvent.of(event) for event in json.loads(run.stdout)]
