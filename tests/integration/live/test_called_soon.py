"""Whose sockets hear that they are called soon: those of the guest, as long as their session counts."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
import sqlalchemy as sa

from conference_hub.access import actions
from conference_hub.access.model import NOBODY, Credential, Role
from conference_hub.access.store import find_viewer
from conference_hub.access.tables import WebSessionRow
from conference_hub.awards import soon_store
from conference_hub.awards.shapes import SoonDoc
from conference_hub.core.actor import Actor
from conference_hub.live import called_soon
from conference_hub.live.called_soon import CalledSoon
from conference_hub.web.hub import Hub
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF

pytestmark = ON_SQLITE

CALLED: SoonDoc = {"called": True, "ready": False}
READY: SoonDoc = {"called": True, "ready": True}
FIRST, SECOND = "guest-001", "guest-002"


@dataclass
class House:
    """The sockets of guests; `known` is who is called soon, `head` grows with each fact."""

    hub: Hub
    sent: list[tuple[str, str, object]] = field(default_factory=list)
    known: dict[str, SoonDoc] = field(default_factory=dict)
    asked: int = 0
    head: int = 1

    def __post_init__(self) -> None:
        self.soon = CalledSoon(
            hub=self.hub, send=lambda *said: self.sent.append(said), head=lambda _conf: self.head
        )

    def join(self, sid: str, guest_id: str) -> Credential:
        with self.hub.database.writing() as db:
            link = actions.make_link(
                db,
                conf=CONF,
                role=Role.ATTENDEE,
                guest_id=guest_id,
                at=self.hub.now(),
                by=Actor.system("test"),
            )
            secret = actions.use_link(db, link, NOBODY, self.hub.now()).secret
        with self.hub.database.reading() as db:
            viewer = find_viewer(db, secret, self.hub.now())
        assert viewer is not None
        assert viewer.credential is not None
        self.soon.join(sid, CONF, guest_id, viewer.credential)
        return viewer.credential

    def told(self, **known: SoonDoc) -> list[tuple[str, str, object]]:
        """Say who is called soon from now on, and return what was sent of it."""
        self.known = {name.replace("_", "-"): doc for name, doc in known.items()}
        self.head += 1
        self.sent.clear()
        self.soon.tell()
        return list(self.sent)


@pytest.fixture
def house(seeded: Hub, monkeypatch: pytest.MonkeyPatch) -> House:
    house = House(hub=seeded)

    def known(_session: object, _conf: str) -> dict[str, SoonDoc]:
        house.asked += 1
        return house.known

    monkeypatch.setattr(called_soon, "told", known)
    return house


def test_each_guest_hears_of_themselves_only_and_once(house: House) -> None:
    house.join("one", FIRST)
    house.join("again", FIRST)
    house.join("other", SECOND)

    assert house.told() == []
    assert house.told(guest_001=CALLED) == [("one", "soon", CALLED), ("again", "soon", CALLED)]
    assert house.told(guest_001=CALLED, guest_002=CALLED) == [("other", "soon", CALLED)]
    assert house.told(guest_001=READY, guest_002=CALLED) == [("one", "soon", READY), ("again", "soon", READY)]
    assert house.told(guest_002=CALLED) == [
        ("one", "soon", soon_store.NOT_CALLED),
        ("again", "soon", soon_store.NOT_CALLED),
    ]


def test_who_joins_late_is_told_without_a_new_fact(house: House) -> None:
    house.join("one", FIRST)
    house.told(guest_001=CALLED)
    house.sent.clear()
    house.join("late", FIRST)
    house.soon.tell()

    assert house.sent == [("late", "soon", CALLED)]


def test_the_database_is_asked_only_where_something_happened(house: House) -> None:
    house.soon.tell()
    house.join("one", FIRST)
    for _ in range(5):
        house.soon.tell()

    assert house.asked == 1


def test_a_socket_that_left_and_a_session_that_ended_hear_nothing(house: House) -> None:
    house.join("left", FIRST)
    ended = house.join("ended", FIRST)
    house.soon.remove("left")
    house.soon.remove("unknown")
    with house.hub.database.writing() as db:
        db.execute(
            sa.update(WebSessionRow).where(WebSessionRow.id == ended.id).values(revoked_at=house.hub.now())
        )

    assert house.told(guest_001=CALLED) == []
