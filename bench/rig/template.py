"""The data that every measured server starts from: the model day with a few hundred entries, and more guests."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

from bench.rig.target import Target
from bench.rig.wire import connect, read_for, request
from tests.live.server_process import EVERYTHING
from tests.model_day import CONF

ENTRIES = 200
"""Commands run beforehand: each is an entry of the public stream's journal."""
ANSWER_S = 10.0


class Template:
    """Made once; `data` gives the directory to copy."""

    def __init__(self, checkout: Path, directory: Path) -> None:
        self.checkout = checkout
        self._directory = directory
        target = Target(checkout=checkout, directory=directory / "0")
        prepare_model(target)
        target.start()
        try:
            self.organiser, self.staff = (machine_token(target, role) for role in ("organiser", "staff"))
            run_commands(target, self.organiser)
        finally:
            target.end()

    def data(self, guests: int) -> Path:
        """Return the data directory with that many guests added, made when it is first asked for."""
        directory = self._directory / str(guests)
        if not directory.exists():
            shutil.copytree(self._directory / "0", directory)
            target = Target(checkout=self.checkout, directory=directory)
            add_guests(target, guests)
        return directory / "data"


def prepare_model(target: Target) -> None:
    """Bring in the model conference with the ids that benches know, where the checkout does not have them by itself."""
    if (target.checkout / "tests" / "services" / "model_conference.py").exists():
        target.command("-m", "tests.services.model_conference")


def add_guests(target: Target, count: int) -> None:
    """Add guests to the conference of a server's data by the action of the checkout that is measured."""
    target.command("-P", str(target.checkout / "bench" / "rig" / "more_guests.py"), str(count))


def machine_token(target: Target, role: str) -> str:
    """Return a new machine token for `role`, made at the command line."""
    printed = target.command("-m", "conference_hub", "user", "token", "--role", role, "--name", "bench")
    return printed.split()[-1]


def run_commands(target: Target, token: str) -> None:
    """Start the lane of the hall and run `ENTRIES` commands on it."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    names = ["start"] + ["extend"] * ENTRIES
    with connect(target.port) as sock:
        for number, name in enumerate(names):
            body: dict[str, object] = {"command_id": f"before-{number}", "lane": "hall", "seen": EVERYTHING}
            if name == "extend":
                body["seconds"] = 30 if number % 2 else -30
            path = f"/api/v1/c/{CONF}/run/{name}"
            sock.sendall(request(target.port, path, headers, json.dumps(body).encode()))
            answer = read_for([sock], time.monotonic() + ANSWER_S)[sock]
            assert b" 200 " in answer[:20], answer
