"""What pages embed of the addresses that people copy."""

from __future__ import annotations

import pytest

from conference_hub.places.embedding import embedded, may_embed

HOSTS = ("www.youtube-nocookie.com", "player.vimeo.com")
PLAYER = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"


@pytest.mark.parametrize(
    "copied",
    [
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://youtube.com/watch?v=dQw4w9WgXcQ&t=42s",
        "https://m.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ",
        "https://www.youtube.com/live/dQw4w9WgXcQ?feature=share",
        "https://youtu.be/dQw4w9WgXcQ?si=abc",
        "https://www.youtube.com/embed/dQw4w9WgXcQ",
        "https://www.youtube.com/shorts/dQw4w9WgXcQ",
        PLAYER,
    ],
)
def test_youtube_pages_become_the_player_without_cookies(copied: str) -> None:
    assert embedded(copied) == PLAYER


@pytest.mark.parametrize(
    ("copied", "player"),
    [
        ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871"),
        ("https://vimeo.com/76979871/ab12cd34ef", "https://player.vimeo.com/video/76979871?h=ab12cd34ef"),
        ("https://player.vimeo.com/video/76979871", "https://player.vimeo.com/video/76979871"),
    ],
)
def test_vimeo_pages_become_the_player(copied: str, player: str) -> None:
    assert embedded(copied) == player


@pytest.mark.parametrize(
    "other",
    [
        "https://www.youtube.com/@channel",
        "https://www.youtube.com/watch?v=",
        "https://www.youtube.com/watch",
        "https://youtu.be/",
        "https://vimeo.com/categories",
        "https://vimeo.com/",
        "https://video.example.com/stream?v=dQw4w9WgXcQ",
        "https://youtube.com.example.com/watch?v=dQw4w9WgXcQ",
        "nonsense",
    ],
)
def test_other_addresses_stay_as_they_are(other: str) -> None:
    assert embedded(other) == other


@pytest.mark.parametrize(
    ("url", "may"),
    [
        (PLAYER, True),
        ("https://PLAYER.vimeo.com/video/1", True),
        ("http://www.youtube-nocookie.com/embed/x", False),
        ("https://www.youtube.com/watch?v=x", False),
        ("https://www.youtube-nocookie.com.example.com/x", False),
        ("https://www.youtube-nocookie.com@example.com/x", False),
        ("https://user@www.youtube-nocookie.com/x", False),
        ("https://www.youtube-nocookie.com:8443/x", False),
        ("https://www.youtube-nocookie.com:port/x", False),
        ("javascript:alert(1)", False),
        ("", False),
    ],
)
def test_only_https_from_the_configured_hosts_is_embedded(url: str, *, may: bool) -> None:
    assert may_embed(url, HOSTS) is may
