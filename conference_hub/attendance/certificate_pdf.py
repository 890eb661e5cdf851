"""Certificates as PDF (A4), with the type embedded and the address at which each can be verified as a QR code.

reportlab takes a moment to import, and few need it: whoever makes a file imports this module then.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import qrcode
from qrcode.constants import ERROR_CORRECT_M
from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from conference_hub.attendance.certificate_sheets import Sheet
from conference_hub.attendance.certificate_type import BOLD, REGULAR, draw, register, width
from conference_hub.web.qr import dark_runs

WIDTH, HEIGHT = A4
MARGIN = 24 * mm
LABEL_WIDTH = 34 * mm
LABEL_GAP = 3 * mm
ENTRY_STEP = 6 * mm
ENTRY_WIDTH = WIDTH - 2 * MARGIN - LABEL_WIDTH
LIST_ENDS = 108 * mm
"""How far down the list of a certificate may go on its page: the statement and the day stand below."""
ON_A_PAGE = 30
"""Lines of the list on a page of its own."""
INK, SOFT = HexColor("#16181d"), HexColor("#5a6270")
QR_SIZE = 26 * mm
MASK = 3
"""Any mask is right; finding the best one takes most of the time of a page."""
rl_config.useA85 = 0  # the file is binary: text would take a third longer to make and to send


def write_pdf(sheets: Iterable[Sheet], title: str, author: str) -> bytes:
    """Return a PDF with a page for each certificate, and more for one whose list is too long for it."""
    register()
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=A4, pageCompression=1, initialFontName=REGULAR)
    canvas.setTitle(title)
    canvas.setAuthor(author)
    for sheet in sheets:
        for lines in _draw(canvas, sheet):
            canvas.showPage()
            _draw_list(canvas, sheet, lines)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def _draw(canvas: Any, sheet: Sheet) -> list[list[str]]:
    """Draw the page of a certificate; return the lines of its list for each further page that it needs."""
    _frame(canvas, sheet)
    _centred(canvas, HEIGHT - 68 * mm, sheet.heading, BOLD, 32, INK)
    y = HEIGHT - 100 * mm
    for label, value in sheet.rows:
        y = _row(canvas, y, label, value)
    entries = [line for one in sheet.entries for line in _lines(one, REGULAR, 11, ENTRY_WIDTH)]
    fits = y - len(entries) * ENTRY_STEP >= LIST_ENDS
    if entries and fits:
        _label(canvas, y, sheet.entries_label)
        y = _entries(canvas, MARGIN + LABEL_WIDTH, y, entries)
    elif entries:
        y = _row(canvas, y, sheet.entries_label, sheet.overleaf)
    y = min(y - 14 * mm, HEIGHT - 178 * mm)
    for line in _lines(sheet.statement, BOLD, 14, WIDTH - 2 * MARGIN):
        _centred(canvas, y, line, BOLD, 14, INK)
        y -= 8 * mm
    _centred(canvas, 72 * mm, sheet.day, REGULAR, 13, INK)
    _centred(canvas, 58 * mm, sheet.issuer, BOLD, _size(sheet.issuer, BOLD, 20, WIDTH - 2 * MARGIN), INK)
    _foot(canvas, sheet)
    if fits:
        return []
    return [entries[first : first + ON_A_PAGE] for first in range(0, len(entries), ON_A_PAGE)]


def _draw_list(canvas: Any, sheet: Sheet, lines: Iterable[str]) -> None:
    """Draw a page with some lines of the list of a certificate."""
    _frame(canvas, sheet)
    _text(canvas, MARGIN, HEIGHT - 46 * mm, sheet.entries_label, BOLD, 16, INK)
    _entries(canvas, MARGIN, HEIGHT - 60 * mm, lines)
    _foot(canvas, sheet)


def _entries(canvas: Any, x: float, y: float, lines: Iterable[str]) -> float:
    """Draw lines of a list below each other; return where the next would stand."""
    for line in lines:
        _text(canvas, x, y, line, REGULAR, 11, INK)
        y -= ENTRY_STEP
    return y


def _frame(canvas: Any, sheet: Sheet) -> None:
    canvas.setStrokeColor(HexColor(sheet.accent))
    canvas.setLineWidth(1.2)
    canvas.rect(12 * mm, 12 * mm, WIDTH - 24 * mm, HEIGHT - 24 * mm)
    canvas.setLineWidth(0.4)
    canvas.rect(13.4 * mm, 13.4 * mm, WIDTH - 26.8 * mm, HEIGHT - 26.8 * mm)
    _text(canvas, MARGIN, HEIGHT - 28 * mm, sheet.number, REGULAR, 9, SOFT)


def _row(canvas: Any, y: float, label: str, value: str) -> float:
    """Draw a label and its value, in as many lines as it needs; return where the next row begins."""
    below = _label(canvas, y, label)
    for line in _lines(value, BOLD, 13, ENTRY_WIDTH):
        _text(canvas, MARGIN + LABEL_WIDTH, y, line, BOLD, 13, INK)
        y -= 7 * mm
    return float(min(y, below) - 3.5 * mm)


def _label(canvas: Any, y: float, label: str) -> float:
    """Draw a label beside its value, in as many lines as it needs; return where the next line would stand."""
    for line in _lines(label, REGULAR, 12, LABEL_WIDTH - LABEL_GAP):
        _text(canvas, MARGIN, y, line, REGULAR, 12, SOFT)
        y -= 6 * mm
    return y


def _foot(canvas: Any, sheet: Sheet) -> None:
    _code(canvas, sheet.address, WIDTH - MARGIN - QR_SIZE, 20 * mm)
    most = WIDTH - 2 * MARGIN - QR_SIZE - 6 * mm
    y = 32 * mm
    for line in [*_lines(sheet.verify, REGULAR, 9, most), *_lines(sheet.address, REGULAR, 9, most)]:
        _text(canvas, MARGIN, y, line, REGULAR, 9, SOFT)
        y -= 4.5 * mm


def _code(canvas: Any, text: str, x: float, y: float) -> None:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=MASK)
    code.add_data(text)
    code.make(fit=True)
    matrix = code.get_matrix()
    module, path = QR_SIZE / len(matrix), canvas.beginPath()
    for row, modules in enumerate(matrix):
        for column, length in dark_runs(modules):
            path.rect(x + column * module, y + QR_SIZE - (row + 1) * module, length * module, module)
    canvas.setFillColor(INK)
    canvas.drawPath(path, stroke=0, fill=1)


def _text(canvas: Any, x: float, y: float, words: str, font: str, size: float, colour: Any) -> None:
    canvas.setFillColor(colour)
    draw(canvas, x, y, words, font, size)


def _centred(canvas: Any, y: float, words: str, font: str, size: float, colour: Any) -> None:
    _text(canvas, (WIDTH - width(words, font, size)) / 2, y, words, font, size, colour)


def _size(words: str, font: str, wanted: float, most: float) -> float:
    """Return the type size at which words fit into a line that is `most` wide: at most the wanted one."""
    needed = width(words, font, wanted)
    return wanted if needed <= most else wanted * most / needed


def _lines(words: str, font: str, size: float, most: float) -> list[str]:
    """Return words in lines that fit: broken between words, and inside one that is too long for a line."""
    found: list[str] = []
    line = ""
    for word in words.split():
        joined = f"{line} {word}".strip()
        if line and width(joined, font, size) > most:
            found.append(line)
            joined = word
        while width(joined, font, size) > most:
            cut = next(n for n in range(len(joined), 0, -1) if width(joined[:n], font, size) <= most)
            found.append(joined[:cut])
            joined = joined[cut:]
        line = joined
    return [*found, line] if line else found or [""]
