"""What the hub stores is for its own user only: names, sealed awards, tokens."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

OWN_FILES = ("demo-secret", "hub.sqlite3", "hub.sqlite3-wal", "hub.sqlite3-shm", "hub.sqlite3.lock")
BESIDE = ("", "-wal", "-shm", ".lock", ".before-restore")
"""What SQLite and the hub write beside a database, as endings of its name."""
OTHERS = 0o077


def tighten(data_dir: Path, database: Path | None) -> None:
    """Take away what group and others may do with the hub's files, which an earlier version or a copy left open.

    Only what belongs to this user is changed, and `data_dir` only when it holds the hub's files.
    """
    files = [data_dir / name for name in OWN_FILES]
    if any(file.exists() for file in files):
        _tighten([data_dir])
    if database is not None:
        files += [database.with_name(database.name + ending) for ending in BESIDE]
    _tighten(file for file in files if not file.is_symlink())


def _tighten(paths: Iterable[Path]) -> None:
    for path in paths:
        try:
            found = path.stat()
        except FileNotFoundError:
            continue
        if found.st_uid == os.geteuid() and found.st_mode & OTHERS and not found.st_mode & stat.S_ISVTX:
            path.chmod(stat.S_IMODE(found.st_mode) & ~OTHERS)
