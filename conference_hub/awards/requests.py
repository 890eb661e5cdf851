"""The commands of the ceremony as they are sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from conference_hub.awards.ceremony import PLACES
from conference_hub.awards.group import FASTEST_S, MOST_NAMES, SLOWEST_S
from conference_hub.awards.model import AwardState, Wording
from conference_hub.awards.verbs import Given
from conference_hub.web.fields import LONGEST_ID
from conference_hub.web.requests import CommandBody, text


class AwardCommand(CommandBody):
    """A command of one award."""

    expect: AwardState | None = None
    """The state that the award must have; another one is refused as stale."""

    @property
    def given(self) -> Given:
        """What it says beside its award."""
        return Given()


class Defer(AwardCommand):
    """Call an award so many places later, as far as others of its round are still to come."""

    places: Annotated[int, Field(strict=True, ge=1, le=1_000)] = PLACES

    @property
    def given(self) -> Given:
        """How many places later."""
        return Given(places=self.places)


class Absent(AwardCommand):
    """Note that the recipient does not come; with `absent` false that they come after all."""

    absent: Annotated[bool, Field(strict=True)] = True

    @property
    def given(self) -> Given:
        """Whether the recipient is absent."""
        return Given(absent=self.absent)


class Proxy(AwardCommand):
    """Name who receives the award in the recipient's place; without a `name` nobody does."""

    name: Annotated[str, text(160)] | None = None
    relation: Annotated[str, text(160)] | None = None

    @property
    def given(self) -> Given:
        """Who stands in."""
        return Given(name=self.name or "", relation=self.relation)


class CallOut(AwardCommand):
    """Make an award ready, or reveal it."""

    outside: Annotated[str, text(80)] | None = None
    """Why it is called while its cue is not on air; without it that is refused."""


class Reveal(CallOut):
    """Reveal an award, with those that come out together with it; by `force` without those that are not ready."""

    force: Annotated[bool, Field(strict=True)] = False

    @property
    def given(self) -> Given:
        """Whether those that are not ready are left out."""
        return Given(force=self.force)


class Withdraw(AwardCommand):
    """Give an award to nobody, for a reason that operators and organisers read."""

    reason: Annotated[str, text(400)]

    @property
    def given(self) -> Given:
        """Why."""
        return Given(reason=self.reason)


class LineUp(CommandBody):
    """Call those of a round who are still to come in this order: the ids of all of them."""

    lane: Annotated[str, text(LONGEST_ID)]
    cue: Annotated[str, text(LONGEST_ID)]
    order: Annotated[list[Annotated[str, text(LONGEST_ID)]], Field(min_length=1, max_length=1_000)]


class BeginGroup(CommandBody):
    """Call names of one level and one round as a group; without `pace_s` each comes by a key."""

    lane: Annotated[str, text(LONGEST_ID)]
    awards: Annotated[list[Annotated[str, text(LONGEST_ID)]], Field(min_length=1, max_length=MOST_NAMES)]
    pace_s: Annotated[int, Field(strict=True, ge=FASTEST_S, le=SLOWEST_S)] | None = None


class GroupCommand(CommandBody):
    """A command of the group of a lane.

    `expect` is the award that its sender saw: the next one, or with `back` the one from which on names go back.
    """

    lane: Annotated[str, text(LONGEST_ID)]
    expect: Annotated[str, text(LONGEST_ID)] | None = None


class Correct(AwardCommand):
    """Correct what is written about an award; a field that is absent or null stays as it is.

    A new recipient without a `pronunciation` has none: the old one was that of another name.
    """

    recipient: Annotated[str, text(160)] | None = None
    organisation: Annotated[str, text(240)] | None = None
    profile: Annotated[str, text(600)] | None = None
    pronunciation: Annotated[str, text(160)] | None = None

    @property
    def given(self) -> Given:
        """What is to be written."""
        wording = Wording(
            recipient=self.recipient,
            organisation=self.organisation,
            profile=self.profile,
            pronunciation=self.pronunciation,
        )
        return Given(wording=wording)


BODIES: Mapping[str, type[AwardCommand]] = {
    "arm": CallOut,
    "reveal": Reveal,
    "defer": Defer,
    "absent": Absent,
    "proxy": Proxy,
    "correct": Correct,
    "withdraw": Withdraw,
}
"""The bodies of commands that say more than which award is meant."""
