"""Several guests changed at once."""

from __future__ import annotations

import re
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from conference_hub.access import listing
from conference_hub.outbox.store import mails
from conference_hub.people.disclosures import DisclosureKind, disclosures
from conference_hub.people.model import Mode
from conference_hub.people.store import guests_of
from conference_hub.web.hub import Hub
from tests.integration.checkin.guest_desk import DESK, PEOPLE, change, found, guest
from tests.model_day import CONF


def selected(desk: FlaskClient, action: str, **fields: Any) -> TestResponse:
    return desk.post(f"{PEOPLE}/selected", data={"action": action, **fields})


def test_several_are_asked_about_first_and_named_by_number(seeded: Hub, desk: FlaskClient) -> None:
    asked = selected(desk, "clear-seat", pick=["guest-001", "guest-002"])

    assert "2명의 좌석을 비울까요?" in asked.text
    assert guest(seeded, "guest-001").seat == "D-08"
    done = selected(desk, "clear-seat", pick=["guest-001", "guest-002"], confirmed="on", count="2")
    assert done.status_code == 302
    assert [guest(seeded, one).seat for one in ("guest-001", "guest-002", "guest-003")] == [
        None,
        None,
        "B-04",
    ]


def test_all_whom_the_filters_mean_are_changed_at_once(seeded: Hub, desk: FlaskClient) -> None:
    everybody = {"every": "on", "group": "official", "confirmed": "on"}

    changed = selected(desk, "group", **everybody, count="24", to_group="staff")
    incomplete = selected(desk, "group", **everybody, count="25")
    done = selected(desk, "group", **everybody, count="25", to_group="staff")

    assert "그 사이 명단이 바뀌었습니다" in changed.text
    assert "무엇으로 바꿀지" in incomplete.text
    assert done.location == f"{PEOPLE}?group=official"
    assert found(desk, group="official") == []
    assert len(found(desk, group="staff")) == 32


def test_a_mode_is_given_to_several(seeded: Hub, desk: FlaskClient) -> None:
    pick = ["guest-001", "guest-002"]
    selected(desk, "mode", pick=pick, confirmed="on", count="2", to_mode="zoom")

    assert [guest(seeded, one).mode for one in pick] == [Mode.ZOOM, Mode.ZOOM]


def test_several_become_one_party_whose_name_is_suggested(seeded: Hub, desk: FlaskClient) -> None:
    pick = ["guest-001", "guest-002", "guest-003"]

    asked = selected(desk, "party", pick=pick)
    nameless = selected(desk, "party", pick=pick, confirmed="on", count="3", to_party=" ")
    done = selected(desk, "party", pick=pick, confirmed="on", count="3", to_party="석용주 일행")

    assert "3명을 한 일행으로 묶을까요?" in asked.text
    assert named(asked) == "석용주 일행"
    assert "일행의 이름을 적으세요." in nameless.text
    assert done.status_code == 302
    assert {guest(seeded, one).party for one in pick} == {"석용주 일행"}


def test_party_of_some_takes_the_others_in_and_no_other_party_is_joined_unasked(
    seeded: Hub, desk: FlaskClient
) -> None:
    change(seeded, "guest-002", party="장관실")
    change(seeded, "guest-004", party="석용주 일행")

    joined = selected(desk, "party", pick=["guest-001", "guest-002"])
    fresh = selected(desk, "party", pick=["guest-001", "guest-003"])

    assert (named(joined), named(fresh)) == ("장관실", "석용주 일행 2")


def test_crowd_is_no_party(seeded: Hub, desk: FlaskClient) -> None:
    asked = selected(desk, "party", every="on", confirmed="on", count="121", to_party="모두")

    assert "한 일행은 60명까지입니다." in asked.text
    assert 'data-kind="primary">한 일행으로' not in asked.text
    assert guest(seeded, "guest-001").party is None


def test_several_are_taken_out_of_their_party(seeded: Hub, desk: FlaskClient) -> None:
    for one in ("guest-001", "guest-002", "guest-003"):
        change(seeded, one, party="세종 일행")
    pick = ["guest-001", "guest-002"]

    asked = selected(desk, "clear-party", pick=pick)
    selected(desk, "clear-party", pick=pick, confirmed="on", count="2")

    assert "2명을 일행에서 뺄까요?" in asked.text
    assert [guest(seeded, one).party for one in (*pick, "guest-003")] == [None, None, "세종 일행"]


def named(page: TestResponse) -> str:
    """Return what a page calls the party to be."""
    found_names = re.findall(r'name="to_party"[^>]*value="([^"]*)"', page.text)
    assert len(found_names) == 1
    return str(found_names[0])


def test_badges_are_issued_to_those_without_one_and_printed_by_choice(seeded: Hub, desk: FlaskClient) -> None:
    desk.post(f"{DESK}/people/guest-001/revoke", json={"command_id": "revoke-1"})
    selected(desk, "badges", pick=["guest-001", "guest-002"], confirmed="on", count="2")

    assert found(desk, badge="missing") == []
    sheet = selected(desk, "print", pick=["guest-001", "guest-002"])
    assert sheet.location == f"{DESK}/badges?only=guest-001,guest-002"
    assert desk.get(sheet.location).text.count("<svg") == 2


def test_removing_several_names_those_whom_awards_hold(seeded: Hub, desk: FlaskClient) -> None:
    sent = {"pick": ["guest-001", "guest-121"], "confirmed": "on", "count": "2"}
    held = selected(desk, "remove", **sent)
    done = selected(desk, "remove", pick="guest-121", confirmed="on", count="1")

    assert "시상에 연결된 사람이 1명" in held.text
    assert done.status_code == 302
    with seeded.database.reading() as db:
        left = guests_of(db, CONF, ["guest-001", "guest-121"])
    assert [one.id for one in left] == ["guest-001"]


def test_nothing_is_done_with_nobody(desk: FlaskClient) -> None:
    answer = selected(desk, "remove", confirmed="on", count="0")

    assert answer.location == PEOPLE
    assert "먼저 사람을 고르세요" in desk.get(PEOPLE).text


def test_personal_links_go_by_mail_or_are_shown_once(seeded: Hub, desk: FlaskClient) -> None:
    change(seeded, "guest-002", email=None)
    pick = ["guest-001", "guest-002"]

    page = selected(desk, "links", pick=pick, confirmed="on", count="2").text

    (link,) = re.findall(r"http://127.0.0.1:8000/link#[\w-]+", page)
    with seeded.database.reading() as db:
        assert set(listing.personal_links_of(db, CONF, seeded.now(), pick)) == set(pick)
        (mail,) = mails(db, CONF)
        (told,) = disclosures(db, CONF, 10)
    assert (mail.to_address, mail.to_name, mail.kind) == ("hanbit.664@example.com", "석용주", "personal-link")
    assert mail.link not in {None, link}
    assert (told.kind, told.count) == (DisclosureKind.LINKS, 1)
