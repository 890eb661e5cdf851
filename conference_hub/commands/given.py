"""`token`, `link` and `device`: what was given out, listed and taken back."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from conference_hub.access import listing, revoking
from conference_hub.access.model import Role
from conference_hub.commands.common import Parsers, opened
from conference_hub.conferences.store import all_conferences, get_conference
from conference_hub.errors import NotFound, msg
from conference_hub.hub import Hub
from conference_hub.journal import Write
from conference_hub.links import COMMAND_LINE
from conference_hub.now import iso

Given = listing.GivenLink | listing.GivenToken | listing.Device
List = Callable[[Session, str, datetime], list[Given]]
Revoke = Callable[[Write, str], None]


def add_parsers(commands: Parsers) -> None:
    """Add `token` and `device`; `link` stands in `people.py`, because it also makes links."""
    for name, what in (("token", "machine tokens"), ("device", "signed-in browsers")):
        group = commands.add_parser(
            name, help=f"list and revoke {what}", description=f"List and revoke {what}."
        )
        actions = group.add_subparsers(dest="action", required=True, metavar="ACTION")
        one = actions.add_parser(
            "list", help=f"list the {what}: id, conference, role, name, made, last used, state"
        )
        add_conf(one)
        one.set_defaults(run=run_list, kind=name)
        one = actions.add_parser("revoke", help="end one at once")
        one.add_argument("id", help="as `list` shows it")
        one.set_defaults(run=run_revoke, kind=name)


def add_conf(parser: argparse.ArgumentParser) -> None:
    """Add `--conf`, which narrows a list to one conference."""
    parser.add_argument("--conf", help="slug of the conference (default: all)")


def run_list(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    """Print what was given out and still lets somebody in, one a line, fields divided by tabs."""
    with opened(env) as hub, hub.database.reading() as db:
        for conf in _conferences(db, arguments.conf):
            for given in LISTS[arguments.kind](db, conf, hub.now()):
                print("\t".join(_fields(given)))
    return 0


def run_revoke(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    """End one; the sockets it holds in a running server are closed within seconds."""
    with opened(env) as hub:
        conf = _conference_of(hub, arguments.kind, arguments.id)
        with hub.journal.writing(conf, by=COMMAND_LINE) as write:
            REVOKES[arguments.kind](write, arguments.id)
    print(f"{arguments.id}: revoked")
    return 0


def _tokens(db: Session, conf: str, _at: datetime) -> list[Given]:
    return [*listing.tokens(db, conf)]


def _links(db: Session, conf: str, at: datetime) -> list[Given]:
    return [*listing.links(db, conf, at)]


def _devices(db: Session, conf: str, at: datetime) -> list[Given]:
    return [*listing.devices(db, conf, at)]


LISTS: Mapping[str, List] = {"token": _tokens, "link": _links, "device": _devices}
REVOKES: Mapping[str, Revoke] = {
    "token": revoking.revoke_token,
    "link": revoking.revoke_link,
    "device": revoking.revoke_device,
}


def _conferences(db: Session, slug: str | None) -> list[str]:
    found = all_conferences(db) if slug is None else [get_conference(db, slug)]
    return [conference.slug for conference in found]


def _conference_of(hub: Hub, kind: str, given_id: str) -> str:
    """Return a conference in which the given thing is listed; raises NotFound when it is listed in none."""
    with hub.database.reading() as db:
        for conf in _conferences(db, None):
            if any(given.id == given_id for given in LISTS[kind](db, conf, hub.now())):
                return conf
    raise NotFound(msg("그런 항목이 없거나 이미 끝났습니다: %(id)s"), id=given_id)


def _fields(given: Given) -> tuple[str, ...]:
    match given:
        case listing.Device():
            made = f"signed in {_when(given.signed_in_at)}"
            roles, state = given.roles, given.browser or "unknown browser"
        case listing.GivenLink():
            made = f"made {_when(given.made_at)} by {given.made_by or 'unknown'}"
            roles = (given.role,)
            state = f"{'used' if given.spent else 'usable'} until {_when(given.expires_at)}"
        case _:
            made = f"made {_when(given.made_at)} by {given.made_by or 'unknown'}"
            roles, state = (given.role,), "usable"
    return given.id, given.conf, _names(roles), given.name, made, f"last used {last_use(given)}", state


def last_use(given: Given | listing.Member) -> str:
    """Write when something was last used."""
    return _when(given.last_used_at) if given.last_used_at else "never"


def _when(at: datetime | None) -> str:
    return iso(at) if at else "unknown"


def _names(roles: tuple[Role, ...]) -> str:
    return ", ".join(roles)
