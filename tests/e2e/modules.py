"""The modules as they are written, for a page whose own are bundled: a test imports them by `BASE`."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Page, Route

from conference_hub.core.files import STATIC

__all__ = ["BASE", "serve_modules"]

BASE = "/modules-for-tests"
"""`import('/modules-for-tests/web/dom.js')` is what `#hub/web/dom.js` names in our sources."""
OURS = "#hub/"


def serve_modules(page: Page) -> Page:
    """Let a page import our modules, besides what it loaded; they share nothing with those in its bundle."""
    page.route(f"**{BASE}/**", _answer)
    return page


def _answer(route: Route) -> None:
    name = urlsplit(route.request.url).path.removeprefix(f"{BASE}/")
    source = (STATIC / "js" / name).read_text(encoding="utf-8").replace(OURS, f"{BASE}/")
    route.fulfill(body=source, content_type="text/javascript")
