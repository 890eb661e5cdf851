"""The command line: `python -m conference_hub COMMAND`, also installed as `conference-hub`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from conference_hub import __version__
from conference_hub.commands import data, given, people, serve
from conference_hub.config import SettingsError
from conference_hub.errors import HubError

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
    try:
        return int(arguments.run(arguments, os.environ))
    except SettingsError as error:
        print(f"conference-hub: {error}", file=sys.stderr)
        return 2
    except HubError as error:
        print(f"conference-hub: {error}", file=sys.stderr)
        return 1
