"""What the commands share: opening the hub, finding the conference, asking for a password."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from conference_hub.app import make_hub
from conference_hub.cli.links import RoleLink
from conference_hub.cli.words import _
from conference_hub.conferences.model import Conference
from conference_hub.conferences.store import all_conferences, get_conference
from conference_hub.core import migrate
from conference_hub.core.config import Settings, SettingsError, load, storage
from conference_hub.core.db import Database
from conference_hub.core.errors import Invalid, msg
from conference_hub.web.hub import Hub

Parsers = Any
"""What `ArgumentParser.add_subparsers` returns; argparse keeps that type private."""


def add_conference(parser: argparse.ArgumentParser) -> None:
    """Add `--conf`, for commands that concern one conference."""
    parser.add_argument("--conf", help=_("행사의 슬러그 (기본값: 하나뿐인 행사)"))


@contextmanager
def opened(env: Mapping[str, str], *, create: bool = False) -> Iterator[Hub]:
    """Open the hub for one command, with the schema brought up to date.

    Only with `create` may there be none yet. Raises SettingsError when there is none.
    """
    if not create:
        require_hub(storage(env)[0])
    hub = make_hub(settings_of(env))
    try:
        migrate.upgrade(hub.database)
        yield hub
    finally:
        hub.database.close()


def require_hub(database_url: str) -> None:
    """Raise SettingsError when there is no database of a hub; none is created by looking.

    A database that is there and cannot be read is left to the next reader, which says why.
    """
    url = make_url(database_url)
    file = Path(url.database or "") if url.get_backend_name() == "sqlite" else None
    if not (file.is_file() if file else _has_tables(database_url)):
        raise SettingsError(
            msg(
                "여기에는 허브가 없습니다: %(place)s. HUB_DATA_DIR나 HUB_DATABASE_URL로 자료의 위치를 알려 주시거나, "
                "conference-hub seed와 conference-hub init으로 새로 만들어 주세요."
            ),
            place=file or url.render_as_string(),
        )


def _has_tables(database_url: str) -> bool:
    database = Database(database_url)
    try:
        return sa.inspect(database.engine).has_table("alembic_version")
    except sa.exc.SQLAlchemyError:
        return True
    finally:
        database.close()


def settings_of(env: Mapping[str, str]) -> Settings:
    """Read the settings; where a demo keeps its data, commands use the demo's settings without being told."""
    _, data_dir = storage(env)
    ran_as_demo = "HUB_SECRET_KEY" not in env and (data_dir / "demo-secret").exists()
    return load(env, demo=ran_as_demo)


def the_conference(db: Session, slug: str | None) -> Conference:
    """Return the named conference, or the only one; raises HubError when that is not possible."""
    if slug is not None:
        return get_conference(db, slug)
    found = all_conferences(db)
    if len(found) != 1:
        raise Invalid(
            msg("행사가 여러 개이거나 없습니다. --conf 로 골라 주세요: %(found)s"),
            found=[c.slug for c in found],
        )
    return found[0]


def print_link(link: RoleLink) -> None:
    """Print a sign-in link and what to open after it."""
    print(link.url)
    print(_("다음 화면: %(url)s", url=link.opens))


def ask_password() -> str:
    """Ask twice on a terminal, or read one line from standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass(_("비밀번호: "))
    if first != getpass.getpass(_("한 번 더: ")):
        raise Invalid(msg("두 비밀번호가 다릅니다."), field="password")
    return first
