"""Which addresses other systems may have: the hub must not be sent into its own network by whoever edits a webhook."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from conference_hub.core.addresses import has_credentials, is_web_address

LONGEST_URL = 1000
_NAME = re.compile(
    r"(?=.{1,253}$)(?!.*[0-9]$)[A-Za-z0-9]([A-Za-z0-9-]{0,62})(\.[A-Za-z0-9]([A-Za-z0-9-]{0,62}))*"
)
_NAT64 = IPv6Network("64:ff9b::/96")
Address = IPv4Address | IPv6Address


def is_sendable(url: str, *, private: bool) -> bool:
    """Return whether a webhook may have this address: over HTTPS, with `private` over HTTP too, nothing unusual in it.

    A host that is an address itself is looked at here, any other one when it is connected to.
    """
    if not (url.isascii() and is_web_address(url)) or has_credentials(url) or "#" in url:
        return False
    parts = urlsplit(url)
    host = literal(parts.hostname or "")
    return (private or parts.scheme == "https") and (host is None or may_reach(host, private=private))


def is_host(text: str) -> bool:
    """Return whether a text is an address or the name of a host."""
    return literal(text) is not None or _NAME.fullmatch(text) is not None


def may_reach(address: Address, *, private: bool) -> bool:
    """Return whether the hub may connect to an address: one of the public internet, with `private` any single host."""
    inner = _inside(address)
    if inner is not None:
        return may_reach(inner, private=private)
    if address.is_multicast or address.is_unspecified:
        return False
    return private or (address.is_global and not address.is_reserved and not _is_site_local(address))


def literal(host: str) -> Address | None:
    """Return the address that a host name is, None when it is a name."""
    try:
        return ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return None


def _is_site_local(address: Address) -> bool:
    return isinstance(address, IPv6Address) and address.is_site_local


def _inside(address: Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 address leads to, None for any other one."""
    if isinstance(address, IPv4Address):
        return None
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)
