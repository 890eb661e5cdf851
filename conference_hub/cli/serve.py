"""`serve` and `seed`: running a hub, and the model conference to try it with."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import datetime

from conference_hub.app import create_app, make_hub
from conference_hub.cli.common import (
    Parsers,
    opened,
    require_hub,
)
from conference_hub.cli.conferences import FIRST_LOGIN, First, link_for_creator
from conference_hub.cli.links import COMMAND_LINE, links_for_everyone
from conference_hub.cli.words import _
from conference_hub.conferences.store import all_conferences
from conference_hub.core import migrate
from conference_hub.core.config import Settings, load
from conference_hub.core.now import Now, parse_iso, utc_now
from conference_hub.core.occupancy import Keep, occupying
from conference_hub.core.text import LANGUAGES
from conference_hub.data import pruning, seeding
from conference_hub.live import network, server
from conference_hub.outbox.folder import Folder
from conference_hub.outbox.reading import read_mailbox
from conference_hub.outbox.sending import Carrier, Sender, settle_needless
from conference_hub.outbox.smtp import Connection
from conference_hub.web.hub import Hub, System

KEEP_EVERY_S = 10.0
PRUNE_FIRST_S = 300.0
PRUNE_EVERY_S = 3600.0
EXPIRE_EVERY_S = 60.0
MAIL_FIRST_S = 2.0
MAILBOX_FIRST_S = 5.0
MAILBOX_EVERY_S = 60.0
MAIL_EVERY_S = 2.0


def add_parsers(commands: Parsers) -> None:
    """Add the commands of this module."""
    one = commands.add_parser(
        "serve",
        help=_("서버를 실행합니다"),
        description=_("멈추라고 할 때까지(SIGTERM, Ctrl-C) 서버를 실행합니다. 설정은 README에 있습니다."),
    )
    one.add_argument(
        "--demo",
        action="store_true",
        help=_("비밀 값을 만들고, 행사가 없으면 시범 행사를 불러오고, 로그인 링크를 보여 줍니다"),
    )
    one.set_defaults(run=_serve)
    one = commands.add_parser(
        "seed",
        help=_("시범 행사를 불러옵니다"),
        description=_("시범 행사를 제품과 같은 절차로 불러옵니다. 이미 있으면 거절합니다."),
    )
    when = one.add_mutually_exclusive_group()
    when.add_argument(
        "--as-published", action="store_true", help=_("실제 날짜(2021년 12월 2일)를 그대로 둡니다")
    )
    when.add_argument(
        "--start", type=_instant, help=_("시작 시각. 예: 2026-12-02T09:20:00+09:00 (기본값: 10분 뒤)")
    )
    one.set_defaults(run=_seed)


def serve_hub(settings: Settings, *, now: Now = utc_now) -> None:
    """Bring the schema up to date and serve; a demo loads the model conference first if none is there.

    The address is bound before anything is made or printed. Raises SettingsError when that is not possible, or when
    there is no hub to serve.
    """
    if not settings.demo:
        require_hub(settings.database_url)
    listener = server.listen(settings)
    hub = make_hub(
        settings,
        now=now,
        offload=network.offload,
        pause=network.give_way,
        spawn=network.spawn,
        system=System(threading=network.real_threads(), socket=network.real_sockets()),
    )
    with occupying(hub.database, alone=False) as keep:
        migrate.upgrade(hub.database)
        app = create_app(hub)
        if settings.demo:
            with app.app_context():
                _prepare_demo(hub)
        server.serve(app, hub, listener, _chores(hub, keep))


def _expire(hub: Hub) -> None:
    for expire in hub.expiring:
        expire(hub.now())


def _chores(hub: Hub, keep: Keep) -> list[server.Chore]:
    return [
        *_mail_chores(hub),
        server.Chore(name="keeping the lock", work=keep, first_s=KEEP_EVERY_S, every_s=KEEP_EVERY_S),
        server.Chore(
            name="expiring", work=lambda: _expire(hub), first_s=EXPIRE_EVERY_S, every_s=EXPIRE_EVERY_S
        ),
        server.Chore(
            name="pruning",
            work=lambda: pruning.prune(hub.database, hub.now(), network.sleep),
            first_s=PRUNE_FIRST_S,
            every_s=PRUNE_EVERY_S,
        ),
    ]


def _mail_chores(hub: Hub) -> list[server.Chore]:
    """Return the work of sending mails; with neither mail server nor directory they wait on the desk."""
    chores = [
        server.Chore(
            name="settling needless mails",
            work=lambda: settle_needless(hub),
            first_s=MAIL_FIRST_S,
            every_s=MAIL_EVERY_S,
        )
    ]
    carrier = _carrier(hub.settings)
    if carrier is not None:
        sender = Sender(hub=hub, carrier=carrier, per_minute=hub.settings.mail_per_minute)
        chores.append(
            server.Chore(
                name="sending mails", work=sender.send_waiting, first_s=MAIL_FIRST_S, every_s=MAIL_EVERY_S
            )
        )
    mailbox = hub.settings.mailbox
    if mailbox is not None:
        chores.append(
            server.Chore(
                name="reading the mailbox",
                work=lambda: read_mailbox(hub, mailbox),
                first_s=MAILBOX_FIRST_S,
                every_s=MAILBOX_EVERY_S,
            )
        )
    return chores


def _carrier(settings: Settings) -> Carrier | None:
    if settings.mail is not None:
        return Connection(settings.mail)
    return Folder(settings.mail_dir) if settings.mail_dir is not None else None


def _serve(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    serve_hub(load(env, demo=arguments.demo))
    return 0


def _prepare_demo(hub: Hub) -> None:
    with hub.database.reading() as db:
        empty = not all_conferences(db)
    if empty:
        seeding.load_model_conference(hub, start=hub.settings.demo_start or seeding.soon(hub.now()))
    with hub.database.reading() as db:
        conference = all_conferences(db)[0]
    with hub.journal.writing(conference.slug, actor=COMMAND_LINE) as write:
        links = links_for_everyone(hub, write)
    print("", *dict.fromkeys(map(conference.title.in_language, LANGUAGES)), "", sep="\n")
    print(_("누구나: %(url)s", url=f"{hub.settings.public_url}/c/{conference.slug}/") + "\n")
    print(_("일회용 로그인 링크 (한 번씩, 이틀 동안 쓸 수 있고 다시 시작하면 새로 만듭니다):"))
    first = First(login=FIRST_LOGIN, name=FIRST_LOGIN, conference=conference)
    for name, link in [("hub", link_for_creator(hub, first)), *((link.role, link) for link in links)]:
        print(f"  {name:<10} {link.url}")
        print(" " * 13 + _("다음 화면: %(url)s", url=link.opens))
    print(flush=True)


def _instant(text: str) -> datetime:
    try:
        return parse_iso(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(_("시간대가 있는 시각이 아닙니다: %(value)r", value=text)) from error


def _seed(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    with opened(env, create=True) as hub:
        start = None
        if not arguments.as_published:
            start = arguments.start or hub.settings.demo_start or seeding.soon(hub.now())
        conference = seeding.load_model_conference(hub, start=start)
    starts = f"{conference.starts_at.astimezone(conference.zone):%Y-%m-%d %H:%M %Z}"
    print(_("불러왔습니다. %(conf)s: %(starts)s", conf=conference.slug, starts=starts))
    return 0
