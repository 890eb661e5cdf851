"""The page of sign-in links: who opens it inside an app is warned before the link is used up."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from conference_hub.web.hub import Hub

KAKAO = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) KAKAOTALK 25.1.0"
INSTAGRAM = (
    "Mozilla/5.0 (Linux; Android 14; wv) Chrome/142.0 Mobile Safari/537.36 Instagram 361.0.0.46.88 Android"
)
CHROME = "Mozilla/5.0 (Linux; Android 14) Chrome/142.0 Mobile Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "marks"),
    [
        (KAKAO, ('data-app="kakaotalk"', 'data-system="ios"', "카카오톡 안에서 열린 화면입니다.")),
        (INSTAGRAM, ('data-app="instagram"', 'data-system="android"', "인스타그램 안에서 열린 화면입니다.")),
    ],
)
def test_link_page_inside_an_app_warns_before_the_link_is_spent(
    seeded: Hub, client: FlaskClient, agent: str, marks: tuple[str, ...]
) -> None:
    page = client.get("/link?lang=ko", headers={"User-Agent": agent}).text

    assert all(mark in page for mark in (*marks, "그래도 여기서 입장하기"))


def test_link_page_in_a_browser_of_its_own_warns_of_nothing(seeded: Hub, client: FlaskClient) -> None:
    page = client.get("/link?lang=ko", headers={"User-Agent": CHROME}).text

    assert 'id="in-app"' not in page
    assert "입장하기" in page
    assert "그래도" not in page
