"""One conference as JSON: every row that belongs to it, without the secrets that stand for people.

Stored answers, the steps of undo and mails serve the running hub only and are left out. Entries of the journal say what
happened and by whom, without documents: those are rendered from the rows, and a copy could hold a withdrawn name.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.agenda.history import LIVE_RUN
from conference_hub.agenda.keys import REHEARSAL_FAMILY
from conference_hub.core.now import iso
from conference_hub.data.schema import ALL_TABLES

SECRET_TABLES = frozenset(
    {
        *(
            "sign_in_link",
            "machine_token",
            "session_grant",
            "badge",
            "mail_choice",
            "personal_calendar",
            "invitation",
        ),
        *("registration_invitation", "web_hook", "osc_target", "device", "device_link"),
    }
)
RUNNING_TABLES = frozenset(
    {
        "import_draft",
        "command",
        "run_step",
        "mail",
        "mail_sending",
        "bulk_round",
        "reminder_round",
        "web_hook_delivery",
    }
)
REHEARSAL_TABLES = frozenset({"rehearsed_award", "rehearsed_level", "rehearsed_group", "rehearsed_layer"})
RUNS = {"run": "id", "run_lane": "run_id", "run_cue": "run_id", "run_act": "run_id"}
"""The tables of runs, and the column that says of which."""
FORMAT = 2
"""2: the plan and runs have tables of their own; a rehearsal is no part of what happened."""


def conference_as_json(session: Session, conf: str) -> dict[str, Any]:
    """Return `{"format", "conference", "tables": {name: [row, ...]}}`; instants are RFC 3339 text in UTC."""
    tables = {
        table.name: [
            _plain(row) for row in session.execute(sa.select(table).where(_exported(table, conf))).mappings()
        ]
        for table in ALL_TABLES
        if "conf" in table.c and table.name not in SECRET_TABLES | RUNNING_TABLES | REHEARSAL_TABLES
    }
    for entry in tables["journal_entry"]:
        entry["body"] = {name: value for name, value in entry["body"].items() if name != "docs"}
    conference = next(table for table in ALL_TABLES if table.name == "conference")
    row = session.execute(sa.select(conference).where(conference.c.slug == conf)).mappings().one()
    return {"format": FORMAT, "conference": _plain(row), "tables": tables}


def _exported(table: sa.Table, conf: str) -> sa.ColumnElement[bool]:
    own = table.c.conf == conf
    if table.name == "journal_entry":
        return sa.and_(own, ~table.c.subject.startswith(REHEARSAL_FAMILY))
    return sa.and_(own, table.c[RUNS[table.name]] == LIVE_RUN) if table.name in RUNS else own


def _plain(row: sa.RowMapping) -> dict[str, Any]:
    return {str(key): _written(value) for key, value in row.items()}


def _written(value: object) -> object:
    match value:
        case datetime():
            return iso(value)
        case date():
            return value.isoformat()
        case _:
            return value
