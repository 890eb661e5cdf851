"""The key of the counts of check-in; those of gates and guests are in `gates/keys.py` and `people/keys.py`."""

from __future__ import annotations

PRESENCE_KEY = "presence"
