"""A correction can be undone and redone right after it; then the text that it replaced is stored nowhere."""

from __future__ import annotations

import pytest

from conference_hub.agenda import steps
from conference_hub.agenda.history import LIVE_RUN
from conference_hub.core.stream import Stream
from conference_hub.web.hub import Hub
from tests.integration.awards.test_award_undo import LANE, A, B, awards, documents, entries, run, tried
from tests.law import Watch
from tests.model_day import CONF

WRONG, RIGHT, THIRD = "석용주", "석용수", "임윤아"
CORRECT = ("correct", RIGHT)
Story = list[str | tuple[str, str]]


def play(hub: Hub, story: Story) -> None:
    """Give commands on award A; a correction names the new recipient."""
    for step in story:
        name, recipient = (step, None) if isinstance(step, str) else step
        run(hub, name, recipient=recipient)


def texts_of_steps(hub: Hub) -> str:
    with hub.database.reading() as db:
        return str(steps.all_steps(db, CONF, LIVE_RUN))


def test_corrected_name_is_in_no_entry_of_any_stream_and_undo_puts_it_back(seeded: Hub) -> None:
    play(seeded, ["arm", "reveal", CORRECT])
    assert [stream for stream in Stream if WRONG in entries(seeded, stream)] == []

    run(seeded, "undo")

    assert awards(seeded)[A].recipient == WRONG
    assert [stream for stream in Stream if RIGHT in entries(seeded, stream)] == []
    assert "김감독" in entries(seeded, Stream.OPERATOR)


def test_correction_is_undone_and_redone_exactly(seeded: Hub) -> None:
    play(seeded, ["arm", "reveal"])
    before = awards(seeded)
    play(seeded, [CORRECT])
    after = awards(seeded)

    run(seeded, "undo")
    undone = awards(seeded)
    run(seeded, "redo")

    assert (undone, awards(seeded)) == (before, after)


ENDED: dict[str, Story] = {
    "by the next command": ["arm", "reveal", CORRECT, "present"],
    "by a take-back": ["arm", "reveal", CORRECT, "take-back"],
    "by another correction": ["arm", "reveal", CORRECT, ("correct", THIRD)],
    "of a sealed award, by its arm": [CORRECT, "arm"],
    "undone, by the next command": ["arm", "reveal", CORRECT, "undo", "present"],
    "undone, by another undo": ["arm", "reveal", CORRECT, "undo", "undo"],
}
REPLACED = {
    "by the next command": WRONG,
    "undone, by the next command": RIGHT,
    "undone, by another undo": RIGHT,
}


@pytest.mark.parametrize("case", ENDED)
def test_replaced_text_leaves_the_steps_when_the_correction_is_ended(seeded: Hub, case: str) -> None:
    *story, last = ENDED[case]
    replaced = REPLACED.get(case, WRONG)
    play(seeded, story)
    assert replaced in texts_of_steps(seeded)

    play(seeded, [last])

    assert replaced not in texts_of_steps(seeded)


@pytest.mark.parametrize("case", ENDED)
def test_commands_around_an_ended_correction_are_undone_exactly_and_its_text_stays(
    seeded: Hub, case: str
) -> None:
    before = awards(seeded)[A]
    play(seeded, ENDED[case])
    while tried(seeded, "undo") is None:
        run(seeded, "undo")

    after = awards(seeded)[A]
    assert (after.state, after.revealed_at) == (before.state, before.revealed_at)
    assert after.recipient == (WRONG if case.startswith("undone") else RIGHT)


def test_a_command_on_another_award_of_the_lane_ends_a_correction(seeded: Hub) -> None:
    play(seeded, ["arm", CORRECT])
    run(seeded, "arm", next(one.id for one in awards(seeded).values() if one.lane_id == "metaverse"))
    assert documents(seeded)[LANE]["undo"]["topic"] == "AwardCorrected"

    run(seeded, "arm", B)

    assert WRONG not in texts_of_steps(seeded)
    assert documents(seeded)[LANE]["undo"]["topic"] == "AwardArmed"


def test_refused_command_ends_no_correction(seeded: Hub) -> None:
    play(seeded, ["arm", "reveal", CORRECT])

    assert tried(seeded, "reveal") == "already_revealed"
    assert tried(seeded, "undo") is None


def test_redo_that_an_ended_correction_had_is_not_offered(seeded: Hub) -> None:
    play(seeded, ["arm", "reveal", CORRECT, "undo", "undo", "redo"])

    assert documents(seeded)[LANE]["redo"] is None
    assert tried(seeded, "redo") == "nothing_to_redo"


@pytest.mark.parametrize("story", ENDED.values(), ids=ENDED)
def test_an_old_snapshot_and_the_entries_since_equal_a_fresh_snapshot(seeded: Hub, story: Story) -> None:
    watch = Watch(seeded, CONF)
    for step in [*story, "undo", "undo", "redo"]:
        if isinstance(step, tuple) or tried(seeded, step) is None:
            play(seeded, [step])
            assert watch.look()
