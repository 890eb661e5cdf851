"""The letters that a stream of a conference says and the interface does not: its pages have one font of them.

Without it each name with a rare syllable makes a browser load a font of dozens. The letters of a stream are for those
who may follow it: they say which names may still be sealed.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

from conference_hub.core.errors import Unavailable
from conference_hub.live.followers import StreamKey
from conference_hub.live.snapshot import LARGEST_IN_PAGE, States
from conference_hub.web.typeface import letters_of

EVERY_S = 10.0
"""How often the texts of a stream are looked through at most."""
MOST = 400
"""Letters of a font: with more of them a page would load more than it shows, and the fonts of all pages serve."""
NONE: frozenset[str] = frozenset()


class LettersOfStreams:
    """Knows the letters of each stream; `now` are seconds that only go forward."""

    def __init__(self, states: States, now: Callable[[], float] = time.monotonic) -> None:
        self._states = states
        self._now = now
        self._found: dict[StreamKey, tuple[float, frozenset[str]]] = {}

    def of(self, key: StreamKey) -> frozenset[str]:
        """Return the letters as they were at most ten seconds ago; none where they are too many for a font.

        None, too, while they cannot be read, or the state is a large one that nobody asked for yet. Raises NotFound.
        """
        at, found = self._found.get(key, (-EVERY_S, NONE))
        if self._now() - at < EVERY_S:
            return found
        with suppress(Unavailable):
            state = self._states.snapshot_at_hand(key, LARGEST_IN_PAGE)
            letters = letters_of(state.content) if state is not None else found
            found = letters if len(letters) <= MOST else NONE
            self._found[key] = (self._now(), found)
        return found
