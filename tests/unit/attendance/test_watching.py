"""Sockets of guests as spans: few changes, each true, whatever comes between two writings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count, pairwise

from hypothesis import given
from hypothesis import strategies as st

from conference_hub.attendance.model import RemoteSpan, Source, SpanId, Watch
from conference_hub.attendance.watching import Changes, Watchers
from conference_hub.people.model import GuestId

AT = datetime(2026, 12, 3, 4, 0, tzinfo=UTC)
CONF = "day"


def later(seconds: float) -> datetime:
    return AT + timedelta(seconds=seconds)


def watchers() -> Watchers:
    numbers = count(1)
    return Watchers(lambda: f"span-{next(numbers)}")


def span(number: int, watch: Watch, began: float, seen: float, ended: float | None = None) -> RemoteSpan:
    return RemoteSpan(
        id=SpanId(f"span-{number}"),
        guest_id=GuestId("a"),
        watch=watch,
        source=Source.SOCKET,
        began_at=later(began),
        seen_at=later(seen),
        ended_at=None if ended is None else later(ended),
    )


def write(known: Watchers, at: float) -> Changes:
    changes = known.changes(CONF, later(at))
    known.written(CONF, changes)
    return changes


def test_a_span_begins_when_the_page_was_seen_and_ends_when_the_connection_was_lost() -> None:
    known = watchers()
    known.seen("1", CONF, "a", later(3), visible=True)
    assert write(known, 10) == Changes(began=(span(1, Watch.CONNECTED, 3, 10),))
    assert write(known, 20) == Changes()
    known.gone("1", later(25))
    assert write(known, 30) == Changes()
    assert write(known, 144) == Changes()
    assert write(known, 145) == Changes(ended=(span(1, Watch.CONNECTED, 3, 10, 25),))
    assert write(known, 155) == Changes()
    assert known.conferences() == []


def test_who_comes_back_within_two_minutes_had_not_left() -> None:
    known = watchers()
    known.seen("1", CONF, "a", AT, visible=True)
    write(known, 10)
    known.gone("1", later(20))
    write(known, 30)
    known.seen("2", CONF, "a", later(130), visible=True)
    assert write(known, 200) == Changes()


def test_a_hidden_page_is_idle_unless_another_is_visible() -> None:
    known = watchers()
    known.seen("1", CONF, "a", AT, visible=True)
    known.seen("2", CONF, "a", later(1), visible=False)
    assert write(known, 10).began == (span(1, Watch.CONNECTED, 0, 10),)
    known.seen("1", CONF, "a", later(12), visible=False)
    assert write(known, 20) == Changes(
        began=(span(2, Watch.IDLE, 12, 20),), ended=(span(1, Watch.CONNECTED, 0, 10, 12),)
    )
    known.seen("2", CONF, "a", later(21), visible=True)
    known.seen("2", CONF, "a", later(22), visible=False)
    assert write(known, 30) == Changes()


def test_a_visit_of_a_few_seconds_between_two_writings_leaves_nothing() -> None:
    known = watchers()
    known.seen("1", CONF, "a", later(1), visible=True)
    known.gone("1", later(4))
    assert write(known, 10) == Changes()
    assert known.conferences() == []


def test_closing_ends_everything_and_a_page_that_stays_is_counted_anew() -> None:
    known = watchers()
    known.seen("1", CONF, "a", AT, visible=True)
    write(known, 10)
    assert known.closing(CONF, later(60)) == Changes(ended=(span(1, Watch.CONNECTED, 0, 10, 60),))
    known.forget(CONF)
    assert write(known, 90) == Changes(began=(span(2, Watch.CONNECTED, 90, 90),))


Event = tuple[str, str, float]
EVENTS = st.lists(
    st.tuples(st.sampled_from(["show", "hide", "go"]), st.sampled_from(["1", "2"]), st.floats(0.1, 200)),
    max_size=30,
)


@given(EVENTS)
def test_spans_of_a_guest_never_overlap_and_at_most_one_is_open(events: list[Event]) -> None:
    known, at = watchers(), 0.0
    rows: dict[str, RemoteSpan] = {}
    for what, sid, after in events:
        at += after
        if what == "go":
            known.gone(sid, later(at))
        else:
            known.seen(sid, CONF, "a", later(at), visible=what == "show")
        changes = write(known, at)
        rows |= {one.id: one for one in (*changes.began, *changes.ended)}
    ordered = sorted(rows.values(), key=lambda one: one.began_at)
    assert all(one.ended_at is None or one.began_at <= one.ended_at for one in ordered)
    for earlier, next_ in pairwise(ordered):
        assert earlier.ended_at is not None
        assert earlier.ended_at <= next_.began_at
