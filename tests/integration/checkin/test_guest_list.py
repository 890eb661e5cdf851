"""The guest list on the desk: filters, pages, order."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from conference_hub.checkin import guest_actions
from conference_hub.core.actor import Actor
from conference_hub.people.model import Mode
from conference_hub.web.hub import Hub
from tests.integration.checkin.guest_desk import DESK, PEOPLE, change, found, shown
from tests.model_day import CONF


@pytest.mark.parametrize(
    ("query", "guests"),
    [
        ({"q": "석용주"}, ["guest-001"]),
        ({"q": "ㅅㅇㅈ"}, ["guest-001"]),
        ({"q": "namu.427@"}, ["guest-002"]),
        ({"q": "천안", "seat": "no"}, []),
        ({"q": "없는 사람"}, []),
        ({"needs": "yes"}, ["guest-003"]),
        ({"group": "none"}, ["guest-004"]),
        ({"badge": "missing"}, ["guest-005"]),
        ({"badge": "again"}, ["guest-006"]),
        ({"badge": "done"}, ["guest-007"]),
        ({"came": "left"}, []),
        ({"mode": "online"}, ["guest-004"]),
        ({"email": "no"}, ["guest-003"]),
    ],
)
def test_filters_mean_those_whom_they_name(
    seeded: Hub, desk: FlaskClient, query: dict[str, str], guests: list[str]
) -> None:
    change(seeded, "guest-003", needs="휠체어", email=None)
    change(seeded, "guest-004", group=None, mode=Mode.ONLINE)
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        guest_actions.mark_printed(write, ["guest-006", "guest-007"], write.at)
    change(seeded, "guest-006", name="다른 이름")
    desk.post(f"{DESK}/people/guest-005/revoke", json={"command_id": "revoke-5"})

    assert [one for one in found(desk, **query) if one < "guest-010"] == guests


def test_pages_keep_their_filters_and_a_page_behind_the_last_is_the_last(desk: FlaskClient) -> None:
    page = desk.get(f"{PEOPLE}?group=recipient&sort=seat&page=99").text

    (previous,) = re.findall(r'rel="prev" href="([^"]+)"', page)
    assert unescape(previous) == f"{PEOPLE}?group=recipient&sort=seat&page=1"
    assert len(shown(page)) == 37
    assert 'rel="next"' not in page


def test_the_list_is_sorted_by_seats_as_people_count(desk: FlaskClient) -> None:
    page = desk.get(f"{PEOPLE}?sort=seat&q=고용").text

    seats = re.findall(r"<td>([A-I]-\d+)</td>", page)
    assert seats == sorted(seats, key=lambda seat: (seat[0], int(seat[2:])))
    assert len(seats) > 10


def test_unusable_filters_are_refused(desk: FlaskClient) -> None:
    assert desk.get(f"{PEOPLE}?mode=nowhere").status_code == 422
    assert desk.get(f"{PEOPLE}?page=-1").status_code == 422
