"""Commands at random in a rehearsed round: the journal's law holds, and the ceremony of the day stays as it was."""

from __future__ import annotations

import random

import pytest

from conference_hub.awards.rehearsing import WORDED
from conference_hub.awards.verbs import VERBS
from tests.integration.awards.rehearsed import FIRST, LANE, ON_DAY, SECOND, THIRD, Rehearsal
from tests.integration.kinds import ON_SQLITE

OFTEN = (*sorted(VERBS.keys() - WORDED), "arm", "reveal", "undo", "undo", "redo")


@ON_SQLITE
@pytest.mark.parametrize("seed", range(2))
def test_random_commands_keep_the_law_and_are_accepted_as_offered(rehearsal: Rehearsal, seed: int) -> None:
    chosen, accepted = random.Random(seed), 0  # noqa: S311 - no secret
    live, heads = rehearsal.rows(*ON_DAY), rehearsal.heads()
    for _ in range(40):
        rehearsal.now.forward(seconds=1)
        name, award = chosen.choice(OFTEN), chosen.choice((FIRST, SECOND, THIRD))
        moving = name in {"undo", "redo"}
        offered = (rehearsal.of_lane("lane") if moving else rehearsal.award(award))["commands"][name]
        path = name if moving else f"awards/{award}/{name}"
        body = {"lane": LANE, "publish": True} if moving else {}
        status, answer = rehearsal.send(f"runs/{rehearsal.run}/{path}", **body)
        refused = None if status == 200 else answer["error"]["code"]
        assert refused == offered or (name, refused) == ("defer", "nothing_changes")
        accepted += refused is None

    assert accepted >= 15
    assert (rehearsal.rows(*ON_DAY), rehearsal.heads()) == (live, heads)
