"""What a person was told of a session: one invitation a person and session, whatever was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from conference_hub.followup.model import SessionId
from conference_hub.people.model import GuestId


class Told(StrEnum):
    """Which METHOD (RFC 5546) the last mail had."""

    REQUEST = "request"
    CANCEL = "cancel"


class Answer(StrEnum):
    """What a person answered (PARTSTAT, RFC 5545 3.2.12)."""

    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """What a guest was told of a session; instants are aware UTC.

    `token` opens the guest's page of the session. `sequence`, `told`, `stamp` (DTSTAMP), `starts_at`, `ends_at`,
    `host` (that of the meeting's link), `organizer` and `attendee` (addresses) are what the last mail says that was
    written, `mail_id` is its row; all None before the first one. `sent_sequence` and `sent_at` are of the last mail
    that a mail server took, `held_starts_at` and `held_ends_at` the time that it says, None once it was a CANCEL;
    `bounced_at`: it came back. `answer` was given at `answered_at` to the version `answer_sequence`; `answer_stamp` is
    the DTSTAMP of a REPLY.
    """

    conf: str
    session_id: SessionId
    guest_id: GuestId
    token: str
    sequence: int | None = None
    told: Told | None = None
    stamp: datetime | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    host: str | None = None
    organizer: str | None = None
    attendee: str | None = None
    mail_id: str | None = None
    sent_sequence: int | None = None
    sent_at: datetime | None = None
    held_starts_at: datetime | None = None
    held_ends_at: datetime | None = None
    bounced_at: datetime | None = None
    answer: Answer | None = None
    answered_at: datetime | None = None
    answer_sequence: int | None = None
    answer_stamp: datetime | None = None
