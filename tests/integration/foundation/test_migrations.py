"""The migrations make exactly the tables that the code maps, and know when they have not run."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from conference_hub.access import actions, listing, revoking, store
from conference_hub.access.model import Grant, Role, fingerprint
from conference_hub.core import migrate
from conference_hub.core.actor import Actor
from conference_hub.core.db import Base, Database, Instant
from conference_hub.core.entries import open_streams
from conference_hub.core.journal import Journal
from conference_hub.web.hub import Hub


def test_the_migrated_schema_is_the_mapped_one(hub: Hub) -> None:
    with hub.database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert compare_metadata(context, Base.metadata) == []


def test_a_migrated_database_is_at_head_and_an_empty_one_is_not(hub: Hub) -> None:
    assert migrate.at_head(hub.database)
    empty = Database("sqlite://")
    assert not migrate.at_head(empty)
    empty.close()


def test_migrating_twice_changes_nothing(hub: Hub) -> None:
    migrate.upgrade(hub.database)

    assert migrate.at_head(hub.database)


BEFORE_0002 = """
INSERT INTO conference (slug, title, host, venue, timezone, starts_at, ends_at, accent, channels)
VALUES ('bare', '{"ko": "x"}', '{"ko": "x"}', '{"ko": "x"}', 'Asia/Seoul', :at, :later, '#000000', '[]');
INSERT INTO guest (conf, id, name, guest_group, mode) VALUES ('bare', 'guest-1', '손님', 'attendee', 'online');
INSERT INTO account (id, login, name, created_at) VALUES ('a', 'kim', '김감독', :at);
INSERT INTO account_grant (account_id, conf, role) VALUES ('a', 'bare', 'organiser');
INSERT INTO web_session (id, secret, account_id, name, created_at, expires_at)
VALUES ('of-kim', :of_kim, 'a', '김감독', :at, :later), ('of-guest', :of_guest, NULL, '손님', :at, :later);
INSERT INTO session_grant (session_id, conf, role, guest_id)
VALUES ('of-guest', 'bare', 'attendee', 'guest-1'), ('of-kim', 'bare', 'attendee', 'gone');
INSERT INTO sign_in_link (secret, conf, role, name, guest_id, once, expires_at)
VALUES (:personal, 'bare', 'attendee', '손님', 'guest-1', false, :later),
       (:once, 'bare', 'staff', '현장 접수', NULL, true, :later);
INSERT INTO machine_token (secret, conf, role, name, created_at)
VALUES (:token, 'bare', 'operator', 'deck', :at)
"""
AT = datetime(2021, 12, 1, tzinfo=UTC)
LATER = datetime(2021, 12, 20, tzinfo=UTC)


def test_what_was_given_out_before_0002_still_works_and_can_be_revoked(database_url: str) -> None:
    database = Database(database_url)
    secrets = {name: fingerprint(name) for name in ("of_kim", "of_guest", "personal", "once", "token")}
    migrate.upgrade(database, "0001")
    with database.engine.begin() as connection:
        for statement in BEFORE_0002.split(";"):
            text = sa.text(statement)
            named = {name: value for name, value in secrets.items() if f":{name}" in statement}
            instants = {name: at for name, at in (("at", AT), ("later", LATER)) if f":{name}" in statement}
            bound = text.bindparams(*[sa.bindparam(name, type_=Instant()) for name in instants])
            connection.execute(bound, {**named, **instants})

    migrate.upgrade(database)

    with database.reading() as db:
        kim, guest = store.find_viewer(db, "of_kim", AT), store.find_viewer(db, "of_guest", AT)
        machine = store.find_machine(db, "token")
        links = listing.links(db, "bare", AT)
        tokens = listing.tokens(db, "bare")
    assert kim is not None
    assert kim.grants == (Grant(conf="bare", role=Role.ORGANISER),)
    assert guest is not None
    assert guest.grants == (Grant(conf="bare", role=Role.ATTENDEE, guest_id="guest-1", name="손님"),)
    assert machine is not None
    unknown = Actor.system("before-0009")
    assert sorted((link.name, link.made_at, link.made_by.id, link.made_by.label) for link in links) == [
        ("", None, unknown.id, ""),
        ("손님", None, unknown.id, ""),
    ]
    assert len({link.id for link in links} | {token.id for token in tokens}) == 3
    with database.writing() as db:
        open_streams(db, "bare")
        actions.use_link(db, "once", kim, AT)
    with Journal(database, lambda: AT).writing("bare", actor=Actor.system("test")) as write:
        revoking.revoke_links_of_guest(write, "guest-1")
        revoking.revoke_token(write, tokens[0].id)
    with database.reading() as db:
        assert store.find_viewer(db, "of_guest", AT) is None
        assert store.find_machine(db, "token") is None
    database.close()


def test_a_database_of_a_newer_hub_is_refused(hub: Hub) -> None:
    with hub.database.engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(migrate.NewerSchema, match="9999"):
        migrate.upgrade(hub.database)
