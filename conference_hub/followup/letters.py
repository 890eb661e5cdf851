"""The mails that invite to a session, tell of a change, and take an invitation back, with the calendar in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parseaddr
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from conference_hub.calendars import itip
from conference_hub.calendars.build import CalendarEntry, CalendarOwner
from conference_hub.conferences.model import Conference
from conference_hub.core.config import Settings
from conference_hub.core.errors import msg
from conference_hub.core.time_words import clock_beside, name_zone, write_clock, write_day
from conference_hub.followup import mail_kinds
from conference_hub.followup.invitations import Invitation, Notice, Told, host_of
from conference_hub.followup.model import OnlineSession
from conference_hub.followup.outputs.ics import ONLINE
from conference_hub.outbox.model import Draft
from conference_hub.outbox.wording import compose
from conference_hub.outbox.wording_model import MailKind
from conference_hub.people.model import Guest
from conference_hub.web.i18n import in_language

BEFORE = msg("바뀌기 전 일시: %(when)s")
ELSEWHERE = msg("바뀐 접속 서비스: %(host)s")
JOIN = msg("참여와 답장: %(link)s")


class Why(StrEnum):
    """What made the hub write a mail."""

    SIGNED_UP = "signed_up"
    MOVED_UP = "moved_up"
    WITHDRAWN = "withdrawn"
    SEAT_LOST = "seat_lost"
    CHANGED = "changed"
    AGAIN = "again"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What a mail is about: one notice to one guest, whose `invitation` is as it was before it."""

    online: OnlineSession
    guest: Guest
    invitation: Invitation
    notice: Notice
    why: Why
    at: datetime


def mailbox(settings: Settings) -> str:
    """Return the address that invites, which is that of the hub's mails."""
    return parseaddr(settings.mail_from)[1]


def invited_url(settings: Settings, token: str) -> str:
    """Return the address of a guest's own page of a session."""
    return f"{settings.public_url}/invited/{token}"


def write_letter(session: Session, conference: Conference, settings: Settings, letter: Letter) -> Draft:
    """Write the mail of a notice in its reader's language; what it is about and its order are the caller's to add."""
    lang = letter.guest.reads(conference.main_language)
    link = invited_url(settings, letter.invitation.token)
    kind = kind_of(letter)
    draft = compose(
        session,
        conference,
        kind,
        lang,
        {
            "name": letter.guest.shown.in_language(lang),
            "session": letter.online.title.in_language(lang),
            "when": write_when(letter.online.starts_at, letter.online.ends_at, conference.zone, lang),
            "change": _change(letter, conference.zone, lang),
        },
        to_name=letter.guest.shown.in_language(lang),
        to_address=letter.notice.attendee,
        link=link if letter.notice.method is Told.REQUEST else None,
    )
    calendar = _calendar(conference, settings, letter, lang, link)
    return replace(draft, calendar=calendar, language=lang, expires_at=letter.online.ends_at)


def write_waiting(
    session: Session,
    conference: Conference,
    settings: Settings,
    online: OnlineSession,
    guest: Guest,
    token: str,
    place: int,
) -> Draft:
    """Write the mail to a guest who waits as the `place`-th (from 1) for a seat; calendars learn nothing of it."""
    lang = guest.reads(conference.main_language)
    name = guest.shown.in_language(lang)
    draft = compose(
        session,
        conference,
        mail_kinds.WAITS,
        lang,
        {
            "name": name,
            "session": online.title.in_language(lang),
            "when": write_when(online.starts_at, online.ends_at, conference.zone, lang),
            "place": str(place),
        },
        to_name=name,
        to_address=guest.email or "",
        link=invited_url(settings, token),
    )
    return replace(draft, language=lang, expires_at=online.ends_at)


def write_when(starts_at: datetime, ends_at: datetime, zone: ZoneInfo, lang: str) -> str:
    """Write `2021년 12월 6일 (월) 14:00–15:00 (한국 표준시)` for a session's time, in the zone of the event."""
    ends = clock_beside(ends_at, starts_at, zone, lang)
    return (
        f"{write_day(starts_at, zone, lang)} {write_clock(starts_at, zone)}–{ends} ({name_zone(zone, lang)})"
    )


def kind_of(letter: Letter) -> MailKind:
    """Return which kind of mail a notice is."""
    if letter.notice.method is Told.CANCEL:
        return _kind_of_cancel(letter)
    if letter.why is Why.MOVED_UP:
        return mail_kinds.MOVED_UP
    if letter.why is Why.CHANGED and letter.invitation.told is Told.CANCEL:
        return mail_kinds.RESTORED
    same_reader = letter.invitation.attendee == letter.notice.attendee
    repeated = letter.notice.sequence == letter.invitation.sequence
    if letter.invitation.told is Told.REQUEST and same_reader and not repeated:
        return mail_kinds.CHANGED
    return mail_kinds.INVITED


def _kind_of_cancel(letter: Letter) -> MailKind:
    if letter.notice.former:
        return mail_kinds.READDRESSED
    if letter.online.is_cancelled:
        return mail_kinds.CANCELLED
    return mail_kinds.SEAT_LOST if letter.why is Why.SEAT_LOST else mail_kinds.WITHDRAWN


def _change(letter: Letter, zone: ZoneInfo, lang: str) -> str:
    """Return what is another than before in one sentence."""
    before, online = letter.invitation, letter.online
    if before.starts_at is None or before.ends_at is None:
        return ""
    if (before.starts_at, before.ends_at) == (online.starts_at, online.ends_at):
        return in_language(lang, ELSEWHERE, {"host": host_of(online.url) or ""})
    return in_language(lang, BEFORE, {"when": write_when(before.starts_at, before.ends_at, zone, lang)})


def _calendar(conference: Conference, settings: Settings, letter: Letter, lang: str, link: str) -> str:
    online, notice = letter.online, letter.notice
    owner = CalendarOwner.of(conference, settings.public_url)
    host = host_of(online.url)
    place = ONLINE.in_language(lang)
    words = [online.description.in_language(lang)] if online.description else []
    invites = notice.method is Told.REQUEST
    if invites:
        words.append(in_language(lang, JOIN, {"link": link}))
    else:  # the guest's own page is a secret, and its reader may be another one by now
        link = f"{owner.page('follow-up')}#{online.id}"
    entry = CalendarEntry(
        uid=online.uid,
        sequence=notice.sequence,
        changed_at=letter.at,
        starts_at=online.starts_at,
        ends_at=online.ends_at,
        summary=online.title.in_language(lang),
        description="\n\n".join(words) or None,
        location=f"{place} ({host})" if host else place,
        url=link,
    )
    render = itip.request if invites else itip.cancel
    organizer = itip.Party(address=notice.organizer, name=conference.host.in_language(lang))
    attendee = itip.Party(address=notice.attendee, name=letter.guest.shown.in_language(lang))
    return render(owner, entry, organizer, attendee, lang).decode()
