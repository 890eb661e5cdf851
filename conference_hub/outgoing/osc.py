"""What is told by Open Sound Control of what everybody may know: a function of one entry of the public stream.

Addresses are `/hub/<conference>/<lane>/cue` (number, title), `…/reveal` (number, level, name) and `…/clear` (number of
the award whose name was withdrawn, empty when the lane ended). All arguments are texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from conference_hub.agenda.keys import CUE, LANE
from conference_hub.awards.keys import AWARD
from conference_hub.core.now import iso
from conference_hub.core.text import Text

STARTS = frozenset({"LaneStarted", "CueStarted", "CueRestarted", "LaneReopened"})
RESTARTS = frozenset({"CueRestarted"})
"""What may leave the lane as it was, so that only the cue on air has a document."""
ENDS = frozenset({"LaneFinished"})
REVEALS = frozenset({"AwardRevealed", "AwardTakenBack"})
"""Acts by which a name comes or goes: when one is undone or redone, names that are there then are shown."""
CORRECTS = frozenset({"AwardCorrected"})
ON_STAGE = frozenset({"revealed", "presented", "photographed"})
UNNAMED = Text(ko="%s 수상자", en="%s recipient")


@dataclass(frozen=True, kw_only=True)
class Heard:
    """An entry of the public stream."""

    topic: str
    at: datetime
    body: Mapping[str, Any]

    @property
    def act(self) -> str:
        """What was done, undone or done again."""
        return str(self.body.get("undone", self.topic))

    def docs(self, family: str) -> dict[str, Mapping[str, Any] | None]:
        """Return the documents of a family by what follows it in their keys."""
        found = self.body.get("docs", {})
        return {key.removeprefix(family): doc for key, doc in found.items() if key.startswith(family)}


@dataclass(frozen=True, kw_only=True)
class OscMessage:
    """An address and its arguments."""

    address: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AwardPlace:
    """Where an award is given whose document is gone."""

    lane: str
    number: str


def withdrawn(heard: Heard) -> frozenset[str]:
    """Return the ids of the awards whose names everybody may not know any more."""
    return frozenset(award for award, doc in heard.docs(AWARD).items() if doc is None)


def messages_of(heard: Heard, conf: str, language: str, places: Mapping[str, AwardPlace]) -> list[OscMessage]:
    """Return what is told of an entry; `places` are those of the awards in `withdrawn`."""
    found = (*_cues(heard, language), *_clears(heard, places), *_reveals(heard, language))
    return [
        OscMessage(address=f"/hub/{conf}/{lane}/{verb}", arguments=arguments)
        for lane, verb, arguments in found
    ]


_Told = tuple[str, str, tuple[str, ...]]


def _cues(heard: Heard, language: str) -> Iterator[_Told]:
    cues, lanes = heard.docs(CUE), heard.docs(LANE)
    for lane, doc in lanes.items():
        cue = cues.get(str(doc["cue"])) if doc else None
        if cue is not None and (heard.act in STARTS | ENDS or cue["started_at"] == iso(heard.at)):
            yield lane, "cue", _of_cue(cue, language)
        elif doc is not None and doc["cue"] is None and heard.act in STARTS | ENDS:
            yield lane, "clear", ("",)
    if heard.act in RESTARTS and not lanes:
        for cue in filter(None, cues.values()):
            yield str(cue["lane"]), "cue", _of_cue(cue, language)


def _of_cue(cue: Mapping[str, Any], language: str) -> tuple[str, ...]:
    return str(cue["number"]), _words(cue["title"], language)


def _clears(heard: Heard, places: Mapping[str, AwardPlace]) -> Iterator[_Told]:
    for award in sorted(withdrawn(heard) & places.keys()):
        yield places[award].lane, "clear", (places[award].number,)


def _reveals(heard: Heard, language: str) -> Iterator[_Told]:
    for award in heard.docs(AWARD).values():
        if award is not None and _is_shown(heard, award):
            level = _words(award["level"]["label"], language)
            yield str(award["lane"]), "reveal", (str(award["number"]), level, _name(award, level, language))


def _is_shown(heard: Heard, award: Mapping[str, Any]) -> bool:
    """Return whether a name is to be shown now: revealed by this entry, come back by it, or corrected on the stage."""
    if award["revealed_at"] == iso(heard.at) or heard.act in REVEALS:
        return True
    return heard.act in CORRECTS and award["state"] in ON_STAGE


def _name(award: Mapping[str, Any], level: str, language: str) -> str:
    named = award["recipient"] or (None if award["unnamed"] else award["organisation"])
    return str(named or UNNAMED.in_language(language) % level)


def _words(text: Mapping[str, str], language: str) -> str:
    return Text.of(text).in_language(language)
