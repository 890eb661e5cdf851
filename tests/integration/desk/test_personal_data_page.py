"""The desk's page on which personal data are erased: what it says, what it asks, and who may."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.conferences.kept import bump_revision
from conference_hub.conferences.tables import ConferenceRow
from conference_hub.people.store import all_guests
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF, FakeNow

pytestmark = ON_SQLITE

DESK = f"/c/{CONF}/desk"
PAGE = f"{DESK}/conference/personal-data"
DUE = datetime(2022, 6, 3, 1, tzinfo=UTC)
FORM = {"slug": CONF}


@pytest.fixture
def organiser(seeded: Hub, sign_in: SignIn, now: FakeNow) -> FlaskClient:
    """An organiser on the day after the last one on which data are kept; the conference was never ended by hand."""
    with seeded.database.writing() as db:
        db.execute(sa.update(ConferenceRow).values(purge_on=date(2022, 6, 2)))
        bump_revision(db, CONF)
    now.instant = DUE
    return sign_in(Role.ORGANISER, name="김주최")


def guests(hub: Hub) -> int:
    with hub.database.reading() as db:
        return len(all_guests(db, CONF))


def figures(page: str) -> dict[str, str]:
    return dict(re.findall(r'<dt>([^<]+)</dt><dd class="figure">([^<]+)</dd>', page))


def line(page: str) -> str:
    states: dict[str, str] = dict(re.findall(r'data-line="([^"]+)" data-state="([^"]+)"', page))
    return states["conference/purge"]


def test_the_page_says_what_goes_and_afterwards_what_went(seeded: Hub, organiser: FlaskClient) -> None:
    count, before = guests(seeded), organiser.get(PAGE)
    desk_before = line(organiser.get(f"{DESK}/").text)

    done = organiser.post(PAGE, data=FORM)

    after = organiser.get(PAGE).text
    assert (figures(before.text)["명단의 참석자"], desk_before) == (str(count), "warn")
    assert (done.status_code, done.location, guests(seeded)) == (302, PAGE, 0)
    assert (figures(after)["명단의 참석자"], "김주최" in after, "<form" in after.partition("<main")[2]) == (
        str(count),
        True,
        False,
    )
    assert line(organiser.get(f"{DESK}/").text) == "ok"
    assert "2022년 6월 3일" in organiser.get(f"{DESK}/conference").text


@pytest.mark.parametrize("form", [{}, {"slug": ""}, {"slug": "another"}])
def test_the_slug_is_typed_once_more(seeded: Hub, organiser: FlaskClient, form: dict[str, str]) -> None:
    refused = organiser.post(PAGE, data=form)

    assert (refused.status_code, 'id="slug-error"' in refused.text, guests(seeded) > 0) == (422, True, True)


def test_before_the_day_it_asks_once_more(seeded: Hub, organiser: FlaskClient, now: FakeNow) -> None:
    now.instant = DUE.replace(day=1)
    organiser.post(f"{DESK}/conference/state", data={"to": "over", "seen": "ready"})

    asked = organiser.post(PAGE, data=FORM)
    kept = guests(seeded)
    done = organiser.post(PAGE, data={**FORM, "early": "on"})

    assert (asked.status_code, 'id="early-error"' in asked.text, kept > 0) == (422, True, True)
    assert (done.status_code, guests(seeded)) == (302, 0)


def test_before_the_day_a_published_conference_is_refused(
    seeded: Hub, organiser: FlaskClient, now: FakeNow
) -> None:
    now.instant = DUE.replace(day=1)

    page = organiser.get(PAGE)
    refused = organiser.post(PAGE, data={**FORM, "early": "on"})

    assert (page.status_code, 'name="slug"' in page.text) == (200, False)
    assert (refused.status_code, guests(seeded) > 0) == (409, True)


def test_an_archived_conference_is_purged_too(seeded: Hub, organiser: FlaskClient) -> None:
    for to, seen in (("over", "ready"), ("archived", "over")):
        organiser.post(f"{DESK}/conference/state", data={"to": to, "seen": seen})

    assert (organiser.post(PAGE, data=FORM).status_code, guests(seeded)) == (302, 0)


def test_pages_of_the_conference_work_afterwards(seeded: Hub, organiser: FlaskClient) -> None:
    organiser.post(PAGE, data=FORM)

    paths = [
        *(
            f"/c/{CONF}/{page}"
            for page in ("", "live", "results", "follow-up", "console", "programme", "agenda.ics")
        ),
        *(
            f"{DESK}/{page}"
            for page in ("", "people", "people/log", "awards", "awards/case-01", "follow-up", "registration")
        ),
        *(
            f"{DESK}/{page}"
            for page in ("team", "gates", "badges", "mail", "files", "programme", "conference")
        ),
    ]
    answers = {path: organiser.get(path).status_code for path in paths}
    assert answers == dict.fromkeys(paths, 200)
