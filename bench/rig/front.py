"""nginx in front of the target, as the checkout's `ops/nginx.conf` sets it up, but without TLS."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from bench.rig.target import Target
from tests.services.machine import free_port, listening
from tests.services.nginx import WHOLE

STARTS_WITHIN_S = 5.0


class Front:
    """nginx on a free port until the block ends."""

    def __init__(self, target: Target, home: Path) -> None:
        self.port = free_port()
        home.mkdir(parents=True)
        text = (target.checkout / "ops" / "nginx.conf").read_text(encoding="utf-8")
        http = without_tls(text, upstream=target.port, port=self.port, cache=home / "cache")
        user = "user root;" if os.geteuid() == 0 else ""
        (home / "nginx.conf").write_text(WHOLE.format(user=user, home=home, http=http), encoding="utf-8")
        program = shutil.which("nginx") or "/usr/sbin/nginx"
        self._words = [program, "-p", str(home), "-c", f"{home}/nginx.conf", "-e", f"{home}/error.log"]
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(self._words)
        until = time.monotonic() + STARTS_WITHIN_S
        while not listening(self.port) and time.monotonic() < until:
            time.sleep(0.05)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait()


def without_tls(text: str, *, upstream: int, port: int, cache: Path) -> str:
    """Return the documented configuration for loopback: its server with a certificate in plain HTTP, alone."""
    for block in re.findall(r"(?ms)^server \{\n.*?^\}\n", text):
        if "ssl_certificate " not in block:
            text = text.replace(block, "")
    text = re.sub(r"(?m)^\s*ssl_\w+ .*\n", "", text)
    text = re.sub(r"(?m)^\s*listen \[.*\n", "", text)
    text = re.sub(r"listen (\S*:)?443 [^;]*;", f"listen 127.0.0.1:{port};", text)
    text = text.replace("127.0.0.1:8000", f"127.0.0.1:{upstream}")
    return re.sub(r"proxy_cache_path \S+ ", f"proxy_cache_path {cache} ", text)
