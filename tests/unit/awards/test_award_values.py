"""What an undone correction restores."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conference_hub.awards.ceremony import correct
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
