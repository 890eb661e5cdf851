"""Rate limits on sign-in and public posts; counted in Redis when there is one, else in this process."""

from __future__ import annotations

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from conference_hub.config import Settings

SIGN_IN = "10 per minute; 100 per hour"
PUBLIC_POST = "30 per minute"

limiter = Limiter(get_remote_address, headers_enabled=True)


def install(app: Flask, settings: Settings) -> None:
    """Count requests per client address; behind a proxy the address comes from `HUB_PROXIES` trusted hops."""
    app.config["RATELIMIT_STORAGE_URI"] = settings.redis_url or "memory://"
    app.config["RATELIMIT_IN_MEMORY_FALLBACK_ENABLED"] = True
    limiter.init_app(app)
