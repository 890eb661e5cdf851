"""Mails and sendings of earlier versions: in the order in which they were written, sent once, and not written on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from conference_hub.core import migrate
from conference_hub.core.actor import Actor
from conference_hub.core.db import Database, Instant
from conference_hub.core.files import MIGRATIONS
from conference_hub.outbox import retries, sending_store, store
from conference_hub.outbox.actions import put_for
from conference_hub.outbox.model import Draft, MailState
from conference_hub.outbox.progress import Standing
from conference_hub.outbox.retries import Unreachable

AT = datetime(2021, 12, 1, 9, tzinfo=UTC)
CONFERENCE = """
INSERT INTO conference (slug, title, host, venue, timezone, starts_at, ends_at, accent)
VALUES (:slug, '{"ko": "x"}', '{"ko": "x"}', '{"ko": "x"}', 'Asia/Seoul', :at, :at, '#000000')
"""
SENDING = """
INSERT INTO mail_sending (conf, id, kind, title, created_at, by, actor, state)
VALUES ('one', 's', 'doors-open', '{"ko": "x"}', :at, 'x', 'account:1', 'going')
"""
MAIL = """
INSERT INTO mail (id, conf, kind, to_name, to_address, subject, content, created_at, by, actor, state, since,
 next_try_at, attempts, last_error)
VALUES (:id, :conf, 'test', '', 'a@example.com', 'x', 'x', :at, 'x', 'account:1', 'waiting', :at, :at, 0, '')
"""


def test_mails_of_before_keep_their_order_and_one_of_now_follows(database_url: str) -> None:
    database = Database(database_url)
    migrate.upgrade(database, "0065")
    with database.engine.begin() as connection:
        instant = sa.bindparam("at", type_=Instant())
        for slug in ("one", "two"):
            connection.execute(sa.text(CONFERENCE).bindparams(instant), {"slug": slug, "at": AT})
        for minute, (mail, conf) in enumerate([("z", "one"), ("y", "two"), ("x", "one"), ("w", None)]):
            values = {"id": mail, "conf": conf, "at": AT + timedelta(minutes=minute)}
            connection.execute(sa.text(MAIL).bindparams(instant), values)

    migrate.upgrade(database)

    draft = Draft(
        kind="test", to_name="", to_address="a@example.com", subject="x", content="x", once_key="one"
    )
    with database.writing() as db:
        new = put_for(db, draft, conf="one", at=AT, by=Actor.system("test"))
        again = put_for(db, draft, conf="one", at=AT, by=Actor.system("test"))
    with database.reading() as db:
        mails = {conf: store.mails(db, conf) for conf in ("one", "two")}
    database.close()
    assert again == new
    assert {conf: [(mail.id, mail.number) for mail in found] for conf, found in mails.items()} == {
        "one": [(new, 3), ("x", 2), ("z", 1)],
        "two": [("y", 1)],
    }
    assert {mail.state for found in mails.values() for mail in found} == {MailState.WAITING}


def test_a_mail_that_was_tried_before_may_still_have_arrived(database_url: str) -> None:
    database = Database(database_url)
    migrate.upgrade(database, "0075")
    with database.engine.begin() as connection:
        instant = sa.bindparam("at", type_=Instant())
        values = {"id": "a", "conf": None, "at": AT}
        connection.execute(sa.text(MAIL).bindparams(instant), values)
        connection.execute(sa.text("UPDATE mail SET tried_at = :at").bindparams(instant), {"at": AT})

    migrate.upgrade(database)

    with database.reading() as db:
        mail = store.find_mail(db, "a")
    database.close()
    assert mail is not None
    claimed = retries.claim(mail, AT + timedelta(minutes=1))
    assert retries.settle(claimed, Unreachable(reason="refused"), AT).tried_at == AT


def test_a_sending_of_before_is_not_being_written(database_url: str) -> None:
    database = Database(database_url)
    migrate.upgrade(database, "0078")
    with database.engine.begin() as connection:
        instant = sa.bindparam("at", type_=Instant())
        connection.execute(sa.text(CONFERENCE).bindparams(instant), {"slug": "one", "at": AT})
        connection.execute(sa.text(SENDING).bindparams(instant), {"at": AT})

    migrate.upgrade(database)

    with database.reading() as db:
        progress = sending_store.progress_of(db, "one", "s")
    database.close()
    assert (progress.writing, progress.standing) == (None, Standing.DONE)


def test_the_schema_goes_back_with_the_mails(database_url: str) -> None:
    database = Database(database_url)
    migrate.upgrade(database)
    draft = Draft(kind="test", to_name="", to_address="a@example.com", subject="x", content="x")
    with database.writing() as db:
        put_for(db, draft, conf=None, at=AT, by=Actor.system("test"))

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0065")

    with database.engine.connect() as connection:
        columns = {column["name"] for column in sa.inspect(connection).get_columns("mail")}
        kept = connection.scalar(sa.text("SELECT count(*) FROM mail"))
    database.close()
    assert (kept, "number" in columns, "link" in columns) == (1, False, True)
