"""The shapes of what the API answers to scans, and about those that are at odds."""

from __future__ import annotations

from typing import Any, Final, Literal, NotRequired

from typing_extensions import TypedDict

from conference_hub.checkin.person_shapes import PersonDoc
from conference_hub.core.shapes import Count, Instant, TextDoc


class FirstDoc(TypedDict):
    """When and where a guest first came in; `gate` is null for one who joined by a personal link.

    `device` is the label of who scanned, where it was somebody else's scan.
    """

    at: Instant
    gate: str | None
    gate_title: TextDoc | None
    device: NotRequired[str]


class DeviceTimeDoc(TypedDict):
    """When a scan happened as its device says, and the time that counts; `doubted` says why that is not believed."""

    claimed: Instant
    used: Instant
    doubted: str | None


class TitledGateDoc(TypedDict):
    """A gate with its title."""

    id: str
    title: TextDoc


class DetailsDoc(TypedDict):
    """The values behind a refusal; which of them there are depends on the verdict."""

    revoked_at: NotRequired[Instant]
    reissued: NotRequired[bool]
    note: NotRequired[str]
    gates: NotRequired[list[TitledGateDoc]]
    mode: NotRequired[str]
    modes: NotRequired[list[str]]
    opens_at: NotRequired[Instant]
    closes_at: NotRequired[Instant]
    reentry: NotRequired[Literal["once"]]
    left_at: NotRequired[Instant]
    conference: NotRequired[TextDoc]
    cancelled_at: NotRequired[Instant]
    why: NotRequired[str]


class OtherScanDoc(TypedDict):
    """The scan that another one is at odds with."""

    at: Instant
    gate: str | None
    gate_title: TextDoc | None
    device: str


class ScanConflictDoc(TypedDict):
    """What the answer to a scan says of a conflict that it is part of; `other` is the other scan, if there is one."""

    id: str
    kind: str
    open: bool
    other: OtherScanDoc | None


class ScanAnswer(TypedDict):
    """What the gate decided about a scan: `verdict` and the values behind it.

    `door`: at a door of the hall; false where people are only counted, and `admitted` means counted. `may_force`: the
    same scan with `force` overrules this refusal. `may_undo`: `checkin/undo` would take it back now. `may_switch`: with
    `force` and `switch` the guest takes part in the hall from now on, and what they receive is called there. `at`
    stands in the answer to a scan that said when it happened, `ok` in the answer to a batch. `held`: the device had
    asked the guest to wait, so nobody is in yet. `undone`: the scan was taken back since. `over` are refusals that
    staff overruled.
    """

    scan_id: str
    ok: NotRequired[Literal[True]]
    verdict: Literal[
        "admitted",
        "left",
        "unknown_badge",
        "other_conference",
        "cancelled",
        "revoked",
        "already_inside",
        "already_counted",
        "needs_look",
        "wrong_gate",
        "mode_mismatch",
        "not_yet_open",
        "closed",
        "not_inside",
        "turned_away",
        "quarantined",
    ]
    door: bool
    may_force: bool
    may_undo: bool
    may_switch: bool
    reason: NotRequired[str]
    details: NotRequired[DetailsDoc]
    person: NotRequired[PersonDoc]
    first: NotRequired[FirstDoc]
    forced: NotRequired[bool]
    again: NotRequired[bool]
    held: NotRequired[bool]
    undone: NotRequired[bool]
    over: NotRequired[list[str]]
    conflict: NotRequired[ScanConflictDoc]
    at: NotRequired[DeviceTimeDoc]


class RefusalDoc(TypedDict):
    """Why a scan was not answered; what else an error says stands beside it."""

    code: str
    message: str
    field: NotRequired[str]


class RefusedScanDoc(TypedDict):
    """A scan that is not kept: it has no id, or is too long."""

    scan_id: str
    ok: Literal[False]
    error: RefusalDoc


class QuarantinedScanDoc(TypedDict):
    """A scan that is kept as it came and counts for nothing until somebody accepts it; it is not sent again."""

    scan_id: str
    ok: Literal[True]
    quarantined: Literal[True]


class BatchAnswer(TypedDict):
    """The answers to the scans of a batch, in their order."""

    answers: list[ScanAnswer | QuarantinedScanDoc | RefusedScanDoc]


class UploadAnswer(TypedDict):
    """What became of the scans of an ended device, in their order."""

    answers: list[QuarantinedScanDoc | RefusedScanDoc]


class UndoneAnswer(TypedDict):
    """An admission, or an exit, that was taken back; `place` is where the guest is now.

    `switched` stands where it had let the guest take part in the hall: that is as before again (`back`), or it was
    changed since (`kept`).
    """

    scan_id: str
    guest: str
    undone: bool
    place: NotRequired[str | None]
    switched: NotRequired[Literal["back", "kept"]]


class StandingDoc(TypedDict):
    """How a scan stands: whether it was taken back, and whether the sender may take it back now."""

    scan_id: str
    may_undo: bool
    undone: bool


class UndoableAnswer(TypedDict):
    """How scans stand."""

    scans: list[StandingDoc]


class PassedDoc(TypedDict):
    """A scan of a conflict: when, at which gate, and the name of the device, or of who was signed in.

    `undone`: it was taken back. `may_undo`: the reader may take it back, and it would succeed now.
    """

    scan: str
    at: Instant
    gate_title: TextDoc | None
    device: str
    undone: bool
    may_undo: bool


class WaitingConflictDoc(TypedDict):
    """A conflict as supervisors read it; `answers` are what may be said of it now."""

    id: str
    kind: str
    found_at: Instant
    guest: str | None
    name: TextDoc | None
    organisation: str | None
    scan: PassedDoc
    other: PassedDoc | None
    answers: list[str]


class SettledConflictDoc(TypedDict):
    """A conflict that was settled: what was done (`what`) and the word about it.

    `by` is the name of who settled it, null where later scans did (`cleared`).
    """

    id: str
    kind: str
    guest: str | None
    name: TextDoc | None
    settled_at: Instant
    by: str | None
    what: str
    word: str | None


class ConflictsAnswer(TypedDict):
    """What waits for somebody to look at it, the oldest first, and what was settled last, the latest first.

    `count` is how many wait, also those that are not listed.
    """

    count: Count
    conflicts: list[WaitingConflictDoc]
    settled: list[SettledConflictDoc]


class SettledAnswer(TypedDict):
    """A conflict that was settled; `switched` as in `UndoneAnswer`."""

    conflict: str
    what: str
    switched: NotRequired[Literal["back", "kept"]]


ANSWERS: Final[dict[str, Any]] = {"ConflictsAnswer": ConflictsAnswer, "ScanAnswer": ScanAnswer}
"""The answers that pages read, by the names that they have in the browser."""
