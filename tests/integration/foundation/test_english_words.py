"""English words where one Korean word has several senses: each page says its own."""

from __future__ import annotations

import pytest

from conference_hub.access.model import Role
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF

pytestmark = ON_SQLITE


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("", '<h2 id="agenda-title">Programme</h2>'),
        ("programme", "<h1>Programme</h1>"),
        ("follow-up", '<p class="lead">All times are in Korea'),
        ("desk/follow-up", '<th scope="col">Title</th>'),
        ("desk/follow-up", '<th scope="col">Sign-ups</th>'),
        ("desk/follow-up", "Announced</span>"),
        ("desk/people/groups", '<th scope="col">Order</th>'),
        ("desk/awards/order", '<th scope="col">Cue</th>'),
        ("desk/registration", ">Registrations</a>"),
    ],
)
def test_a_page_says_the_english_word_of_its_own_sense(
    sign_in: SignIn, seeded: Hub, path: str, words: str
) -> None:
    assert seeded is not None

    page = sign_in(Role.ORGANISER).get(f"/c/{CONF}/{path}", headers={"Accept-Language": "en"})

    assert words in page.text
