"""What is done with answers to invitations and with joining: load, decide, save, append."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa

from conference_hub.calendars.replies import Method, PartStat, Reply, read_reply
from conference_hub.conferences.store import get_conference
from conference_hub.core.actor import Actor
from conference_hub.core.errors import Refused, msg
from conference_hub.core.ids import new_id
from conference_hub.core.journal import Write
from conference_hub.followup import answer_store, answers, invitation_store, sign_up_store, store
from conference_hub.followup.answer_tables import StrayAnswerRow
from conference_hub.followup.answers import Stray, StrayId, StrayKind
from conference_hub.followup.facts import AnswerHeld, AnswerSettled, InvitationAnswered, SessionAttended
from conference_hub.followup.invitations import Answer, Invitation
from conference_hub.followup.joining import Closed, Joined, JoinedBy, Open, OpensLater, door
from conference_hub.followup.keys import session_key
from conference_hub.followup.model import OnlineSession, SessionId
from conference_hub.people.model import GuestId
from conference_hub.people.store import get_guest
from conference_hub.web.hub import Hub, MailTaker

MOST_STRAYS = 200
"""Answers of one session that wait on the desk; anybody can send some, so there is an end."""
STRAYS_UNTIL = timedelta(days=1)
"""How long after the end of a session its answers are still kept for the desk."""
RECEIVED = Actor.system("received mail")
"""As whom mails act."""
ANSWERS = {
    PartStat.ACCEPTED: Answer.ACCEPTED,
    PartStat.TENTATIVE: Answer.TENTATIVE,
    PartStat.DECLINED: Answer.DECLINED,
}


def take_received(hub: Hub, reply: Reply) -> bool | None:
    """Take an answer that came by mail; None for one to something that the hub does not know. Raises Unavailable."""
    with hub.database.reading() as db:
        online = store.find_by_uid(db, reply.uid)
        if online is None:
            return None
        if get_conference(db, online.conf).archived:
            return False
    with hub.journal.writing(online.conf, actor=RECEIVED) as write:
        return take_reply(write, store.get_session(write.session, write.conf, online.id), reply)


ANSWERS_BY_MAIL = MailTaker(read=read_reply, take=take_received)
"""Uses the answers to invitations that come by mail (`Hub.mail_takers`)."""


def answer(write: Write, session_id: str, guest_id: str, given: Answer) -> None:
    """Write down what a guest with a seat says on the page of their invitation; raises Refused and NotFound."""
    online = _with_seat(write, session_id, guest_id)
    if online.is_cancelled:
        raise Refused(msg("취소된 세션입니다."), code="cancelled")
    if write.at >= online.ends_at:
        raise Refused(msg("이미 끝난 세션입니다."), code="already_over")
    before = invitation_store.ensure(write.session, write.conf, online.id, GuestId(guest_id))
    _save(write, before, answers.by_page(before, online, given, write.at))


def take_reply(write: Write, online: OnlineSession, reply: Reply) -> bool:
    """Apply a REPLY to a session of this conference, or keep it for the desk; False when it is outdated."""
    found = invitation_store.of_address(write.session, write.conf, online.id, reply.attendee)
    given = ANSWERS.get(reply.answer)
    if len(found) != 1:
        return _hold(write, online, reply, StrayKind.SHARED if found else StrayKind.ALIAS, None)
    [mine] = found
    if reply.method is Method.COUNTER:
        return _hold(write, online, reply, StrayKind.COUNTER, mine.guest_id)
    if given is None:
        return _hold(write, online, reply, StrayKind.DELEGATED, mine.guest_id)
    after = answers.by_mail(mine, given, reply.sequence, reply.stamp, write.at)
    if after is not None:
        _save(write, mine, after)
    return after is not None


def assign(write: Write, stray_id: str, guest_id: str) -> bool:
    """Take an answer that waits as the answer of a guest; returns whether it still counts.

    Raises NotFound, and Refused (`not_invited`) for a guest who has no invitation to the session.
    """
    stray = answer_store.get_stray(write.session, write.conf, stray_id)
    guest = get_guest(write.session, write.conf, guest_id)
    mine = invitation_store.find(write.session, write.conf, stray.session_id, guest.id)
    if mine is None or stray.answer is None:
        raise Refused(msg("이 세션에 초대받지 않은 참석자입니다."), code="not_invited")
    after = answers.by_mail(mine, stray.answer, stray.sequence, stray.stamp, write.at)
    if after is not None:
        _save(write, mine, after)
    discard(write, stray_id)
    return after is not None


def discard(write: Write, stray_id: str) -> None:
    """Remove an answer that waits; raises NotFound."""
    stray = answer_store.get_stray(write.session, write.conf, stray_id)
    answer_store.remove_stray(write.session, write.conf, stray_id)
    write.publish(AnswerSettled(session=stray.session_id), session_key(stray.session_id), {})


def join(write: Write, session_id: str, guest_id: str) -> str:
    """Let a guest with a seat into a session, and return where it is held; that they attend is written down once.

    Raises NotFound, and Refused (`cancelled`, `already_over`, `not_open`, `no_seat`).
    """
    online = _with_seat(write, session_id, guest_id)
    match door(online, write.at):
        case Open(url=url, counts=counts):
            if counts and answer_store.find_joined(write.session, write.conf, online.id, guest_id) is None:
                _attend(write, [_first(write, online.id, GuestId(guest_id), None, JoinedBy.LINK)])
            return url
        case OpensLater():
            raise Refused(msg("아직 참여 링크가 열리지 않았습니다."), code="not_open")
        case Closed.CANCELLED:
            raise Refused(msg("취소된 세션입니다."), code="cancelled")
        case Closed.OVER:
            raise Refused(msg("이미 끝난 세션입니다."), code="already_over")
        case Closed.NO_LINK:
            raise Refused(msg("참여 링크가 아직 없습니다. 주최 측에 문의해 주세요."), code="not_open")


def take_minutes(write: Write, session_id: str, minutes: Mapping[GuestId, int | None]) -> int:
    """Write down for how many minutes guests attended, as the meeting's report says; returns of how many."""
    online = store.get_public_session(write.session, write.conf, session_id)
    known = answer_store.joined(write.session, write.conf, online.id)
    reported = [
        replace(before, minutes=before.minutes if lasted is None else lasted)
        if (before := known.get(guest_id))
        else _first(write, online.id, guest_id, lasted, JoinedBy.REPORT)
        for guest_id, lasted in minutes.items()
    ]
    return _attend(write, reported)


def _first(
    write: Write, session_id: SessionId, guest_id: GuestId, minutes: int | None, source: JoinedBy
) -> Joined:
    return Joined(
        session_id=session_id, guest_id=guest_id, joined_at=write.at, minutes=minutes, source=source
    )


def _attend(write: Write, attended: Sequence[Joined]) -> int:
    """Write down that guests attended one session; returns of how many."""
    for one in attended:
        answer_store.save_joined(write.session, write.conf, one)
    if attended:
        session_id = attended[0].session_id
        fact = SessionAttended(session=session_id, count=len(attended))
        write.publish(fact, session_key(session_id), {})
    return len(attended)


def _with_seat(write: Write, session_id: str, guest_id: str) -> OnlineSession:
    online = store.get_public_session(write.session, write.conf, session_id)
    standing = sign_up_store.standing_of_guest(write.session, write.conf, guest_id, online.id)
    if standing.get(online.id) != sign_up_store.SEAT:
        raise Refused(msg("이 세션에 신청되어 있지 않습니다."), code="no_seat")
    return online


def _save(write: Write, before: Invitation, after: Invitation) -> None:
    if after != before:
        invitation_store.save_answer(write.session, after)
        write.publish(InvitationAnswered(session=after.session_id), session_key(after.session_id), {})


def _hold(
    write: Write, online: OnlineSession, reply: Reply, kind: StrayKind, guest_id: GuestId | None
) -> bool:
    """Keep an answer for the desk; False when the session is long over, or too many wait already."""
    waiting = sa.select(sa.func.count()).where(
        StrayAnswerRow.conf == write.conf, StrayAnswerRow.session_id == online.id
    )
    full = (write.session.scalar(waiting) or 0) >= MOST_STRAYS
    if full or online.is_draft or write.at > online.ends_at + STRAYS_UNTIL:
        return False
    stray = Stray(
        id=StrayId(new_id()),
        session_id=online.id,
        guest_id=guest_id,
        address=reply.attendee,
        kind=kind,
        answer=ANSWERS.get(reply.answer),
        sequence=reply.sequence,
        stamp=min(reply.stamp or write.at, write.at),
        comment=reply.comment,
        received_at=write.at,
    )
    answer_store.save_stray(write.session, write.conf, stray)
    write.publish(AnswerHeld(session=online.id), session_key(online.id), {})
    return True
