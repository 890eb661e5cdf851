"""A clone has the structure of a conference on another date, and nothing of its people, links and past."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from conference_hub.access.model import Grant, Role
from conference_hub.agenda.model import Plan
from conference_hub.agenda.store import working_plan
from conference_hub.conferences.model import Conference, State
from conference_hub.conferences.store import find_conference, get_conference
from conference_hub.core.db import Base
from conference_hub.followup.model import SessionStatus
from conference_hub.followup.store import all_sessions
from conference_hub.web.hub import Hub
from tests.integration.desk.conftest import SignInAccount
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF, OPENING

pytestmark = ON_SQLITE

PAGE = f"/c/{CONF}/desk/conference/clone"
NEXT = "best-practice-2022"
FORM = {"title_ko": "2022년도 콘퍼런스", "slug": NEXT, "first_day": "2022-12-01"}
ORGANISER = Grant(conf=CONF, role=Role.ORGANISER)
DAYS = timedelta(days=364)
NOTHING_OF_PEOPLE = {
    *("guest", "badge", "presence", "scan", "award", "sign_up", "invitation", "personal_calendar"),
    *("stray_answer", "session_attendance"),
    *("sign_in_link", "machine_token", "session_grant", "command", "run_act", "run_step", "mail"),
}


def plan_of(hub: Hub, conf: str) -> Plan:
    with hub.database.reading() as db:
        return working_plan(db, conf)


def shape(plan: Plan) -> list[Any]:
    """Return what a plan says but for ids."""
    lanes = {lane.id: lane.title for lane in plan.lanes}
    segments = {segment.id: segment.title for segment in plan.segments}
    return [
        (lanes[cue.lane_id], segments[cue.segment_id], cue.number, cue.title, cue.planned_start, cue.planned)
        for cue in plan.cues
    ]


def counts(hub: Hub, conf: str) -> dict[str, int]:
    with hub.database.reading() as db:
        return {
            table.name: db.scalar(sa.select(sa.func.count()).select_from(table).where(table.c.conf == conf))
            or 0
            for table in Base.metadata.sorted_tables
            if "conf" in table.c
        }


def present(hub: Hub, conf: str) -> Conference:
    with hub.database.reading() as db:
        return get_conference(db, conf)


def test_a_clone_is_the_same_plan_on_another_day(seeded: Hub, account: SignInAccount) -> None:
    kim = account("kim", ORGANISER, may_create=True)

    made = kim.post(PAGE, data=FORM)

    assert (made.status_code, made.location) == (302, f"/c/{NEXT}/desk/"), made.text
    before, after = present(seeded, CONF), present(seeded, NEXT)
    assert (after.state, after.title.ko, after.day) == (State.DRAFT, "2022년도 콘퍼런스", date(2022, 12, 1))
    assert (after.starts_at, after.ends_at) == (before.starts_at + DAYS, before.ends_at + DAYS)
    assert (after.venue, after.accent, after.purge_on) == (before.venue, before.accent, date(2023, 6, 1))
    assert [(one.kind, one.url) for one in after.channels] == [(one.kind, None) for one in before.channels]
    earlier = shape(plan_of(seeded, CONF))
    assert shape(plan_of(seeded, NEXT)) == [
        (lane, segment, number, title, start + DAYS, planned)
        for lane, segment, number, title, start, planned in earlier
    ]
    assert kim.get(made.location).status_code == 200


def test_a_clone_has_nobody_but_who_made_it(seeded: Hub, account: SignInAccount) -> None:
    kim = account("kim", ORGANISER, may_create=True)
    account("park", ORGANISER)

    kim.post(PAGE, data=FORM)

    found = counts(seeded, NEXT)
    assert {name: found[name] for name in NOTHING_OF_PEOPLE & found.keys() if found[name]} == {}
    assert found["account_grant"] == 1
    assert found["gate"] == counts(seeded, CONF)["gate"]


def test_the_follow_up_of_a_clone_is_a_draft_without_links(seeded: Hub, account: SignInAccount) -> None:
    kim = account("kim", ORGANISER, may_create=True)
    with seeded.database.reading() as db:
        before = all_sessions(db, CONF)

    kim.post(PAGE, data={**FORM, "first_day": "2022-11-29"})

    with seeded.database.reading() as db:
        after = all_sessions(db, NEXT)
    assert [(one.title, one.starts_at) for one in after] == [
        (one.title, one.starts_at + DAYS) for one in before
    ]
    assert {(one.status, one.url) for one in after} == {(SessionStatus.DRAFT, None)}


def test_what_runs_in_a_clone_has_not_begun(seeded: Hub, account: SignInAccount) -> None:
    kim = account("kim", ORGANISER, may_create=True)
    kim.post(f"/api/v1/c/{CONF}/run/start", json={"command_id": "start", "lane": "hall"})

    kim.post(PAGE, data=FORM)

    with seeded.database.reading() as db:
        assert seeded.run_progress(db, NEXT).started == 0


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"slug": CONF}, "slug"),
        ({"slug": "No Slug"}, "slug"),
        ({"title_ko": ""}, "title_ko"),
        ({"first_day": "soon"}, "first_day"),
    ],
)
def test_a_refused_clone_says_why_at_the_field(
    seeded: Hub, account: SignInAccount, wrong: dict[str, str], field: str
) -> None:
    kim = account("kim", ORGANISER, may_create=True)

    refused = kim.post(PAGE, data={**FORM, **wrong})

    assert (refused.status_code, f'id="{field}-error"' in refused.text) == (422, True)
    with seeded.database.reading() as db:
        assert find_conference(db, NEXT) is None


def test_only_organisers_who_may_create_clone(seeded: Hub, account: SignInAccount) -> None:
    organiser, creator = account("park", ORGANISER), account("kim", may_create=True)

    answers = [browser.post(PAGE, data=FORM).status_code for browser in (organiser, creator)]

    assert answers == [403, 403]


def test_an_archived_conference_can_be_cloned(seeded: Hub, account: SignInAccount) -> None:
    kim = account("kim", ORGANISER, may_create=True)
    for to, seen in (("over", "ready"), ("archived", "over")):
        kim.post(f"/c/{CONF}/desk/conference/state", data={"to": to, "seen": seen})

    assert kim.post(PAGE, data=FORM).status_code == 302
    assert present(seeded, NEXT).state is State.DRAFT


def test_the_suggested_day_is_the_weekday_of_the_last_time(seeded: Hub, account: SignInAccount) -> None:
    page = account("kim", ORGANISER, may_create=True).get(PAGE).text

    assert OPENING.astimezone(UTC) == datetime(2021, 12, 2, 0, 20, tzinfo=UTC)
    assert 'value="2022-12-01"' in page
