"""A database that version 82fd37d made, with half of the model day run; `half_a_day.jsonl` has its rows.

That version's own application made it, through its actions and its HTTP API, with the clock set: a model conference
with all lanes, cues and gates, fifteen guests, their eight awards and three online sessions. Its schema is what
migration 0001 makes. Every instant from 1 December on ends in a quarter of a second. What happened, in UTC:

- 29 November: the conference is seeded. Accounts: kim (organiser), kim2 (operator), park (staff), choi (emcee); kim and
  kim2 are both called 김감독. Tokens: `script`, `stream-deck`, `gate-main`. Personal links are made. guest-001 chooses
  English, signs up for sessions 1 and 2, and withdraws from session 2.
- 1 December, 02:00: a scan on the wrong day is refused; session 2 is moved, session 3 cancelled.
- 23:50: guest-113, guest-001, guest-002 (found by name) and guest-003 (scanned at 23:48:30) are admitted. Refused:
  guest-001 again, an unknown badge, an unknown gate.
- 2 December, 00:05: guest-005 gets a new badge, and the old one is refused; guest-118 loses theirs; guest-003 leaves.
- 00:12: guest-003 comes back; guest-006 is admitted, which is undone; guest-001 is admitted again by force. guest-088
  and guest-089 join by their links; guest-089 changes from Zoom to the metaverse.
- 00:20:30: the hall starts. Extended by two minutes; held from 00:23 to 00:24:30; next at 00:31:10; a stale next is
  refused; next and back at 00:32.
- From 00:33: case-15 is done; case-03 done and corrected later; case-04 presented; case-05 deferred; case-06 armed and
  revealed, taken back, armed again; commend-38 skipped; commend-03 corrected while sealed.
- 00:44: the metaverse starts, is shortened by a minute, and is held at 00:47; commend-02 is revealed.
- 00:46:10: the hall goes on to round 2. 00:47: guest-007 is admitted, the last thing that happened.

The shared browser used an operator's link, then one for staff, then guest-004's personal link. What it did after that
(case-06 armed and revealed, the hall's last next, guest-007's admission) was stored as done by `guest-004`.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from conference_hub.core import migrate
from conference_hub.core.db import Database

ROWS = Path(__file__).with_suffix(".jsonl")
REVISION = "0001"
ENDS_AT = datetime(2021, 12, 2, 0, 48, tzinfo=UTC)
"""Nothing happened later."""
PASSWORDS = {login: f"{login}-password-2021" for login in ("kim", "kim2", "park", "choi")}
TOKENS = {"script": "token-script-1", "stream-deck": "token-stream-deck-2", "gate-main": "token-gate-main-3"}
SESSIONS = {
    "kim": "session-kim-4",
    "kim2": "session-kim2-10",
    "park": "session-park-11",
    "shared": "session-shared-22",
    "guest-001": "session-guest-001-9",
    "guest-088": "session-guest-088-20",
    "guest-089": "session-guest-089-21",
}
"""The secrets in the cookies of browsers that were signed in."""
PERSONAL_LINKS = {"guest-001": "link-personal-guest-001-5", "guest-113": "link-personal-guest-113-23"}
UNUSED_LINK, USED_LINK, EXPIRED_LINK = "link-unused-staff-16", "link-staff-14", "link-expired-operator-8"
SQL_NULL = {("segment", "note")}
"""JSON columns whose None that version stored as NULL; in the others it stored the JSON `null`."""


def load(database: Database) -> None:
    """Make that version's schema in an empty database and put its rows in."""
    migrate.upgrade(database, REVISION)
    tables = sa.MetaData()
    with database.engine.begin() as connection:
        tables.reflect(connection)
        for name, columns, rows in read():
            table = tables.tables[name]
            connection.execute(table.insert(), [_stored(table, columns, row) for row in rows])


def read() -> list[tuple[str, list[str], list[list[Any]]]]:
    """Return each table's name, columns and rows, tables that others refer to first; instants are still text."""
    found: list[tuple[str, list[str], list[list[Any]]]] = []
    for line in ROWS.read_text(encoding="utf-8").splitlines():
        content = json.loads(line)
        if isinstance(content, dict):
            found.append((content["table"], content["columns"], []))
        else:
            found[-1][2].append(content)
    return found


def _stored(table: sa.Table, columns: list[str], row: list[Any]) -> dict[str, Any]:
    return {name: _value(table.c[name], value) for name, value in zip(columns, row, strict=True)}


def _value(column: sa.Column[Any], value: Any) -> Any:
    if isinstance(column.type, sa.DateTime) and value is not None:
        return datetime.fromisoformat(value)
    if value is None and (column.table.name, column.name) in SQL_NULL:
        return sa.null()
    return value
