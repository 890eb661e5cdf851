"""What sentences call a part of the hub that acted by itself: words of the reader, never its technical name."""

from __future__ import annotations

import pytest
from flask import Flask

from conference_hub.core.errors import msg
from conference_hub.web.i18n import translate_message
from tests.integration.kinds import ON_SQLITE

pytestmark = ON_SQLITE
"""One database is enough: nothing here depends on it."""

CHANGED = msg("그 사이 %(by)s 님이 바꾸었습니다. 지금 값을 확인하고 다시 저장해 주세요.")


@pytest.mark.parametrize(
    ("by", "beginning"),
    [
        ("registration", "그 사이 등록 페이지에서 바꾸었습니다."),
        ("command line", "그 사이 명령줄에서 바꾸었습니다."),
        ("seed", "그 사이 예시 자료에서 바꾸었습니다."),
        ("김주최", "그 사이 김주최 님이 바꾸었습니다."),
    ],
)
def test_a_part_of_the_hub_is_named_in_words(app: Flask, by: str, beginning: str) -> None:
    with app.test_request_context(headers={"Accept-Language": "ko"}):
        said = translate_message(CHANGED, {"by": by})

    assert said.startswith(beginning)
