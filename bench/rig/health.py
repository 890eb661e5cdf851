"""The health of a server under attack: a process of its own that asks `/healthz` every 10 ms on one connection.

It reads one JSON command a line and answers each with one line. It ends with its input.

- `{"do": "begin", "port"}` → `{}`: forget what was measured, go on asking
- `{"do": "end"}` → `{"asked", "median_ms", "worst_ms", "unanswered", "reconnects"}`, once the question that is open is
  answered or given up after `GIVE_UP_S`; that one counts with the time it took
"""

from __future__ import annotations

import json
import selectors
import socket
import statistics
import sys
import time
from dataclasses import dataclass, field

EVERY_S = 0.01
GIVE_UP_S = 15.0
QUESTION = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n"
END_OF_HEAD = b"\r\n\r\n"


@dataclass(kw_only=True)
class Samples:
    """Answer times in milliseconds, in the order of asking."""

    answered_ms: list[float] = field(default_factory=list)
    unanswered: int = 0
    reconnects: int = 0

    def figures(self) -> dict[str, float]:
        """Return count, median and worst; a question without an answer counts as `GIVE_UP_S`."""
        times = self.answered_ms + [GIVE_UP_S * 1000] * self.unanswered
        return {
            "asked": len(times),
            "median_ms": round(statistics.median(times), 2) if times else 0,
            "worst_ms": round(max(times, default=0), 1),
            "unanswered": self.unanswered,
            "reconnects": self.reconnects,
        }


class Probe:
    """Asks one server on one kept connection."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._sock: socket.socket | None = None
        self.samples = Samples()

    def ask(self) -> None:
        """Ask once and keep how long the answer took."""
        began = time.monotonic()
        try:
            self._exchange()
        except TimeoutError:
            self.samples.unanswered += 1
            self._hang_up()
        except OSError:
            self.samples.reconnects += 1
            self._hang_up()
        else:
            self.samples.answered_ms.append((time.monotonic() - began) * 1000)

    def _exchange(self) -> None:
        if self._sock is None:
            self._sock = socket.create_connection(("127.0.0.1", self._port), timeout=GIVE_UP_S)
            self._sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._sock.sendall(QUESTION % self._port)
        answer = b""
        while not whole(answer):
            if not (data := self._sock.recv(4096)):
                raise ConnectionResetError
            answer += data

    def _hang_up(self) -> None:
        if self._sock is not None:
            self._sock.close()
        self._sock = None


def whole(answer: bytes) -> bool:
    """Return whether an answer with a `Content-Length` is all there."""
    head, end, body = answer.partition(END_OF_HEAD)
    if not end:
        return False
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return len(body) >= int(lengths[0].partition(b":")[2]) if lengths else True


def main() -> None:
    """Obey until the input ends."""
    probe: Probe | None = None
    with selectors.DefaultSelector() as inputs:
        inputs.register(sys.stdin, selectors.EVENT_READ)
        while True:
            if inputs.select(EVERY_S if probe else None):
                if not (line := sys.stdin.readline()):
                    return
                command = json.loads(line)
                if command["do"] == "begin":
                    probe = Probe(command["port"])
                    print("{}", flush=True)
                elif probe:
                    print(json.dumps(probe.samples.figures()), flush=True)
                    probe = None
            elif probe:
                probe.ask()


if __name__ == "__main__":
    main()
