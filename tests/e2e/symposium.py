"""A one-day symposium as its organiser has it before the hub: lists in files of a spreadsheet, with usual faults."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

CUES = (
    ("순서", "시간", "소요", "구분", "내용", "레인", "MC 멘트"),
    ("1", "오전 9:00", "10", "개회", "개회사", "본행사장", "지금부터 시작하겠습니다."),
    ("2", "9:10", "20", "개회", "기조연설", "본행사장", ""),
    ("3", "", "30", "주제 발표", "발표 1: 상담의 기록", "본행사장", ""),
    ("4", "", "30", "주제 발표", "발표 2: 첫 출근", "본행사장", ""),
    ("5", "10:30", "15", "주제 발표", "휴식", "본행사장", ""),
    ("6", "", "45", "주제 발표", "종합 토론", "본행사장", ""),
    ("7", "11:30", "10", "시상", "우수 논문 시상", "본행사장", ""),
    ("8", "", "5", "시상", "폐회", "본행사장", ""),
    ("9", "9:30", "30", "주제 발표", "분과 발표 1", "회의실 201", ""),
    ("10", "", "30", "주제 발표", "분과 발표 2", "회의실 201", ""),
    ("11", "10:45", "30", "주제 발표", "분과 발표 3", "회의실 201", ""),
    ("12", "", "15", "주제 발표", "분과 정리", "회의실 201", ""),
)
"""A cue sheet: 12 cues, three segments, two lanes; a row without a time follows the one above."""

HEAD = ("번호", "이름", "소속", "구분", "참석 방식", "이메일", "휴대전화")
FAULTY = (
    ("", "Jose Alvarez", "서울고용센터", "발표자", "현장", "jose@example.com", "010-0000-0001"),
    ("", "황보 예린", "서울고용센터", "발표자", "현장", "YERIN@example.com ", "1000000003"),
    ("", "Sukarno", "", "참석자", "온라인 중계", "yerin@example.com", ""),
    ("", "김민수", "부산고용센터", "참석자", "현장", "minsu@example.com"),
    ("", "Anne-Marie Le", "부산고용센터", "참석자", "현장", "anne@example.com", "8.21E+11"),
)
"""Rows 2-6: an address twice, in other letters; a row with a cell too few; a number in scientific notation."""
FAULTS = [
    "참석자 · 4행 · 이메일\t3, 4 두 곳에 같은 값이 있습니다: yerin@example.com",
    "참석자 · 5행\t칸이 6개입니다. 제목 줄에는 7개가 있습니다.",
    "참석자 · 6행 · 전화\t엑셀이 줄여 쓴 번호입니다. 셀을 텍스트로 바꿔 번호를 다시 적어 주세요: 8.21E+11",
]
"""What the desk says of them."""


def guests(*, mended: bool) -> list[Sequence[str]]:
    """Return the guest list, 40 people: two of one name and organisation, a syllable that EUC-KR does not have."""
    first = (
        FAULTY[0],
        ("", "황보 예린", "서울고용센터", "발표자", "현장", "yerin@example.com", "01000000003"),
        ("", "Sukarno", "", "참석자", "온라인 중계", "sukarno@example.com", "+82 10 0000 0004"),
        ("", "김민수", "부산고용센터", "참석자", "현장", "minsu@example.com", ""),
    )
    mended_rows = (*first, ("", "Anne-Marie Le", "부산고용센터", "참석자", "현장", "anne@example.com", ""))
    namesakes = [
        ("", "이영희", "강남고용센터", "참석자", "현장", f"younghee{number}@example.com", "")
        for number in (1, 2)
    ]
    others = [
        ("", f"손님 {number}뷁", "대구고용센터", "참석자", "현장", f"visitor{number}@example.com", "")
        for number in range(1, 34)
    ]
    return [HEAD, *(mended_rows if mended else FAULTY), *namesakes, *others]


AWARDS = (
    ("번호", "부문", "훈격", "수상자", "소속", "참석자", "시상 순서"),
    ("1", "논문상", "대상", "Jose Alvarez", "서울고용센터", "jose@example.com", "7"),
    ("2", "논문상", "우수상", "황보 예린", "서울고용센터", "yerin@example.com", "7"),
    ("3", "논문상", "우수상", "김민수", "부산고용센터", "minsu@example.com", "7"),
    ("4", "논문상", "장려상", "이영희", "강남고용센터", "younghee1@example.com", "7"),
    ("5", "논문상", "장려상", "이영희", "강남고용센터", "younghee2@example.com", "7"),
)
"""Five awards of three levels; two go to namesakes, told apart by their addresses."""


def as_csv(rows: Iterable[Sequence[str]], encoding: str = "utf-8-sig") -> bytes:
    """Return rows as a spreadsheet saves them as CSV."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode(encoding)
