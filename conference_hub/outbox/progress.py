"""How far a sending is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from conference_hub.core.labelled import Labelled
from conference_hub.outbox.model import BulkRound, MailState, Sending, SendingState

LEFT = (MailState.WAITING, MailState.SENDING)
GONE = (MailState.SENT, MailState.COPIED)
FAILED = (MailState.FAILED, MailState.BOUNCED)


class Standing(Labelled):
    """How a sending stands."""

    GOING = "going", "보내는 중", "Sending"
    PAUSED = "paused", "잠시 멈춤", "Paused"
    STOPPED = "stopped", "그만 보냄", "Stopped"
    DONE = "done", "끝남", "Done"


@dataclass(frozen=True, kw_only=True)
class Progress:
    """A sending, how many of its mails are in each state, and `writing` while more of them are being written."""

    sending: Sending
    counts: Mapping[MailState, int]
    writing: BulkRound | None = None

    @property
    def total(self) -> int:
        """All of its mails."""
        return sum(self.counts.values())

    @property
    def expected(self) -> int:
        """All of its mails, with those that are still to be written."""
        return self.total + (self.writing.expected - self.writing.written if self.writing else 0)

    @property
    def left(self) -> int:
        """Those that are still to be sent."""
        return self._sum(*LEFT)

    @property
    def gone(self) -> int:
        """Those that were sent and did not come back."""
        return self._sum(*GONE)

    @property
    def saved(self) -> int:
        """Those that were written as files: nobody knows whether somebody sent them."""
        return self._sum(MailState.WRITTEN)

    @property
    def failed(self) -> int:
        """Those that could not be sent, or came back."""
        return self._sum(*FAILED)

    @property
    def other(self) -> int:
        """Those that nobody is to get any more: withdrawn, expired, replaced."""
        return self.total - self.left - self.gone - self.saved - self.failed

    @property
    def standing(self) -> Standing:
        """What people read; a sending without a mail that waits or is to be written is done, unless it was stopped."""
        match self.sending.state:
            case SendingState.STOPPED:
                return Standing.STOPPED
            case SendingState.PAUSED:
                return Standing.PAUSED
            case SendingState.GOING:
                return Standing.GOING if self.left or self.writing else Standing.DONE

    @property
    def can_pause(self) -> bool:
        """Whether it goes on by itself."""
        return self.standing is Standing.GOING

    @property
    def can_resume(self) -> bool:
        """Whether it waits for somebody."""
        return self.standing is Standing.PAUSED

    @property
    def can_stop(self) -> bool:
        """Whether there is something to stop."""
        return self.standing in {Standing.GOING, Standing.PAUSED}

    @property
    def can_retry(self) -> bool:
        """Whether mails that could not be sent may be tried again."""
        return self.counts.get(MailState.FAILED, 0) > 0 and self.standing is not Standing.STOPPED

    def _sum(self, *states: MailState) -> int:
        return sum(self.counts.get(state, 0) for state in states)
