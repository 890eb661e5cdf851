"""The program: turns the network library cooperative before anything else is imported, then runs the command line."""

from __future__ import annotations

import sys

from conference_hub.live import network

network.patch()

from conference_hub.cli.main import main  # noqa: E402 - what it imports must find the library patched

if __name__ == "__main__":
    sys.exit(main())
