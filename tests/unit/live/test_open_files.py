"""The bound of open files is raised as far as it goes, and what it leaves for connections is never negative."""

from __future__ import annotations

import resource

import pytest

from conference_hub.core.config import SettingsError
from conference_hub.live import network, server


class Bounds:
    """The limits of one process, with the kernel's rule; `most` is what macOS allows under an unlimited hard limit."""

    RLIM_INFINITY = resource.RLIM_INFINITY
    RLIMIT_NOFILE = resource.RLIMIT_NOFILE

    def __init__(self, soft: int, hard: int, most: int = 1_000_000) -> None:
        self.soft, self.hard, self.most = soft, hard, most

    def getrlimit(self, _which: int) -> tuple[int, int]:
        return self.soft, self.hard

    def setrlimit(self, _which: int, bounds: tuple[int, int]) -> None:
        soft, hard = bounds
        allowed = self.most if self.hard == self.RLIM_INFINITY else min(self.hard, self.most)
        if soft > allowed or hard != self.hard:
            raise ValueError("not allowed to raise maximum limit")
        self.soft = soft


@pytest.mark.parametrize(
    ("bounds", "connections", "soft"),
    [
        (Bounds(1024, 1_048_576), 20_000, 20_256),
        (Bounds(1024, resource.RLIM_INFINITY), 20_000, 20_256),
        (Bounds(resource.RLIM_INFINITY, resource.RLIM_INFINITY), 20_000, resource.RLIM_INFINITY),
        (Bounds(256, resource.RLIM_INFINITY, most=10_240), 128, 256),
        (Bounds(1_000_000, 1_000_000), 20_000, 1_000_000),
        (Bounds(1024, 4096), 3840, 4096),
        (Bounds(256, 256), 128, 256),
        (Bounds(64, 64), 32, 64),
    ],
)
def test_connection_limit_follows_from_the_open_file_limit(
    monkeypatch: pytest.MonkeyPatch, bounds: Bounds, connections: int, soft: int
) -> None:
    monkeypatch.setattr(network, "resource", bounds)

    assert server.most_connections() == connections
    assert bounds.soft == soft


def test_a_process_with_too_few_files_does_not_serve(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "resource", Bounds(63, 63))

    with pytest.raises(SettingsError, match="63"):
        server.most_connections()
