"""What `systemctl` does with our units, on a machine without systemd: processes, settings, signals, umask."""

from __future__ import annotations

import configparser
import http.client
import os
import shlex
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

from tests.services.machine import listening, wait_until

INSTRUCTION = "systemctl "
STARTS_WITHIN_S = 150
"""Longer than any start takes on a busy machine."""


@dataclass(kw_only=True)
class Units:
    """Units in `directory`; services get `environment` and what their EnvironmentFile adds. User= is left out."""

    directory: Path
    environment: Mapping[str, str]
    ports: Mapping[str, int]
    """Service → the port that it listens on once it is ready."""
    log: Path
    enabled: list[str] = field(default_factory=list)
    _running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def systemctl(self, command: str) -> None:
        """Do what one line of the page says."""
        _, action, *rest = shlex.split(command)
        names = [name for name in rest if not name.startswith("--")]
        match action:
            case "daemon-reload":
                return
            case "enable":
                self.enabled += names
                if "--now" in rest:
                    self._each(names, stop=False, start=True)
            case "start":
                self._each(names, stop=False, start=True)
            case "stop":
                self._each(names, stop=True, start=False)
            case "restart":
                self._each(names, stop=True, start=True)
            case _:
                message = f"not done here: {command}"
                raise NotImplementedError(message)

    def close(self) -> None:
        """Stop every service."""
        self._each(list(self._running), stop=True, start=False)

    def _each(self, names: list[str], *, stop: bool, start: bool) -> None:
        for name in (name if "." in name else f"{name}.service" for name in names):
            if stop and name in self._running:
                self._stop(name)
            if start and name.endswith(".timer"):
                assert self._section(name, "Timer")["OnCalendar"]
                assert (self.directory / name).with_suffix(".service").exists()
            elif start:
                self._start(name)

    def _start(self, name: str) -> None:
        service = self._section(name, "Service")
        command = shlex.split(service["ExecStart"])
        options = {
            "env": {**self.environment, **_settings(service.get("EnvironmentFile"))},
            "cwd": service.get("WorkingDirectory", "/"),
            "umask": int(service.get("UMask", "0022"), 8),
        }
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", "--", *command],
                stdout=log,
                stderr=log,
                **options,  # type: ignore[call-overload]
            )
        if service.get("Type") == "oneshot":
            assert process.wait() == 0, self.log.read_text(encoding="utf-8")
            return
        self._running[name] = process
        port = self.ports[name]
        ready = answering if name == "hub.service" else listening
        wait_until(lambda: ready(port) or process.poll() is not None, name, within_s=STARTS_WITHIN_S)
        assert process.poll() is None, self.log.read_text(encoding="utf-8")

    def _stop(self, name: str) -> None:
        service = self._section(name, "Service")
        process = self._running.pop(name)
        process.send_signal(signal.Signals[service.get("KillSignal", "SIGTERM")])
        code = process.wait(int(service.get("TimeoutStopSec", "90")))
        assert code == 0, f"exit {code}\n" + self.log.read_text(encoding="utf-8")

    def _section(self, name: str, section: str) -> configparser.SectionProxy:
        unit = configparser.ConfigParser(interpolation=None, strict=False)
        assert unit.read(self.directory / name, encoding="utf-8"), f"{name} is not installed"
        return unit[section]


def _settings(path: str | None) -> dict[str, str]:
    """Read an EnvironmentFile: one NAME=value a line, the value perhaps between quotes."""
    if path is None:
        return {}
    lines = [
        line
        for line in Path(path).read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    pairs = [line.partition("=") for line in lines]
    return {name: "".join(shlex.split(value)) for name, _, value in pairs}


def inherited() -> dict[str, str]:
    """Return this process's environment without the hub's settings."""
    return {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}


def answering(port: int) -> bool:
    """Return whether the hub answers: it takes its port before it is ready, and connections wait there."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()
