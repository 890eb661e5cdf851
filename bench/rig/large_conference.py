"""A conference file of 5,000 guests, 500 cues and 1,000 awards, as an organiser would bring it in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bench.rig.people import body, person

SLUG = "large-conference"
GUESTS, CUES, AWARDS, LANES, SEGMENTS = 5_000, 500, 1_000, 5, 20
BEGINS = datetime(2027, 3, 1, 0, 0, tzinfo=UTC)
CUE = timedelta(minutes=5)


def large_conference(lanes: int = LANES, first_round: int = 0) -> dict[str, Any]:
    """Return the file as JSON; a field that is not stated has its usual value.

    The first cue of the first lane has `first_round` awards; the others are spread over the cues, two in each.
    """
    each = CUES // lanes
    return {
        "format": 3,
        "kind": "conference",
        "conference": {
            "slug": SLUG,
            "title": {"ko": "큰 행사", "en": "Large conference"},
            "host": {"ko": "주최"},
            "venue": {"ko": "전시장"},
            "timezone": "Asia/Seoul",
            "starts_at": _at(0),
            "ends_at": _at(each + 12),
            "languages": ["ko", "en"],
            "accent": "#204060",
            "state": "ready",
        },
        "gates": [{"title": {"ko": "정문"}}],
        "groups": [{"title": {"ko": f"구분 {number}"}} for number in range(5)],
        "lanes": [{"title": {"ko": f"무대 {number}"}} for number in range(lanes)],
        "segments": [{"title": {"ko": f"구간 {number}"}, "kind": "ceremony"} for number in range(SEGMENTS)],
        "cues": [_cue(number, each) for number in range(each * lanes)],
        "guests": [_guest(number) for number in range(GUESTS)],
        "programmes": [{"title": {"ko": "공로상"}}],
        "levels": [
            {"programme": "공로상", "label": {"ko": f"{rank}등"}, "rank": rank, "style": "individual"}
            for rank in range(1, 6)
        ],
        "awards": [_award(number, first_round) for number in range(AWARDS)],
    }


def _at(cues: int) -> str:
    return (BEGINS + cues * CUE).isoformat()


def _cue(number: int, each: int) -> dict[str, Any]:
    lane, place = divmod(number, each)
    return {
        "number": str(number + 1),
        "lane": f"무대 {lane}",
        "segment": f"구간 {place * SEGMENTS // each}",
        "title": {"ko": f"순서 {number + 1}", "en": f"Cue {number + 1}"},
        "start": _at(place),
        "length": int(CUE.total_seconds()),
    }


def _guest(number: int) -> dict[str, Any]:
    return {
        "number": str(number + 1),
        "name": f"김손님{number:04}",
        "organisation": f"기관 {number % 97}",
        "group": f"구분 {number % 5}",
        "mode": "onsite" if number % 4 else "online",
        "seat": f"{number % 40}-{number}",
        "email": f"visitor{number}@example.com",
    }


def _award(number: int, first_round: int) -> dict[str, Any]:
    return {
        "number": str(number + 1),
        "programme": "공로상",
        "level": f"{number % 5 + 1}등",
        "recipient": person(number),
        "organisation": body(number),
        "guest": str(number + 1),
        "cue": "1" if number < first_round else str((number - first_round) // 2 + 1),
    }
