"""The command line: `python -m conference_hub COMMAND`, also installed as `conference-hub`."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence

from conference_hub import __version__
from conference_hub.cli import conferences, data, files, given, people, purging, receiving, serve
from conference_hub.cli.words import _, prepare_terminal, refusal
from conference_hub.core.config import SettingsError
from conference_hub.core.errors import HubError, Unavailable
from conference_hub.core.outage import IN_WORDS

INTERRUPTED = 130
"""128 and the number of SIGINT, as shells say it."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status (2 for wrong usage or settings, 1 for a refusal)."""
    prepare_terminal()
    arguments = _parser().parse_args(argv)
    logging.getLogger("conference_hub").addHandler(logging.NullHandler())  # a command says it in one sentence
    os.umask(0o077)  # the database, backups and exports hold names and tokens
    try:
        return int(arguments.run(arguments, os.environ))
    except Unavailable as error:
        why = _(IN_WORDS[error.reason])
        print(f"conference-hub: {why}", file=sys.stderr)
        return 1
    except OSError as error:
        place = f": {error.filename}" if error.filename else ""
        print(f"conference-hub: {error.strerror or error}{place}", file=sys.stderr)
        return 1
    except HubError as error:
        print(f"conference-hub: {refusal(error)}", file=sys.stderr)
        return 2 if isinstance(error, SettingsError) else 1
    except KeyboardInterrupt:
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="conference-hub",
        description=_("하이브리드 행사를 위한 자체 설치형 서버입니다."),
        epilog=_("설정은 HUB_... 환경 변수로 합니다. README에 목록이 있습니다."),
    )
    version = f"conference-hub {__version__}"
    parser.add_argument("--version", action="version", version=version, help=_("버전을 보여 줍니다"))
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in (serve, conferences, people, given, files, data, purging, receiving):
        module.add_parsers(commands)
    return parser
