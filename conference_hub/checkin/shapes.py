"""The shapes of check-in's documents and of what its API answers."""

from __future__ import annotations

from typing import Any, Final, Literal, NotRequired

from typing_extensions import TypedDict

from conference_hub.checkin.keys import PRESENCE_KEY
from conference_hub.core.shapes import Count, Instant, TextDoc
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
    """A guest as gate staff see them; `masked` is for what stays on the screen, `needs` is what they need to get in."""

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
    calls: list[CallDoc]


class FoundPersonDoc(PersonDoc):
    """A guest found by name; `place` is where they are."""

    place: str | None


class FirstDoc(TypedDict):
    """When and where a guest first came in; `gate` is null for one who joined by a personal link."""

    at: Instant
    gate: str | None
    gate_title: TextDoc | None


class DoorsDoc(TypedDict):
    """When check-in is open."""

    opens_at: Instant
    closes_at: Instant


class DeviceTimeDoc(TypedDict):
    """When a scan happened as its device says, and the time that counts; `doubted` says why it is another."""

    claimed: Instant
    used: Instant
    doubted: str | None


class ScanDoc(TypedDict):
    """What every answer to a scan has.

    `may_force`: the same scan with `force` would let the guest in. `may_undo`: it is an admission, which `checkin/undo`
    takes. `at` stands in the answer to a scan that said when it happened, `ok` in the answer to a batch.
    """

    scan_id: str
    ok: NotRequired[Literal[True]]
    may_force: bool
    may_undo: bool
    person: NotRequired[PersonDoc]
    reason: NotRequired[str]
    at: NotRequired[DeviceTimeDoc]


class AdmittedAnswer(ScanDoc):
    """The guest came in; `again` when not for the first time, `forced` when staff overruled a refusal."""

    verdict: Literal["admitted"]
    first: FirstDoc
    forced: bool
    again: bool


class InsideAnswer(ScanDoc):
    """The guest is inside already, or went out; `first` is when they came in."""

    verdict: Literal["already_inside", "left"]
    first: FirstDoc


class WrongDayAnswer(ScanDoc):
    """Check-in is closed."""

    verdict: Literal["wrong_day"]
    doors: DoorsDoc


class RevokedAnswer(ScanDoc):
    """The badge was withdrawn or replaced."""

    verdict: Literal["revoked"]
    revoked_at: Instant


class UnknownAnswer(ScanDoc):
    """The badge is of nobody, or the guest cannot go out because they are not inside."""

    verdict: Literal["unknown_badge", "not_inside"]


ScanAnswer = AdmittedAnswer | InsideAnswer | WrongDayAnswer | RevokedAnswer | UnknownAnswer
"""What the gate decided about a scan."""


class RefusalDoc(TypedDict):
    """Why a scan was not answered; what else an error says stands beside it."""

    code: str
    message: str
    field: NotRequired[str]


class RefusedScanDoc(TypedDict):
    """A scan of a batch that has no answer: it is malformed, or its gate or guest is not known."""

    scan_id: str
    ok: Literal[False]
    error: RefusalDoc


class BatchAnswer(TypedDict):
    """The answers to the scans of a batch, in their order."""

    answers: list[ScanAnswer | RefusedScanDoc]


class UndoneAnswer(TypedDict):
    """An admission that was taken back."""

    scan_id: str
    guest: str
    undone: bool


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


DOCUMENTS: Final = {PRESENCE_KEY: PresenceDoc, GUEST: GuestDoc}
"""The shape of each document by its key; a key that ends in `/` is the prefix of a family."""
ANSWERS: Final[dict[str, Any]] = {"FoundAnswer": FoundAnswer, "ScanAnswer": ScanAnswer}
"""The answers that pages read, by the names that they have in the browser."""
