"""Counts that each scan changes by one."""

from __future__ import annotations

from conference_hub.checkin.model import Place, Whereabouts
from conference_hub.checkin.tally import Counted, Tally
from conference_hub.gates.model import GateId
from conference_hub.people.model import Mode

MAIN, SIDE = GateId("main"), GateId("side")
EXPECTED = Whereabouts(mode=Mode.ONSITE, place=None, came=False)
IN_HALL = Whereabouts(mode=Mode.ONSITE, place=Place.HALL, came=True)
LEFT = Whereabouts(mode=Mode.ONSITE, place=None, came=True)
TALLY = Tally(guests={EXPECTED: 3, IN_HALL: 1}, verdicts={MAIN: {"admitted": 1}})


def test_a_guest_who_moves_is_counted_in_one_place() -> None:
    assert TALLY.moved(EXPECTED, IN_HALL).guests == {EXPECTED: 2, IN_HALL: 2}
    assert TALLY.moved(IN_HALL, LEFT).guests == {EXPECTED: 3, IN_HALL: 0, LEFT: 1}


def test_an_answer_counts_for_its_gate() -> None:
    tally = TALLY.answered(MAIN, "admitted").answered(MAIN, "already_inside").answered(SIDE, "left")

    assert tally.verdicts == {MAIN: {"admitted": 2, "already_inside": 1}, SIDE: {"left": 1}}


def test_the_counts_before_stay_as_they_were() -> None:
    TALLY.moved(EXPECTED, IN_HALL).answered(MAIN, "admitted")

    assert Tally(guests={EXPECTED: 3, IN_HALL: 1}, verdicts={MAIN: {"admitted": 1}}) == TALLY


def test_a_person_is_counted_once_and_on_each_day() -> None:
    twice = TALLY.counted("lunch", set(), {"2021-12-02"}).counted(
        "lunch", {"2021-12-02"}, {"2021-12-02", "2021-12-03"}
    )
    undone = twice.counted("lunch", {"2021-12-02", "2021-12-03"}, {"2021-12-03"})
    nobody = undone.counted("lunch", {"2021-12-03"}, set())

    assert twice.points == {"lunch": Counted(total=1, by_day={"2021-12-02": 1, "2021-12-03": 1})}
    assert undone.points == {"lunch": Counted(total=1, by_day={"2021-12-03": 1})}
    assert nobody.points == {"lunch": Counted()}


def test_a_point_without_days_counts_persons() -> None:
    assert TALLY.counted("lunch", set(), {None}).points == {"lunch": Counted(total=1)}
