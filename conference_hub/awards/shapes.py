"""The shapes of the awards' documents, for the browser's type definitions and the API's description.

A field that is `NotRequired` is not on the public stream: some are the emcee's too, the others the operator's only.
"""

from __future__ import annotations

from typing import Final, Literal, NotRequired

from typing_extensions import TypedDict

from conference_hub.awards import keys
from conference_hub.awards.levels import RevealStyle
from conference_hub.awards.model import AwardKind, AwardState, StandIn
from conference_hub.core.shapes import Count, Instant, TextDoc

AwardCommandName = Literal[
    "arm",
    "reveal",
    "present",
    "photo",
    "done",
    "defer",
    "absent",
    "proxy",
    "skip",
    "withdraw",
    "take-back",
    "correct",
]


class PrizeDoc(TypedDict):
    """What goes with an award: whole units of `currency` (ISO 4217), a text, or both."""

    amount: Count | None
    currency: str
    text: TextDoc | None


class ProgrammeDoc(TypedDict):
    """A programme of awards, inside other documents."""

    id: str
    title: TextDoc


class LevelDoc(TypedDict):
    """A level of award, inside other documents; `prize_won` is the amount of a prize in won, else null."""

    id: str
    rank: int
    label: TextDoc
    honour: TextDoc
    prize_won: int | None
    prize: PrizeDoc | None
    reveal_style: RevealStyle
    programme: str | None
    pace_s: Count


class AwardDoc(TypedDict):
    """An award; `commands` says for each command null or the code of the refusal that it would get now.

    One that is `rehearsed` has a number in place of a recipient.
    One that is `everywhere` is shown on the stages of all lanes. `together` are the ids of the awards of other lanes
    with the same `joint` word.
    """

    id: str
    number: str
    lane: str
    cue: str
    order: int
    state: AwardState
    level: LevelDoc
    kind: AwardKind
    recipient: str | None
    organisation: str | None
    profile: str | None
    unnamed: bool
    citation: str | None
    presenter: str | None
    honorific: str | None
    conferrer: str | None
    revealed_at: Instant | None
    everywhere: bool
    joint: NotRequired[str | None]
    together: NotRequired[list[str]]
    representative: NotRequired[str | None]
    relation: NotRequired[str | None]
    read_by: NotRequired[str | None]
    pronunciation: NotRequired[str | None]
    stand_in: NotRequired[StandIn]
    absent: NotRequired[bool]
    deferred: NotRequired[bool]
    withdrawal: NotRequired[str | None]
    guest: NotRequired[str | None]
    commands: NotRequired[dict[AwardCommandName, str | None]]
    rehearsed: NotRequired[bool]


class AwardCountDoc(TypedDict):
    """How many awards of one level in one lane there are, and how many are revealed."""

    level: str
    lane: str
    total: Count
    revealed: Count


class CeremonyDoc(TypedDict):
    """How far the ceremony is, without a name; programmes stand in their order, counts by rank, then lane."""

    total: Count
    revealed: Count
    programmes: list[ProgrammeDoc]
    levels: list[LevelDoc]
    counts: list[AwardCountDoc]


class CallingDoc(TypedDict):
    """Ids of the awards of the round on air in calling order; `up` is the one to call or on stage.

    `cue` is null while no round is on air, `next_cue` the round that comes then. `following` are all still to come
    after `up`, the first of them `on_deck`; `left` counts those still to come, of `total`. `pace_s` is measured.
    """

    lane: str
    cue: str | None
    next_cue: str | None
    order: list[str]
    up: str | None
    following: list[str]
    on_deck: list[str]
    left: Count
    total: Count
    pace_s: Count | None
    ends_at: Instant | None


class GroupDoc(TypedDict):
    """Names of one level that come out one after the other in a lane, under one `heading`.

    `revealed` are ids in the order of the list, `current` the one that came out last. `pace_s` null: by key; `next_at`
    is when the next name comes by itself. `awards` are all ids in the order of the list, `next` is whom the next key
    names, `due` whom the hub names by itself when names come by themselves: never one that was taken back.
    """

    lane: str
    level: str
    heading: TextDoc
    began_at: Instant
    size: Count
    revealed: list[str]
    current: str | None
    pace_s: Count | None
    next_at: Instant | None
    paused: bool
    awards: NotRequired[list[str]]
    next: NotRequired[str | None]
    due: NotRequired[str | None]


class ReadyDoc(TypedDict):
    """A recipient elsewhere who is called soon and said that they are ready."""

    guest: str
    at: Instant


class SoonDoc(TypedDict):
    """What a recipient elsewhere is told, and nobody else: whether they are called soon, and whether they are ready."""

    called: bool
    ready: bool


class CommitmentDoc(TypedDict):
    """What was committed to at one moment: a digest over the digests of so many awards."""

    number: Count
    at: Instant
    digest: str
    reason: str
    awards: Count


class ProofDoc(TypedDict):
    """The commitments to the results, and from when their salts are open."""

    commitments: list[CommitmentDoc]
    opened_at: Instant | None


class OpenedLineDoc(TypedDict):
    """A line of the list and its salt: SHA-256 of `salt`, a line feed and `text` is one of the digests."""

    salt: str
    text: str


class CommittedDoc(TypedDict):
    """A commitment with all its digests, sorted, and the lines that are opened."""

    number: Count
    at: Instant
    reason: str
    digest: str
    digests: list[str]
    opened: list[OpenedLineDoc]


class ProofAnswer(TypedDict):
    """All that is needed to check the results."""

    conference: str
    commitments: list[CommittedDoc]


ANSWERS: Final = {"ProofAnswer": ProofAnswer, "SoonDoc": SoonDoc}
"""The answers that pages read, by the names that they have in the browser."""
DOCUMENTS: Final = {
    keys.AWARD: AwardDoc,
    keys.CEREMONY_KEY: CeremonyDoc,
    keys.CALLING: CallingDoc,
    keys.GROUP: GroupDoc,
    keys.PROOF_KEY: ProofDoc,
    keys.READY: ReadyDoc,
}
"""The shape of each document by its key; a key that ends in `/` is the prefix of a family."""
