"""What a video address is as a source that pages embed: YouTube and Vimeo pages become their players' addresses."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import parse_qs, urlsplit

from conference_hub.core.errors import msg

YOUTUBE = frozenset({"youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com"})
YOUTUBE_PLAYER = "www.youtube-nocookie.com"
VIMEO = frozenset({"vimeo.com", "www.vimeo.com"})
VIMEO_PLAYER = "player.vimeo.com"
VIDEO_ID = re.compile(r"[A-Za-z0-9_-]{5,20}")
DIGITS = re.compile(r"[0-9]{4,20}")
HIDDEN = re.compile(r"[0-9a-f]{6,20}")
NOT_EMBEDDED = msg("이 주소의 영상은 넣을 수 없습니다. 넣을 수 있는 곳: %(hosts)s")


def embedded(url: str) -> str:
    """Return the address to embed for a page that people copy from YouTube or Vimeo; any other one as it is."""
    parts = urlsplit(url)
    host, path = (parts.hostname or "").casefold(), [piece for piece in parts.path.split("/") if piece]
    if host == "youtu.be" and path:
        return _youtube(path[0]) or url
    if host in {*YOUTUBE, YOUTUBE_PLAYER, "youtube-nocookie.com"}:
        return _youtube(_youtube_id(path, parts.query)) or url
    if host in VIMEO and path:
        return _vimeo(path) or url
    return url


def may_embed(url: str, hosts: Collection[str]) -> bool:
    """Return whether an address is one that pages may embed: over HTTPS, from one of `hosts`."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        plain = parts.port in {None, 443} and parts.username is None
    except ValueError:
        return False
    return parts.scheme == "https" and plain and host.casefold() in hosts


def _youtube_id(path: list[str], query: str) -> str:
    if path[:1] == ["watch"]:
        return parse_qs(query).get("v", [""])[0]
    return path[1] if len(path) > 1 and path[0] in {"embed", "live", "shorts", "v"} else ""


def _youtube(video_id: str) -> str | None:
    return f"https://{YOUTUBE_PLAYER}/embed/{video_id}" if VIDEO_ID.fullmatch(video_id) else None


def _vimeo(path: list[str]) -> str | None:
    """`vimeo.com/76979871`, and `vimeo.com/76979871/ab12cd34ef` for a video that only its link shows."""
    if not DIGITS.fullmatch(path[0]):
        return None
    secret = f"?h={path[1]}" if len(path) > 1 and HIDDEN.fullmatch(path[1]) else ""
    return f"https://{VIMEO_PLAYER}/video/{path[0]}{secret}"
