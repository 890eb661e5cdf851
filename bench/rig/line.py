"""A bad line and a slow device, as Chrome's own developer tools emulate them."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import CDPSession


@dataclass(frozen=True, kw_only=True)
class Line:
    """`down_kbit_s` and `up_kbit_s`, `latency_ms` before each answer begins, and a CPU that is `slower` by a factor."""

    down_kbit_s: float
    up_kbit_s: float
    latency_ms: float
    slower: float

    def put_on(self, session: CDPSession) -> None:
        """Let the page of `session` have this line and this CPU from now on; its WebSockets too."""
        session.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": self.latency_ms,
                "downloadThroughput": self.down_kbit_s * 1000 / 8,
                "uploadThroughput": self.up_kbit_s * 1000 / 8,
            },
        )
        session.send("Emulation.setCPUThrottlingRate", {"rate": self.slower})


BAD_LINE = Line(down_kbit_s=1600, up_kbit_s=750, latency_ms=150, slower=4)
"""A phone in a full hall: 1.6 Mbit/s, 150 ms, and a quarter of this machine's speed."""
