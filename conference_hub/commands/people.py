"""`user` and `link`: who may sign in."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from functools import partial

import sqlalchemy as sa

from conference_hub.access import actions, revoking, store
from conference_hub.access.model import NOBODY, STAFF_ROLES, Grant, Role
from conference_hub.access.passwords import hash_password
from conference_hub.access.tables import AccountRow
from conference_hub.commands import given
from conference_hub.commands.common import Parsers, ask_password, opened, the_conference
from conference_hub.errors import Invalid, NotFound, msg
from conference_hub.links import COMMAND_LINE, link_for
from conference_hub.now import iso, utc_now
from conference_hub.people.actions import refuse_guests_name

LINK_ROLES = (*STAFF_ROLES, Role.ATTENDEE)


def add_parsers(commands: Parsers) -> None:
    """Add the commands of this module."""
    user = commands.add_parser(
        "user", help="accounts and machine tokens", description="Accounts and machine tokens."
    )
    actions_of = user.add_subparsers(dest="action", required=True, metavar="ACTION")
    one = actions_of.add_parser(
        "add", help="add an account; the password is asked for or read from standard input"
    )
    one.add_argument("login")
    one.add_argument("--role", required=True, choices=STAFF_ROLES)
    one.add_argument("--name", help="name shown to others (default: the login name)")
    one.add_argument("--conf", help="slug of the conference (default: the only one)")
    one.set_defaults(run=_add)
    one = actions_of.add_parser("list", help="list the accounts and their roles")
    one.set_defaults(run=_list)
    one = actions_of.add_parser("password", help="set a new password; asked for or read from standard input")
    one.add_argument("login")
    one.set_defaults(run=_password)
    one = actions_of.add_parser("disable", help="close an account and end its sessions")
    one.add_argument("login")
    one.set_defaults(run=_disable)
    one = actions_of.add_parser("token", help="make a bearer token for a script: one role in one conference")
    one.add_argument("--role", required=True, choices=STAFF_ROLES)
    one.add_argument("--name", required=True, help="what uses it, such as gate-3")
    one.add_argument("--conf", help="slug of the conference (default: the only one)")
    one.set_defaults(run=_token)
    one = actions_of.add_parser("revoke", help="take an account's roles in a conference")
    one.add_argument("login")
    one.add_argument("--conf", help="slug of the conference (default: the only one)")
    one.set_defaults(run=_revoke)
    _add_link_parser(commands)


def _add_link_parser(commands: Parsers) -> None:
    one = commands.add_parser("link", help="print a one-time sign-in link; list and revoke links")
    one.description = "Print a sign-in link that works once, within two days; or list and revoke links."
    one.add_argument("action", nargs="?", choices=("list", "revoke"), help="without it a link is made")
    one.add_argument("id", nargs="?", help="id of the link to revoke, as `link list` shows it")
    one.add_argument("--role", choices=LINK_ROLES, help="needed to make a link")
    one.add_argument("--conf", help="slug of the conference (default: the only one; for `list`: all)")
    one.add_argument("--person", help="id of the guest; needed for an attendee")
    one.set_defaults(run=partial(_link_command, one), kind="link")


def _add(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    password_hash = hash_password(ask_password())
    with opened(env) as hub, hub.database.writing() as db:
        conference = the_conference(db, arguments.conf)
        refuse_guests_name(db, conference.slug, arguments.login, arguments.name or "")
        actions.add_account(
            db,
            login=arguments.login,
            name=arguments.name or arguments.login,
            password_hash=password_hash,
            grants=[Grant(conf=conference.slug, role=Role(arguments.role))],
            at=utc_now(),
        )
    print(f"{arguments.login}: {arguments.role} of {conference.slug}")
    return 0


def _list(_arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    with opened(env) as hub, hub.database.reading() as db:
        for row in db.scalars(sa.select(AccountRow).order_by(AccountRow.login)):
            roles = ", ".join(f"{g.role} of {g.conf}" for g in store.account_grants(db, row.id))
            used = iso(row.last_used_at) if row.last_used_at else "never"
            print(f"{row.login}\t{row.name}\t{'disabled' if row.disabled_at else roles}\tlast used {used}")
    return 0


def _password(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    password_hash = hash_password(ask_password())
    with opened(env) as hub, hub.database.writing() as db:
        actions.set_password(db, arguments.login, password_hash, utc_now())
    print(f"{arguments.login}: new password set, sessions ended")
    return 0


def _disable(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    with opened(env) as hub, hub.database.writing() as db:
        actions.disable_account(db, arguments.login, utc_now())
    print(f"{arguments.login}: disabled")
    return 0


def _token(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    with opened(env) as hub, hub.database.writing() as db:
        conference = the_conference(db, arguments.conf)
        refuse_guests_name(db, conference.slug, arguments.name)
        token = actions.make_token(
            db,
            conf=conference.slug,
            role=Role(arguments.role),
            name=arguments.name,
            at=utc_now(),
            by=COMMAND_LINE,
        )
    print(token)
    return 0


def _revoke(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    with opened(env) as hub:
        with hub.database.reading() as db:
            conference = the_conference(db, arguments.conf)
            account = store.find_account(db, arguments.login)
        if account is None:
            raise NotFound(msg("그런 계정이 없습니다: %(login)s"), login=arguments.login)
        with hub.journal.writing(conference.slug, by=COMMAND_LINE) as write:
            revoking.revoke_roles(write, account.id, NOBODY)
    print(f"{arguments.login}: no role in {conference.slug} any more")
    return 0


def _link_command(
    parser: argparse.ArgumentParser, arguments: argparse.Namespace, env: Mapping[str, str]
) -> int:
    """Make, list or revoke; what is missing for it is wrong usage."""
    if arguments.action == "list":
        return given.run_list(arguments, env)
    if arguments.action == "revoke":
        if arguments.id is None:
            parser.error("revoke: the id of the link is required")
        return given.run_revoke(arguments, env)
    if arguments.role is None:
        parser.error("the following arguments are required: --role")
    return _link(arguments, env)


def _link(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    """Print a sign-in link that works once, within two days."""
    role = Role(arguments.role)
    if (role is Role.ATTENDEE) != (arguments.person is not None):
        raise Invalid(msg("--person 은 참석자(attendee) 링크에만, 그리고 반드시 필요합니다."), field="person")
    with opened(env) as hub, hub.database.writing() as db:
        conference = the_conference(db, arguments.conf)
        link = link_for(hub, db, conference, role, arguments.person)
    print(f"{link.url}\nthen: {link.opens}")
    return 0
