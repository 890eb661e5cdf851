"""What the commands share: opening the hub, finding the conference, asking for a password."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy.orm import Session

from conference_hub import migrate
from conference_hub.app import make_hub
from conference_hub.conferences.model import Conference
from conference_hub.conferences.store import all_conferences, get_conference
from conference_hub.config import Settings, load, storage
from conference_hub.errors import Invalid, msg
from conference_hub.hub import Hub

Parsers = Any
"""What `ArgumentParser.add_subparsers` returns; argparse keeps that type private."""


@contextmanager
def opened(env: Mapping[str, str], *, demo: bool = False) -> Iterator[Hub]:
    """Open the hub for one command, with the schema brought up to date."""
    hub = make_hub(settings_of(env, demo=demo))
    try:
        migrate.upgrade(hub.database)
        yield hub
    finally:
        hub.database.close()


def settings_of(env: Mapping[str, str], *, demo: bool) -> Settings:
    """Read the settings; where a demo keeps its data, commands use the demo's settings without being told."""
    _, data_dir = storage(env)
    ran_as_demo = "HUB_SECRET_KEY" not in env and (data_dir / "demo-secret").exists()
    return load(env, demo=demo or ran_as_demo)


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


def ask_password() -> str:
    """Ask twice on a terminal, or read one line from standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("Password: ")
    if first != getpass.getpass("Once more: "):
        raise Invalid(msg("두 비밀번호가 다릅니다."), field="password")
    return first
