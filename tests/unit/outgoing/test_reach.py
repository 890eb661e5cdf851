"""Which addresses webhooks may have and reach."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from conference_hub.outgoing.reach import is_sendable, may_reach


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("93.184.216.34", (True, True)),
        ("2606:2800:220:1::1", (True, True)),
        ("127.0.0.1", (False, True)),
        ("10.1.2.3", (False, True)),
        ("192.168.0.9", (False, True)),
        ("169.254.169.254", (False, True)),
        ("100.64.0.1", (False, True)),
        ("::1", (False, True)),
        ("fd00::1", (False, True)),
        ("fe80::1", (False, True)),
        ("fec0::1", (False, True)),
        ("::ffff:10.0.0.1", (False, True)),
        ("::ffff:93.184.216.34", (True, True)),
        ("2002:0a00:0001::", (False, True)),
        ("64:ff9b::7f00:1", (False, True)),
        ("64:ff9b::5db8:d822", (True, True)),
        ("::7f00:1", (False, True)),
        ("240.0.0.1", (False, True)),
        ("224.0.0.1", (False, False)),
        ("ff02::1", (False, False)),
        ("0.0.0.0", (False, False)),  # noqa: S104 - not bound to
        ("::", (False, False)),
    ],
)
def test_may_reach(address: str, expected: tuple[bool, bool]) -> None:
    """`expected`: usually, and where the setting allows private addresses."""
    found = ip_address(address)

    assert (may_reach(found, private=False), may_reach(found, private=True)) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://hooks.example.com/a?b=c", (True, True)),
        ("https://hooks.example.com:8443/", (True, True)),
        ("https://93.184.216.34/", (True, True)),
        ("http://hooks.example.com/", (False, True)),
        ("https://10.0.0.1/", (False, True)),
        ("https://[::1]/", (False, True)),
        ("https://224.0.0.1/", (False, False)),
        ("https://kim:secret@hooks.example.com/", (False, False)),
        ("https://hooks.example.com/#part", (False, False)),
        ("https://hooks.example.com:99999/", (False, False)),
        ("https://훅.example.com/", (False, False)),
        ("https://hooks.example.com/a b", (False, False)),
        ("ftp://hooks.example.com/", (False, False)),
        ("https://", (False, False)),
        ("//hooks.example.com/", (False, False)),
    ],
)
def test_is_sendable(url: str, expected: tuple[bool, bool]) -> None:
    assert (is_sendable(url, private=False), is_sendable(url, private=True)) == expected
