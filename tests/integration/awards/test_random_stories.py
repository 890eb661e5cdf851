"""Commands at random on three awards: the journal's law holds, and what is offered is what would be accepted."""

from __future__ import annotations

import random

import pytest

from conference_hub.awards.verbs import VERBS
from conference_hub.web.hub import Hub
from tests.integration.awards.test_award_undo import LANE, A, B, C, documents, run, tried
from tests.integration.kinds import ON_SQLITE
from tests.law import Watch
from tests.model_day import CONF, FakeNow

OFTEN = (*VERBS, "arm", "reveal", "undo", "undo", "redo")


@ON_SQLITE
@pytest.mark.parametrize("seed", range(2))
def test_random_commands_keep_the_law_and_are_accepted_as_offered(
    seeded: Hub, now: FakeNow, seed: int
) -> None:
    chosen, watch, accepted = random.Random(seed), Watch(seeded, CONF), 0  # noqa: S311 - no secret
    for number in range(45):
        now.forward(seconds=1)
        name, award = chosen.choice(OFTEN), chosen.choice((A, B, C))
        subject = LANE if name in {"undo", "redo"} else f"award/{award}"
        offered = documents(seeded)[subject]["commands"][name]
        refused = tried(seeded, name, award)
        refused = "nothing_to_undo" if refused == "undo_ends_here" else refused
        assert refused == offered or (name, refused) == ("defer", "nothing_changes")
        if refused is None:
            run(seeded, name, award, recipient=f"이름{number}" if name == "correct" else None)
            accepted += 1
        watch.look()

    assert accepted >= 15
