"""The journal never takes an account or a token for a guest."""

from __future__ import annotations

import pytest

from conference_hub.access import accounts, actions
from conference_hub.access.model import Role
from conference_hub.core.actor import Actor
from conference_hub.core.errors import Invalid
from conference_hub.people.actions import refuse_guests_name
from conference_hub.people.tables import GuestRow
from conference_hub.web.hub import Hub
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF

pytestmark = ON_SQLITE
"""One database is enough: nothing here depends on it."""


@pytest.mark.parametrize(
    ("login", "name", "field"), [("Guest-015", "김감독", "login"), ("kim", "ｇｕｅｓｔ 15", "name")]
)
def test_an_account_named_like_a_guest_is_refused(seeded: Hub, login: str, name: str, field: str) -> None:
    with seeded.database.writing() as db, pytest.raises(Invalid) as refusal:
        accounts.add_account(db, login=login, name=name, password_hash=None, grants=[], at=seeded.now())

    assert refusal.value.detail["field"] == field


def test_a_token_named_like_a_guest_is_refused(seeded: Hub) -> None:
    with seeded.database.writing() as db, pytest.raises(Invalid):
        actions.make_token(
            db, conf=CONF, role=Role.STAFF, name="guest-015", at=seeded.now(), by=Actor.system("test")
        )


def test_the_id_of_a_guest_of_this_conference_is_refused(seeded: Hub) -> None:
    with seeded.database.writing() as db:
        guest = db.get(GuestRow, (CONF, "guest-001"))
        assert guest is not None
        db.add(GuestRow(conf=CONF, id="vip-7", name="이귀빈", group=guest.group, mode=guest.mode))
        db.flush()
        refuse_guests_name(db, CONF, "vip-8", "kim")

        with pytest.raises(Invalid):
            refuse_guests_name(db, CONF, "kim", "VIP-7")
