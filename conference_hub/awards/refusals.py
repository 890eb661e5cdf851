"""Why the ceremony refuses a command: one class per reason, each with a stable code for the console.

No refusal carries a name: its detail goes into an answer that may be logged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from conference_hub.agenda.model import LaneId
from conference_hub.agenda.refusals import WaitingForLanes
from conference_hub.awards.model import Award, AwardId
from conference_hub.core.errors import Invalid, Refused, msg


class NamesLeft(Refused):
    """The lane leaves cues whose recipients were not all called: `with_left` says what becomes of them.

    `detail` has the `lane`, the ids of the `awards` in calling order, and whether a later round could take them
    (`move`).
    """

    code = "names_left"

    def __init__(self, lane: LaneId, awards: Sequence[Award], *, move: bool) -> None:
        super().__init__(
            msg("아직 부르지 않은 수상자가 %(count)s명 있습니다."),
            lane=lane,
            awards=",".join(award.id for award in awards),
            count=len(awards),
            move=move,
        )


class NoRound(Refused):
    """No later round of the lane is left into which names could move."""

    code = "no_round"

    def __init__(self, lane: LaneId) -> None:
        super().__init__(msg("이 구역에 다음 시상 순서가 없습니다."), lane=lane)


class CeremonyRefused(Refused):
    """The state of an award forbids the command; `detail` holds the award's id and its state."""

    sentence: ClassVar[str]

    def __init__(self, award: Award) -> None:
        super().__init__(self.sentence, award=award.id, state=award.state.value)


class AlreadyArmed(CeremonyRefused):
    """The award is the armed one of its lane."""

    code = "already_armed"
    sentence = msg("이미 발표 준비된 상입니다.")


class AlreadyRevealed(CeremonyRefused):
    """The name is out; only `take_back` seals it again."""

    code = "already_revealed"
    sentence = msg("이미 발표한 상입니다.")


class NotArmed(CeremonyRefused):
    """A name is revealed only after its award was armed, never by one key alone."""

    code = "not_armed"
    sentence = msg("먼저 발표 준비를 하세요.")


class NotRevealed(CeremonyRefused):
    """The award comes to the stage only after its name was revealed."""

    code = "not_revealed"
    sentence = msg("아직 발표하지 않은 상입니다.")


class StepPassed(CeremonyRefused):
    """The award has come this far on stage, or further."""

    code = "step_passed"
    sentence = msg("이미 지난 단계입니다.")


class NotItsRound(CeremonyRefused):
    """The cue of the award is not on air; `outside` says why its name is called all the same."""

    code = "not_its_round"
    sentence = msg("지금 진행 중인 순서의 상이 아닙니다.")


class NothingChanges(CeremonyRefused):
    """All is as the command asks already, or no other award of the round is left to go first."""

    code = "nothing_changes"
    sentence = msg("이미 그렇게 되어 있습니다.")


class Withdrawn(CeremonyRefused):
    """The award is given to nobody; `take_back` brings it in again."""

    code = "withdrawn"
    sentence = msg("취소한 상입니다. 다시 넣으려면 되돌리세요.")


class LineUpOutdated(Refused):
    """The order names others than those of the round who are still to come; `detail` holds their ids as they are."""

    code = "line_up_changed"

    def __init__(self, lane: LaneId, order: Iterable[AwardId]) -> None:
        super().__init__(
            msg("그 사이 부를 사람이 바뀌었습니다. 순서를 다시 확인해 주세요."),
            lane=lane,
            awards=",".join(order),
        )


class AlreadySkipped(CeremonyRefused):
    """The award was left out; `take_back` brings it in again."""

    code = "already_skipped"
    sentence = msg("건너뛴 상입니다. 다시 부르려면 되돌리세요.")


class WouldPublish(CeremonyRefused):
    """Undo or redo would make a name public that is not; `publish` says that this is meant."""

    code = "would_publish"
    sentence = msg("이렇게 하면 이름이 다시 공개됩니다.")


class NothingToTakeBack(CeremonyRefused):
    """The award is sealed, as at the beginning."""

    code = "nothing_to_take_back"
    sentence = msg("되돌릴 것이 없습니다.")


class LanesNotReady(WaitingForLanes):
    """Those of `detail['lanes']` that come out together with this award are not ready; `force` does not wait."""

    sentence = msg("함께 발표할 구역이 아직 준비되지 않았습니다.")


class JointTaken(Invalid):
    """A lane has one award of a joint word at most; `detail['number']` is that of the other one."""

    def __init__(self, other: Award) -> None:
        super().__init__(
            msg("이 구역의 %(number)s번 상이 이미 같은 말로 함께 발표됩니다."),
            code="taken",
            field="joint",
            number=other.number,
        )


class JointFixed(CeremonyRefused):
    """An award with the same joint word is ready or revealed already: what comes out together stays as it is."""

    code = "joint_fixed"
    sentence = msg("함께 발표하는 다른 상이 이미 준비되었거나 발표되었습니다.")


class GroupJoint(CeremonyRefused):
    """An award that comes out together with another lane's is no name of a group."""

    code = "group_joint"
    sentence = msg("다른 구역과 함께 발표하는 상은 단체로 발표할 수 없습니다.")


class GroupMixed(Refused):
    """The names of a group are of one level, in one cue."""

    code = "group_mixed"

    def __init__(self) -> None:
        super().__init__(msg("한 순서에서 같은 훈격의 상만 함께 부를 수 있습니다."))


class LaneRefused(Refused):
    """The group of the lane, or that there is none, forbids the command; `detail` holds the id of the lane."""

    sentence: ClassVar[str]

    def __init__(self, lane: str) -> None:
        super().__init__(self.sentence, lane=lane)


class GroupRuns(LaneRefused):
    """Names of another group of the lane are still to come."""

    code = "group_runs"
    sentence = msg("이 구역에서 단체 발표를 하고 있습니다. 먼저 끝내 주세요.")


class NoGroup(LaneRefused):
    """No group is called in the lane."""

    code = "no_group"
    sentence = msg("이 구역에서 하는 단체 발표가 없습니다.")


class NoNameLeft(LaneRefused):
    """Every name of the group is out."""

    code = "no_name_left"
    sentence = msg("단체 발표에 남은 이름이 없습니다.")


class GroupAsIs(LaneRefused):
    """The group goes on, or has paused, already; one by key does neither."""

    code = "group_as_is"
    sentence = msg("단체 발표가 이미 그렇게 되어 있습니다.")


class LevelsLeft(Refused):
    """A programme goes only without levels."""

    code = "levels_left"

    def __init__(self, count: int) -> None:
        super().__init__(
            msg("이 부문에 훈격이 %(count)s개 있습니다. 먼저 옮기거나 삭제해 주세요."), count=count
        )


class AwardsLeft(Refused):
    """A level goes only without awards."""

    code = "awards_left"

    def __init__(self, count: int) -> None:
        super().__init__(
            msg("이 훈격의 상이 %(count)s건 있습니다. 먼저 옮기거나 삭제해 주세요."), count=count
        )
