"""The command line: `python -m conference_hub COMMAND`, also installed as `conference-hub`."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence

from conference_hub import __version__
from conference_hub.commands import data, given, people, serve
from conference_hub.config import SettingsError
from conference_hub.errors import HubError, Unavailable
from conference_hub.migrate import NewerSchema
from conference_hub.occupancy import Occupied
from conference_hub.outage import IN_WORDS

EPILOG = "Settings come from HUB_... environment variables; the README lists them."


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status (2 for wrong usage or settings, 1 for a refusal)."""
    parser = argparse.ArgumentParser(
        prog="conference-hub", description="A self-hosted server for hybrid conferences.", epilog=EPILOG
    )
    parser.add_argument("--version", action="version", version=f"conference-hub {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in (serve, people, given, data):
        module.add_parsers(commands)
    arguments = parser.parse_args(argv)
    logging.getLogger("conference_hub").addHandler(logging.NullHandler())  # a command says it in one sentence
    os.umask(0o077)  # the database, backups and exports hold names and tokens
    try:
        return int(arguments.run(arguments, os.environ))
    except SettingsError as error:
        print(f"conference-hub: {error}", file=sys.stderr)
        return 2
    except Unavailable as error:
        print(f"conference-hub: {IN_WORDS[error.reason]}", file=sys.stderr)
        return 1
    except OSError as error:
        place = f": {error.filename}" if error.filename else ""
        print(f"conference-hub: {error.strerror or error}{place}", file=sys.stderr)
        return 1
    except (HubError, NewerSchema, Occupied) as error:
        print(f"conference-hub: {error}", file=sys.stderr)
        return 1
