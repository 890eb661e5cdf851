"""The order of the day: what each feature does in it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.whole_day.attendance import attendance
from tests.integration.whole_day.awards import prepared
from tests.integration.whole_day.conferences import afterwards, erased, parts
from tests.integration.whole_day.doors import devices, doors
from tests.integration.whole_day.followup import follow_up
from tests.integration.whole_day.honours import honours
from tests.integration.whole_day.mails import mail_desk
from tests.integration.whole_day.messages import messages
from tests.integration.whole_day.outgoing import osc, outgoing
from tests.integration.whole_day.people import guest_list
from tests.integration.whole_day.places import places
from tests.integration.whole_day.registering import registration
from tests.integration.whole_day.screens import layers, screens
from tests.integration.whole_day.sending import Sender, Step
from tests.integration.whole_day.show import show
from tests.integration.whole_day.taking_back import taking_back
from tests.model_day import FakeNow

PARTS = (
    parts,
    prepared,
    places,
    registration,
    guest_list,
    devices,
    doors,
    attendance,
    messages,
    honours,
    show,
    layers,
    follow_up,
    taking_back,
    mail_desk,
    screens,
    outgoing,
    osc,
    afterwards,
)
"""What happens, in its order."""


@dataclass(frozen=True, kw_only=True)
class WholeDay:
    """The small conference from its first part to the end of its follow-up, through the real application."""

    hub: Hub
    now: FakeNow
    sign_in: SignIn

    def steps(self) -> Iterator[Step]:
        """Yield the steps one by one; each must be done before the next is asked for, a minute after the last."""
        sender = Sender(hub=self.hub, sign_in=self.sign_in)
        for step in itertools.chain.from_iterable(part(sender) for part in PARTS):
            yield step
            self.now.forward(seconds=61.25)

    def end(self) -> Iterator[Step]:
        """Yield what may come after all steps: nothing that says who took part is left."""
        yield from erased(Sender(hub=self.hub, sign_in=self.sign_in))
