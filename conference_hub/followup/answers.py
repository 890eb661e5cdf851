"""What an answer to an invitation changes, and what the answers of a session come to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import NewType

from conference_hub.followup.invitations import Answer, Invitation, Told
from conference_hub.followup.model import OnlineSession, SessionId
from conference_hub.people.model import GuestId

StrayId = NewType("StrayId", str)
EARLIEST = datetime.min.replace(tzinfo=UTC)


class StrayKind(StrEnum):
    """Why an answer is not applied.

    Nobody signed up with its address, or several people did, or it says more than yes, maybe or no.
    """

    ALIAS = "alias"
    SHARED = "shared"
    COUNTER = "counter"
    DELEGATED = "delegated"


@dataclass(frozen=True, kw_only=True)
class Stray:
    """An answer that waits for somebody to look at it.

    `address` is that of its attendee, `guest_id` who that is, None for nobody. `sequence` and `stamp` are those of the
    REPLY, `comment` is what its writer added. `answer` is None where it is no answer.
    """

    id: StrayId
    session_id: SessionId
    guest_id: GuestId | None
    address: str
    kind: StrayKind
    answer: Answer | None
    sequence: int
    stamp: datetime
    comment: str
    received_at: datetime


@dataclass(frozen=True, kw_only=True)
class Tally:
    """The answers of those with a seat; `expected` is how many are likely to come.

    Who signed up is expected unless they said no, and who said maybe counts half: rounded up.
    """

    accepted: int
    tentative: int
    declined: int
    silent: int

    @property
    def expected(self) -> int:
        """How many are likely to come."""
        return self.accepted + self.silent + -(-self.tentative // 2)


def by_page(invitation: Invitation, session: OnlineSession, answer: Answer, now: datetime) -> Invitation:
    """Return an invitation that was answered on its page, where the person sees the session as it is now."""
    version = max(invitation.sequence or 0, session.sequence)
    return _answered(invitation, answer, version, now, now)


def by_mail(
    invitation: Invitation, answer: Answer, sequence: int, stamp: datetime | None, now: datetime
) -> Invitation | None:
    """Return an invitation that a REPLY answers, None where it is outdated (RFC 5546 2.1.5).

    Outdated is an answer to an earlier version than the last one that the person was told, one that is older than what
    they said since, and one to an invitation that was taken back. A version or a stamp that is not there yet counts as
    the last one, and as now: a wrong clock must not keep later answers out.
    """
    if invitation.told is not Told.REQUEST or invitation.sequence is None or sequence < invitation.sequence:
        return None
    given = (invitation.sequence, min(stamp or now, now))
    if given < (invitation.answer_sequence or 0, invitation.answer_stamp or EARLIEST):
        return None
    return _answered(invitation, answer, *given, now)


def said(invitation: Invitation) -> Answer | None:
    """Return what a person said to the last version that they were told, None for nothing yet."""
    if invitation.told is Told.CANCEL or invitation.answer_sequence is None:
        return None
    return invitation.answer if invitation.answer_sequence >= (invitation.sequence or 0) else None


def tally(invitations: Mapping[GuestId, Invitation], seats: Collection[GuestId]) -> Tally:
    """Return what those who have a seat said."""
    found = [said(invitations[guest]) if guest in invitations else None for guest in seats]
    return Tally(
        accepted=found.count(Answer.ACCEPTED),
        tentative=found.count(Answer.TENTATIVE),
        declined=found.count(Answer.DECLINED),
        silent=found.count(None),
    )


def _answered(
    invitation: Invitation, answer: Answer, sequence: int, stamp: datetime, now: datetime
) -> Invitation:
    same = (invitation.answer, invitation.answer_sequence) == (answer, sequence)
    return replace(
        invitation,
        answer=answer,
        answer_sequence=sequence,
        answer_stamp=stamp,
        answered_at=invitation.answered_at if same else now,
    )
