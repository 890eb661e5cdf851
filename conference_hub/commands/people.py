"""`user` and `link`: who may sign in."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

import sqlalchemy as sa

from conference_hub.access import actions, store
from conference_hub.access.model import Grant, Role
from conference_hub.access.passwords import hash_password
from conference_hub.access.tables import AccountRow
from conference_hub.commands.common import (
    Parsers,
    add_conference,
    ask_password,
    opened,
    print_link,
    the_conference,
)
from conference_hub.commands.words import _
from conference_hub.errors import Invalid, msg
from conference_hub.links import link_for
from conference_hub.now import utc_now

ACCOUNT_ROLES = (Role.ORGANISER, Role.OPERATOR, Role.EMCEE, Role.STAFF)
LINK_ROLES = (*ACCOUNT_ROLES, Role.ATTENDEE)


def add_parsers(commands: Parsers) -> None:
    """Add the commands of this module."""
    user = commands.add_parser(
        "user", help=_("계정과 기계용 토큰"), description=_("계정과 기계용 토큰을 관리합니다.")
    )
    actions_of = user.add_subparsers(dest="action", required=True, metavar="ACTION")
    one = actions_of.add_parser("add", help=_("계정을 추가합니다. 비밀번호는 묻거나 표준 입력에서 읽습니다"))
    one.add_argument("login")
    one.add_argument("--role", required=True, choices=ACCOUNT_ROLES)
    one.add_argument("--name", help=_("다른 사람에게 보이는 이름 (기본값: 로그인 이름)"))
    add_conference(one)
    one.set_defaults(run=_add)
    one = actions_of.add_parser("list", help=_("계정과 역할을 보여 줍니다"))
    one.set_defaults(run=_list)
    one = actions_of.add_parser("password", help=_("새 비밀번호를 정합니다. 묻거나 표준 입력에서 읽습니다"))
    one.add_argument("login")
    one.set_defaults(run=_password)
    one = actions_of.add_parser("disable", help=_("계정을 닫고 로그인을 모두 끝냅니다"))
    one.add_argument("login")
    one.set_defaults(run=_disable)
    one = actions_of.add_parser("token", help=_("프로그램이 쓸 토큰을 만듭니다. 한 행사의 한 역할입니다"))
    one.add_argument("--role", required=True, choices=ACCOUNT_ROLES)
    one.add_argument("--name", required=True, help=_("무엇이 쓰는지. 예: gate-3"))
    add_conference(one)
    one.set_defaults(run=_token)
    one = commands.add_parser(
        "link",
        help=_("일회용 로그인 링크를 만듭니다"),
        description=_("이틀 안에 한 번 쓸 수 있는 로그인 링크를 보여 줍니다."),
    )
    one.add_argument("--role", required=True, choices=LINK_ROLES)
    add_conference(one)
    one.add_argument("--person", help=_("참석자의 id. 참석자 링크에 필요합니다"))
    one.set_defaults(run=_link)


def _add(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    password_hash = hash_password(ask_password())
    with opened(env) as hub, hub.database.writing() as db:
        conference = the_conference(db, arguments.conf)
        actions.add_account(
            db,
            login=arguments.login,
            name=arguments.name or arguments.login,
            password_hash=password_hash,
            grants=[Grant(conf=conference.slug, role=Role(arguments.role))],
            at=utc_now(),
        )
    print(f"{arguments.login}: {_role(arguments.role, conference.slug)}")
    return 0


def _list(_arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    with opened(env) as hub, hub.database.reading() as db:
        for row in db.scalars(sa.select(AccountRow).order_by(AccountRow.login)):
            roles = ", ".join(_role(g.role, g.conf) for g in store.account_grants(db, row.id))
            state = _("닫힌 계정") if row.disabled_at else roles
            print(f"{row.login}\t{row.name}\t{state}")
    return 0


def _password(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    password_hash = hash_password(ask_password())
    with opened(env) as hub, hub.database.writing() as db:
        actions.set_password(db, arguments.login, password_hash, utc_now())
    print(_("%(login)s: 새 비밀번호를 정하고 로그인을 모두 끝냈습니다", login=arguments.login))
    return 0


def _disable(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    with opened(env) as hub, hub.database.writing() as db:
        actions.disable_account(db, arguments.login, utc_now())
    print(_("%(login)s: 계정을 닫았습니다", login=arguments.login))
    return 0


def _token(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    with opened(env) as hub, hub.database.writing() as db:
        conference = the_conference(db, arguments.conf)
        token = actions.make_token(
            db, conf=conference.slug, role=Role(arguments.role), name=arguments.name, at=utc_now()
        )
    print(token)
    return 0


def _link(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    role = Role(arguments.role)
    if (role is Role.ATTENDEE) != (arguments.person is not None):
        raise Invalid(msg("--person 은 참석자(attendee) 링크에만, 그리고 반드시 필요합니다."), field="person")
    with opened(env) as hub, hub.database.writing() as db:
        conference = the_conference(db, arguments.conf)
        link = link_for(hub, db, conference, role, arguments.person)
    print_link(link)
    return 0


def _role(role: str, conf: str) -> str:
    return _("%(conf)s의 %(role)s", role=role, conf=conf)
