"""What can be taken back and done again, decided from stored values."""

from __future__ import annotations

import pytest

from conference_hub.agenda import history
from conference_hub.agenda.history import ChangedSince, NothingToRedo, NothingToUndo, RunId, State, Step
from conference_hub.agenda.model import LaneId
from tests.unit.agenda.lanes import at

SEALED, ARMED = {"state": "sealed"}, {"state": "armed"}


def step(number: int, before: State, after: State, by: str = "김감독") -> Step:
    return Step(
        run_id=RunId("run-1"),
        number=number,
        lane=LaneId("hall"),
        subject="award/a",
        topic="AwardArmed",
        fields={"award": "a"},
        before=before,
        after=after,
        actor="account:7",
        by=by,
        at=at("00:20"),
    )


ARM_A = step(1, {"award/a": SEALED}, {"award/a": ARMED})
ARM_B = step(2, {"award/b": SEALED, "award/a": ARMED}, {"award/b": ARMED, "award/a": SEALED}, by="이조감독")


def test_undo_gives_back_what_was_before() -> None:
    assert history.undo("award/a", ARM_A, {"award/a": ARMED}) == {"award/a": SEALED}


def test_redo_gives_back_what_was_after() -> None:
    assert history.redo("award/a", ARM_A, {"award/a": SEALED}) == {"award/a": ARMED}


def test_without_a_step_there_is_nothing_to_undo_or_redo() -> None:
    with pytest.raises(NothingToUndo):
        history.undo("award/a", None, {})
    with pytest.raises(NothingToRedo):
        history.redo("award/a", None, {})


def test_what_another_command_changed_since_is_named_with_who_did_it() -> None:
    with pytest.raises(ChangedSince) as refusal:
        history.undo("award/a", ARM_A, {"award/a": SEALED}, [ARM_A, ARM_B])

    assert refusal.value.code == "changed_since"
    assert refusal.value.detail == {
        "key": "award/a",
        "topic": "AwardArmed",
        "number": 2,
        "at": "2021-12-02T00:20:00.000Z",
        "by": "이조감독",
    }


def test_redo_is_refused_when_what_it_changes_is_no_longer_as_before() -> None:
    with pytest.raises(ChangedSince):
        history.redo("award/b", ARM_B, {"award/b": SEALED, "award/a": SEALED}, [ARM_A, ARM_B])


def test_a_change_that_no_command_made_has_no_cause() -> None:
    with pytest.raises(ChangedSince) as refusal:
        history.undo("award/a", ARM_A, {}, [ARM_A])

    assert refusal.value.detail == {"key": "award/a"}


def test_only_what_differs_is_stored() -> None:
    before: State = {"award/a": SEALED, "award/b": SEALED}

    assert history.changed(before, {**before, "award/a": ARMED}) == (
        {"award/a": SEALED},
        {"award/a": ARMED},
    )
