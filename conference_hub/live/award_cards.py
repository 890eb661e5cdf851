"""The awards that were revealed, for pages that say them before their scripts have run.

`static/js/awards/list.js` and `static/js/live/award-cards.js` write the same in the browser.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from conference_hub.agenda.keys import CUE, LANE
from conference_hub.agenda.kinds import SegmentKind
from conference_hub.awards.keys import AWARD, GROUP
from conference_hub.awards.levels import Prize
from conference_hub.core.now import parse_iso
from conference_hub.core.text import Text
from conference_hub.live.families import Docs, all_of, numeric
from conference_hub.places.keys import CHANNEL


@dataclass(frozen=True, kw_only=True)
class LevelCard:
    """The awards of a level that were revealed: the named ones, name and organisation, and how many are not named."""

    label: Text
    honour: Text
    prize: Prize | None
    programme: Text | None
    named: Sequence[tuple[str, str | None]]
    unnamed: int
    total: int | None

    @property
    def revealed(self) -> int:
        """How many were revealed."""
        return len(self.named) + self.unnamed


@dataclass(frozen=True, kw_only=True)
class AwardCard:
    """An award as a stage shows it; `name` is None for somebody who is not named."""

    id: str
    label: Text
    honour: Text
    name: str | None
    organisation: str | None


@dataclass(frozen=True, kw_only=True)
class StageCard:
    """A lane in which awards are given, and the other lanes whose stages show the same.

    `award` is None while nobody of its round is named. `roll` has the names of a group that are out, if these are
    several, and `roll_unnamed` says how many of them are not named; `first` is the first of them all.
    """

    lane: str
    also: Sequence[str]
    round: Text
    award: AwardCard | None
    roll: Sequence[AwardCard]
    roll_unnamed: int
    first: AwardCard | None

    @property
    def rolled(self) -> bool:
        """Whether several names of a group are out."""
        return self.first is not None


def revealed(docs: Docs, now: datetime) -> list[Mapping[str, Any]]:
    """Return the revealed awards in their order, without those that a delayed broadcast may not have shown yet.

    What is later than `now` was revealed before the clock was set back.
    """
    late = timedelta(milliseconds=max((channel["delay_ms"] for channel in all_of(docs, CHANNEL)), default=0))
    shown = [one for one in all_of(docs, AWARD) if one["revealed_at"]]
    known = [one for one in shown if min(parse_iso(one["revealed_at"]), now) + late <= now]
    return sorted(known, key=lambda one: (one["revealed_at"], one["order"], numeric(one["id"])))


def levels(awards: Iterable[Mapping[str, Any]], ceremony: Mapping[str, Any] | None) -> list[LevelCard]:
    """Return the levels of revealed awards, programme by programme, the highest first."""
    by_level: dict[str, list[Mapping[str, Any]]] = {}
    for award in awards:
        by_level.setdefault(award["level"]["id"], []).append(award)
    programmes = ceremony["programmes"] if ceremony else []
    order = {one["id"]: place for place, one in enumerate(programmes)}
    titles = {one["id"]: Text.of(one["title"]) for one in programmes} if len(programmes) > 1 else {}
    levels = {award["level"]["id"]: award["level"] for own in by_level.values() for award in own[:1]}
    ranked = sorted(levels.values(), key=lambda one: (order.get(one["programme"], -1), one["rank"]))
    return [
        LevelCard(
            label=Text.of(level["label"]),
            honour=Text.of(level["honour"]),
            prize=_prize(level["prize"]),
            programme=titles.get(level["programme"]),
            named=[naming for naming in map(_naming, by_level[level["id"]]) if naming],
            unnamed=sum(_naming(award) is None for award in by_level[level["id"]]),
            total=_total(ceremony, level["id"]),
        )
        for level in ranked
    ]


def stage_cards(docs: Docs, awards: Sequence[Mapping[str, Any]]) -> list[StageCard]:
    """Return the lanes in which awards have the first place: a round is on, or a name since the cue that is on.

    `awards` are the revealed ones in their order. A name that stands on the stages of all lanes has one card.
    """
    found = [card for lane in all_of(docs, LANE) if (card := _stage_card(docs, lane, awards))]
    everywhere = {award["id"]: award["lane"] for award in awards if award["everywhere"]}
    own = {card.lane: card.award.id for card in found if card.award}
    repeated = {
        card.lane: home
        for card in found
        if card.award
        and (home := everywhere.get(card.award.id)) not in {None, card.lane}
        and own.get(home) == card.award.id
    }
    return [
        replace(card, also=[lane for lane, home in repeated.items() if home == card.lane])
        for card in found
        if card.lane not in repeated
    ]


def _stage_card(docs: Docs, lane: Mapping[str, Any], awards: Sequence[Mapping[str, Any]]) -> StageCard | None:
    cue = docs.get(f"{CUE}{lane['cue']}")
    if cue is None:
        return None
    shown = [one for one in awards if one["lane"] == lane["id"] or one["everywhere"]][-1:]
    up = [one for one in shown if one["revealed_at"] >= (cue["started_at"] or "")]
    if not up and cue["kind"] != SegmentKind.CEREMONY:
        return None
    known = {one["id"]: one for one in awards}
    group = docs.get(f"{GROUP}{lane['id']}") or {"revealed": []}
    roll = [_award_card(known[one]) for one in group["revealed"] if one in known]
    several = len(roll) > 1
    return StageCard(
        lane=lane["id"],
        also=(),
        round=Text.of(cue["title"]),
        award=_award_card(up[0]) if up else None,
        roll=[one for one in roll if one.name] if several else (),
        roll_unnamed=sum(one.name is None for one in roll) if several else 0,
        first=roll[0] if several else None,
    )


def _award_card(award: Mapping[str, Any]) -> AwardCard:
    name, _ = _naming(award) or (None, None)
    level = award["level"]
    return AwardCard(
        id=award["id"],
        label=Text.of(level["label"]),
        honour=Text.of(level["honour"]),
        name=name,
        organisation=None if award["kind"] == "organisation" else award["organisation"],
    )


def _prize(doc: Mapping[str, Any] | None) -> Prize | None:
    if doc is None:
        return None
    text = Text.of(doc["text"]) if doc["text"] else None
    return Prize(amount=doc["amount"], currency=doc["currency"], text=text)


def _naming(award: Mapping[str, Any]) -> tuple[str, str | None] | None:
    """Return whom to name, and from where; None for somebody who is not named."""
    if award["kind"] == "organisation":
        name = award["organisation"] or award["recipient"]
        return (name, None) if name else None
    return (award["recipient"], award["organisation"]) if award["recipient"] else None


def _total(ceremony: Mapping[str, Any] | None, level: str) -> int | None:
    counts = [one["total"] for one in (ceremony or {}).get("counts", ()) if one["level"] == level]
    return sum(counts) if counts else None
