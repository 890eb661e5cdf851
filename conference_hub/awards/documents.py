"""Awards as documents: who may see which name, decided here and nowhere else.

Keys are `award/<id>` and `ceremony`; the fields are listed in `docs/protocol.md`. Streams are an allow-list:
one that is not named here gets nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from conference_hub.awards.model import Award, AwardId, Level, LevelId
from conference_hub.core.now import iso

Document = dict[str, object]
Levels = Mapping[LevelId, Level]

CEREMONY_KEY = "ceremony"

_BEFORE_REVEAL = frozenset({"sealed", "operator"})
_AFTER_REVEAL = frozenset({"public"})


def award_key(award_id: AwardId) -> str:
    """Return the key of an award's document."""
    return f"award/{award_id}"


def award_document(stream: str, award: Award, level: Level) -> Document | None:
    """Render an award for a stream, None where the stream may not know of it.

    The public gets it from the reveal on, emcee and operator always, gate staff never. `recipient` None is an
    unnamed person or an organisation honoured under its own name; `guest` is there for the operator only.
    """
    if not _may_see(stream, award):
        return None
    document: Document = {
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
    return document | {"guest": award.guest_id} if stream == "operator" else document


def level_document(level: Level) -> Document:
    """Render a level as it stands inside other documents."""
    return {
        "id": level.id,
        "rank": level.rank,
        "label": level.label.as_doc(),
        "honour": level.honour.as_doc(),
        "prize_won": level.prize_won,
        "reveal_style": level.reveal_style.value,
    }


def ceremony_document(stream: str, awards: Iterable[Award], levels: Levels) -> Document | None:
    """Render how far the ceremony is: per level and lane how many awards there are and how many are revealed.

    There is no name in it. Counts are ordered by rank, then lane; a lane without awards of a level has none.
    """
    if stream not in _BEFORE_REVEAL | _AFTER_REVEAL:
        return None
    awards = tuple(awards)
    total = Counter((award.level_id, award.lane_id) for award in awards)
    revealed = Counter((award.level_id, award.lane_id) for award in awards if award.state.is_public)
    places = sorted(total, key=lambda place: (levels[place[0]].rank, place[1]))
    return {
        "total": total.total(),
        "revealed": revealed.total(),
        "levels": [level_document(level) for level in sorted(levels.values(), key=lambda level: level.rank)],
        "counts": [
            {
                "level": level,
                "lane": lane,
                "total": total[level, lane],
                "revealed": revealed[level, lane],
            }
            for level, lane in places
        ],
    }


def awards_documents(stream: str, awards: Iterable[Award], levels: Levels) -> dict[str, Document]:
    """Render everything of the awards that a stream may see, by key."""
    awards = tuple(awards)
    candidates = {award_key(a.id): award_document(stream, a, levels[a.level_id]) for a in awards}
    candidates[CEREMONY_KEY] = ceremony_document(stream, awards, levels)
    return {key: document for key, document in candidates.items() if document is not None}


def _may_see(stream: str, award: Award) -> bool:
    return stream in _BEFORE_REVEAL or (stream in _AFTER_REVEAL and award.state.is_public)
