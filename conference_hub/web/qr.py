"""Texts as QR codes: SVG paths, error correction M, which makes version 2 of the 26 characters of a badge."""

from __future__ import annotations

from itertools import groupby

import qrcode
from qrcode.constants import ERROR_CORRECT_M

QUIET_ZONE = 4
"""Modules of white around the code (ISO/IEC 18004 asks for four)."""


def qr_svg(text: str) -> str:
    """Return an `<svg>` element that shows `text`; it scales to the size that its frame gives it."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE)
    code.add_data(text)
    code.make(fit=True)
    matrix = code.get_matrix()
    size = len(matrix)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path d="{_path(matrix)}"/></svg>'
    )


def _path(matrix: list[list[bool]]) -> str:
    return "".join(
        f"M{x} {y}h{length}v1h-{length}z" for y, row in enumerate(matrix) for x, length in dark_runs(row)
    )


def dark_runs(row: list[bool]) -> list[tuple[int, int]]:
    """Return where each run of dark modules begins, and how long it is."""
    runs, x = [], 0
    for dark, modules in groupby(row):
        length = len(list(modules))
        if dark:
            runs.append((x, length))
        x += length
    return runs
