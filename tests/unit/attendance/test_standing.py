"""Where somebody is, by the gates and by what is known elsewhere; and how many are where."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference_hub.attendance.counting import about, attendance_document, watching
from conference_hub.attendance.model import ABSENT, RemoteSpan, Source, SpanId, Standing, State, Watch
from conference_hub.attendance.standing import standing_of, state_of
from conference_hub.checkin.model import Moment, Place, Presence
from conference_hub.people.model import GroupId, GuestId, Mode

AT = datetime(2026, 12, 3, 4, 0, tzinfo=UTC)


def at(minute: int) -> datetime:
    return AT + timedelta(minutes=minute)


def presence(place: Place | None, minute: int = 0) -> Presence:
    return Presence(
        guest_id=GuestId("a"), place=place, since=at(minute), first=Moment(at=at(minute), gate_id=None)
    )


def span(watch: Watch, began: int, ended: int | None, source: Source = Source.SOCKET) -> RemoteSpan:
    return RemoteSpan(
        id=SpanId(f"{began}-{watch}-{source}"),
        guest_id=GuestId("a"),
        watch=watch,
        source=source,
        began_at=at(began),
        seen_at=at(began),
        ended_at=None if ended is None else at(ended),
    )


ON, HIDDEN = Watch.CONNECTED, Watch.IDLE


@pytest.mark.parametrize(
    ("place", "spans", "standing"),
    [
        (None, [], ABSENT),
        (presence(Place.HALL), [span(ON, 5, None)], Standing(state=State.HALL, source=Source.SCAN, since=AT)),
        (presence(Place.REMOTE), [], Standing(state=State.IDLE, source=Source.LINK, since=AT)),
        (
            presence(Place.REMOTE),
            [span(HIDDEN, 1, None)],
            Standing(state=State.IDLE, source=Source.SOCKET, since=at(1)),
        ),
        (
            None,
            [span(HIDDEN, 1, None), span(ON, 2, None, Source.ZOOM)],
            Standing(state=State.CONNECTED, source=Source.ZOOM, since=at(2)),
        ),
        (
            presence(Place.REMOTE),
            [span(ON, 1, 9)],
            Standing(state=State.LEFT, source=Source.SOCKET, since=at(9)),
        ),
        (presence(None, 7), [span(ON, 1, 3)], Standing(state=State.LEFT, source=Source.SCAN, since=at(7))),
        (presence(None, 7), [span(ON, 1, 9)], Standing(state=State.LEFT, source=Source.SOCKET, since=at(9))),
        (presence(None, 7), [], Standing(state=State.LEFT, source=Source.SCAN, since=at(7))),
    ],
)
def test_somebody_is_where_the_newest_of_the_better_sources_says(
    place: Presence | None, spans: list[RemoteSpan], standing: Standing
) -> None:
    assert standing_of(place, spans) == standing


PRESENCES = st.one_of(st.none(), st.builds(presence, st.sampled_from([None, *Place]), st.integers(0, 9)))
SPANS = st.lists(
    st.builds(span, st.sampled_from(Watch), st.integers(0, 9), st.one_of(st.none(), st.integers(9, 20))),
    max_size=4,
)


@given(PRESENCES, SPANS)
def test_what_is_counted_is_what_is_said_of_each(known: Presence | None, spans: list[RemoteSpan]) -> None:
    open_ = [one.watch for one in spans if one.ended_at is None]
    best = None if not open_ else ON if ON in open_ else HIDDEN
    counted = state_of(known.place if known else None, best, came=known is not None, seen=bool(spans))
    assert counted is standing_of(known, spans).state


def test_numbers_add_up_for_all_each_mode_and_each_group() -> None:
    vip = GroupId("vip")
    heads = {
        (Mode.ONSITE, vip, State.HALL): 3,
        (Mode.ONSITE, None, State.ABSENT): 2,
        (Mode.ONLINE, vip, State.CONNECTED): 5,
        (Mode.ONLINE, None, State.IDLE): 1,
        (Mode.ZOOM, None, State.LEFT): 1,
    }
    document = attendance_document(heads)
    assert document["total"] == {
        "expected": 12,
        "absent": 2,
        "hall": 3,
        "connected": 5,
        "idle": 1,
        "left": 1,
    }
    assert document["by_group"]["vip"]["expected"] == 8
    assert document["by_group"][""] == {
        "expected": 4,
        "absent": 2,
        "hall": 0,
        "connected": 0,
        "idle": 1,
        "left": 1,
    }
    assert sum(states["expected"] for states in document["by_mode"].values()) == 12
    assert watching(document) == 6


@pytest.mark.parametrize(
    ("count", "told"),
    [(0, None), (9, None), (10, 10), (127, 120), (999, 990), (1_049, 1_000), (1_050, 1_050)],
)
def test_the_public_is_told_a_round_number_that_is_never_too_high(count: int, told: int | None) -> None:
    assert about(count) == told
