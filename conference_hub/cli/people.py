"""`user` and `link`: who may sign in."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from functools import partial

import sqlalchemy as sa

from conference_hub.access import accounts, revoking, store
from conference_hub.access.giving import give_token
from conference_hub.access.model import NOBODY, STAFF_ROLES, Grant, Role
from conference_hub.access.passwords import hash_password
from conference_hub.access.tables import AccountRow
from conference_hub.cli import given
from conference_hub.cli.common import (
    Parsers,
    add_conference,
    ask_password,
    opened,
    print_link,
    the_conference,
)
from conference_hub.cli.links import COMMAND_LINE, link_for
from conference_hub.cli.words import _
from conference_hub.core.errors import Invalid, NotFound, msg
from conference_hub.core.journal import Write
from conference_hub.core.now import iso, utc_now
from conference_hub.people.actions import refuse_guests_name
from conference_hub.people.store import get_guest, holder_of

LINK_ROLES = (*STAFF_ROLES, Role.ATTENDEE)


def add_parsers(commands: Parsers) -> None:
    """Add the commands of this module."""
    user = commands.add_parser(
        "user", help=_("계정과 기계용 토큰"), description=_("계정과 기계용 토큰을 관리합니다.")
    )
    actions_of = user.add_subparsers(dest="action", required=True, metavar="ACTION")
    one = actions_of.add_parser("add", help=_("계정을 추가합니다. 비밀번호는 묻거나 표준 입력에서 읽습니다"))
    one.add_argument("login")
    one.add_argument("--role", required=True, choices=STAFF_ROLES)
    one.add_argument("--name", help=_("다른 사람에게 보이는 이름 (기본값: 아이디)"))
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
    one = actions_of.add_parser("hub-organiser", help=_("행사를 만들 권한을 계정에 주거나 회수합니다"))
    one.add_argument("login")
    one.add_argument("--take", action="store_true", help=_("권한을 회수합니다"))
    one.set_defaults(run=_hub_organiser)
    one = actions_of.add_parser("token", help=_("프로그램이 쓸 토큰을 만듭니다. 한 행사의 한 역할입니다"))
    one.add_argument("--role", required=True, choices=STAFF_ROLES)
    one.add_argument("--name", required=True, help=_("무엇이 쓰는지. 예: gate-3"))
    add_conference(one)
    one.set_defaults(run=_token)
    one = actions_of.add_parser("revoke", help=_("한 행사에서 계정의 역할을 회수합니다"))
    one.add_argument("login")
    add_conference(one)
    one.set_defaults(run=_revoke)
    _add_link_parser(commands)


def _add_link_parser(commands: Parsers) -> None:
    one = commands.add_parser("link", help=_("일회용 로그인 링크를 만들고, 링크를 보여 주고 회수합니다"))
    one.description = _(
        "이틀 안에 한 번 쓸 수 있는 로그인 링크를 보여 줍니다. 만든 링크를 보고 회수할 수도 있습니다."
    )
    one.add_argument("action", nargs="?", choices=("list", "revoke"), help=_("없으면 링크를 만듭니다"))
    one.add_argument("id", nargs="?", help=_("회수할 링크의 id. `link list`에 나옵니다"))
    one.add_argument("--role", choices=LINK_ROLES, help=_("링크를 만들 때 필요합니다"))
    one.add_argument("--conf", help=_("행사의 슬러그 (기본값: 하나뿐인 행사, `list`에서는 모두)"))
    one.add_argument("--person", help=_("참석자의 이메일, 번호 또는 id. 참석자 링크에 필요합니다"))
    one.set_defaults(run=partial(_link_command, one), kind="link")


def _add(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    password_hash = hash_password(ask_password())
    with opened(env) as hub, hub.database.writing() as db:
        conference = the_conference(db, arguments.conf)
        refuse_guests_name(db, conference.slug, arguments.login, arguments.name or "")
        accounts.add_account(
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
            own = [_role(g.role, g.conf) for g in store.account_grants(db, row.id)]
            roles = ", ".join([_("허브의 주최자"), *own] if row.may_create else own)
            state = _("닫힌 계정") if row.disabled_at else roles
            used = iso(row.last_used_at) if row.last_used_at else _("사용한 적 없음")
            print(f"{row.login}\t{row.name}\t{state}\t" + _("마지막 사용: %(at)s", at=used))
    return 0


def _password(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    password_hash = hash_password(ask_password())
    with opened(env) as hub, hub.database.writing() as db:
        accounts.set_password(db, arguments.login, password_hash, utc_now())
    print(_("%(login)s: 새 비밀번호를 정하고 로그인을 모두 끝냈습니다", login=arguments.login))
    return 0


def _disable(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    with opened(env) as hub, hub.database.writing() as db:
        accounts.disable_account(db, arguments.login, utc_now())
    print(_("%(login)s: 계정을 닫았습니다", login=arguments.login))
    return 0


def _hub_organiser(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    with opened(env) as hub, hub.database.writing() as db:
        accounts.set_may_create(db, arguments.login, may_create=not arguments.take)
    said = _("행사를 만들 수 없습니다") if arguments.take else _("행사를 만들 수 있습니다")
    print(f"{arguments.login}: {said}")
    return 0


def _token(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    with opened(env) as hub:
        with hub.database.reading() as db:
            conference = the_conference(db, arguments.conf)
        with hub.journal.writing(conference.slug, actor=COMMAND_LINE) as write:
            refuse_guests_name(write.session, write.conf, arguments.name)
            token = give_token(write, role=Role(arguments.role), name=arguments.name)
    print(token)
    return 0


def _revoke(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    with opened(env) as hub:
        with hub.database.reading() as db:
            conference = the_conference(db, arguments.conf)
            account = store.find_account(db, arguments.login)
        if account is None:
            raise NotFound(msg("그런 계정이 없습니다: %(login)s"), login=arguments.login)
        with hub.journal.writing(conference.slug, actor=COMMAND_LINE) as write:
            revoking.revoke_roles(write, account.id, NOBODY)
    print(_("%(login)s: %(conf)s에서 역할을 회수했습니다", login=arguments.login, conf=conference.slug))
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
    role = Role(arguments.role)
    if (role is Role.ATTENDEE) != (arguments.person is not None):
        raise Invalid(msg("--person 은 참석자(attendee) 링크에만, 그리고 반드시 필요합니다."), field="person")
    with opened(env) as hub:
        with hub.database.reading() as db:
            conference = the_conference(db, arguments.conf)
        with hub.journal.writing(conference.slug, actor=COMMAND_LINE) as write:
            link = link_for(hub, write, role, _guest_id(write, arguments.person))
    print_link(link)
    return 0


def _guest_id(write: Write, person: str | None) -> str | None:
    """Return the id of the guest whose address, number or id is typed; raises NotFound."""
    if person is None:
        return None
    found = holder_of(write.session, write.conf, person)
    return found or get_guest(write.session, write.conf, person).id


def _role(role: str, conf: str) -> str:
    return _("%(conf)s의 %(role)s", role=role, conf=conf)
