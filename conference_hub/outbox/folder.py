"""Writes letters as files, for a hub without a mail server: somebody, or another program, sends them."""

from __future__ import annotations

import os
from pathlib import Path

from conference_hub.outbox.message import Letter
from conference_hub.outbox.retries import Outcome, Unreachable, Written


class Folder:
    """A directory that takes letters, each as `<id>.eml`, readable for the hub's own user only."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def deliver(self, letter: Letter) -> Outcome:
        """Write one letter; nobody ever sees half of it, and it is on the disk when this returns."""
        try:
            self._write(letter)
        except OSError as error:
            return Unreachable(reason=str(error))
        return Written()

    def close(self) -> None:
        """Do nothing: no file stays open."""

    def _write(self, letter: Letter) -> None:
        self._path.mkdir(mode=0o700, parents=True, exist_ok=True)
        half = self._path / f".{letter.id}.part"
        descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(letter.content)
            file.flush()
            os.fsync(file.fileno())
        half.rename(self._path / f"{letter.id}.eml")
        directory = os.open(self._path, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)
