"""Writes the mails about changed sessions when their time has come: a few in each transaction, as one sending."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from conference_hub.core.actor import Actor
from conference_hub.core.errors import NotFound
from conference_hub.core.journal import Write
from conference_hub.core.text import Text
from conference_hub.followup import facts, notice_store, notices, store
from conference_hub.followup.keys import session_key
from conference_hub.followup.letters import Why
from conference_hub.followup.model import OnlineSession, SessionId
from conference_hub.followup.sign_up_store import seated_among
from conference_hub.followup.telling import Teller
from conference_hub.outbox.model import Sending, SendingId, SendingState
from conference_hub.outbox.sending_store import get_sending
from conference_hub.outbox.sendings import start_sending
from conference_hub.people.model import GuestId
from conference_hub.people.store import guests_of
from conference_hub.web.hub import Duty, Hub

CLOCK = Actor.system("clock")
AT_A_TIME = 10
"""Guests who are told in one transaction: nobody waits for thousands of mails."""
KIND = "session-changed"
SEVERAL = Text(ko="후속 세션 변경", en="Changed follow-up sessions")

Left = deque[tuple[GuestId, Why]]


class Notifier:
    """Knows whom this process has still to tell of the session that it works on; the rows know it for all."""

    def __init__(self) -> None:
        self._left: dict[tuple[str, SessionId], Left] = {}

    def duty(self) -> Duty:
        """Return the work of the notifier (`Hub.duties`)."""
        return Duty(name="telling of changed sessions", work=self.work)

    def work(self, hub: Hub, at: datetime) -> datetime | None:
        """Tell a few guests of what is due; return when there is more to do, None: nothing waits."""
        with hub.database.reading() as db:
            due = notice_store.due(db, at)
            if not due:
                self._left.clear()
                return notice_store.next_due(db, at)
            conf, session_id, _since = due[0]
            if not self._left.get((conf, session_id)):
                found = notices.pending(db, store.get_session(db, conf, session_id), at)
                self._left[conf, session_id] = deque((one.standing.guest_id, one.why) for one in found)
        with hub.journal.writing(conf, actor=CLOCK) as write:
            self._step(hub, write, session_id)
        return at

    def _step(self, hub: Hub, write: Write, session_id: SessionId) -> None:
        """Tell a few guests of one session, or note that all know of it, unless it waits again meanwhile."""
        due = notice_store.due(write.session, write.at)
        mine = {one: since for conf, one, since in due if conf == write.conf}
        if session_id not in mine:
            self._left.pop((write.conf, session_id), None)
            return
        left = self._left[write.conf, session_id]
        if left:
            sending_id = self._sending(write, session_id, mine)
            if sending_id is not None:
                online = store.get_session(write.session, write.conf, session_id)
                some = [left.popleft() for _ in range(min(AT_A_TIME, len(left)))]
                _tell(Teller(hub, write, sending_id), online, some)
            return
        notice_store.set_due(write.session, write.conf, [session_id], None)
        write.publish(facts.SessionTold(session=session_id), session_key(session_id), {})
        if list(mine) == [session_id]:
            _note_sending(write, None)

    def _sending(
        self, write: Write, session_id: SessionId, due: Mapping[SessionId, datetime]
    ) -> SendingId | None:
        """Return the sending of the mails that are written now, None where people stopped it.

        Then nobody else is told of what it is about. `due` are the sessions to be told of now, with since when.
        """
        going = _remembered(write)
        if going is None or not _covers(going, due[session_id]):
            return _begin(write, list(due))
        if going.state is not SendingState.STOPPED:
            return going.id
        together = [one for one, since in due.items() if _covers(going, since)]
        for one in together:
            self._left.pop((write.conf, one), None)
        notice_store.set_due(write.session, write.conf, together, None)
        _note_sending(write, None)
        return None


def _tell(teller: Teller, online: OnlineSession, some: Sequence[tuple[GuestId, Why]]) -> None:
    """Tell some guests; who was told meanwhile, by another process or a press, is told nothing more."""
    why = dict(some)
    seats = seated_among(teller.write.session, online, why)
    for guest in guests_of(teller.write.session, teller.write.conf, why):
        teller.tell(online, guest, why[guest.id], seated=guest.id in seats)


def _remembered(write: Write) -> Sending | None:
    """Return the sending to which the mails belong that were written last, None: there is none."""
    setup = notice_store.setup_of(write.session, write.conf)
    try:
        return get_sending(write.session, write.conf, setup.sending_id or "")
    except NotFound:
        return None


def _covers(sending: Sending, since: datetime) -> bool:
    """Return whether a sending tells of a session that is due since `since`: of all that were due when it began.

    A session that changed afterwards is due later, and so belongs to another sending.
    """
    return since <= sending.created_at


def _begin(write: Write, session_ids: Sequence[SessionId]) -> SendingId:
    """Begin the sending of the mails about the sessions that are due, and remember it."""
    title = SEVERAL
    if len(session_ids) == 1:
        title = store.get_session(write.session, write.conf, session_ids[0]).title
    sending_id = start_sending(write, KIND, title)
    _note_sending(write, sending_id)
    return sending_id


def _note_sending(write: Write, sending_id: SendingId | None) -> None:
    setup = notice_store.setup_of(write.session, write.conf)
    notice_store.save_setup(write.session, write.conf, replace(setup, sending_id=sending_id))
