"""Badges in tests: their tokens, and a badge held before a camera."""

from __future__ import annotations

import sqlite3
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
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(token)
    picture = _picture(code.get_matrix())
    colour = bytes([NO_COLOUR]) * (WIDTH * HEIGHT // 2)
    header = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode()
    file.write_bytes(header + (b"FRAME\n" + picture + colour) * FRAMES)


def _picture(matrix: list[list[bool]]) -> bytes:
    side = len(matrix) * MODULE
    left, top = (WIDTH - side) // 2, (HEIGHT - side) // 2
    blank = bytes([WHITE]) * WIDTH
    margin = bytes([WHITE]) * left
    lines = [blank] * top
    for row in matrix:
        dots = b"".join(bytes([BLACK if dark else WHITE]) * MODULE for dark in row)
        lines += [(margin + dots).ljust(WIDTH, bytes([WHITE]))] * MODULE
    lines += [blank] * (HEIGHT - len(lines))
    return b"".join(lines)
