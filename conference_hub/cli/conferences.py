"""`init`, `clone` and `archive`: the first organiser of a hub, another date for a conference, and its end."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from conference_hub.access import accounts, store
from conference_hub.access.account_links import make_account_link
from conference_hub.access.links import CONFERENCES
from conference_hub.access.model import Grant, Role
from conference_hub.access.passwords import hash_password
from conference_hub.cli.common import (
    Parsers,
    add_conference,
    ask_password,
    opened,
    print_link,
    the_conference,
)
from conference_hub.cli.links import COMMAND_LINE, RoleLink, link_for
from conference_hub.cli.words import _
from conference_hub.conferences import actions as conference_actions
from conference_hub.conferences.lifecycle import stage
from conference_hub.conferences.model import SLUG, Conference, State
from conference_hub.conferences.store import all_conferences
from conference_hub.core.errors import Invalid, msg
from conference_hub.core.text import Text
from conference_hub.data.cloning import Copy, clone_conference
from conference_hub.people.actions import refuse_guests_name
from conference_hub.web.hub import Hub

FIRST_LOGIN = "organiser"
"""The login of the first organiser when nobody said one."""


@dataclass(frozen=True, kw_only=True)
class First:
    """Who is made the first organiser, and of which conference there is."""

    login: str
    name: str
    conference: Conference | None


def add_parsers(commands: Parsers) -> None:
    """Add the commands of this module."""
    one = commands.add_parser(
        "init",
        help=_("데이터베이스를 준비하고 첫 주최자를 만듭니다"),
        description=_(
            "데이터베이스를 최신 구조로 만들고, 행사를 만들 수 있는 첫 주최자의 계정을 만듭니다. 비밀번호는 묻거나 "
            "표준 입력에서 읽고, --link가 있으면 비밀번호 대신 일회용 링크를 보여 줍니다. "
            "행사가 이미 있고 --login이 없으면 그 행사의 주최자 링크를 보여 줍니다."
        ),
    )
    add_conference(one)
    one.add_argument("--login", help=_("주최자의 아이디"))
    one.add_argument("--name", help=_("다른 사람에게 보이는 이름 (기본값: 아이디)"))
    one.add_argument("--link", action="store_true", help=_("비밀번호 대신 일회용 로그인 링크를 보여 줍니다"))
    one.set_defaults(run=_init)
    one = commands.add_parser(
        "clone",
        help=_("행사의 구성을 다른 날짜로 복제합니다"),
        description=_(
            "구성과 순서만 옮겨 공개하지 않은 새 행사를 만듭니다. 사람, 링크, 기록은 옮기지 않습니다."
        ),
    )
    add_conference(one)
    one.add_argument("slug", help=_("새 행사의 주소 (소문자, 숫자, -)"))
    one.add_argument("first_day", type=_day, help=_("새 행사의 첫날. 예: 2026-12-02"))
    one.add_argument("--title", help=_("새 행사의 이름 (기본값: 지금 이름)"))
    one.set_defaults(run=_clone)
    one = commands.add_parser(
        "archive",
        help=_("끝난 행사를 보관하거나 보관을 해제합니다"),
        description=_("보관한 행사는 읽을 수만 있습니다. 먼저 종료하거나, 공개하지 않은 행사여야 합니다."),
    )
    add_conference(one)
    one.add_argument("--back", action="store_true", help=_("보관을 해제합니다"))
    one.set_defaults(run=_archive)


def _init(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    with opened(env, create=True) as hub:
        conference = _only(hub, arguments.conf)
        asks = sys.stdin.isatty() and not arguments.link
        if arguments.login is None and conference is not None and not asks:
            with hub.journal.writing(conference.slug, actor=COMMAND_LINE) as write:
                link = link_for(hub, write, Role.ORGANISER)
            print_link(link)
            return 0
        login = arguments.login or _ask_login(asks=asks)
        first = First(login=login, name=arguments.name or login, conference=conference)
        if arguments.link or (arguments.login is None and not asks):
            print_link(link_for_creator(hub, first))
        else:
            _add(hub, first, hash_password(ask_password()))
            print(
                _(
                    "허브 주최자 %(login)s. 로그인: %(url)s",
                    login=login,
                    url=f"{hub.settings.public_url}/sign-in",
                )
            )
    return 0


def _only(hub: Hub, slug: str | None) -> Conference | None:
    """Return the named conference, or the only one; None on a hub that has none yet, or several."""
    with hub.database.reading() as db:
        if slug is not None:
            return the_conference(db, slug)
        found = all_conferences(db)
    return found[0] if len(found) == 1 else None


def _ask_login(*, asks: bool) -> str:
    return (input(_("아이디: ")).strip() if asks else "") or FIRST_LOGIN


def _add(hub: Hub, first: First, password_hash: str | None) -> str:
    with hub.database.writing() as db:
        grants = []
        if first.conference is not None:
            refuse_guests_name(db, first.conference.slug, first.login, first.name)
            grants = [Grant(conf=first.conference.slug, role=Role.ORGANISER)]
        return accounts.add_account(
            db,
            login=first.login,
            name=first.name,
            password_hash=password_hash,
            grants=grants,
            at=hub.now(),
            may_create=True,
        )


def link_for_creator(hub: Hub, first: First) -> RoleLink:
    """Make the account of somebody who may create conferences, or take the one that is there; return a link for it."""
    with hub.database.reading() as db:
        there = store.find_account(db, first.login)
    account_id = there.id if there else _add(hub, first, None)
    with hub.database.writing() as db:
        if there:
            accounts.set_may_create(db, first.login, may_create=True)
        secret = make_account_link(db, account_id, hub.now())
    base = hub.settings.public_url
    return RoleLink(role=Role.ORGANISER, url=f"{base}/link#{secret}", opens=base + CONFERENCES)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(_("날짜가 아닙니다: %(value)r", value=text)) from error


def _clone(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    if not SLUG.fullmatch(arguments.slug):
        raise Invalid(msg("영어 소문자, 숫자, 붙임표(-)만 쓸 수 있습니다. 예: symposium-2026"), field="slug")
    with opened(env) as hub:
        with hub.database.reading() as db:
            source = the_conference(db, arguments.conf)
        title = Text.of(arguments.title) if arguments.title else source.title
        copy = Copy(title=title, slug=arguments.slug, first_day=arguments.first_day)
        made = clone_conference(hub, source, copy, COMMAND_LINE)
    print(_("%(slug)s: %(day)s에 시작하도록 복제했습니다", slug=made.slug, day=made.day.isoformat()))
    return 0


def _archive(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    with opened(env) as hub:
        with hub.database.reading() as db:
            conference = the_conference(db, arguments.conf)
        with hub.journal.writing(conference.slug, actor=COMMAND_LINE) as write:
            if arguments.back:
                conference_actions.bring_back(write)
            else:
                run = hub.run_progress(write.session, write.conf)
                seen = stage(conference.state, run)
                conference_actions.move(write, State.ARCHIVED, seen=seen, run=run)
    done = _("보관을 해제했습니다") if arguments.back else _("보관했습니다")
    print(f"{conference.slug}: {done}")
    return 0
