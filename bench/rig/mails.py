"""Writes mails of one paused sending into the database of a server, a few at a time; prints the sending's id.

Run as `python -m bench.rig.mails COUNT` with the environment of the server, which may be running.
"""

from __future__ import annotations

import os
import sys
from contextlib import closing
from datetime import UTC, datetime

from conference_hub.core.actor import Actor
from conference_hub.core.config import storage
from conference_hub.core.db import Database
from conference_hub.core.journal import Journal
from conference_hub.core.now import utc_now
from conference_hub.core.text import Text
from conference_hub.data import schema
from conference_hub.outbox import sendings
from conference_hub.outbox.actions import put
from conference_hub.outbox.model import Draft, SendingId
from tests.model_day import CONF

assert schema.ALL_TABLES

BENCH = Actor.system("bench")
AT_A_TIME = 50
CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bench//EN\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:session@bench\r\n"
    f"DTSTAMP:{datetime(2026, 1, 1, tzinfo=UTC):%Y%m%dT%H%M%SZ}\r\nDTSTART:20261206T010000Z\r\n"
    "SUMMARY:후속 세션\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def write(journal: Journal, count: int) -> SendingId:
    """Write `count` mails with a calendar, each to somebody else; nothing of them is sent until somebody resumes it."""
    with journal.writing(CONF, actor=BENCH) as write:
        sending = sendings.start_sending(write, "bench", Text(ko="시간 변경", en="Moved"))
        sendings.pause(write, sending)
    for first in range(0, count, AT_A_TIME):
        with journal.writing(CONF, actor=BENCH) as write:
            for number in range(first, min(first + AT_A_TIME, count)):
                put(write, _draft(number, sending))
    return sending


def _draft(number: int, sending: SendingId) -> Draft:
    return Draft(
        kind="bench",
        to_name=f"손님 {number}",
        to_address=f"guest-{number}@example.com",
        subject="[우수사례 콘퍼런스] 후속 세션 시간이 바뀌었습니다",
        content="안녕하세요.\n\n후속 세션 시간이 바뀌었습니다.\n\n{link}\n",
        link=f"https://hub.example.com/invited/{number:032}",
        calendar=CALENDAR,
        about=f"invitation/session-1/{number}",
        order_key=f"guest/{number}",
        language="ko",
        sending_id=sending,
    )


if __name__ == "__main__":
    with closing(Database(storage(os.environ)[0])) as database:
        print(write(Journal(database, utc_now), int(sys.argv[1])))
