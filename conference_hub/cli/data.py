"""`backup`, `restore` and `export`."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from conference_hub.cli.common import Parsers, add_conference, opened, require_hub, the_conference
from conference_hub.cli.words import _
from conference_hub.core.config import storage
from conference_hub.core.db import Database
from conference_hub.core.now import utc_now
from conference_hub.core.occupancy import occupying
from conference_hub.data import backups
from conference_hub.data.export import conference_as_json


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
    one = commands.add_parser(
        "export",
        help=_("한 행사를 JSON으로 씁니다"),
        description=_(
            "한 행사의 모든 자료를 기록까지 JSON으로 씁니다. 비밀 값은 빠지고 개인정보는 들어 있습니다."
        ),
    )
    add_conference(one)
    one.add_argument("--output", type=Path, help=_("쓸 파일 (기본값: 표준 출력)"))
    one.set_defaults(run=_export)


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


def _export(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    with opened(env) as hub, hub.database.reading() as db:
        text = json.dumps(
            conference_as_json(db, the_conference(db, arguments.conf).slug), ensure_ascii=False, indent=1
        )
    if arguments.output is None:
        print(text)
        return 0
    try:
        _write_private(arguments.output, text + "\n")
    except OSError as error:
        return _failed(error)
    return 0


def _write_private(path: Path, text: str) -> None:
    """Write a new file that only its owner may read; raises FileExistsError rather than write over one."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)


def _failed(error: Exception) -> int:
    print(f"conference-hub: {error}", file=sys.stderr)
    return 1
