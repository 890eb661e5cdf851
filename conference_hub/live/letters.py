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
from conference_hub.live.snapshot import LARGEST_IN_PAGE, State, States
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
        states.listen(self._look_through)

    def of(self, key: StreamKey) -> frozenset[str]:
        """Return the letters as they were at most ten seconds ago; none where they are too many for a font.

        Those of a state too large for a page are as they were when somebody asked for it: each such page asks as it
        opens. None, too, while they cannot be read. Raises NotFound.
        """
        if self._due(key):
            with suppress(Unavailable):
                state = self._states.small_snapshot(key, LARGEST_IN_PAGE)
                if state is not None:
                    self._look_through(state)
        return self._found.get(key, (0.0, NONE))[1]

    def _due(self, key: StreamKey) -> bool:
        return key not in self._found or self._now() - self._found[key][0] >= EVERY_S

    def _look_through(self, state: State) -> None:
        if self._due(state.key):
            letters = letters_of(state.content)
            self._found[state.key] = (self._now(), letters if len(letters) <= MOST else NONE)
