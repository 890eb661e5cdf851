"""Badges in tests: their tokens, and a badge held before a camera."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import qrcode
from qrcode.constants import ERROR_CORRECT_M

from tests.e2e.conftest import ModelDay

WIDTH, HEIGHT, MODULE = 640, 480, 10
WHITE, BLACK, NO_COLOUR = 235, 16, 128
FRAMES = 10


def badge_of(day: ModelDay, guest: str) -> str:
    """Read a guest's badge as printed: the token is in the database, nowhere else."""
    with sqlite3.connect(f"file:{day.server.directory}/data/hub.sqlite3?mode=ro", uri=True) as db:
        query = "SELECT token FROM badge WHERE guest_id = ? AND revoked_at IS NULL"
        token: str = db.execute(query, (guest,)).fetchone()[0]
        return token


def film_badge(token: str, file: Path) -> None:
    """Write what a camera sees of a badge: a YUV4MPEG2 film, which Chromium plays as its fake camera."""
    film([[token]], file)


def film(scenes: Sequence[Sequence[str]], file: Path, *, seconds: int = 1) -> None:
    """Write a film whose scenes of so many seconds show these codes beside one another, again and again."""
    colour = bytes([NO_COLOUR]) * (WIDTH * HEIGHT // 2)
    header = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{FRAMES}:1 Ip A1:1 C420jpeg\n".encode()
    frames = [(b"FRAME\n" + _picture(texts) + colour) * (FRAMES * seconds) for texts in scenes]
    file.write_bytes(header + b"".join(frames))


def _picture(texts: Sequence[str]) -> bytes:
    codes = [_code(text) for text in texts]
    module = min(MODULE, WIDTH // sum(len(code) for code in codes))
    blank, lines = bytes([WHITE]) * WIDTH, []
    for number in range(max(len(code) for code in codes)):
        dots = [
            dark for code in codes for dark in (code[number] if number < len(code) else [False] * len(code))
        ]
        line = b"".join(bytes([BLACK if dark else WHITE]) * module for dark in dots)
        margin = bytes([WHITE]) * ((WIDTH - len(line)) // 2)
        lines += [(margin + line).ljust(WIDTH, bytes([WHITE]))] * module
    top = [blank] * ((HEIGHT - len(lines)) // 2)
    return b"".join(top + lines + [blank] * (HEIGHT - len(lines) - len(top)))


def _code(text: str) -> list[list[bool]]:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(text)
    matrix: list[list[bool]] = code.get_matrix()
    return matrix
