"""What an undone correction restores."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from conference_hub.awards.ceremony import Change, correct, defer, mark_absent, name_proxy
from conference_hub.awards.model import Award, Wording
from conference_hub.awards.values import restored, state_of
from tests.unit.awards.test_award_documents import SEALED

PLAIN = replace(SEALED, pronunciation=None)


@pytest.mark.parametrize("award", [SEALED, PLAIN])
@pytest.mark.parametrize("pronunciation", [None, "서-미-영"])
def test_undone_correction_restores_name_and_pronunciation(award: Award, pronunciation: str | None) -> None:
    after = correct(award, Wording(recipient="서미영", pronunciation=pronunciation)).award

    assert after.pronunciation == pronunciation
    assert restored(state_of([award]), [award.id], {award.id: after}) == [award]


def test_steps_of_versions_without_pronunciations_still_match() -> None:
    assert state_of([PLAIN])["wording/case-01"] == {
        "recipient": "석용주",
        "organisation": "천안고용센터",
        "profile": "50대, 남, 1인가구",
    }


def test_steps_of_versions_without_marks_still_match() -> None:
    plain = replace(PLAIN, absent=False, deferred=False)
    assert state_of([plain])["award/case-01"] == {"state": "sealed", "revealed_at": None}


@pytest.mark.parametrize(
    "command",
    [
        lambda award: mark_absent(award, absent=not award.absent),
        lambda award: name_proxy(award, "다른 사람"),
        lambda award: defer(award, [award, replace(award, id="other", call_order=99)]),
    ],
)
def test_undone_accidents_restore_every_award_they_changed(command: Callable[[Award], Change]) -> None:
    change = command(SEALED)

    before = {
        one.id: replace(SEALED, id=one.id, call_order=99 if one.id == "other" else 25)
        for one in change.awards
    }
    after = {one.id: one for one in change.awards}
    assert restored(state_of(before.values()), before, after) == [before[key] for key in sorted(before)]
