"""A meeting of two days as its organiser wrote it down: mostly in Korean only, up to five lanes, a night in between.

The first evening ends after midnight. Awards are given on the second day, to a group, to persons, to an organisation
and to somebody who is not named.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

SLUG = "two-days"
HALL = "대강당"
ROOMS = ("회의실 201", "회의실 202", "회의실 203", "온라인 토론방")
NEXT_DAY = timedelta(days=1)
DEPARTMENTS = ("사회", "영상")
GROUPED, NAMED = 6, 3
Row = tuple[str, str, str, timedelta, int, dict[str, Any]]
"""Number, lane, segment, how long after the beginning of the first day, minutes, and what else is said of a cue."""

ROWS: tuple[Row, ...] = (
    ("1", HALL, "개회", timedelta(), 20, {"speakers": [{"name": "김개회", "role": "원장"}]}),
    ("2", HALL, "기조강연", timedelta(minutes=20), 40, {"notes": {"사회": "강연자를 소개합니다."}}),
    ("3", HALL, "분과 발표", timedelta(hours=5), 60, {"sync": "분과"}),
    ("4", HALL, "전야제", timedelta(hours=14, minutes=30), 60, {"notes": {"영상": "공연 영상"}}),
    ("5", HALL, "둘째 날 강연", NEXT_DAY, 45, {}),
    ("6", HALL, "시상식", NEXT_DAY + timedelta(minutes=45), 30, {}),
    ("7", HALL, "폐회", NEXT_DAY + timedelta(minutes=75), 10, {}),
    *(
        row
        for place, room in enumerate(ROOMS)
        for row in (
            (f"{place}1", room, "분과 발표", timedelta(hours=5), 30, {"sync": "분과"}),
            (f"{place}2", room, "분과 발표", timedelta(hours=5, minutes=30), 30, {}),
        )
    ),
)
TITLES = {
    "1": "환영사와 <고용서비스 10년>",
    "2": "기조강연: 상담의 다음 십 년",
    "4": "전야제: 늦은 밤의 작은 음악회",
    "6": "시상 〈고용서비스 공로상〉",
}


def two_days(opening: datetime) -> dict[str, Any]:
    """Return it as a conference file (format 3) whose first day begins at `opening`, nine in the morning in Seoul."""
    return {
        "format": 3,
        "kind": "conference",
        "conference": {
            "slug": SLUG,
            "title": {"ko": "고용서비스 이틀 회의 <현장과 온라인>"},
            "host": {"ko": "고용서비스연구회"},
            "venue": {"ko": "부산 벡스코 제2전시장"},
            "timezone": "Asia/Seoul",
            "starts_at": opening.isoformat(),
            "ends_at": (opening + NEXT_DAY + timedelta(minutes=85)).isoformat(),
            "languages": ["ko", "en"],
            "state": "ready",
        },
        "rooms": [{"title": {"ko": HALL, "en": "Main hall"}}, {"title": {"ko": "2층 복도"}}],
        "channels": [{"title": {"ko": "현장"}, "kind": "hall"}],
        "departments": [{"title": {"ko": name}} for name in DEPARTMENTS],
        "segments": [
            {"title": {"ko": title}, "kind": "ceremony" if title == "시상식" else "general"}
            for title in dict.fromkeys(row[2] for row in ROWS)
        ],
        "lanes": [{"title": {"ko": HALL}, "room": HALL}, *({"title": {"ko": room}} for room in ROOMS)],
        "cues": [_cue(row, opening) for row in ROWS],
        "programmes": [
            {"title": {"ko": "공로상"}, "honour": {"ko": "이사장 표창"}},
            {"title": {"ko": "특별상"}},
        ],
        "levels": [
            {"programme": "공로상", "label": {"ko": "단체 표창"}, "rank": 2, "style": "roll"},
            {"programme": "공로상", "label": {"ko": "대상"}, "rank": 1, "prize": {"ko": "해외 연수 기회"}},
            {"programme": "특별상", "label": {"ko": "감사패", "en": "Thanks"}, "rank": 3, "amount": 500000},
        ],
        "awards": list(_awards()),
        "honours": [
            {
                "name": "박내빈",
                "office": {"ko": "이사장"},
                "organisation": "고용서비스연구회",
                "public": True,
            },
            {"office": {"ko": "부산광역시 경제부시장"}, "organisation": "부산광역시", "public": True},
            {"name": "Jean Dupont", "organisation": "OECD", "public": True},
        ],
    }


def _cue(row: Row, opening: datetime) -> dict[str, Any]:
    number, lane, segment, after, minutes, more = row
    return {
        "number": number,
        "lane": lane,
        "segment": segment,
        "title": {"ko": TITLES.get(number, f"{segment} {number}")},
        "start": (opening + after).isoformat(),
        "length": minutes * 60,
        **more,
    }


def _awards() -> Iterator[dict[str, Any]]:
    """Yield a group, of whom one is not named, a person without an organisation, and an organisation."""
    for place in range(1, GROUPED + 1):
        name = {"unnamed": True} if place == NAMED else {"recipient": f"공로자 {place}"}
        yield _award(place, "공로상", "단체 표창", organisation=f"고용센터 {place}", **name)
    yield _award(GROUPED + 1, "공로상", "대상", recipient="Nguyễn Thị Minh Khai")
    yield _award(GROUPED + 2, "특별상", "감사패", kind="organisation", organisation="(사)부산고용포럼")


def _award(number: int, programme: str, level: str, **more: Any) -> dict[str, Any]:
    return {
        "number": str(number),
        "programme": programme,
        "level": level,
        "cue": "6",
        "order": number,
        **more,
    }
