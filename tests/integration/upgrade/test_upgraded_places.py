"""The channels of version 82fd37d stay; a link that is entered from now on is kept back until somebody opens it."""

from __future__ import annotations

from conference_hub.conferences.place_store import all_channels
from conference_hub.conferences.places import ChannelAudience
from conference_hub.web.hub import Hub
from tests.model_day import CONF


def test_channels_stay_in_order_and_closed_without_a_link(hub: Hub) -> None:
    with hub.database.reading() as db:
        channels = all_channels(db, CONF)

    assert [(channel.id, channel.kind, channel.url, channel.is_open) for channel in channels] == [
        ("hall", "hall", None, False),
        ("metaverse", "metaverse", None, False),
        ("zoom", "meeting", None, False),
        ("youtube", "broadcast", None, False),
    ]
    assert {(channel.captions_url, channel.delay_ms) for channel in channels} == {(None, 0)}
    assert {(channel.audience, channel.passcode, channel.opens_with) for channel in channels} == {
        (ChannelAudience.PUBLIC, None, None)
    }
