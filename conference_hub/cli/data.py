"""`backup` and `restore`."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from conference_hub.cli.common import Parsers, require_hub
from conference_hub.cli.words import _
from conference_hub.core.config import storage
from conference_hub.core.db import Database
from conference_hub.core.now import utc_now
from conference_hub.core.occupancy import occupying
from conference_hub.data import backups


def add_parsers(commands: Parsers) -> None:
    """Add the commands of this module."""
    one = commands.add_parser(
        "backup",
        help=_("데이터베이스 전체를 파일로 복사합니다"),
        description=_(
            "서버가 도는 동안에도 일관된 사본을 만듭니다. SQLite이면 끝나기 전에 사본을 검사하고, "
            "PostgreSQL이면 pg_dump로 만듭니다."
        ),
    )
    one.add_argument("file", type=Path, help=_("쓸 파일. 아직 없어야 합니다"))
    one.set_defaults(run=_backup)
    one = commands.add_parser(
        "restore",
        help=_("데이터베이스를 백업으로 바꿉니다"),
        description=_(
            "데이터베이스를 백업으로 바꿉니다. 먼저 서버를 멈춰 주세요. 행사가 이미 있으면 --replace 없이는 거절하고, "
            "SQLite이면 이전 데이터베이스를 옆에 남깁니다."
        ),
    )
    one.add_argument("file", type=Path, help=_("backup으로 만든 파일"))
    one.add_argument("--replace", action="store_true", help=_("데이터베이스에 행사가 이미 있어도 바꿉니다"))
    one.set_defaults(run=_restore)


def _backup(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    database_url = storage(env)[0]
    require_hub(database_url)
    database = Database(database_url)
    try:
        backups.backup(database, arguments.file)
    except (OSError, subprocess.CalledProcessError) as error:
        return _failed(error)
    finally:
        database.close()
    backups.note_backup(storage(env)[1], utc_now())
    size = arguments.file.stat().st_size
    print(_("%(file)s: %(size)s바이트", file=arguments.file, size=size))
    return 0


def _restore(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    try:
        kept = _restored(storage(env)[0], arguments.file, replace=arguments.replace)
    except (OSError, subprocess.CalledProcessError) as error:
        return _failed(error)
    print(_("%(file)s에서 되돌렸습니다", file=arguments.file))
    if kept:
        print(_("이전 데이터베이스: %(file)s", file=kept))
    return 0


def _restored(database_url: str, source: Path, *, replace: bool) -> Path | None:
    database = Database(database_url)
    try:
        with occupying(database, alone=True):
            return backups.restore(database_url, source, replace=replace)
    finally:
        database.close()


def _failed(error: Exception) -> int:
    print(f"conference-hub: {error}", file=sys.stderr)
    return 1
