"""Badge tokens as they are made, scanned and typed."""

from __future__ import annotations

import re

import pytest
import qrcode
from hypothesis import given
from hypothesis import strategies as st
from qrcode.constants import ERROR_CORRECT_M

from conference_hub.checkin.qr import badge_svg
from conference_hub.checkin.token import new_token, read_token

TOKEN = "MFRGGZDFMZTWQ2LKNNWG23TPOA"


def test_a_token_is_26_letters_of_base32_and_never_the_same() -> None:
    tokens = {new_token() for _ in range(200)}

    assert len(tokens) == 200
    assert all(re.fullmatch(r"[A-Z2-7]{26}", token) for token in tokens)


@pytest.mark.parametrize(
    "text",
    [
        TOKEN,
        TOKEN.lower(),
        f"  {TOKEN}\r\n",
        "MFRG GZDF MZTW Q2LK NNWG 23TP OA",
        "mfrg-gzdf-mztw-q2lk-nnwg-23tp-oa",
        "MFRGGZDFMZTWQ2LKNNWG23TP0A",
        "ＭＦＲＧＧＺＤＦＭＺＴＷＱ２ＬＫＮＮＷＧ２３ＴＰＯＡ",
        f"https://hub.example.com/b/{TOKEN}",
        f"https://hub.example.com/c/best-practice-2021/badge?t={TOKEN.lower()}&lang=ko#x",
        f"\ufeff{TOKEN}\u200b",
    ],
)
def test_what_is_scanned_or_typed_is_read(text: str) -> None:
    assert read_token(text) == TOKEN


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        TOKEN[:-1],
        TOKEN + "A",
        "ㅡㄹㄱㅎ",
        "https://example.com/",
        f"https://example.com/{TOKEN}A",
        "9" * 26,
    ],
)
def test_read_token_returns_none_for_other_texts(text: str) -> None:
    assert read_token(text) is None


@given(st.text(max_size=80))
def test_read_token_never_raises(text: str) -> None:
    token = read_token(text)

    assert token is None or (re.fullmatch(r"[A-Z2-7]{26}", token) and read_token(token) == token)


@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", min_size=26, max_size=26), st.data())
def test_a_token_is_read_in_any_case_and_with_spaces_and_hyphens(token: str, data: st.DataObject) -> None:
    separators = data.draw(st.lists(st.sampled_from(["", " ", "-"]), min_size=26, max_size=26))
    cases = data.draw(st.lists(st.sampled_from([str.upper, str.lower]), min_size=26, max_size=26))
    typed = "".join(s + case(letter) for s, case, letter in zip(separators, cases, token, strict=True))

    assert read_token(typed) == token


def test_the_code_is_version_two_of_paths_with_its_white_frame() -> None:
    svg = badge_svg(TOKEN)

    assert 'viewBox="0 0 33 33"' in svg  # 25 modules and four of white on each side
    assert svg.count("<path") == 1
    assert TOKEN not in svg
    assert "style=" not in svg


def test_the_path_covers_the_dark_modules_and_no_other() -> None:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(TOKEN)
    matrix = code.get_matrix()
    runs = [map(int, run) for run in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", badge_svg(TOKEN))]
    covered = {(x + step, y) for x, y, length in runs for step in range(length)}

    assert covered == {(x, y) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark}
