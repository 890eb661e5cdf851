"""Awards as documents: who may see which name, decided here and nowhere else.

Streams are an allow-list: one that is not named here gets nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import cast

from conference_hub.agenda.model import LaneId
from conference_hub.awards.calling import Calling, callings
from conference_hub.awards.keys import CEREMONY_KEY, award_key, calling_key
from conference_hub.awards.levels import WON, Level, LevelId, Prize, RevealStyle
from conference_hub.awards.model import Award, AwardId, AwardState, Ceremony
from conference_hub.awards.rehearsing import as_rehearsed
from conference_hub.awards.shapes import AwardDoc, CallingDoc, CeremonyDoc, LevelDoc, PrizeDoc
from conference_hub.awards.verbs import refusals_in
from conference_hub.core.now import iso
from conference_hub.core.stream import Doc, Docs, Stream
from conference_hub.core.text import Text

BEFORE_REVEAL = frozenset({Stream.SEALED, Stream.OPERATOR})
_AFTER_REVEAL = frozenset({Stream.PUBLIC})
AUDIENCES = (Stream.PUBLIC, Stream.SEALED, Stream.OPERATOR)
"""Who hears of the awards of the live run."""
REHEARSING = (Stream.OPERATOR, Stream.REHEARSAL)
"""Who hears of those of a rehearsal."""
UNTOLD = Text(ko="시상", en="Award")
"""What the level of an award is called in a rehearsal on screens, before it was called there."""


def audiences(ceremony: Ceremony) -> tuple[Stream, ...]:
    """Return who hears of the awards of a ceremony."""
    return REHEARSING if ceremony.rehearsed else AUDIENCES


def before_reveal(ceremony: Ceremony) -> tuple[Stream, ...]:
    """Return who knows in which order the awards of a ceremony are called."""
    return tuple(one for one in audiences(ceremony) if one in BEFORE_REVEAL or ceremony.rehearsed)


def may_see(stream: Stream, award: Award) -> bool:
    """Return whether a stream may know of an award: the public from its reveal on, operators of a withdrawn one."""
    if award.state is AwardState.WITHDRAWN:
        return stream is Stream.OPERATOR
    return stream in BEFORE_REVEAL or (stream in _AFTER_REVEAL and award.state.is_public)


def award_document(award: Award, level: Level, *, everywhere: bool = False) -> AwardDoc:
    """Render an award as everybody may know it once it is revealed.

    `everywhere`: it is shown on the stages of all lanes. `recipient` None is an unnamed person or an organisation
    honoured under its own name.
    """
    return {
        "id": award.id,
        "number": award.number,
        "lane": award.lane_id,
        "cue": award.cue_id,
        "order": award.call_order,
        "state": award.state,
        "level": level_document(level),
        "kind": award.kind,
        "recipient": award.recipient,
        "organisation": award.organisation,
        "profile": award.profile,
        "unnamed": award.unnamed,
        "citation": award.citation,
        "presenter": award.presenter,
        "honorific": award.honorific,
        "conferrer": award.conferrer,
        "revealed_at": None if award.revealed_at is None else iso(award.revealed_at),
        "everywhere": everywhere,
    }


def sealed_document(award: Award, level: Level, *, together: Sequence[Award] = ()) -> AwardDoc:
    """Render an award for emcee and stage manager, who also learn who stands in, who comes, and how to read names.

    `together` are the awards that come out together with it.
    """
    return {
        **award_document(award, level),
        "joint": award.joint,
        "together": sorted(one.id for one in together),
        "representative": award.representative,
        "relation": award.relation,
        "read_by": award.read_by,
        "pronunciation": award.pronunciation,
        "stand_in": award.stand_in,
        "absent": award.absent,
        "deferred": award.deferred,
        "guest": award.guest_id,
    }


def operator_document(award: Award, level: Level, *, together: Sequence[Award] = ()) -> AwardDoc:
    """Render an award for operators, who also learn what they may do next."""
    own = {"withdrawal": award.withdrawal, "commands": {**refusals_in(award.state)}}
    return cast("AwardDoc", {**sealed_document(award, level, together=together), **own})


def rehearsed_document(
    award: Award, level: Level, stream: Stream, *, together: Sequence[Award] = (), everywhere: bool = False
) -> AwardDoc:
    """Render an award of a rehearsal: its recipient is a number.

    Screens learn its level, and with whom it comes out, when it is called.
    """
    told = stream is Stream.OPERATOR or award.state.is_public
    shown = sealed_document(award, level, together=together if told else ())
    shown["everywhere"] = told and everywhere
    if not told:
        shown = {**shown, "level": untold_level(), "joint": None}
    if stream is Stream.OPERATOR:
        own = {"withdrawal": None, "commands": as_rehearsed(refusals_in(award.state))}
        shown = cast("AwardDoc", {**shown, **own})
    return {**shown, "rehearsed": True}


def untold_level() -> LevelDoc:
    """Render in place of a level nothing by which it could be told from another one."""
    plain = Level(
        id=LevelId(""), rank=0, label=UNTOLD, honour=UNTOLD, prize=None, reveal_style=RevealStyle.INDIVIDUAL
    )
    return {**level_document(plain), "pace_s": 0}


def level_document(level: Level) -> LevelDoc:
    """Render a level as it stands inside other documents."""
    return {
        "id": level.id,
        "rank": level.rank,
        "label": level.label.as_doc(),
        "honour": level.honour.as_doc(),
        "prize_won": level.prize.amount if level.prize and level.prize.currency == WON else None,
        "prize": prize_document(level.prize) if level.prize else None,
        "reveal_style": level.reveal_style,
        "programme": level.programme_id,
        "pace_s": level.seconds_each,
    }


def prize_document(prize: Prize) -> PrizeDoc:
    """Render what goes with an award."""
    return {
        "amount": prize.amount,
        "currency": prize.currency,
        "text": prize.text.as_doc() if prize.text else None,
    }


def ceremony_document(ceremony: Ceremony) -> CeremonyDoc:
    """Render how far the ceremony is: per level and lane how many awards there are and how many are revealed."""
    awards = [award for award in ceremony.awards.values() if award.state is not AwardState.WITHDRAWN]
    levels = ceremony.levels
    total = Counter((award.level_id, award.lane_id) for award in awards)
    revealed = Counter((award.level_id, award.lane_id) for award in awards if award.state.is_public)
    places = sorted(total, key=lambda place: (levels[place[0]].rank, place[1]))
    return {
        "total": total.total(),
        "revealed": revealed.total(),
        "programmes": [{"id": one.id, "title": one.title.as_doc()} for one in ceremony.programmes],
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
        "cue": calling.cue,
        "next_cue": calling.next_cue,
        "order": list(calling.order),
        "up": calling.up,
        "following": list(calling.following),
        "on_deck": list(calling.on_deck),
        "left": calling.left,
        "total": len(calling.order),
        "pace_s": calling.pace_s,
        "ends_at": None if calling.ends_at is None else iso(calling.ends_at),
    }


def documents_of(
    streams: Collection[Stream],
    ceremony: Ceremony,
    award_ids: Iterable[AwardId],
    *,
    lanes: Collection[LaneId] | None = None,
    counts: bool = True,
) -> dict[Stream, Docs]:
    """Render for each stream the documents of some awards (None: it may not see one) and those of the whole ceremony.

    Of the whole ceremony, the calling of `lanes` (None: of all that have awards) is rendered, and its counts unless
    `counts` is False; one that is rehearsed has none.
    """
    ids = tuple(award_ids)
    told = counts and not ceremony.rehearsed
    public: Docs = {CEREMONY_KEY: {**ceremony_document(ceremony)}} if told else {}
    whole = {**public, **calling_docs(ceremony, lanes)}
    knowing = before_reveal(ceremony)
    docs: dict[Stream, Docs] = {}
    for stream in audiences(ceremony):
        if stream in streams:
            own: Docs = {award_key(i): _award(stream, ceremony, i) for i in ids}
            docs[stream] = own | (whole if stream in knowing else public)
    return docs


def calling_docs(ceremony: Ceremony, lanes: Collection[LaneId] | None = None) -> Docs:
    """Render `calling/<lane>` of the given lanes, or of each that has awards."""
    awards = [award for award in ceremony.awards.values() if lanes is None or award.lane_id in lanes]
    found = callings(awards, ceremony.positions)
    return {calling_key(lane): {**calling_document(calling)} for lane, calling in found.items()}


def _award(stream: Stream, ceremony: Ceremony, award_id: AwardId) -> Doc | None:
    award = ceremony.awards[award_id]
    level, everywhere = ceremony.levels[award.level_id], ceremony.is_everywhere(award)
    together = ceremony.together_with(award)
    if ceremony.rehearsed:
        return {**rehearsed_document(award, level, stream, together=together, everywhere=everywhere)}
    if not may_see(stream, award):
        return None
    if stream not in BEFORE_REVEAL:
        return {**award_document(award, level, everywhere=everywhere)}
    render = operator_document if stream is Stream.OPERATOR else sealed_document
    return {**render(award, level, together=together), "everywhere": everywhere}
