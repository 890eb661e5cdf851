"""Counts that each scan changes by one."""

from __future__ import annotations

from conference_hub.checkin.model import Place, Whereabouts
from conference_hub.checkin.tally import Tally
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
