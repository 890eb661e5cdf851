"""Awards as documents: who may see which name, decided here and nowhere else.

Keys are `award/<id>`, `calling/<lane>` and `ceremony`; the fields are listed in `docs/protocol.md`. Streams are an
allow-list: one that is not named here gets nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from typing_extensions import TypedDict

from conference_hub.agenda.model import LaneId
from conference_hub.awards.calling import Calling, callings
from conference_hub.awards.model import Award, AwardId, Ceremony, Level, Levels
from conference_hub.core.now import iso
from conference_hub.core.stream import Doc, Docs, Stream
from conference_hub.core.text import TextDoc

AWARD_PREFIX = "award/"
CEREMONY_KEY = "ceremony"

_BEFORE_REVEAL = frozenset({Stream.SEALED, Stream.OPERATOR})
_AFTER_REVEAL = frozenset({Stream.PUBLIC})
AUDIENCES = (Stream.PUBLIC, Stream.SEALED, Stream.OPERATOR)


class LevelDoc(TypedDict):
    """A level, inside other documents."""

    id: str
    rank: int
    label: TextDoc
    honour: TextDoc
    prize_won: int | None
    reveal_style: str


class AwardDoc(TypedDict):
    """`award/<id>` for the public (once revealed) and for emcees."""

    id: str
    lane: str
    cue: str
    order: int
    state: str
    level: LevelDoc
    kind: str
    recipient: str | None
    organisation: str | None
    profile: str | None
    revealed_at: str | None


class OperatorAwardDoc(AwardDoc):
    """`award/<id>` for operators.

    `commands` has None for each command that may be sent now, else the code of its refusal; `undo` and `redo` are the
    commands that would be undone and redone: `number`, `topic`, `at`, `by` and the fact's own fields.
    """

    guest: str | None
    commands: dict[str, str | None]
    undo: dict[str, Any] | None
    redo: dict[str, Any] | None


class CountDoc(TypedDict):
    """How many awards of one level in one lane there are, and how many are revealed."""

    level: str
    lane: str
    total: int
    revealed: int


class CeremonyDoc(TypedDict):
    """`ceremony`: how far it is, without a name. Counts are ordered by rank, then lane."""

    total: int
    revealed: int
    levels: list[LevelDoc]
    counts: list[CountDoc]


class CallingDoc(TypedDict):
    """`calling/<lane>`: ids of awards, see `calling.Calling`."""

    lane: str
    order: list[str]
    up: str | None
    following: list[str]


@dataclass(frozen=True, kw_only=True)
class Options:
    """What an operator may do with an award next; the fields are those of `OperatorAwardDoc`."""

    commands: Mapping[str, str | None]
    undo: Doc | None = None
    redo: Doc | None = None


def award_key(award_id: AwardId) -> str:
    """Return the key of an award's document."""
    return f"{AWARD_PREFIX}{award_id}"


def calling_key(lane_id: LaneId) -> str:
    """Return the key of the document that says in which order a lane's awards are called."""
    return f"calling/{lane_id}"


def may_see(stream: Stream, award: Award) -> bool:
    """Return whether a stream may know of an award: emcee and operator always, the public from the reveal on."""
    return stream in _BEFORE_REVEAL or (stream in _AFTER_REVEAL and award.state.is_public)


def award_document(award: Award, level: Level) -> AwardDoc:
    """Render an award for those who may see it and are no operators.

    `recipient` None is an unnamed person or an organisation honoured under its own name.
    """
    return {
        "id": award.id,
        "lane": award.lane_id,
        "cue": award.cue_id,
        "order": award.call_order,
        "state": award.state.value,
        "level": level_document(level),
        "kind": award.kind.value,
        "recipient": award.recipient,
        "organisation": award.organisation,
        "profile": award.profile,
        "revealed_at": None if award.revealed_at is None else iso(award.revealed_at),
    }


def operator_document(award: Award, level: Level, options: Options) -> OperatorAwardDoc:
    """Render an award for operators, who also learn which guest comes to the stage and what they may do next."""
    return {
        **award_document(award, level),
        "guest": award.guest_id,
        "commands": dict(options.commands),
        "undo": options.undo,
        "redo": options.redo,
    }


def level_document(level: Level) -> LevelDoc:
    """Render a level as it stands inside other documents."""
    return {
        "id": level.id,
        "rank": level.rank,
        "label": level.label.as_doc(),
        "honour": level.honour.as_doc(),
        "prize_won": level.prize_won,
        "reveal_style": level.reveal_style.value,
    }


def ceremony_document(awards: Iterable[Award], levels: Levels) -> CeremonyDoc:
    """Render how far the ceremony is: per level and lane how many awards there are and how many are revealed."""
    awards = tuple(awards)
    total = Counter((award.level_id, award.lane_id) for award in awards)
    revealed = Counter((award.level_id, award.lane_id) for award in awards if award.state.is_public)
    places = sorted(total, key=lambda place: (levels[place[0]].rank, place[1]))
    return {
        "total": total.total(),
        "revealed": revealed.total(),
        "levels": [level_document(level) for level in sorted(levels.values(), key=lambda level: level.rank)],
        "counts": [
            {"level": level, "lane": lane, "total": total[level, lane], "revealed": revealed[level, lane]}
            for level, lane in places
        ],
    }


def calling_document(calling: Calling) -> CallingDoc:
    """Render how the awards of a lane are called."""
    return {
        "lane": calling.lane_id,
        "order": list(calling.order),
        "up": calling.up,
        "following": list(calling.following),
    }


def documents_of(
    streams: Collection[Stream],
    ceremony: Ceremony,
    award_ids: Iterable[AwardId],
    options: Mapping[AwardId, Options],
) -> dict[Stream, Docs]:
    """Render for each stream the documents of some awards (None: it may not see one) and those of the whole ceremony.

    `options` are needed for the operator's stream only, for each of the awards.
    """
    ids, whole = tuple(award_ids), ceremony_documents(ceremony)
    public: Docs = {CEREMONY_KEY: whole[CEREMONY_KEY]}
    docs: dict[Stream, Docs] = {}
    for stream in AUDIENCES:
        if stream in streams:
            own: Docs = {award_key(i): _award(stream, ceremony, i, options) for i in ids}
            docs[stream] = own | (whole if stream in _BEFORE_REVEAL else public)
    return docs


def ceremony_documents(ceremony: Ceremony) -> Docs:
    """Render `ceremony`, and `calling/<lane>` for each lane that has awards."""
    awards = ceremony.awards.values()
    docs: Docs = {
        calling_key(lane): {**calling_document(calling)}
        for lane, calling in callings(awards, ceremony.rounds).items()
    }
    docs[CEREMONY_KEY] = {**ceremony_document(awards, ceremony.levels)}
    return docs


def _award(
    stream: Stream, ceremony: Ceremony, award_id: AwardId, options: Mapping[AwardId, Options]
) -> Doc | None:
    award = ceremony.awards[award_id]
    if not may_see(stream, award):
        return None
    level = ceremony.levels[award.level_id]
    if stream is Stream.OPERATOR:
        return {**operator_document(award, level, options[award_id])}
    return {**award_document(award, level)}
