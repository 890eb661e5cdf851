"""Proof that results were fixed before they were revealed: salted digests of a canonical list.

Every line has a salt of its own with 256 bits, so that nobody can try names against what was published.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from conference_hub.awards.model import Award, AwardId, Ceremony

SALT_BYTES = 32


@dataclass(frozen=True, kw_only=True)
class Commitment:
    """What was published at one moment: `digest` is over `digests`, which are sorted and so in nobody's order.

    `number` counts from 1; `reason` is why it follows an earlier one, empty for the first.
    """

    number: int
    at: datetime
    by: str
    reason: str
    digest: str
    digests: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class OpenedLine:
    """A line of the list with its salt: whoever has both makes the digest anew."""

    award_id: AwardId
    salt: str
    text: str


def canonical(conf: str, ceremony: Ceremony, award: Award) -> str:
    """Return the line of an award: JSON with sorted keys, no spaces, every text in normal form NFC."""
    level = ceremony.levels[award.level_id]
    programme = next((one for one in ceremony.programmes if one.id == level.programme_id), None)
    line = {
        "conference": conf,
        "number": award.number,
        "programme": programme.title.as_doc() if programme else None,
        "level": level.label.as_doc(),
        "recipient": award.recipient,
        "organisation": award.organisation,
    }
    plain = json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return unicodedata.normalize("NFC", plain)


def digest_of(salt: str, text: str) -> str:
    """Return the SHA-256 of salt (hexadecimal), a line feed and the text in UTF-8, in hexadecimal."""
    return _sha(f"{salt}\n{text}")


def digest_over(digests: Iterable[str]) -> str:
    """Return the SHA-256 of the sorted digests, one a line."""
    return _sha("\n".join(sorted(digests)))


def digests_of(conf: str, ceremony: Ceremony, salts: Mapping[AwardId, str]) -> tuple[str, ...]:
    """Return the digests of all awards of the ceremony, sorted; `salts` has one for each."""
    awards = ceremony.awards.items()
    return tuple(sorted(digest_of(salts[key], canonical(conf, ceremony, award)) for key, award in awards))


def kept(
    conf: str, ceremony: Ceremony, commitment: Commitment, salts: Mapping[AwardId, str]
) -> list[AwardId]:
    """Return the awards whose line is still as it was committed to."""
    committed = frozenset(commitment.digests)
    return [
        award_id
        for award_id, salt in salts.items()
        if (award := ceremony.awards.get(award_id)) is not None
        and digest_of(salt, canonical(conf, ceremony, award)) in committed
    ]


def opened(
    conf: str, ceremony: Ceremony, commitment: Commitment, salts: Mapping[AwardId, str]
) -> list[OpenedLine]:
    """Return the lines that everybody may check: of awards that are revealed and as they were committed to.

    What is not revealed, or reads otherwise since, keeps its salt: its earlier name stays unknown.
    """
    lines = [
        OpenedLine(award_id=key, salt=salts[key], text=canonical(conf, ceremony, ceremony.awards[key]))
        for key in kept(conf, ceremony, commitment, salts)
        if ceremony.awards[key].state.is_public
    ]
    return sorted(lines, key=lambda line: line.text)


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
