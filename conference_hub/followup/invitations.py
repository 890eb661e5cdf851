"""What a person was told of a session, and what is to be told now: one invitation a person and session.

Nothing here remembers what happened: what is to be told is the difference between what the person should hold and what
they were told last, so telling again after a crash, or after several changes, says the same. `docs/invitations.md` has
the table.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from conference_hub.followup.model import OnlineSession, SessionId
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
    `host` (that of the meeting's link), `organizer` and `attendee` (addresses) are what the last mail with a calendar
    says that was written, `mail_id` is its row; all None before the first one. `waiting_at` is the address that was
    told by a mail without one (`waiting_mail_id`) that its reader waits for a seat, None once they wait no more.
    `sent_sequence` and `sent_at` are of the last mail that a mail server took, `held_starts_at`, `held_ends_at`,
    `held_host` and `held_attendee` what it says and to whom, None once it was a CANCEL; `bounced_at`: it came back.
    `answer` was given at `answered_at` to the version `answer_sequence`; `answer_stamp` is the DTSTAMP of a REPLY.
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
    waiting_at: str | None = None
    waiting_mail_id: str | None = None
    sent_sequence: int | None = None
    sent_at: datetime | None = None
    held_starts_at: datetime | None = None
    held_ends_at: datetime | None = None
    held_host: str | None = None
    held_attendee: str | None = None
    bounced_at: datetime | None = None
    answer: Answer | None = None
    answered_at: datetime | None = None
    answer_sequence: int | None = None
    answer_stamp: datetime | None = None

    @property
    def address(self) -> str | None:
        """The address of the last mail of either kind, None: there was none."""
        return self.waiting_at or self.attendee

    @property
    def last_mail_id(self) -> str | None:
        """The row of the mail that says how its reader stands."""
        return self.waiting_mail_id or self.mail_id


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Whom a mail goes to: `seated` in the session or not, at `address`, None: this person has none.

    `reached`: a REQUEST may have arrived at the address of the last mail (it was handed to a mail server, or somebody
    tried to), and no CANCEL left since. `least` is the lowest SEQUENCE of a first mail.
    `waits`: this person waits for a seat and is to be told so now; `withdrew`: they gave their place up.
    """

    seated: bool
    address: str | None
    reached: bool = False
    least: int = 0
    waits: bool = False
    withdrew: bool = False


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One mail to write; `former`: it goes to an address that the person had before."""

    method: Told
    sequence: int
    organizer: str
    attendee: str
    former: bool = False


@dataclass(frozen=True, kw_only=True)
class Telling:
    """What is to be done so that a person knows: mails to write in this order, or the last one not to send at all.

    `waits`: then to say that they wait for a seat; `waits_no_more`: what was said about waiting is no longer so.
    """

    notices: tuple[Notice, ...] = ()
    unsaid: bool = False
    waits: bool = False
    waits_no_more: bool = False

    def __bool__(self) -> bool:
        """Return whether there is anything to do."""
        return bool(self.notices) or self.unsaid or self.waits or self.waits_no_more


def to_tell(
    online: OnlineSession, invitation: Invitation, reader: Reader, organizer: str, now: datetime
) -> Telling:
    """Return what is to be told of a session to one person; `organizer` is the hub's address.

    Nothing of a draft, or once the session is over. A CANCEL names the addresses of its REQUEST (RFC 5546 3.2.5).
    """
    if online.is_draft or now >= online.ends_at:
        return Telling()
    found = _of_the_seat(online, invitation, reader, organizer)
    waiting = invitation.waiting_at is not None
    knows = waiting and same_address(invitation.waiting_at, reader.address)
    return replace(
        found,
        waits=reader.waits and not online.is_cancelled and not knows,
        waits_no_more=waiting
        and (reader.withdrew or any(one.method is Told.REQUEST for one in found.notices)),
    )


def _of_the_seat(online: OnlineSession, invitation: Invitation, reader: Reader, organizer: str) -> Telling:
    """Return what is to be told of a seat, or of none."""
    wanted = reader.seated and not online.is_cancelled
    if invitation.told is Told.REQUEST and invitation.attendee is not None:
        return _after_a_request(online, invitation, reader, organizer, invitation.attendee)
    number, holder = next_sequence(online, invitation, reader.least), _holder(invitation, reader)
    if not wanted or reader.address is None:
        stays = (
            invitation.told is not Told.CANCEL
            and invitation.held_starts_at is not None
            and holder is not None
        )
        return Telling(notices=(_cancel(number, invitation, holder or "", former=wanted),) if stays else ())
    if holder is None or same_address(holder, reader.address):
        return Telling(notices=(_request(number, organizer, reader.address),))
    gone = _cancel(number, invitation, holder, former=True)
    return Telling(notices=(gone, _request(number + 1, organizer, reader.address)))


def _holder(invitation: Invitation, reader: Reader) -> str | None:
    """Return the address whose calendar may still hold a REQUEST, though the last mail was none."""
    if invitation.held_starts_at is not None:
        return invitation.held_attendee or invitation.attendee
    return invitation.attendee if reader.reached else None


def same_address(one: str | None, other: str | None) -> bool:
    """Return whether two addresses are the same one."""
    return (one or "").casefold() == (other or "").casefold()


def _after_a_request(
    online: OnlineSession, invitation: Invitation, reader: Reader, organizer: str, attendee: str
) -> Telling:
    """Return what is to be told to somebody whose last mail was a REQUEST, to `attendee`."""
    wanted = reader.seated and not online.is_cancelled
    number = next_sequence(online, invitation, reader.least)
    gone = _cancel(number, invitation, attendee, former=wanted)
    if not wanted or reader.address is None:
        return Telling(notices=(gone,)) if reader.reached else Telling(unsaid=True)
    if same_address(reader.address, attendee):
        changed = differs(online, invitation)
        return Telling(notices=(_request(number, organizer, attendee),) if changed else ())
    if not reader.reached:
        return Telling(notices=(_request(number, organizer, reader.address),))
    return Telling(notices=(gone, _request(number + 1, organizer, reader.address)))


def next_sequence(online: OnlineSession, invitation: Invitation, least: int = 0) -> int:
    """Return the SEQUENCE of the next mail: it only grows, and is not behind that of the feed (RFC 5546 2.1.4).

    That of the first one is `least` at least: somebody with the same address may have been told of the session before.
    """
    if invitation.sequence is None:
        return max(online.sequence, least)
    return max(online.sequence, invitation.sequence + 1)


def differs(online: OnlineSession, invitation: Invitation) -> bool:
    """Return whether a REQUEST that was told says another time, length or place than the session has.

    The place is the host of the meeting's link; a link that is given for the first time, or taken away for a while,
    is no other place: the mail leads to the hub's own page.
    """
    if (invitation.starts_at, invitation.ends_at) != (online.starts_at, online.ends_at):
        return True
    host = host_of(online.url)
    return None not in {host, invitation.host} and host != invitation.host


def host_of(url: str | None) -> str | None:
    """Return the host name of a meeting's link, None: there is no link yet."""
    return (urlsplit(url).hostname or None) if url else None


def told(
    invitation: Invitation, notice: Notice, online: OnlineSession, mail_id: str, at: datetime
) -> Invitation:
    """Return an invitation after a mail was written at `at`, which is its DTSTAMP."""
    return replace(
        invitation,
        sequence=notice.sequence,
        told=notice.method,
        stamp=at,
        starts_at=online.starts_at,
        ends_at=online.ends_at,
        host=host_of(online.url),
        organizer=notice.organizer,
        attendee=notice.attendee,
        mail_id=mail_id,
    )


def waits(invitation: Invitation, address: str | None, mail_id: str | None) -> Invitation:
    """Return an invitation after a mail to `address` said that its reader waits; None: they have no address to tell."""
    return replace(invitation, waiting_at=address, waiting_mail_id=mail_id)


def waits_no_more(invitation: Invitation) -> Invitation:
    """Return an invitation of somebody who was told that they wait, and who waits no more."""
    return replace(invitation, waiting_at=None, waiting_mail_id=None)


def unsaid(invitation: Invitation) -> Invitation:
    """Return an invitation whose last mail is not sent: what the person was told is what they hold."""
    holds = invitation.held_starts_at is not None
    return replace(
        invitation,
        told=Told.REQUEST if holds else None,
        starts_at=invitation.held_starts_at,
        ends_at=invitation.held_ends_at,
        host=invitation.held_host if holds else invitation.host,
        attendee=invitation.held_attendee or invitation.attendee,
        mail_id=None,
    )


def released(invitation: Invitation) -> Invitation:
    """Return an invitation after the address that held it got a CANCEL of its own, before another one is invited."""
    return replace(invitation, held_starts_at=None, held_ends_at=None, held_host=None, held_attendee=None)


def again(invitation: Invitation) -> Notice | None:
    """Return the REQUEST that repeats the last one, None where the last mail was none.

    The same version again, so SEQUENCE stays and only DTSTAMP is another (RFC 5546 2.1.5).
    """
    if invitation.told is not Told.REQUEST or invitation.sequence is None:
        return None
    return _request(invitation.sequence, invitation.organizer or "", invitation.attendee or "")


@dataclass(frozen=True, kw_only=True)
class Carried:
    """What a mail says and to whom: the METHOD, SEQUENCE, time and host of the calendar in it."""

    method: Told
    sequence: int
    starts_at: datetime
    ends_at: datetime
    host: str | None
    attendee: str


def sent(invitation: Invitation, carried: Carried, at: datetime) -> Invitation:
    """Return an invitation after a mail server took a mail at `at`; an older mail than the last one says nothing."""
    if invitation.sent_sequence is not None and carried.sequence < invitation.sent_sequence:
        return invitation
    holds = carried.method is Told.REQUEST
    return replace(
        invitation,
        sent_sequence=carried.sequence,
        sent_at=at,
        held_starts_at=carried.starts_at if holds else None,
        held_ends_at=carried.ends_at if holds else None,
        held_host=carried.host if holds else None,
        held_attendee=carried.attendee if holds else None,
        bounced_at=None,
    )


def bounced(invitation: Invitation, carried: Carried, at: datetime) -> Invitation:
    """Return an invitation after a mail came back at `at`; one that a later mail follows says nothing."""
    return replace(invitation, bounced_at=at) if carried.sequence == invitation.sent_sequence else invitation


def holds_another(online: OnlineSession, invitation: Invitation) -> bool:
    """Return whether what reached this person's calendar is not what the session is."""
    if invitation.held_starts_at is None:
        return False
    held = (invitation.held_starts_at, invitation.held_ends_at)
    return online.is_cancelled or held != (online.starts_at, online.ends_at)


def _request(sequence: int, organizer: str, attendee: str) -> Notice:
    return Notice(method=Told.REQUEST, sequence=sequence, organizer=organizer, attendee=attendee)


def _cancel(sequence: int, invitation: Invitation, attendee: str, *, former: bool) -> Notice:
    return Notice(
        method=Told.CANCEL,
        sequence=sequence,
        organizer=invitation.organizer or "",
        attendee=attendee,
        former=former,
    )
