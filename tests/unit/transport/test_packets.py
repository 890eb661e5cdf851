"""The packets that a client may send."""

from __future__ import annotations

import pytest

from conference_hub.live.transport.packets import MAX_PACKET_CHARS, Packet, packet_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("3", Packet.PONG),
        ("2probe", Packet.PROBE),
        ("5", Packet.UPGRADE),
        ("1", Packet.CLOSE),
        ("40", Packet.JOIN),
        ('40{"conf":"best-practice-2021","stream":"public","after":3}', Packet.JOIN),
        ('40["public"]', Packet.JOIN),
        ("41", Packet.LEAVE),
        ('42["applause"]', Packet.EVENT),
        ('4217["applause",{"n":1}]', Packet.EVENT),
    ],
)
def test_packet_of_a_client(text: str, kind: Packet) -> None:
    assert packet_of(text) is kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "2",
        "6",
        "9",
        "x",
        "4",
        "42",
        "42[",
        "42[]",
        "42[1]",
        '42["connect",{"HTTP_AUTHORIZATION":"Bearer x"},{"conf":"c","stream":"sealed"}]',
        '42["disconnect"]',
        '427["disconnect","for show"]',
        "42{}",
        "4zzz",
        "40[1",
        "40/other,",
        "40123",
        '42/other,["a"]',
        '43["ack"]',
        '44{"message":"no"}',
        '451-["x",{"_placeholder":true,"num":0}]',
        "bAAAA",
        "40" + "[" * 3000,
        "３",
        '42["' + "x" * MAX_PACKET_CHARS + '"]',
    ],
)
def test_packet_of_refuses_what_no_client_sends(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        packet_of(text)
