"""The model conference, half a year later, with somebody in every place where the hub keeps who somebody is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from conference_hub.access import actions
from conference_hub.access.model import NOBODY, Role
from conference_hub.agenda.tables import PlanRow, PlanVersionRow
from conference_hub.awards.tables import AwardRow
from conference_hub.conferences.kept import bump_people, bump_revision
from conference_hub.conferences.tables import ConferenceRow
from conference_hub.core.actor import Actor, ActorKind
from conference_hub.data.drafts import Draft, add_draft
from conference_hub.followup.answer_store import save_stray
from conference_hub.followup.answers import Stray, StrayId, StrayKind
from conference_hub.followup.model import SessionId
from conference_hub.gates.device_actions import invite, pair
from conference_hub.gates.model import Plan
from conference_hub.honours.tables import HonourRow
from conference_hub.outbox import model as mails
from conference_hub.outbox.actions import put_for
from conference_hub.people.disclosures import DisclosureKind, Reason, disclose
from conference_hub.people.tables import GuestRow
from conference_hub.registration.tables import ConsentGivenRow, InvitationRow, RegistrationRow
from conference_hub.web.hub import Hub
from tests.integration.checkin.gate import token_of
from tests.integration.conftest import SignIn
from tests.integration.registration import registering
from tests.model_day import CONF, FakeNow, outside

PLANTED = "Planted-Person"
"""Who is nowhere any more once the data are erased."""
GUEST = "guest-001"
KEPT_UNTIL = date(2022, 6, 2)
LONG_AFTER = datetime(2022, 6, 3, 1, tzinfo=UTC)
API = f"/api/v1/c/{CONF}"


@pytest.fixture
def held(seeded: Hub, sign_in: SignIn, now: FakeNow) -> Hub:
    """The hub on the day after the last one on which personal data of the model conference are kept."""
    with seeded.database.writing() as db:
        db.execute(sa.update(ConferenceRow).values(purge_on=KEPT_UNTIL))
        db.execute(
            sa.update(GuestRow)
            .where(GuestRow.conf == CONF, GuestRow.id == GUEST)
            .values(**dict.fromkeys(("name", "organisation", "email", "phone", "pronunciation"), PLANTED))
            .values(**dict.fromkeys(("seat", "party", "needs", "notes", "changed_by"), PLANTED))
        )
        db.execute(
            sa.update(AwardRow)
            .where(AwardRow.conf == CONF)
            .values(**dict.fromkeys(("representative", "relation", "read_by", "pronunciation"), PLANTED))
        )
        db.execute(
            sa.update(AwardRow).where(AwardRow.id == "case-02").values(recipient=PLANTED, citation=PLANTED)
        )
        db.execute(
            sa.update(HonourRow).values(
                **dict.fromkeys(("name", "organisation", "pronunciation"), PLANTED),
                **dict.fromkeys(("note", "representative"), PLANTED),
            )
        )
        for row in (PlanRow, PlanVersionRow):
            db.execute(sa.update(row).values(by=PLANTED))
        registering.set_up(db, CONF)
        _register(db)
        _write(db, seeded)
        bump_revision(db, CONF)
        bump_people(db, CONF)
    _act(seeded, sign_in)
    _pair(seeded)
    now.instant = LONG_AFTER
    return seeded


def _register(db: Any) -> None:
    columns = ("address", "address_key", "name", "organisation", "changed_by")
    db.execute(sa.update(RegistrationRow).values(**dict.fromkeys(columns, PLANTED), answers={"q": PLANTED}))
    db.execute(sa.update(InvitationRow).values(**dict.fromkeys(("title", "address", "by"), PLANTED)))
    db.add(
        ConsentGivenRow(
            conf=CONF,
            registration_id=registering.IDS["registration_id"],
            consent_id=registering.IDS["consent_id"],
            given_at=registering.AT,
            version=1,
        )
    )


def _write(db: Any, hub: Hub) -> None:
    """Write a mail, a token and a link, upload a list, and let an answer of somebody wait."""
    at, by = hub.now(), Actor.of(ActorKind.ACCOUNT, PLANTED, PLANTED)
    mail = mails.Draft(kind="registration", to_name=PLANTED, to_address=PLANTED, subject="-", content=PLANTED)
    put_for(db, mail, conf=CONF, at=at, by=by)
    actions.make_token(db, conf=CONF, role=Role.OPERATOR, name=PLANTED, at=at, by=by)
    actions.make_link(db, conf=CONF, role=Role.STAFF, at=at, by=by, name=PLANTED)
    draft = Draft(id="draft", conf=CONF, part="guests", name=PLANTED, data=PLANTED.encode())
    add_draft(db, draft, actor=by, at=at)
    stray = Stray(
        id=StrayId("stray"),
        session_id=SessionId("session-1"),
        guest_id=None,
        address=PLANTED,
        kind=StrayKind.ALIAS,
        answer=None,
        sequence=0,
        stamp=at,
        comment=PLANTED,
        received_at=at,
    )
    save_stray(db, CONF, stray)


def _pair(hub: Hub) -> None:
    """Pair a device that is called after somebody."""
    with hub.journal.writing(CONF, actor=Actor.of(ActorKind.ACCOUNT, PLANTED, PLANTED)) as write:
        code = invite(write, Plan(name=PLANTED)).code
        pair(write, code, NOBODY, earlier=None, browser="")


def _act(hub: Hub, sign_in: SignIn) -> None:
    """Run the first cue and reveal an award, let the guest in, and take a list out: all of it as the planted person."""
    operator, guest = (
        sign_in(Role.OPERATOR, name=PLANTED),
        sign_in(Role.ATTENDEE, guest_id=GUEST, name=PLANTED),
    )
    for number, (path, body) in enumerate(
        (
            ("run/start", {"lane": "hall"}),
            ("awards/case-01/arm", outside("arm")),
            ("awards/case-01/reveal", outside("arm")),
            ("awards/case-02/arm", outside("arm")),
        )
    ):
        _accepted(operator, f"{API}/{path}", {"command_id": f"day-{number}", **body})
    gate = sign_in(Role.STAFF, name=PLANTED)
    _accepted(gate, f"{API}/checkin/redeem", {"scan_id": "s1", "gate": "main", "token": token_of(hub, GUEST)})
    with hub.database.reading() as db:
        session = db.scalar(sa.text("SELECT id FROM online_session ORDER BY starts_at LIMIT 1"))
    assert guest.post(f"/c/{CONF}/follow-up/{session}/sign-up").status_code == 302
    with hub.journal.writing(CONF, actor=Actor.of(ActorKind.ACCOUNT, "kim", "김반출")) as write:
        disclose(write, DisclosureKind.FILE, 1, Reason.REPORT, note=PLANTED)


def _accepted(browser: FlaskClient, path: str, body: dict[str, Any]) -> None:
    answer = browser.post(path, json=body)
    assert answer.status_code == 200, answer.text
