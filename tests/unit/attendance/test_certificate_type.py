"""The type of certificates: which letters it has, and how names of both directions are cut and put in order."""

from __future__ import annotations

import pytest

from conference_hub.attendance.certificate_type import ARABIC, BOLD, HANJA, Run, covers, runs, width


@pytest.mark.parametrize(
    ("name", "covered"),
    [
        ("홍길동 (洪吉童)", True),
        ("Nguyễn Thị Ánh", True),
        ("Иван Петров", True),
        ("محمد بن سلمان", True),
        ("مُحَمَّد", True),
        ("สมชาย", False),
        ("김😀", False),
    ],
)
def test_the_type_has_hanja_and_arabic_and_says_what_it_lacks(name: str, *, covered: bool) -> None:
    assert covers(name) is covered


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("홍길동", [Run(BOLD, "홍길동")]),
        ("홍길동(洪吉童)", [Run(BOLD, "홍길동("), Run(HANJA, "洪吉童"), Run(BOLD, ")")]),
        ("محمد بن", [Run(ARABIC, "بن"), Run(BOLD, " "), Run(ARABIC, "محمد")]),
        ("محمد (Kim) 2", [Run(BOLD, "2 (Kim) "), Run(ARABIC, "محمد")]),
        ("Kim (محمد)", [Run(BOLD, "Kim ("), Run(ARABIC, "محمد"), Run(BOLD, ")")]),
        ("Kim :)", [Run(BOLD, "Kim :)")]),
        ("محمد ١٢", [Run(ARABIC, "٢١"), Run(BOLD, " "), Run(ARABIC, "محمد")]),
        ("홍", [Run(BOLD, "홍")]),
    ],
)
def test_a_line_is_cut_into_runs_from_the_left(line: str, found: list[Run]) -> None:
    assert runs(line, BOLD) == found


def test_arabic_letters_join_and_so_take_less_room_than_apart() -> None:
    name = "سلمان"
    assert 0 < width(name, BOLD, 20) < sum(width(letter, BOLD, 20) for letter in name)
    assert width(f"{name} {name}", BOLD, 20) == pytest.approx(
        2 * width(name, BOLD, 20) + width(" ", BOLD, 20)
    )


def test_width_grows_with_the_size() -> None:
    assert width("홍길동 洪吉童", BOLD, 20) == pytest.approx(2 * width("홍길동 洪吉童", BOLD, 10))
