"""What a webhook does next in its stream."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference_hub.outgoing.following import LOOK, Missing, Pass, Send, Step, next_step

A, B = "CueStarted", "LaneHeld"


@pytest.mark.parametrize(
    ("position", "head", "ahead", "topics", "step"),
    [
        (3, 3, [], (), Pass(to=3)),
        (3, 5, [(4, A), (5, B)], (), Send(seq=4)),
        (3, 5, [(4, A), (5, B)], (B,), Send(seq=5)),
        (3, 5, [(4, A), (5, A)], (B,), Pass(to=5)),
        (3, 7, [(6, A), (7, A)], (A,), Missing(after=3, before=6)),
        (3, 7, [(4, A), (7, A)], (B,), Pass(to=4)),
        (3, 7, [(4, A)], (B,), Pass(to=4)),
        (4, 7, [], (B,), Missing(after=4, before=8)),
        (9, 7, [], (), Missing(after=7, before=8)),
        (0, LOOK + 5, [(seq, A) for seq in range(1, LOOK + 1)], (B,), Pass(to=LOOK)),
    ],
)
def test_next_step(
    position: int, head: int, ahead: list[tuple[int, str]], topics: tuple[str, ...], step: Step
) -> None:
    assert next_step(position, head, ahead, topics) == step


@given(
    kept=st.sets(st.integers(1, 60)),
    head=st.integers(0, 60),
    begin=st.integers(0, 70),
    topics=st.sets(st.sampled_from((A, B))),
)
def test_every_kept_entry_is_sent_once_in_order_and_every_gap_is_told(
    kept: set[int], head: int, begin: int, topics: set[str]
) -> None:
    entries = [(seq, A if seq % 3 else B) for seq in sorted(kept) if seq <= head]
    position = begin
    sent: list[int] = []
    missing: list[int] = []
    for _turn in range(200):
        step = next_step(position, head, [one for one in entries if one[0] > position][:LOOK], topics)
        match step:
            case Send(seq=seq):
                position = seq
                sent.append(seq)
            case Missing(after=after, before=before):
                position = before - 1
                missing += range(after + 1, before)
            case Pass(to=to):
                if to == position:
                    break
                position = to

    wanted = [seq for seq, topic in entries if seq > begin and (not topics or topic in topics)]
    gone = [seq for seq in range(begin + 1, head + 1) if seq not in kept]
    assert (position, sent, missing) == (head, wanted, gone)
