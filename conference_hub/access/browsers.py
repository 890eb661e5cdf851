"""What a User-Agent says: family and system of a browser for lists of devices, and whether it is one inside an app."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from conference_hub.core.text import Text

BROWSERS = (
    ("KAKAOTALK", "KakaoTalk"),
    ("NAVER(", "NAVER"),
    ("Whale/", "Whale"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
"""Marks in the order in which they are tried: most browsers also claim to be Chrome and Safari."""
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, kw_only=True)
class InApp:
    """The browser inside an app: it forgets sign-ins with the app's window, and may have no camera and no sound."""

    app: Literal["kakaotalk", "naver", "instagram", "facebook", "line"]
    name: Text
    system: Literal["android", "ios", ""] = ""


APPS = (
    ("KAKAOTALK", InApp(app="kakaotalk", name=Text(ko="카카오톡", en="KakaoTalk"))),
    ("NAVER(inapp", InApp(app="naver", name=Text(ko="네이버 앱", en="the NAVER app"))),
    ("Instagram", InApp(app="instagram", name=Text(ko="인스타그램", en="Instagram"))),
    ("FBAN/", InApp(app="facebook", name=Text(ko="페이스북", en="Facebook"))),
    ("FBAV/", InApp(app="facebook", name=Text(ko="페이스북", en="Facebook"))),
    ("FB_IAB/", InApp(app="facebook", name=Text(ko="페이스북", en="Facebook"))),
    (" Line/", InApp(app="line", name=Text(ko="라인", en="LINE"))),
)
"""What browsers inside apps have in their User-Agent."""


def in_app(user_agent: str) -> InApp | None:
    """Return the app in whose own browser a page was opened, None for a browser of its own."""
    found = next((app for mark, app in APPS if mark in user_agent), None)
    return replace(found, system=_system(user_agent)) if found else None


def _system(user_agent: str) -> Literal["android", "ios", ""]:
    if "Android" in user_agent:
        return "android"
    return "ios" if any(mark in user_agent for mark in ("iPhone", "iPad", "iPod")) else ""


def browser_family(user_agent: str) -> str:
    """Return `Chrome / Android` for a User-Agent; an unknown part is left out, and so may be both."""
    found = (_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent))
    return " / ".join(part for part in found if part)


def _first(marks: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for mark, name in marks if mark in text), "")
