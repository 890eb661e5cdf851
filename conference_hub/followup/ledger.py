"""The ledger of a session: who stands how with it, what they were told last, what reached them, and what they said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.core.labelled import Labelled
from conference_hub.followup import notice_store
from conference_hub.followup.answers import said
from conference_hub.followup.delivery import LEFT
from conference_hub.followup.invitations import Answer, Invitation, holds_another
from conference_hub.followup.model import OnlineSession
from conference_hub.followup.notice_store import Standing
from conference_hub.followup.sign_up_store import sign_ups
from conference_hub.outbox.model import MailState
from conference_hub.outbox.tables import MailRow


class Reached(Labelled):
    """What became of the last mail about a session to one person."""

    NOTHING = "nothing", "알린 것 없음", "Told nothing"
    NO_ADDRESS = "no-address", "메일 주소 없음", "No e-mail address"
    WAITING = "waiting", "보내기 전", "Not sent yet"
    SENT = "sent", "보냄", "Sent"
    FAILED = "failed", "보내지 못함", "Not sent"
    RETURNED = "returned", "되돌아옴", "Returned"


class Shown(Labelled):
    """Which lines of the ledger are shown."""

    ALL = "all", "신청자", "Signed up"
    OLD = "old", "지난 일정을 가진 사람", "Hold the old time"
    UNREACHED = "unreached", "아직 알리지 못한 사람", "Not reached"
    COMING = "coming", "참석한다고 한 사람", "Said yes"
    NOT_COMING = "not-coming", "못 온다고 한 사람", "Said no"
    SILENT = "silent", "답하지 않은 사람", "No answer"
    GONE = "gone", "신청을 취소한 사람", "Withdrawn"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One person; `at` is when they signed up and `place` their place from 1, None for somebody who withdrew."""

    standing: Standing
    place: int | None
    at: datetime | None
    reached: Reached
    holds_old: bool
    answer: Answer | None

    @property
    def invitation(self) -> Invitation | None:
        """What they were told."""
        return self.standing.invitation

    @property
    def unreached(self) -> bool:
        """Whether somebody with a seat does not know what they should."""
        return self.standing.seated and self.reached is not Reached.SENT


def lines(session: Session, online: OnlineSession) -> list[Line]:
    """Return the ledger of a session: who signed up in order, then those who withdrew after they were told."""
    in_order = sign_ups(session, online.conf, online.id)
    places = {one.guest_id: (number, one.at) for number, one in enumerate(in_order, start=1)}
    standings = list(notice_store.standings(session, online))
    states = _states(session, (one.invitation.last_mail_id for one in standings if one.invitation))
    found = []
    for standing in standings:
        place, at = places.get(standing.guest_id, (None, None))
        invitation = standing.invitation
        state = states.get(invitation.last_mail_id or "") if invitation else None
        found.append(
            Line(
                standing=standing,
                place=place,
                at=at,
                reached=reached(standing, state),
                holds_old=invitation is not None
                and (holds_another(online, invitation) or _holds_in_vain(standing)),
                answer=said(invitation) if invitation else None,
            )
        )
    return sorted(found, key=lambda line: (line.place is None, line.place or 0, line.standing.guest_id))


def reached(standing: Standing, state: MailState | None) -> Reached:
    """Return what became of the last mail to a person, whose row is in `state`; None: there is no such row."""
    invitation = standing.invitation
    if invitation is not None and invitation.waiting_at is not None:
        return _reached_waiting(state)
    if invitation is None or invitation.told is None:
        lacks = standing.seated and standing.address is None
        return Reached.NO_ADDRESS if lacks else Reached.NOTHING
    if invitation.bounced_at is not None:
        return Reached.RETURNED
    if state in {MailState.WAITING, MailState.SENDING}:
        return Reached.WAITING
    return Reached.SENT if invitation.sent_sequence == invitation.sequence else Reached.FAILED


def _reached_waiting(state: MailState | None) -> Reached:
    """Return what became of the mail that says that somebody waits; its row is deleted long after it left."""
    if state in {MailState.WAITING, MailState.SENDING}:
        return Reached.WAITING
    if state is MailState.BOUNCED:
        return Reached.RETURNED
    return Reached.SENT if state is None or state in LEFT else Reached.FAILED


def shown(found: Iterable[Line], what: Shown) -> list[Line]:
    """Return the lines that are asked for."""
    return [line for line in found if _fits(line, what)]


def counts(found: Sequence[Line]) -> dict[Shown, int]:
    """Return how many lines there are of each kind."""
    return {what: len(shown(found, what)) for what in Shown}


def _fits(line: Line, what: Shown) -> bool:
    answers = {Shown.COMING: Answer.ACCEPTED, Shown.NOT_COMING: Answer.DECLINED, Shown.SILENT: None}
    if what in answers:
        return line.standing.seated and line.answer is answers[what]
    fits = {
        Shown.ALL: line.standing.signed_up,
        Shown.OLD: line.holds_old,
        Shown.UNREACHED: line.unreached,
        Shown.GONE: not line.standing.signed_up,
    }
    return fits[what]


def _holds_in_vain(standing: Standing) -> bool:
    """Return whether somebody without a seat still has the session in their calendar."""
    invitation = standing.invitation
    return not standing.seated and invitation is not None and invitation.held_starts_at is not None


def _states(session: Session, mail_ids: Iterable[str | None]) -> dict[str, MailState]:
    wanted = [one for one in mail_ids if one]
    rows = session.execute(sa.select(MailRow.id, MailRow.state).where(MailRow.id.in_(wanted)))
    return {mail_id: MailState(state) for mail_id, state in rows}
