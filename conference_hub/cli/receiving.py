"""`reply`: a mail that a mail server gives to the hub by a pipe."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping

import sqlalchemy as sa

from conference_hub.cli.common import Parsers, opened
from conference_hub.cli.words import _, refusal
from conference_hub.core.errors import HubError
from conference_hub.core.received import MOST_BYTES
from conference_hub.outbox.receiving import take

TEMPORARY_FAILURE = 75
"""EX_TEMPFAIL of sysexits.h: the mail server keeps the mail and tries again."""
CHUNK = 64 * 1024


def add_parsers(commands: Parsers) -> None:
    """Add the commands of this module."""
    one = commands.add_parser(
        "reply",
        help=_("받은 메일 한 통을 표준 입력에서 읽습니다"),
        description=_(
            "메일 서버가 넘기는 메일 한 통(초대에 대한 회신, 반송 보고)을 표준 입력에서 읽습니다. 처리했거나 쓸 것이 "
            "없으면 0, 지금 처리할 수 없어 메일 서버가 나중에 다시 넘겨야 하면 75로 끝납니다."
        ),
    )
    one.set_defaults(run=_reply)


def _reply(_arguments: argparse.Namespace, env: Mapping[str, str]) -> int:
    """Take one mail. Whatever stands in the way may be mended, so the mail server is asked to keep the mail."""
    data = _standard_input()
    try:
        with opened(env) as hub:
            taken = take(hub, data)
    except HubError as error:
        return _later(refusal(error))
    except (OSError, sa.exc.SQLAlchemyError) as error:
        return _later(type(error).__name__)
    print(taken)
    return 0


def _standard_input() -> bytes:
    """Return the mail; of one that is too large as much as shows that it is, while the rest is read and dropped."""
    data = sys.stdin.buffer.read(MOST_BYTES + 1)
    while sys.stdin.buffer.read(CHUNK):
        pass
    return data


def _later(words: str) -> int:
    print(f"conference-hub: {words}", file=sys.stderr)
    return TEMPORARY_FAILURE
