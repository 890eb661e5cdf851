"""Programmes of awards and their levels: what goes with an award, and how it is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NewType

from conference_hub.core.labelled import Labelled
from conference_hub.core.text import Text

LevelId = NewType("LevelId", str)
ProgrammeId = NewType("ProgrammeId", str)

WON = "KRW"


class RevealStyle(Labelled):
    """How the awards of a level are called: alone, two names together, or as lines of their round's roll.

    A stage shows the two of a pair one after the other, each as an award of its own.
    """

    INDIVIDUAL = "individual", "한 사람씩", "One by one"
    PAIR = "pair", "두 사람씩", "In pairs"
    ROLL = "roll", "명단으로", "As a roll"

    @property
    def usual_pace_s(self) -> int:
        """How many seconds one award of this style takes where its level does not say."""
        return _USUAL_PACE_S[self]


_USUAL_PACE_S = {RevealStyle.INDIVIDUAL: 28, RevealStyle.PAIR: 20, RevealStyle.ROLL: 8}


@dataclass(frozen=True, kw_only=True)
class Programme:
    """A programme of awards, such as one commendation; `honour` is what its levels carry where they say nothing."""

    id: ProgrammeId
    title: Text
    honour: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Prize:
    """What goes with an award: whole units of a currency (ISO 4217 code), a text, or both; one is there."""

    amount: int | None = None
    currency: str = WON
    text: Text | None = None

    @classmethod
    def won(cls, amount: int) -> Prize:
        """Return a prize of money in won."""
        return cls(amount=amount)


@dataclass(frozen=True, kw_only=True)
class Level:
    """A level of award: `rank` 1 is the highest; `prize` is None where nothing goes with it but the certificate.

    `pace_s` is how many seconds one award takes on stage, None for what is usual in this style.
    """

    id: LevelId
    rank: int
    label: Text
    honour: Text
    prize: Prize | None
    reveal_style: RevealStyle
    programme_id: ProgrammeId | None = None
    pace_s: int | None = None

    @property
    def seconds_each(self) -> int:
        """How many seconds one award takes on stage."""
        return self.reveal_style.usual_pace_s if self.pace_s is None else self.pace_s


Levels = Mapping[LevelId, Level]
