"""A list that somebody pasted or chose as a file, as the rows that `host_lists` reads."""

from __future__ import annotations

from conference_hub.attendance.host_lists import Lines
from conference_hub.core.errors import Invalid
from conference_hub.exchange.csv_files import guess_dialect, read_csv
from conference_hub.exchange.sheets import Unreadable

LIST_BYTES = 2 * 1024 * 1024


def pasted_rows(listed: str) -> Lines:
    """Return the rows of a list with any delimiter; raises Invalid (`listed`) for what is no table."""
    data = listed.encode()
    try:
        sheet = read_csv(data, guess_dialect(data, "utf-8"))
    except Unreadable as error:
        words = error.fault.message
        detail = {name: str(value) for name, value in words.detail.items()}
        raise Invalid(words.text, field="listed", **detail) from error
    return [(row.number, ["" if cell is None else str(cell) for cell in row.cells]) for row in sheet.rows]
