"""The shapes of check-in's documents and of what its API answers."""

from __future__ import annotations

from typing import Any, Final, Literal, NotRequired

from typing_extensions import TypedDict

from conference_hub.checkin.keys import CONFLICT, PRESENCE_KEY
from conference_hub.core.shapes import Count, Instant, TextDoc
from conference_hub.gates.model import PointKind, Reentry
from conference_hub.people.keys import GUEST
from conference_hub.people.model import Mode


class NamedDoc(TypedDict):
    """A group or a way of taking part, with its words."""

    id: str
    label: TextDoc


class CallDoc(TypedDict):
    """Where a recipient comes to the stage; `cue` and `order` stand where organisers let the gate know."""

    lane: TextDoc
    room: TextDoc | None
    cue: TextDoc | None
    order: int | None


class PersonDoc(TypedDict):
    """A guest as gate staff see them; `masked` is for what stays on the screen, `needs` is what they need to get in.

    `needs_look`: somebody has to look at them before they pass; supervisors read why in `look`.
    """

    guest: str
    name: TextDoc
    masked: str | None
    role: TextDoc | None
    organisation: str | None
    group: NamedDoc | None
    mode: NamedDoc
    seat: str | None
    number: str
    needs: str | None
    needs_look: bool
    look: NotRequired[str]
    calls: list[CallDoc]


class FoundPersonDoc(PersonDoc):
    """A guest found by name; `place` is where they are."""

    place: str | None


class FirstDoc(TypedDict):
    """When and where a guest first came in; `gate` is null for one who joined by a personal link.

    `device` is the label of who scanned, where it was somebody else's scan.
    """

    at: Instant
    gate: str | None
    gate_title: TextDoc | None
    device: NotRequired[str]


class DeviceTimeDoc(TypedDict):
    """When a scan happened as its device says, and the time that counts; `doubted` says why it is another."""

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

    `may_force`: the same scan with `force` overrules this refusal. `may_undo`: `checkin/undo` would take it back now.
    `may_switch`: with `force` and `switch` the guest takes part in the hall from now on, and what they
    receive is called there. `at` stands in the answer to a
    scan that said when it happened, `ok` in the answer to a batch. `held`: the device had asked the guest to wait, so
    nobody is in yet. `undone`: the scan was taken back since. `over` are refusals that staff overruled.
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


class PassedDoc(TypedDict):
    """A scan of a conflict: when, at which gate, and the name of the device."""

    scan: str
    at: Instant
    gate_title: TextDoc | None
    device: str


class WaitingConflictDoc(TypedDict):
    """A conflict as supervisors read it; `answers` are what may be said of it."""

    id: str
    kind: str
    found_at: Instant
    guest: str | None
    name: TextDoc | None
    scan: PassedDoc
    other: PassedDoc | None
    answers: list[str]


class ConflictsAnswer(TypedDict):
    """What waits for somebody to look at it, the oldest first."""

    conflicts: list[WaitingConflictDoc]


class SettledAnswer(TypedDict):
    """A conflict that was settled; `switched` as in `UndoneAnswer`."""

    conflict: str
    what: str
    switched: NotRequired[Literal["back", "kept"]]


class FoundAnswer(TypedDict):
    """The guests that a search found; `more` when there are others."""

    guests: list[FoundPersonDoc]
    more: bool


class PersonalLinkAnswer(TypedDict):
    """A personal link, shown this once."""

    url: str
    expires_at: Instant


class EndedAnswer(TypedDict):
    """How many links ended."""

    ended: Count


class BadgeAnswer(TypedDict):
    """Whether a guest has a badge that opens gates."""

    guest: str
    badge: bool


class AtDoorAnswer(TypedDict):
    """Somebody whom staff registered, gave a new badge or seated at the door, as they are now."""

    guest: str
    person: PersonDoc


class CompanionsAnswer(TypedDict):
    """A guest, and who may have come with them."""

    guests: list[FoundPersonDoc]


class OfModeDoc(TypedDict):
    """Guests of one mode: how many are expected, and how many are here."""

    expected: Count
    here: Count


class PresenceDoc(TypedDict):
    """Counts of guests: `inside` are in the hall, `remote` joined from elsewhere, `admitted` ever came."""

    expected: Count
    inside: Count
    remote: Count
    admitted: Count
    by_mode: dict[Mode, OfModeDoc]


class MomentDoc(TypedDict):
    """When and at which gate somebody came in; `gate` is null for a personal link."""

    at: Instant
    gate: str | None


class ConflictScanDoc(TypedDict):
    """The scan that a conflict is at odds with."""

    scan: str
    gate: str | None
    direction: str
    at: Instant
    device: str | None


class ConflictDoc(ConflictScanDoc):
    """What scans say that is at odds and waits for somebody; `device` is the id of the paired device, null for others.

    It goes as soon as somebody has settled it, or later scans show that there is none.
    """

    id: str
    kind: str
    guest: str | None
    found_at: Instant
    other: ConflictScanDoc | None


class GuestDoc(TypedDict):
    """Where a guest is; `group` is the id of their group, `badge` says whether their badge opens gates."""

    id: str
    group: str | None
    mode: Mode
    seat: str | None
    inside: bool
    remote_connected: bool
    since: Instant | None
    first: MomentDoc | None
    badge: bool


class RosterWindowDoc(TypedDict):
    """When a point is open; both ends belong to it."""

    opens_at: Instant
    closes_at: Instant


class RosterPointDoc(TypedDict):
    """A point with its rules, as a device needs them without a network."""

    id: str
    kind: PointKind
    exits: bool
    reentry: Reentry
    daily: bool
    windows: list[RosterWindowDoc]


class RosterGateDoc(TypedDict):
    """A gate that the device may use; `groups` and `modes` are whom it is for, empty: everybody."""

    id: str
    point: str
    groups: list[str]
    modes: list[str]


class RosterRulesDoc(TypedDict):
    """By what a device answers; `blue`: whether it lets people in with a badge that it knows."""

    blue: Literal["admit", "hold"]
    timezone: str
    gates: list[RosterGateDoc]
    points: list[RosterPointDoc]


class RosterPersonDoc(TypedDict):
    """A guest on a device: never a whole name (`label` where there is none), nor why to look at them (`look`)."""

    guest: str
    masked: str | None
    label: TextDoc | None
    group: NamedDoc | None
    mode: str
    seat: str | None
    look: bool


class RosterAnswer(TypedDict):
    """What a device knows without a network, as of `as_of` and no longer than `expires_at`.

    A badge stands in it as the first 32 hexadecimal digits of SHA-256 of `salt` and the token's SHA-256 in hexadecimal
    digits: in `badges` with the place of its guest in `people`, in `gone` with why it opens no gate any more.
    """

    as_of: Instant
    expires_at: Instant
    salt: str
    rules: RosterRulesDoc
    badges: list[tuple[str, int]]
    people: list[RosterPersonDoc]
    gone: list[tuple[str, Literal["revoked", "cancelled"]]]


DOCUMENTS: Final = {PRESENCE_KEY: PresenceDoc, CONFLICT: ConflictDoc, GUEST: GuestDoc}
"""The shape of each document by its key; a key that ends in `/` is the prefix of a family."""
ANSWERS: Final[dict[str, Any]] = {
    "FoundAnswer": FoundAnswer,
    "RosterAnswer": RosterAnswer,
    "ScanAnswer": ScanAnswer,
}
"""The answers that pages read, by the names that they have in the browser."""
