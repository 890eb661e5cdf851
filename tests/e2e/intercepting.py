"""Requests of a page that a test answers, delays or loses itself."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, Route

__all__ = ["intercept"]

PROBE = "/intercepted"
CAUGHT = "caught"


def intercept(page: Page, pattern: str | re.Pattern[str], handler: Callable[[Route], object]) -> None:
    """Hand the requests that match `pattern` to `handler`, from now on.

    `page.route` alone returns before Chromium's renderer uses the way that is intercepted: a request sent at once can
    still reach the server. So probes are sent until one is caught; as POST, which no service worker takes.
    """
    page.route(f"**{PROBE}", lambda route: route.fulfill(body=CAUGHT))
    page.route(pattern, handler)
    while (
        page.evaluate("path => fetch(path, {method: 'POST'}).then((answer) => answer.text())", PROBE)
        != CAUGHT
    ):
        pass
