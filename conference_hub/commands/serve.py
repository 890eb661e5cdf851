"""`serve`, `init` and `seed`: bring a hub to life."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from conference_hub import migrate, pruning, seeding
from conference_hub.access import actions
from conference_hub.access.model import Grant, Role
from conference_hub.access.passwords import hash_password
from conference_hub.app import create_app, make_hub
from conference_hub.commands.common import Parsers, ask_password, opened, the_conference
from conference_hub.conferences.store import all_conferences
from conference_hub.config import Settings, load
from conference_hub.hub import Hub
from conference_hub.links import link_for, links_for_everyone
from conference_hub.live import network, server
from conference_hub.now import Now, parse_iso, utc_now
from conference_hub.occupancy import Keep, occupying
from conference_hub.people.actions import refuse_guests_name

KEEP_EVERY_S = 10.0
PRUNE_FIRST_S = 300.0
PRUNE_EVERY_S = 3600.0


def add_parsers(commands: Parsers) -> None:
    """Add the commands of this module."""
    one = commands.add_parser("serve", help="run the server", description=_serve.__doc__)
    one.add_argument(
        "--demo",
        action="store_true",
        help="make a secret, load the model conference if none is there, print links",
    )
    one.set_defaults(run=_serve)
    one = commands.add_parser(
        "init", help="create the schema and the first organiser", description=_init.__doc__
    )
    one.add_argument("--conf", help="slug of the conference to organise (default: the only one)")
    one.add_argument("--login", help="login name of the organiser; without it a one-time link is printed")
    one.add_argument("--name", help="name shown to others (default: the login name)")
    one.set_defaults(run=_init)
    one = commands.add_parser("seed", help="load the model conference", description=_seed.__doc__)
    when = one.add_mutually_exclusive_group()
    when.add_argument("--as-published", action="store_true", help="keep the true date, 2 December 2021")
    when.add_argument(
        "--start", help="start then, such as 2026-12-02T09:20:00+09:00 (default: in ten minutes)"
    )
    one.set_defaults(run=_seed)


def serve_hub(settings: Settings, *, now: Now = utc_now) -> None:
    """Bring the schema up to date and serve; a demo loads the model conference first if none is there."""
    hub = make_hub(settings, now=now, offload=network.offload, pause=network.give_way)
    with occupying(hub.database, alone=False) as keep:
        migrate.upgrade(hub.database)
        app = create_app(hub)
        if settings.demo:
            _prepare_demo(hub)
        server.serve(app, hub, _chores(hub, keep))


def _chores(hub: Hub, keep: Keep) -> list[server.Chore]:
    return [
        server.Chore(name="keeping the lock", work=keep, first_s=KEEP_EVERY_S, every_s=KEEP_EVERY_S),
        server.Chore(
            name="pruning",
            work=lambda: pruning.prune(hub.database, hub.now(), network.sleep),
            first_s=PRUNE_FIRST_S,
            every_s=PRUNE_EVERY_S,
        ),
    ]


def _serve(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    """Run the server until it is told to stop (SIGTERM, Ctrl-C). Settings: see the README."""
    serve_hub(load(env, demo=arguments.demo))
    return 0


def _prepare_demo(hub: Hub) -> None:
    with hub.database.reading() as db:
        empty = not all_conferences(db)
    if empty:
        seeding.load_model_conference(hub, start=hub.settings.demo_start or seeding.soon(hub.now()))
    with hub.database.writing() as db:
        conference = all_conferences(db)[0]
        links = links_for_everyone(hub, db, conference)
    print(f"\n{conference.title.ko}\n{conference.title.en}\n")
    print(f"Everyone: {hub.settings.public_url}/c/{conference.slug}/\n")
    print("One-time sign-in links (each works once, for two days; `make run` prints new ones):")
    for link in links:
        print(f"  {link.role:<10} {link.url}\n{'':<13}then: {link.opens}")
    print(flush=True)


def _init(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    """Bring the schema up to date and make the first organiser.

    With --login an account, whose password is asked for (or read from standard input); otherwise a one-time link.
    """
    with opened(env) as hub, hub.database.writing() as db:
        conference = the_conference(db, arguments.conf)
        if arguments.login is None:
            link = link_for(hub, db, conference, Role.ORGANISER)
            print(f"{link.url}\nthen: {link.opens}")
            return 0
        refuse_guests_name(db, conference.slug, arguments.login, arguments.name or "")
        actions.add_account(
            db,
            login=arguments.login,
            name=arguments.name or arguments.login,
            password_hash=hash_password(ask_password()),
            grants=[Grant(conf=conference.slug, role=Role.ORGANISER)],
            at=utc_now(),
        )
    print(f"organiser {arguments.login} of {conference.slug}; sign in at {hub.settings.public_url}/sign-in")
    return 0


def _seed(arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    """Load the model conference through the product's own actions; refuses when it is there already."""
    with opened(env) as hub:
        start = None
        if not arguments.as_published:
            start = (
                parse_iso(arguments.start)
                if arguments.start
                else hub.settings.demo_start or seeding.soon(hub.now())
            )
        conference = seeding.load_model_conference(hub, start=start)
    print(f"loaded {conference.slug}: {conference.starts_at.astimezone(conference.zone):%Y-%m-%d %H:%M %Z}")
    return 0
