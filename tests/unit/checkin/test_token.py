"""Badge tokens as they are made, scanned and typed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import qrcode
from hypothesis import given
from hypothesis import strategies as st
from qrcode.constants import ERROR_CORRECT_M

from conference_hub.checkin.qr import badge_svg
from conference_hub.checkin.token import new_token, read_token, read_tokens

TOKEN = "MFRGGZDFMZTWQ2LKNNWG23TPOA"
GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "badge-codes.json").read_text(encoding="utf-8"))


def test_a_token_is_26_letters_of_base32_and_never_the_same() -> None:
    tokens = {new_token() for _ in range(200)}

    assert len(tokens) == 200
    assert all(re.fullmatch(r"[A-Z2-7]{26}", token) for token in tokens)


@pytest.mark.parametrize("case", GOLDEN["cases"], ids=lambda case: case["name"])
def test_what_readers_send_is_read(case: dict[str, Any]) -> None:
    tokens = tuple(case["tokens"])

    assert read_tokens(case["text"]) == tokens
    assert read_token(case["text"]) == (tokens[0] if len(tokens) == 1 else None)


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
