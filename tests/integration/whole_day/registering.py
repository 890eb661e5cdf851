"""Registration: the forms of `registration_day.py`."""

from __future__ import annotations

from collections.abc import Iterator

from tests.integration.registration.registration_day import registration_forms
from tests.integration.whole_day.sending import Sender, Step
from tests.small_conference import OTHER


def registration(sender: Sender) -> Iterator[Step]:
    """Register people and decide about them."""
    for browser, path, topics, fields in registration_forms(sender.hub, OTHER, sender.sign_in):
        yield sender.form(browser, path, *topics, **fields)
