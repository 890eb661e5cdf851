"""Rate limits on sign-in and on what guests send; counted in Redis when there is one, else in this process."""

from __future__ import annotations

from http import HTTPStatus

from flask import Flask, Response, g, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from conference_hub.config import Settings

SIGN_IN = "10 per minute; 100 per hour"
"""Refused tries from one address."""
ARRIVALS = "600 per minute"
"""Personal links opened from one address: a whole hall may be behind it."""
GUEST_POST = "30 per minute"
"""What one guest may change: each change is told to everybody."""

limiter = Limiter(get_remote_address, headers_enabled=True)


def refused(response: Response) -> bool:
    """Tell whether a try to sign in failed: only those count, or a hall behind one address locks itself out."""
    return response.status_code == HTTPStatus.UNAUTHORIZED


def guest() -> str:
    """Name the guest of the running request, in whichever browser; the address when there is none."""
    conf = (request.view_args or {}).get("conf")
    guest_id = g.viewer.guest_id(conf) if conf and "viewer" in g else None
    return f"{conf}/{guest_id}" if guest_id else get_remote_address()


def install(app: Flask, settings: Settings) -> None:
    """Count requests per client address; behind a proxy the address comes from `HUB_PROXIES` trusted hops."""
    app.config["RATELIMIT_STORAGE_URI"] = settings.redis_url or "memory://"
    app.config["RATELIMIT_IN_MEMORY_FALLBACK_ENABLED"] = True
    limiter.init_app(app)
