"""Those for whom carriers work in tests."""

from __future__ import annotations


class SilentUser:
    """Keeps why its connection was lost; the client at the other end says nothing."""

    def __init__(self) -> None:
        self.lost_by: list[str] = []

    def take(self, data: bytes) -> None:
        """Fail: nothing is said."""
        raise AssertionError(data)

    def lost(self, reason: str) -> None:
        """Keep the reason."""
        self.lost_by.append(reason)
