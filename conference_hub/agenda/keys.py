"""The keys of the agenda's documents, listed in `docs/protocol.md`: of the live run and of rehearsals."""

from __future__ import annotations

from dataclasses import dataclass

from conference_hub.agenda.history import RunId
from conference_hub.agenda.model import CueId, LaneId, SegmentId
from conference_hub.agenda.run import Following, RunKind
from conference_hub.core.stream import Docs

PLAN_KEY = "plan"
PROGRAMME_KEY = "programme"
SEGMENT = "segment/"
LANE = "lane/"
CUE = "cue/"
DRIVING = "driving/"
NOTES = "notes/"
REHEARSAL_FAMILY = "rehearsal"
"""How every key begins that belongs to a rehearsal."""
REHEARSAL = f"{REHEARSAL_FAMILY}/"
RUN_SUBJECT = "run"
"""What a plan applied to the live run is about: a lane's command is stale when its sender had not seen it."""


@dataclass(frozen=True, kw_only=True)
class Keys:
    """The keys of a run's documents: `lane/<id>` in the live run, `rehearsal-lane/<run>/<id>` in a rehearsal."""

    rehearsal: RunId | None = None

    @classmethod
    def of(cls, following: Following) -> Keys:
        """Return the keys of a run."""
        return cls(rehearsal=None if following.kind is RunKind.LIVE else following.id)

    def lane(self, lane_id: LaneId) -> str:
        """Return the key of a lane, which is also what its commands are checked against."""
        return self._key(LANE, lane_id)

    def cue(self, cue_id: CueId) -> str:
        """Return the key of a cue."""
        return self._key(CUE, cue_id)

    def segment(self, segment_id: SegmentId) -> str:
        """Return the key of a segment."""
        return self._key(SEGMENT, segment_id)

    def driving(self, lane_id: LaneId) -> str:
        """Return the key of a lane's last commands."""
        return self._key(DRIVING, lane_id)

    def notes(self, cue_id: CueId) -> str:
        """Return the key of a cue's notes."""
        return self._key(NOTES, cue_id)

    def of_key(self, key: str) -> str:
        """Return the key that a document of the live run has in this one; one of a rehearsal stays as it is."""
        family, _, rest = key.partition("/")
        if self.rehearsal is None or family.startswith(REHEARSAL_FAMILY):
            return key
        return self._key(f"{family}/", rest)

    def _key(self, family: str, name: str) -> str:
        return f"{in_rehearsal(family)}{self.rehearsal}/{name}" if self.rehearsal else f"{family}{name}"


def rehearsal_key(run_id: RunId) -> str:
    """Return the key of a rehearsal's own document."""
    return f"{REHEARSAL}{run_id}"


def on_screens(docs: Docs) -> Docs:
    """Return documents of a rehearsal under the keys that screens know: those of the live run."""
    return {_as_live(key): doc for key, doc in docs.items()}


def _as_live(key: str) -> str:
    family, _, rest = key.partition("/")
    if not family.startswith(f"{REHEARSAL_FAMILY}-"):
        return key
    return f"{family.removeprefix(f'{REHEARSAL_FAMILY}-')}/{rest.partition('/')[2]}"


def in_rehearsal(family: str) -> str:
    """Return how the keys of a family begin in a rehearsal."""
    return f"{REHEARSAL_FAMILY}-{family}"
