"""The real server in its own process, started as its users start it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any

from conference_hub.access.actions import make_token
from conference_hub.access.model import Role
from conference_hub.core.actor import Actor
from conference_hub.core.config import storage
from conference_hub.core.db import Database
from conference_hub.core.now import utc_now
from conference_hub.data import schema
from tests.model_day import CONF, leaving, outside
from tests.services import forked
from tests.services.forked import Forked
from tests.services.machine import free_port
from tests.services.model_conference import prepare

assert schema.ALL_TABLES  # tests write to the server's database from outside: every table must be known

START_S = 150.0
"""Longer than any start takes on a busy machine, shorter than the bound of a test."""
STOP_S = 30.0
EVERYTHING = 10**9
"""What one has seen for whom nothing is stale."""
COMMAND = (sys.executable, "-m", "conference_hub")
Answer = tuple[int, dict[str, Any]]


@dataclass(kw_only=True)
class HubServer:
    """`conference_hub serve --demo` (or another `program`) on a free port, with its data in `directory`.

    `prepared`: the model conference is there before it starts, with the ids that tests know. `forked`: it does not
    import the product anew, for tests that judge nothing of its start. `conf`: the conference that is asked and
    commanded.
    """

    directory: Path
    database_url: str | None = None
    port: int = field(default_factory=free_port)
    extra_env: dict[str, str] = field(default_factory=dict)
    program: tuple[str, ...] = (*COMMAND, "serve", "--demo")
    cwd: Path | None = None
    prepared: bool = True
    forked: bool = False
    conf: str = CONF
    _process: subprocess.Popen[bytes] | Forked | None = None
    _log: IO[bytes] | None = None
    _tokens: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """The server's own origin."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def api(self) -> str:
        """The conference's part of the API."""
        return f"{self.url}/api/v1/c/{self.conf}"

    def start(self) -> None:
        """Start and wait until the server is ready."""
        self.directory.mkdir(parents=True, exist_ok=True)
        if self.prepared:
            prepare(self.environment())
        self._log = (self.directory / "server.log").open("ab")
        self._process = self._begin(self._log.fileno())
        try:
            self._wait_until_ready()
        except AssertionError:
            self.kill()
            raise

    def beside(self, directory: Path) -> HubServer:
        """Return another server on the same database, not started, for the same machines."""
        return replace(self, directory=directory, port=free_port(), prepared=False, _process=None, _log=None)

    def of(self, conf: str) -> HubServer:
        """Return the same server, to ask and command another conference."""
        return replace(self, conf=conf, _tokens={})

    def kill(self) -> None:
        """End the process without a chance to close anything (kill -9)."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """End the process in order (SIGTERM) and return its exit status."""
        return self._end(signal.SIGTERM)

    @property
    def running(self) -> bool:
        """Whether the process was started and has not ended."""
        return self._process is not None

    def log(self) -> str:
        """Return what the server wrote so far: the printed links and the log lines."""
        return (self.directory / "server.log").read_text(encoding="utf-8")

    def environment(self) -> dict[str, str]:
        """Return the environment of the server, and of commands on its data."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
        database = {"HUB_DATABASE_URL": self.database_url} if self.database_url else {}
        place = {"HUB_DATA_DIR": str(self.directory / "data"), "HUB_BIND": f"127.0.0.1:{self.port}"}
        return {**kept, "HUB_LANG": "en", **place, **database, **self.extra_env}

    def command(self, *arguments: str) -> str:
        """Run a command of the command line on the server's data and return what it prints."""
        done = forked.run("conference_hub", *arguments, env=self.environment(), within_s=START_S)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def token(self, role: str) -> str:
        """Return a machine token for `role`, made once, as `user token` makes it but without its start-up time."""
        return self._token_of(f"test {role}", Role(role))

    def get(self, path: str, role: str | None = None, headers: dict[str, str] | None = None) -> Answer:
        """GET a path of the API (`state?stream=public`) as a machine with `role`, or as nobody."""
        return self._ask(urllib.request.Request(f"{self.api}/{path}", headers=headers or {}), role)

    def page(self, path: str, role: str) -> str:
        """GET a page or a file of the conference (`desk/report.csv`) as a machine with `role`."""
        request = urllib.request.Request(f"{self.url}/c/{self.conf}/{path}")
        request.add_header("Authorization", f"Bearer {self.token(role)}")
        with urllib.request.urlopen(request, timeout=30) as response:
            return str(response.read().decode())

    def run(self, command: str, **body: Any) -> Answer:
        """POST a run command as an operator's machine that has seen all; `command_id` is made up where not given."""
        known = {"command_id": uuid.uuid4().hex, "seen": EVERYTHING, "lane": "hall", **leaving(command)}
        content = json.dumps({**known, **body}).encode()
        headers = {"Content-Type": "application/json"}
        return self._ask(urllib.request.Request(f"{self.api}/run/{command}", content, headers), "operator")

    def post(self, path: str, body: dict[str, Any], *, as_whom: str, role: Role = Role.OPERATOR) -> Answer:
        """POST a command to a path of the API as the machine, of an operator if not said, called `as_whom`."""
        headers = {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {self._token_of(as_whom, role)}",
        }
        return self._ask(
            urllib.request.Request(f"{self.api}/{path}", json.dumps(body).encode(), headers), None
        )

    def message(self, words: str, **body: Any) -> Answer:
        """POST a message to all attendees as an operator's machine."""
        said = {"text": {"ko": words}, "audiences": ["public"]}
        content = json.dumps({"command_id": uuid.uuid4().hex, **said, **body}).encode()
        headers = {"Content-Type": "application/json"}
        return self._ask(urllib.request.Request(f"{self.api}/messages", content, headers), "operator")

    def award(self, award_id: str, command: str, **body: Any) -> Answer:
        """POST a command of the ceremony as an operator's machine that has seen all, whatever cue is on air."""
        known = {"command_id": uuid.uuid4().hex, "seen": EVERYTHING, **outside(command)}
        content = json.dumps({**known, **body}).encode()
        headers = {"Content-Type": "application/json"}
        address = f"{self.api}/awards/{award_id}/{command}"
        return self._ask(urllib.request.Request(address, content, headers), "operator")

    def first_lane(self) -> str:
        """Return the id of the lane that the plan names first, which the hub has made up when nobody knew it before."""
        _, plan = self.get("plan", "operator")
        lane: str = plan["lanes"][0]["id"]
        return lane

    def head(self, stream: str = "public", role: str | None = None) -> int:
        """Return the head of a stream as the server tells it."""
        _, answer = self.get(f"state?stream={stream}", role)
        head: int = answer["head"]
        return head

    def _token_of(self, name: str, role: Role) -> str:
        """Return the token of a machine with this name, made when it is asked for first."""
        if name not in self._tokens:
            self._tokens[name] = self._new_token(name, role)
        return self._tokens[name]

    def _begin(self, log: int) -> subprocess.Popen[bytes] | Forked:
        if not self.forked:
            return subprocess.Popen(
                self.program, cwd=self.cwd, env=self.environment(), stdout=log, stderr=log
            )
        _, _, module, *arguments = self.program
        with Path(os.devnull).open("rb") as nothing:
            return forked.start(
                module, *arguments, env=self.environment(), stdin=nothing.fileno(), stdout=log, stderr=log
            )

    def _new_token(self, name: str, role: Role) -> str:
        database = Database(storage(self.environment())[0])
        try:
            with database.writing() as db:
                return make_token(
                    db, conf=self.conf, role=role, name=name, at=utc_now(), by=Actor.system("test")
                )
        finally:
            database.close()

    def _ask(self, request: urllib.request.Request, role: str | None) -> Answer:
        if role is not None:
            request.add_header("Authorization", f"Bearer {self.token(role)}")
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    def _wait_until_ready(self) -> None:
        until = time.monotonic() + START_S
        while time.monotonic() < until:
            assert self._process is not None
            assert self._process.poll() is None, self.log()
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=2):
                    return
            except OSError:
                time.sleep(0.05)
        raise AssertionError(self.log())

    def _end(self, how: signal.Signals) -> int:
        assert self._process is not None
        self._process.send_signal(how)
        status = self._process.wait(STOP_S)
        self._process = None
        if self._log is not None:
            self._log.close()
        return status
