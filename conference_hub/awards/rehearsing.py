"""Who is called in a rehearsal: every recipient of the day by a number, with the place and level that they have.

The numbers count all recipients in calling order, lane by lane. They are not those of the awards, which stand on
certificates: whoever sees a stage of a rehearsal learns which level is called when, and nobody's part in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from conference_hub.agenda.lane_run import CueRun, LaneRun
from conference_hub.agenda.model import CueId, LaneId
from conference_hub.awards.calling import in_calling_order
from conference_hub.awards.levels import Levels
from conference_hub.awards.model import Award, AwardId, AwardKind, AwardState
from conference_hub.core.errors import Refused, msg

SHORTEST_NUMBER = 2
"""So many digits a number has at least."""
WORDED = frozenset({"correct", "proxy", "withdraw"})
"""Commands that write about a person: there is none in a rehearsal."""


class NotRehearsed(Refused):
    """The command writes about a person, and a rehearsal knows nobody; `detail` holds the id of the award."""

    code = "not_rehearsed"

    def __init__(self, award: AwardId) -> None:
        super().__init__(msg("리허설에는 수상자의 이름이 없어 이 명령은 쓸 수 없습니다."), award=award)


def recipients(awards: Iterable[Award], lanes: Sequence[LaneRun], levels: Levels) -> list[Award]:
    """Return the awards of a rehearsal that begins as `lanes` stand, in calling order.

    An award in a cue that is not run, and one that is given to nobody, is left out. Those of cues that are over were
    called as planned; all others are still to come. Joint words, which organisers write freely, are numbers too.
    """
    given = [award for award in awards if award.state is not AwardState.WITHDRAWN]
    called = [award for lane in lanes for award in _of_lane(given, lane)]
    digits = max(SHORTEST_NUMBER, len(str(len(called))))
    cues = {cue.cue_id: cue for lane in lanes for cue in lane.cues}
    words = {word: str(number) for number, word in enumerate(_joint_words(called), start=1)}
    turns: dict[CueId, timedelta] = {}
    found = []
    for place, award in enumerate(called, start=1):
        number, turn = f"{place:0{digits}}", turns.get(award.cue_id, timedelta(0))
        turns[award.cue_id] = turn + timedelta(seconds=levels[award.level_id].seconds_each)
        called_at = _called_at(cues[award.cue_id], turn)
        joint = words[award.joint] if award.joint else None
        found.append(_recipient(award, number, called_at, joint))
    return found


def as_rehearsed(commands: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return the codes by which commands of an award are refused, as they are in a rehearsal."""
    return {name: NotRehearsed.code if name in WORDED else code for name, code in commands.items()}


def _of_lane(awards: Iterable[Award], lane: LaneRun) -> list[Award]:
    run = [cue.cue_id for cue in lane.cues]
    own = (award for award in awards if award.lane_id == lane.lane_id and award.cue_id in run)
    return in_calling_order(own, run)


def _called_at(cue: CueRun, turn: timedelta) -> datetime | None:
    """Return when an award of a cue that is over was called, None: it is still to come."""
    if cue.started_at is None or cue.ended_at is None:
        return None
    return min(cue.started_at + turn, cue.ended_at)


def _joint_words(awards: Iterable[Award]) -> list[str]:
    return list(dict.fromkeys(award.joint for award in awards if award.joint))


def _recipient(award: Award, number: str, called_at: datetime | None, joint: str | None) -> Award:
    """Return the award of a rehearsal in place of another one; everything that is about somebody is left out."""
    return Award(
        id=AwardId(f"recipient-{number}"),
        number=number,
        level_id=award.level_id,
        lane_id=LaneId(award.lane_id),
        cue_id=CueId(award.cue_id),
        call_order=award.call_order,
        kind=AwardKind.INDIVIDUAL,
        recipient=None,
        organisation=None,
        guest_id=None,
        profile=None,
        state=AwardState.SEALED if called_at is None else AwardState.DONE,
        revealed_at=called_at,
        joint=joint,
    )
