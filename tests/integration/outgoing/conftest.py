"""A receiver of webhooks, and a hub that may reach it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from conference_hub.web.hub import Hub
from tests.integration.outgoing.receiver import Receiver, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A system that receives webhooks."""
    with receiving() as found:
        yield found


@pytest.fixture
def reaching(seeded: Hub) -> Hub:
    """The hub with the model conference, which may send to this machine."""
    seeded.settings = replace(seeded.settings, outgoing_private=True)
    return seeded
