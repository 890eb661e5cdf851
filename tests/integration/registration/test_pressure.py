"""Many registrations from one address: a hall gets in one by one, and nobody has to type anything twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from werkzeug.test import TestResponse

from conference_hub.people.model import Mode
from conference_hub.registration.pages import MAILING
from conference_hub.web.limits import limiter
from tests.integration.kinds import ON_SQLITE
from tests.integration.registration.conftest import Desk
from tests.model_day import CONF

pytestmark = ON_SQLITE
"""One database is enough: nothing here depends on it."""

FORM = f"/c/{CONF}/register"
HALL, HOME = "192.0.2.1", "198.51.100.1"
FULL = {Mode.ONSITE: 0}


@pytest.fixture(autouse=True)
def counted(desk: Desk) -> Iterator[None]:
    assert desk is not None  # made first: its requests are not counted
    limiter.enabled = True
    limiter.reset()
    yield
    limiter.enabled = False


def come(desk: Desk, name: str, *, path: str = FORM, address: str = HALL, **fields: str) -> TestResponse:
    form = {"name": name, "email": f"{name}@example.com", "mode": "onsite", **fields}
    return desk.stranger.post(path, data=form, environ_overrides={"REMOTE_ADDR": address})


def flood(desk: Desk) -> list[int]:
    return [come(desk, f"p{number}").status_code for number in range(MAILING.at_once)]


def pause_is_over() -> None:
    limiter.storage.clear(f"register/{CONF}/{HALL}/pause")


def test_a_flood_from_one_address_is_slowed_down_and_what_was_typed_stays(desk: Desk) -> None:
    desk.opened()
    assert flood(desk) == [302] * MAILING.at_once

    refused = come(desk, "hong", organisation="아주 긴 이름의 기관")

    assert (refused.status_code, refused.headers["Retry-After"]) == (429, str(MAILING.every_s))
    assert all(
        words in refused.text
        for words in ("2초 뒤에 다시 눌러 주세요", 'value="hong"', 'value="아주 긴 이름의 기관"')
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

    refused = come(desk, "p1", path=f"{FORM}/link", again="p1@example.com")

    assert refused.status_code == 429
    assert 'value="p1@example.com"' in refused.text
    assert len(desk.mails("p1")) == 1


def test_forms_that_are_refused_do_not_count(desk: Desk) -> None:
    desk.opened(capacity=FULL, waiting_list=False)
    refused = [come(desk, f"r{number}").status_code for number in range(MAILING.at_once + 1)]
    desk.opened()

    assert (refused, flood(desk)) == ([422] * (MAILING.at_once + 1), [302] * MAILING.at_once)


def test_mails_to_one_address_are_bounded_and_the_form_comes_back(desk: Desk) -> None:
    desk.opened()

    answers = [come(desk, "hong", address=f"203.0.113.{number}") for number in range(11)]

    assert [answer.status_code for answer in answers] == [302] * 10 + [429]
    assert "요청이 너무 잦습니다." in answers[-1].text
    assert 'value="hong@example.com"' in answers[-1].text
