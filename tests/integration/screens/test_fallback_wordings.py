"""A text without a wording in the reader's language is shown in the other one, and says so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from conference_hub.conferences.model import Conference
from conference_hub.conferences.store import add_conference
from conference_hub.core.actor import Actor
from conference_hub.core.text import Text
from conference_hub.web.hub import Hub
from tests.model_day import OPENING

CONFERENCE = Conference(
    slug="one-language",
    title=Text(ko="가을 심포지엄"),
    host=Text.of("주최"),
    venue=Text(ko="회관", en="Hall"),
    timezone="Asia/Seoul",
    starts_at=OPENING,
    ends_at=OPENING.replace(hour=9),
    accent="#204060",
    channels=(),
)


def overview(hub: Hub, client: FlaskClient, conference: Conference, lang: str) -> str:
    actor = Actor.system("test")
    with hub.journal.writing(conference.slug, actor=actor, found=lambda db: add_conference(db, conference)):
        pass
    return client.get(f"/c/{conference.slug}/?lang={lang}").text


def test_a_missing_wording_is_marked_where_the_language_is_offered(hub: Hub, client: FlaskClient) -> None:
    found = overview(hub, client, CONFERENCE, "en")

    assert '<h1 data-conference="title"><span lang="ko" class="fallback">가을 심포지엄</span></h1>' in found
    assert '<p data-conference="venue">Hall</p>' in found


def test_a_conference_of_one_language_marks_the_language_for_readers_only(
    hub: Hub, client: FlaskClient
) -> None:
    korean = replace(CONFERENCE, languages=("ko",))

    assert '<h1 data-conference="title"><span lang="ko">가을 심포지엄</span></h1>' in overview(
        hub, client, korean, "en"
    )


@pytest.mark.parametrize("languages", [("ko",), ("ko", "en")])
def test_the_given_wording_has_no_mark(hub: Hub, client: FlaskClient, languages: tuple[str, ...]) -> None:
    conference = replace(CONFERENCE, languages=languages)  # type: ignore[arg-type]

    assert '<h1 data-conference="title">가을 심포지엄</h1>' in overview(hub, client, conference, "ko")
