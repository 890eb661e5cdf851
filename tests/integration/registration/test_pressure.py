"""Many registrations from one address: a hall gets in one by one, and nobody has to type anything twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from werkzeug.test import TestResponse

from conference_hub.people.model import Mode
from conference_hub.registration import pages
from conference_hub.web.limits import limiter
from conference_hub.web.pace import Pace
from tests.integration.kinds import ON_SQLITE
from tests.integration.registration.conftest import Desk
from tests.model_day import CONF

pytestmark = ON_SQLITE
"""One database is enough: nothing here depends on it."""

FORM = f"/c/{CONF}/register"
HALL, HOME = "192.0.2.1", "198.51.100.1"
FULL = {Mode.ONSITE: 0}
AT_ONCE = 3


@pytest.fixture(autouse=True)
def counted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Count requests from here on, at a pace that a slow machine does not change."""
    assert desk is not None
    monkeypatch.setattr(pages, "MAILING", Pace(at_once=AT_ONCE, every_s=60, window_s=600))
    limiter.enabled = True
    limiter.reset()
    yield
    limiter.enabled = False


def come(desk: Desk, name: str, *, address: str = HALL, **fields: str) -> TestResponse:
    form = {"name": name, "email": f"{name}@example.com", "mode": "onsite", **fields}
    return desk.stranger.post(FORM, data=form, environ_overrides={"REMOTE_ADDR": address})


def flood(desk: Desk) -> list[int]:
    return [come(desk, f"p{number}").status_code for number in range(AT_ONCE)]


def pause_is_over() -> None:
    limiter.storage.clear(f"register/{CONF}/{HALL}/pause")


def test_a_flood_from_one_address_is_slowed_down_and_what_was_typed_stays(desk: Desk) -> None:
    desk.opened()
    assert flood(desk) == [302] * AT_ONCE

    refused = come(desk, "hong", organisation="아주 긴 이름의 기관")

    wait_s = refused.headers["Retry-After"]
    assert (refused.status_code, 1 <= int(wait_s) <= 60) == (429, True)
    assert all(
        words in refused.text
        for words in (f"{wait_s}초 뒤에 다시 눌러 주세요", 'value="hong"', 'value="아주 긴 이름의 기관"')
    )
    assert desk.find("hong") is None


def test_a_hall_that_waits_is_let_in_and_other_addresses_do_not_wait(desk: Desk) -> None:
    desk.opened()
    flood(desk)

    assert come(desk, "elsewhere", address=HOME).status_code == 302
    statuses = [come(desk, "hong").status_code]
    pause_is_over()
    statuses += [come(desk, "hong").status_code, come(desk, "next").status_code]

    assert statuses == [429, 302, 429]


def test_asking_for_links_counts_as_registering_does(desk: Desk) -> None:
    desk.opened()
    flood(desk)

    form, hall = {"again": "p1@example.com"}, {"REMOTE_ADDR": HALL}
    refused = desk.stranger.post(f"{FORM}/link", data=form, environ_overrides=hall)

    assert refused.status_code == 429
    assert 'value="p1@example.com"' in refused.text
    assert len(desk.mails("p1")) == 1


def test_forms_that_are_refused_do_not_count(desk: Desk) -> None:
    desk.opened(capacity=FULL, waiting_list=False)
    refused = [come(desk, f"r{number}").status_code for number in range(AT_ONCE + 1)]
    desk.opened()

    assert (refused, flood(desk)) == ([422] * (AT_ONCE + 1), [302] * AT_ONCE)


def test_mails_to_one_address_are_bounded_and_the_form_comes_back(desk: Desk) -> None:
    desk.opened()

    answers = [come(desk, "hong", address=f"203.0.113.{number}") for number in range(11)]

    assert [answer.status_code for answer in answers] == [302] * 10 + [429]
    assert 3000 < int(answers[-1].headers["Retry-After"]) <= 3601
    assert "요청이 너무 잦습니다." in answers[-1].text
    assert 'value="hong@example.com"' in answers[-1].text
