"""The desk's page of the seal."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.awards.sealing import Seal, seal_of
from conference_hub.awards.tables import AwardRow
from conference_hub.conferences.kept import bump_people
from conference_hub.core.sighted import mark_of
from conference_hub.people.tables import GuestRow
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.model_day import CONF

PAGE = f"/c/{CONF}/desk/awards/seal"


@pytest.fixture
def desk(sign_in: SignIn, seeded: Hub) -> FlaskClient:
    assert seeded is not None
    return sign_in(Role.ORGANISER, name="이주최")


def sealed(hub: Hub) -> Seal:
    with hub.database.reading() as db:
        return seal_of(db, CONF)


def test_gate_is_told_and_not_told_again(seeded: Hub, desk: FlaskClient) -> None:
    assert sealed(seeded) == Seal()

    assert desk.post(f"{PAGE}/gate", data={"told": "on", "seen": mark_of(False)}).status_code == 302  # noqa: FBT003
    assert sealed(seeded) == Seal(gate_order=True)
    assert "checked" in desk.get(PAGE).text

    assert desk.post(f"{PAGE}/gate", data={"seen": mark_of(True)}).status_code == 302  # noqa: FBT003
    assert sealed(seeded) == Seal()


def test_form_that_is_out_of_date_changes_nothing(seeded: Hub, desk: FlaskClient) -> None:
    desk.post(f"{PAGE}/gate", data={"told": "on", "seen": mark_of(False)})  # noqa: FBT003

    answer = desk.post(f"{PAGE}/gate", data={"seen": mark_of(False)})  # noqa: FBT003

    assert answer.status_code == 409
    assert "이주최" in answer.text
    assert sealed(seeded) == Seal(gate_order=True)


def test_organisers_hear_where_seats_and_numbers_tell_the_gate(seeded: Hub, desk: FlaskClient) -> None:
    """Recipients of the model day sit and are numbered without order, until somebody seats them as they are called."""
    assert told(desk) == (False, False)
    seat_as_called(seeded)
    assert told(desk) == (True, True)

    desk.post(f"{PAGE}/gate", data={"told": "on", "seen": mark_of(False)})  # noqa: FBT003

    assert told(desk) == (False, False)


def told(desk: FlaskClient) -> tuple[bool, bool]:
    """Return whether the page says that seats, and that numbers, give the order away."""
    page = desk.get(f"{PAGE}?lang=ko").text
    return "좌석이 호명 순서나" in page, "참석자 번호가 호명 순서나" in page


def seat_as_called(hub: Hub) -> None:
    with hub.database.writing() as db:
        called = (
            sa.select(AwardRow.guest_id)
            .where(AwardRow.cue_id == "round-1-hall")
            .order_by(AwardRow.call_order)
        )
        for place, guest in enumerate(db.scalars(called).all(), start=901):
            mark = {"seat": f"Z-{place}", "number": str(place)}
            db.execute(sa.update(GuestRow).where(GuestRow.id == guest).values(**mark))
        bump_people(db, CONF)
