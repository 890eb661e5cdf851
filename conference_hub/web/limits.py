"""Rate limits on arriving and on what guests send; counted in Redis when there is one, else in this process."""

from __future__ import annotations

import math
import time
from contextlib import AbstractContextManager, nullcontext
from ipaddress import IPv6Address, ip_address, ip_network

from flask import Flask, g, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits.storage import Storage

from conference_hub.core.config import Settings
from conference_hub.web import counters
from conference_hub.web.pace import Pace, in_pace

ARRIVALS = "600 per minute"
"""Links used from one address, behind which a whole hall may be. Refused links do not count."""
GUEST_POST = "30 per minute"
"""Changes by one guest: each is sent to every browser."""
IPV6_SITE_BITS = 64
"""One IPv6 subscriber has at least this network, and as many addresses as they like within it."""


def address() -> str:
    """Return whom the running request comes from: the IPv4 address, or the network of the IPv6 address."""
    text = get_remote_address()
    try:
        sender = ip_address(text)
    except ValueError:  # a server on a Unix socket has no addresses
        return text
    if isinstance(sender, IPv6Address):
        return str(sender.ipv4_mapped or ip_network((sender, IPV6_SITE_BITS), strict=False))
    return text


limiter = Limiter(address)


def guest() -> str:
    """Name the guest of the running request, in whichever browser; the address when there is none."""
    conf = (request.view_args or {}).get("conf")
    guest_id = g.viewer.guest_id(conf) if conf and "viewer" in g else None
    return f"{conf}/{guest_id}" if guest_id else address()


def storage() -> Storage:
    """Return the counters that every limit shares."""
    return limiter.storage


def wait_s() -> int:
    """Return in how many seconds the limit that refused the running request ends, at least 1."""
    refused_by = limiter.current_limit
    return max(1, math.ceil(refused_by.reset_at - time.time())) if refused_by else 1


def paced(pace: Pace, name: str) -> AbstractContextManager[None]:
    """Do something at a pace, counted by `name` and whom the running request comes from; raises TooMany (`wait`)."""
    return in_pace(pace, storage(), f"{name}/{address()}") if limiter.enabled else nullcontext()


def install(app: Flask, settings: Settings) -> None:
    """Count requests per client address; behind a proxy the address comes from `HUB_PROXIES` trusted hops."""
    shared = settings.redis_url and f"{counters.PREFIX}{settings.redis_url}"
    app.config["RATELIMIT_STORAGE_URI"] = shared or f"{counters.LOCAL}://"
    limiter.init_app(app)
    _check_where_declared(app)


def _check_where_declared(app: Flask) -> None:
    """Count requests of the views that declare a limit only: there is none for all, and looking for one is work."""
    checks = app.before_request_funcs[None]
    checks[:] = [check for check in checks if getattr(check, "__self__", None) is not limiter]
