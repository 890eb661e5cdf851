"""A list of devices says which kind of browser it is, never the whole User-Agent; browsers inside apps are known."""

from __future__ import annotations

import pytest

from conference_hub.access.browsers import InApp, browser_family, in_app
from conference_hub.core.text import Text

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "family"),
    [
        (
            f"Mozilla/5.0 (Linux; Android 14; SM-S921N) {WEBKIT} Chrome/142.0 Mobile Safari/537.36",
            "Chrome / Android",
        ),
        (
            f"Mozilla/5.0 (Linux; Android 14) {WEBKIT} SamsungBrowser/27.0 Chrome/125.0 Mobile Safari/537.36",
            "Samsung Internet / Android",
        ),
        (
            f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/142.0 Safari/537.36 Edg/142.0",
            "Edge / Windows",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15",
            "Safari / macOS",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) KAKAOTALK 25.1.0", "KakaoTalk / iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox / Linux"),
        ("python-requests/2.32 <script>", ""),
        ("", ""),
    ],
)
def test_a_browser_is_named_by_its_family(user_agent: str, family: str) -> None:
    assert browser_family(user_agent) == family


IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
ANDROID = (
    f"Mozilla/5.0 (Linux; Android 14; SM-S921N; wv) {WEBKIT} Version/4.0 Chrome/142.0 Mobile Safari/537.36"
)
KAKAO = Text(ko="카카오톡", en="KakaoTalk")


@pytest.mark.parametrize(
    ("user_agent", "found"),
    [
        (f"{IPHONE} Mobile/15E148 KAKAOTALK 25.1.0", InApp(app="kakaotalk", name=KAKAO, system="ios")),
        (f"{ANDROID} KAKAOTALK 25.1.0", InApp(app="kakaotalk", name=KAKAO, system="android")),
        (
            f"{IPHONE} Mobile/15E148 NAVER(inapp; search; 2000; 12.9.1; 16PRO)",
            InApp(app="naver", name=Text(ko="네이버 앱", en="the NAVER app"), system="ios"),
        ),
        (
            f"{ANDROID} Instagram 361.0.0.46.88 Android (34/14)",
            InApp(app="instagram", name=Text(ko="인스타그램", en="Instagram"), system="android"),
        ),
        (
            f"{IPHONE} Mobile/15E148 [FBAN/FBIOS;FBAV/489.0]",
            InApp(app="facebook", name=Text(ko="페이스북", en="Facebook"), system="ios"),
        ),
        (
            f"{ANDROID} [FB_IAB/FB4A;FBAV/489.0]",
            InApp(app="facebook", name=Text(ko="페이스북", en="Facebook"), system="android"),
        ),
        (
            f"{IPHONE} Mobile/15E148 Safari Line/14.20.0",
            InApp(app="line", name=Text(ko="라인", en="LINE"), system="ios"),
        ),
        ("KAKAOTALK", InApp(app="kakaotalk", name=KAKAO)),
        (f"{IPHONE} Version/18.0 Mobile/15E148 Safari/604.1", None),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0 Inline/1", None),
        ("", None),
    ],
)
def test_browser_inside_an_app_is_known(user_agent: str, found: InApp | None) -> None:
    assert in_app(user_agent) == found
