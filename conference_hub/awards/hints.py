"""Where seats or numbers of recipients follow the order of their awards: who reads one guesses the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from conference_hub.agenda.model import CueId
from conference_hub.awards.arranging import natural
from conference_hub.awards.levels import Levels
from conference_hub.awards.model import Award
from conference_hub.people.model import Guest

MANY = 4
"""So many recipients of a round say something by their order; fewer may stand so by chance."""
Mark = Callable[[Guest], str | None]


@dataclass(frozen=True, kw_only=True)
class Hints:
    """The rounds, in the order of their awards, in which seats or numbers of guests say what must not be known."""

    seats: tuple[CueId, ...] = ()
    numbers: tuple[CueId, ...] = ()


def hints_of(awards: Sequence[Award], levels: Levels, guests: Mapping[str, Guest]) -> Hints:
    """Return what can be read from guests beside the awards that are not revealed; `guests` are by id."""
    sealed = [award for award in awards if not award.state.is_public and award.guest_id in guests]

    def rounds(mark: Mark) -> tuple[CueId, ...]:
        cues = dict.fromkeys(award.cue_id for award in sealed)
        own = {cue: [award for award in sealed if award.cue_id == cue] for cue in cues}
        return tuple(cue for cue in cues if _told(own[cue], levels, guests, mark))

    return Hints(seats=rounds(lambda guest: guest.seat), numbers=rounds(lambda guest: guest.number))


def _told(awards: Iterable[Award], levels: Levels, guests: Mapping[str, Guest], mark: Mark) -> bool:
    """Return whether the awards of a round go up or down, by calling or by rank, as their guests' marks do."""
    marked = [(found, award) for award in awards if (found := mark(guests[award.guest_id or ""]))]
    if len(marked) < MANY:
        return False
    ordered = [award for _, award in sorted(marked, key=lambda one: natural(one[0]))]
    ranks = [levels[award.level_id].rank for award in ordered]
    return _steady([award.call_order for award in ordered]) or (len(set(ranks)) > 1 and _steady(ranks))


def _steady(values: list[int]) -> bool:
    return values in (sorted(values), sorted(values, reverse=True))
