"""Camel, the mail library of Evolution: how a mail program reads the mails of the hub."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.judges.availability import missing
from tests.judges.evolution import INSTALL, SYSTEM_PYTHON

CLIENT = Path(__file__).with_name("camel_client.py")
TIMEOUT_S = 60
PRESENT = "import gi; gi.require_version('Camel', '1.2')"


def read_mail(content: bytes) -> dict[str, Any]:
    """Return `{"subject", "from", "to": [name, address], "tree"}` of a mail."""
    present = subprocess.run([SYSTEM_PYTHON, "-c", PRESENT], capture_output=True, check=False)
    if present.returncode:
        missing("Camel", INSTALL)
    done = subprocess.run(
        [SYSTEM_PYTHON, str(CLIENT)], input=content, capture_output=True, check=False, timeout=TIMEOUT_S
    )
    assert done.returncode == 0, done.stderr.decode()
    found: dict[str, Any] = json.loads(done.stdout)
    return found
