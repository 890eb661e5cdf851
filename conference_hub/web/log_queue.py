"""Log lines on their way out: queued within bounds and written by one real thread, so that no log call ever waits.

The thread lets lines gather for a moment: waking it for each line cost a quarter of a small request.
The reader of standard error may be slow, stopped or gone. Lines that find the queue full are dropped and counted; a
line says how many when lines flow again.
"""

from __future__ import annotations

import io
import json
from collections import deque
from collections.abc import Callable
from typing import Any

from prometheus_client import Counter

MAX_QUEUED_BYTES = 4 * 1024 * 1024
MAX_LINE_BYTES = 64 * 1024
GATHER_S = 0.05
"""How long a line waits for others, to be written with them."""
MOST_AT_ONCE_BYTES = 64 * 1024
"""Lines written in one go, in sum, but for one that is longer; so many are lost together when the reader is gone."""
RETRY_S = 0.05
"""How long the thread waits when the file is non-blocking and full."""

RawWrite = Callable[[memoryview], int | None]

DROPPED = Counter("hub_log_lines_dropped", "Log lines dropped because nobody took them in time")


class LogQueue(io.TextIOBase):
    """A text file that takes whole lines; `threads` is the real `threading` module, not a cooperative one.

    `write` is the raw write of a file: it returns how many bytes it took, None when a non-blocking file took none.
    """

    def __init__(self, write: RawWrite, threads: Any, *, json_lines: bool = True) -> None:
        super().__init__()
        self._write_out = write
        self._json_lines = json_lines
        self._changed = threads.Condition()
        self._retry = threads.Event()
        self._lines: deque[bytes] = deque()
        self._bytes = 0
        self._dropped = 0
        self._writing = False
        self._draining = False
        threads.Thread(target=self._run, name="log writer", daemon=True).start()

    def write(self, text: str) -> int:
        """Queue a line, or drop and count it when the queue is full; never waits for the reader."""
        line = _shortened(text.encode(errors="backslashreplace"))
        with self._changed:
            if self._bytes + len(line) > MAX_QUEUED_BYTES:
                self._drop(1)
            else:
                self._lines.append(line)
                self._bytes += len(line)
                if len(self._lines) == 1:
                    self._changed.notify_all()
        return len(text)

    def flush(self) -> None:
        """Return at once: the thread writes as fast as it may."""

    def drain(self, seconds: float) -> bool:
        """Wait at most `seconds` until everything queued is written; return whether it is."""
        with self._changed:
            self._draining = True
            self._changed.notify_all()
            try:
                return bool(self._changed.wait_for(lambda: not (self._lines or self._writing), seconds))
            finally:
                self._draining = False

    def _run(self) -> None:
        while True:
            lines, dropped = self._next()
            try:
                self._write_all(b"".join(lines))
                if dropped:
                    self._write_all(self._notice(dropped))
            except OSError:  # the reader is gone or its disk is full: the lines are lost, the hub goes on
                with self._changed:
                    self._drop(len(lines) + dropped)
            with self._changed:
                self._writing = False
                self._changed.notify_all()

    def _next(self) -> tuple[list[bytes], int]:
        """Wait until there are lines, and a moment for others; return the first of them, and how many were dropped."""
        with self._changed:
            self._changed.wait_for(lambda: self._lines)
            self._changed.wait_for(lambda: self._draining, GATHER_S)
            self._writing = True
            dropped, self._dropped = self._dropped, 0
            return self._take(), dropped

    def _take(self) -> list[bytes]:
        taken = [self._lines.popleft()]
        size = len(taken[0])
        while self._lines and size + len(self._lines[0]) <= MOST_AT_ONCE_BYTES:
            size += len(self._lines[0])
            taken.append(self._lines.popleft())
        self._bytes -= size
        return taken

    def _drop(self, lines: int) -> None:
        self._dropped += lines
        DROPPED.inc(lines)

    def _write_all(self, line: bytes) -> None:
        rest = memoryview(line)
        while rest:
            written = self._write_out(rest)
            if written is None:
                self._retry.wait(RETRY_S)
            else:
                rest = rest[written:]

    def _notice(self, dropped: int) -> bytes:
        event = f"{dropped} lines dropped"
        if not self._json_lines:
            return f"{event}\n".encode()
        return (json.dumps({"event": event, "level": "warning", "logger": __name__}) + "\n").encode()


def _shortened(line: bytes) -> bytes:
    return line if len(line) <= MAX_LINE_BYTES else line[:MAX_LINE_BYTES] + b"\n"
