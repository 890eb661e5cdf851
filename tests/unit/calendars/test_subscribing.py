"""The ways into a feed."""

from __future__ import annotations

import pytest

from conference_hub.calendars.subscribing import Subscription, subscription


def test_ways_into_a_feed_carry_its_whole_address() -> None:
    assert subscription("https://hub.example.com/c/x/agenda.ics?lang=en", "일정 & more") == Subscription(
        name="일정 & more",
        address="https://hub.example.com/c/x/agenda.ics?lang=en",
        webcal="webcal://hub.example.com/c/x/agenda.ics?lang=en",
        google="https://calendar.google.com/calendar/r?cid="
        "webcal%3A%2F%2Fhub.example.com%2Fc%2Fx%2Fagenda.ics%3Flang%3Den",
        outlook="https://outlook.live.com/calendar/0/addfromweb?url="
        "https%3A%2F%2Fhub.example.com%2Fc%2Fx%2Fagenda.ics%3Flang%3Den&name=%EC%9D%BC%EC%A0%95%20%26%20more",
        office="https://outlook.office.com/calendar/0/addfromweb?url="
        "https%3A%2F%2Fhub.example.com%2Fc%2Fx%2Fagenda.ics%3Flang%3Den&name=%EC%9D%BC%EC%A0%95%20%26%20more",
    )


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000/cal/x.ics", "https://127.0.0.1:8000/cal/x.ics"])
def test_webcal_takes_the_place_of_the_scheme_alone(address: str) -> None:
    assert subscription(address, "x").webcal == "webcal://127.0.0.1:8000/cal/x.ics"
