"""The desk's editor of points and the rules of gates: what it saves, and what it refuses."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.core.text import Text
from conference_hub.gates.model import Point, PointId, PointKind, Reentry, Window
from conference_hub.gates.store import all_gates, all_points
from conference_hub.people.group_store import all_groups
from conference_hub.people.model import Mode
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF

pytestmark = ON_SQLITE

GATES = f"/c/{CONF}/desk/gates"
LUNCH = {"title_ko": "점심", "title_en": "Lunch", "kind": "count", "reentry": "once", "daily": "on"}
NOON = {"opens": ["2021-12-02T12:00", ""], "closes": ["2021-12-02T13:30", ""]}


@pytest.fixture
def desk(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    browser = sign_in(Role.ORGANISER, name="김주최")
    browser.get(f"{GATES}?lang=ko")
    return browser


def points(hub: Hub) -> tuple[Point, ...]:
    with hub.database.reading() as db:
        return all_points(db, CONF)


def seen(desk: FlaskClient, path: str) -> str:
    return desk.get(f"{GATES}/{path}").text.partition('name="seen" value="')[2].partition('"')[0]


def test_the_model_conference_has_the_doors_of_its_hall(seeded: Hub) -> None:
    assert points(seeded) == (
        Point(id=PointId("hall"), title=Text(ko="행사장 입구", en="Hall doors"), position=1),
    )
    with seeded.database.reading() as db:
        assert [(gate.point, gate.modes) for gate in all_gates(db, CONF)] == [
            (PointId("hall"), frozenset({Mode.ONSITE}))
        ] * 2


def test_a_point_is_added_with_its_rules_moved_and_removed(seeded: Hub, desk: FlaskClient) -> None:
    assert desk.post(f"{GATES}/points/new", data={**LUNCH, **NOON}).status_code == 302
    lunch = points(seeded)[1]

    assert lunch == Point(
        id=lunch.id,
        title=Text(ko="점심", en="Lunch"),
        position=2,
        kind=PointKind.COUNT,
        exits=False,
        reentry=Reentry.ONCE,
        daily=True,
        windows=(
            Window(
                opens_at=datetime(2021, 12, 2, 3, 0, tzinfo=UTC),
                closes_at=datetime(2021, 12, 2, 4, 30, tzinfo=UTC),
            ),
        ),
    )
    assert desk.post(f"{GATES}/points/{lunch.id}/move", data={"to": "up"}).status_code == 302
    assert [point.id for point in points(seeded)] == [lunch.id, "hall"]
    assert desk.post(f"{GATES}/points/{lunch.id}/remove").status_code == 302
    assert [point.id for point in points(seeded)] == ["hall"]


def test_windows_of_several_days_are_kept_in_their_order(seeded: Hub, desk: FlaskClient) -> None:
    times = {
        "opens": ["2021-12-03T09:00", "2021-12-02T22:00", ""],
        "closes": ["2021-12-03T12:00", "2021-12-03T02:00", ""],
    }
    data = {"title_ko": "행사장", "exits": "on", "seen": seen(desk, "points/hall"), **times}

    assert desk.post(f"{GATES}/points/hall", data=data).status_code == 302

    assert [window.opens_at.isoformat() for window in points(seeded)[0].windows] == [
        "2021-12-02T13:00:00+00:00",
        "2021-12-03T00:00:00+00:00",
    ]
    page = desk.get(f"{GATES}/points/hall").text
    assert page.index('value="2021-12-02T22:00"') < page.index('value="2021-12-03T09:00"')


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title_ko": "", "title_en": ""}, "꼭 필요한 항목입니다."),
        ({"title_ko": "행사장 입구"}, "같은 이름이 이미 있습니다."),
        ({"reentry": "after_exit"}, "퇴장도 확인해야 합니다"),
        ({"opens": ["2021-12-02T12:00"], "closes": [""]}, "그보다 늦은 닫는 시각"),
        ({"opens": ["2021-12-02T12:00"], "closes": ["2021-12-02T12:00"]}, "그보다 늦은 닫는 시각"),
        ({"opens": ["noon"], "closes": [""]}, "2026-12-07 14:00"),
        ({"reentry": "never"}, "다시 들어오기"),
    ],
)
def test_a_point_that_makes_no_sense_is_refused_with_what_was_typed(
    seeded: Hub, desk: FlaskClient, change: dict[str, str | list[str]], words: str
) -> None:
    refused = desk.post(f"{GATES}/points/new", data={**LUNCH, **NOON, **change})

    assert (refused.status_code, words in refused.text, len(points(seeded))) == (422, True, 1)


def test_a_point_with_gates_is_not_removed_and_a_stale_form_is_refused(
    seeded: Hub, desk: FlaskClient
) -> None:
    assert desk.post(f"{GATES}/points/hall/remove").status_code == 409
    earlier = seen(desk, "points/hall")
    data = {"title_ko": "행사장", "exits": "on", "seen": earlier}

    assert desk.post(f"{GATES}/points/hall", data=data).status_code == 302
    other = desk.post(f"{GATES}/points/hall", data={**data, "title_ko": "다른 이름"})

    assert (other.status_code, 'value="다른 이름"' in other.text) == (409, True)
    assert desk.get(f"{GATES}/points/nowhere").status_code == 404


def test_a_gate_is_for_some_groups_and_modes_at_a_point(seeded: Hub, desk: FlaskClient) -> None:
    desk.post(f"{GATES}/points/new", data=LUNCH)
    lunch = points(seeded)[1].id
    with seeded.database.reading() as db:
        known = sorted(all_groups(db, CONF))[:2]
    data = {"title_ko": "식당", "point": lunch, "groups": known, "modes": ["onsite", "zoom"]}

    assert desk.post(f"{GATES}/new", data=data).status_code == 302

    with seeded.database.reading() as db:
        gate = all_gates(db, CONF)[2]
    assert (gate.point, gate.groups, gate.modes) == (
        lunch,
        frozenset(known),
        frozenset({Mode.ONSITE, Mode.ZOOM}),
    )
    refused = desk.post(f"/c/{CONF}/desk/people/groups/{known[0]}/remove")
    assert refused.status_code == 409


@pytest.mark.parametrize(
    "change", [{"point": "nowhere"}, {"groups": ["nobody"]}, {"modes": ["by train"]}], ids=str
)
def test_a_gate_for_nobody_known_is_refused(
    seeded: Hub, desk: FlaskClient, change: dict[str, str | list[str]]
) -> None:
    assert desk.post(f"{GATES}/new", data={"title_ko": "식당", **change}).status_code == 422
