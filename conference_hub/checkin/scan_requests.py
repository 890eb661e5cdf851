"""What gates send: scans, one or many, and undo."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, WrapValidator, model_validator

from conference_hub.checkin.model import JUST_NOW, Acted, Attempt, Claim, Direction, ScanId, Settling, Why
from conference_hub.checkin.times import OFFLINE_ALLOWED
from conference_hub.core.errors import Invalid, msg
from conference_hub.web import faults
from conference_hub.web.requests import CommandBody, Flag, Instant, Line, Press, Query, fault, text

LONGEST_SCAN_ID = 70
LONGEST_TOKEN = 2000
LONGEST_NOTE = 500
MOST_ALTERNATIVES = 8
MOST_IN_A_BATCH = 100
MOST_ASKED = 20

Token = Annotated[str, text(LONGEST_TOKEN)]
GivenScanId = Annotated[str, text(LONGEST_SCAN_ID)]


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who sends scans: the paired `device`, if it is one, since when it may, and whether it may overrule refusals.

    `staff_at` are the other conferences at which the sender is staff.
    """

    since: datetime
    device: str | None = None
    trusted: bool = True
    staff_at: tuple[str, ...] = ()


def lasting(sent: Mapping[str, Any]) -> dict[str, Any]:
    """Return of a scan as it was sent what is the same each time."""
    return {name: value for name, value in sent.items() if name not in {"sent_at", "acted"}}


class Redeem(CommandBody):
    """Somebody stands at `gate`: with a badge (`token`, as scanned or typed) or named by staff (`guest`).

    `also` are what `token` may have been: a scanner types by the keys of another country. The first that is a badge of
    somebody counts. `at` is when it happened and `sent_at` when this request is sent, both by the device's clock:
    together they tell how far that clock is off.

    `force` lets staff overrule the refusals in `over`, which they saw (without it the first one), for a reason that is
    needed: `why`, and in their own words `note`. `switch`: over `mode_mismatch` the guest takes part in the hall from
    now on, and what they receive is called there. `acted` is what was done before the server was asked, with `at`: a
    paired device, or a machine token of gate staff for a `token`, says that it let somebody in (`admitted`) or sent
    them away (`refused`); whoever scans says that they asked them to wait (`held`).
    """

    command_id: Line | None = None  # type: ignore[assignment]
    scan_id: GivenScanId
    gate: Line
    token: Token | None = None
    also: Annotated[tuple[Token, ...], Field(max_length=MOST_ALTERNATIVES)] = ()
    guest: Line | None = None
    at: Instant | None = None
    sent_at: Instant | None = None
    direction: Direction = Direction.IN
    force: Flag = False
    switch: Flag = False
    over: tuple[Line, ...] | None = None
    why: Why | None = None
    """Needed with `force`; `other` needs a `note` too."""
    note: Annotated[str, text(LONGEST_NOTE)] | None = None
    acted: Acted | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.token is None) == (self.guest is None):
            sentence = msg("명찰 코드(token)와 참석자(guest) 가운데 하나만 보내 주세요.")
            raise fault("invalid", sentence, field="token")
        if self.acted and (self.at is None or self.force):
            sentence = msg(
                "기기가 이미 한 일(acted)은 시각(at)을 함께 보내고, force와 함께 보낼 수 없습니다."
            )
            raise fault("invalid", sentence, field="acted")
        if self.switch and not self.force:
            raise fault("invalid", msg("switch는 force와 함께 보내 주세요."), field="switch")
        return self

    @property
    def id(self) -> str:
        """The id under which the answer is stored: the scan's own."""
        return f"scan:{self.scan_id}"

    def as_sent(self) -> dict[str, Any]:
        """Return what is the same each time the scan is sent: not when that is, nor what the device did meanwhile."""
        return lasting(super().as_sent())

    def attempt(self, sender: Sender) -> Attempt:
        """Return what happened at the gate as `sender` says."""
        kept_for = OFFLINE_ALLOWED if self.acted else JUST_NOW
        return Attempt(
            scan_id=ScanId(self.scan_id),
            gate_id=self.gate,
            token=self.token,
            also=self.also,
            guest=self.guest,
            claim=Claim(at=self.at, sent_at=self.sent_at, paired_at=sender.since, kept_for=kept_for)
            if self.at
            else None,
            direction=self.direction,
            force=self.force,
            over=frozenset(self.over) if self.over is not None else None,
            why=self.why,
            note=self.note,
            acted=self.acted,
            switch=self.switch,
            device=sender.device,
            trusted=sender.trusted,
            staff_at=sender.staff_at,
        )


class Undo(CommandBody):
    """Take back what the scan `scan_id` did: an admission or an exit."""

    scan_id: Line


class UndoQuery(Query):
    """Of which scans it is asked whether they may be undone."""

    scans: Annotated[str, Field(max_length=MOST_ASKED * (LONGEST_SCAN_ID + 1))] = ""
    """Their ids, with commas between them; of more than 20 the first 20."""

    @property
    def ids(self) -> list[str]:
        """The ids that are asked about."""
        return [one for one in self.scans.split(",") if one][:MOST_ASKED]


class Settle(CommandBody):
    """Say what was done about a conflict; with `undo` which of its scans is taken back (none: the one it is about)."""

    what: Literal[
        Settling.SAME_PERSON,
        Settling.LOOKED,
        Settling.UNDONE,
        Settling.ACCEPTED,
        Settling.REJECTED,
        Settling.SWITCHED,
    ]
    scan_id: Line | None = None
    word: Annotated[str, text(LONGEST_NOTE)] | None = None


def _redeem_or_refusal(value: object, read: Callable[[object], Redeem]) -> Redeem | Invalid:
    try:
        return read(value)
    except ValidationError as error:
        return faults.invalid(error.errors(include_url=False, include_input=False)[0])


class RedeemBatch(Press):
    """Scans that were kept, in the order in which the device made them.

    `sent_at` is when they are sent, for those that do not say it themselves.
    """

    scans: Annotated[
        list[Annotated[Redeem, WrapValidator(_redeem_or_refusal)]],
        Field(min_length=1, max_length=MOST_IN_A_BATCH),
    ]
    """A scan that is malformed is answered as such in its place; the others are taken."""
    sent_at: Instant | None = None


class Upload(Press):
    """What an ended device still has, in the order in which it made it; each is kept as it came."""

    scans: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=MOST_IN_A_BATCH)]
    sent_at: Instant | None = None
