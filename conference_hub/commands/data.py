"""`backup`, `restore` and `export`: what is stored, taken out whole and put back."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from conference_hub import backups
from conference_hub.commands.common import Parsers, opened, the_conference
from conference_hub.config import storage
from conference_hub.db import Database
from conference_hub.export import conference_as_json
from conference_hub.occupancy import occupying


def add_parsers(commands: Parsers) -> None:
    """Add the commands of this module."""
    one = commands.add_parser(
        "backup", help="write the whole database to a file", description=_backup.__doc__
    )
    one.add_argument("file", type=Path, help="file to write; it must not exist yet")
    one.set_defaults(run=_backup)
    one = commands.add_parser(
        "restore", help="put a backup in place of the database", description=_restore.__doc__
    )
    one.add_argument("file", type=Path, help="a file written by `backup`")
    one.add_argument(
        "--replace", action="store_true", help="allow it although the database holds a conference already"
    )
    one.set_defaults(run=_restore)
    one = commands.add_parser("export", help="write one conference as JSON", description=_export.__doc__)
    one.add_argument("--conf", help="slug of the conference (default: the only one)")
    one.add_argument("--output", type=Path, help="file to write (default: standard output)")
    one.set_defaults(run=_export)


def _backup(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    """Write a consistent copy of the database while the server goes on.

    It is an SQLite file, checked before the command ends, or (PostgreSQL) a pg_dump archive.
    """
    database = Database(storage(env)[0])
    try:
        backups.backup(database, arguments.file)
    except (backups.BackupError, OSError, subprocess.CalledProcessError) as error:
        return _failed(error)
    finally:
        database.close()
    print(f"{arguments.file}: {arguments.file.stat().st_size} bytes")
    return 0


def _restore(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    """Put a backup in place of the database; stop the server first.

    Refuses when a conference is there already, unless --replace is given; an SQLite database is then kept beside it.
    """
    try:
        kept = _restored(storage(env)[0], arguments.file, replace=arguments.replace)
    except (backups.BackupError, OSError, subprocess.CalledProcessError) as error:
        return _failed(error)
    print(f"restored from {arguments.file}" + (f"; the earlier database is {kept}" if kept else ""))
    return 0


def _restored(database_url: str, source: Path, *, replace: bool) -> Path | None:
    database = Database(database_url)
    try:
        with occupying(database, alone=True):
            return backups.restore(database_url, source, replace=replace)
    finally:
        database.close()


def _export(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    """Write everything that belongs to one conference, its journal included, as JSON.

    Secrets are left out; personal data is in it.
    """
    with opened(env) as hub, hub.database.reading() as db:
        text = json.dumps(
            conference_as_json(db, the_conference(db, arguments.conf).slug), ensure_ascii=False, indent=1
        )
    if arguments.output is None:
        print(text)
        return 0
    with os.fdopen(
        os.open(arguments.output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write(text + "\n")
    return 0


def _failed(error: Exception) -> int:
    print(f"conference-hub: {error}", file=sys.stderr)
    return 1
