"""A list of devices says which kind of browser it is, never the whole User-Agent."""

from __future__ import annotations

import pytest

from conference_hub.access.browsers import browser_family

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
