"""Somebody's own agenda: its order, and what clashes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from conference_hub.core.text import Text
from conference_hub.followup.own_agenda import AgendaItem, Entry, ItemKind, KeptItem, arranged

NOON = datetime(2021, 12, 6, 3, 0, tzinfo=UTC)


def item(name: str, start_min: int, length_min: int = 60, *, cancelled: bool = False) -> AgendaItem:
    start = NOON + timedelta(minutes=start_min)
    return AgendaItem(
        what=KeptItem(kind=ItemKind.SESSION, id=name),
        title=Text.of(name),
        starts_at=start,
        ends_at=start + timedelta(minutes=length_min),
        kept=True,
        cancelled=cancelled,
    )


def test_agenda_is_in_the_order_of_time_and_names_what_overlaps() -> None:
    first, second, third = item("first", 0), item("second", 30), item("third", 90)

    assert arranged([third, second, first]) == [
        Entry(item=first, clashes=(second,)),
        Entry(item=second, clashes=(first,)),
        Entry(item=third, clashes=()),
    ]


def test_what_begins_when_the_other_ends_clashes_with_nothing() -> None:
    assert not item("first", 0).clashes_with(item("next", 60))


def test_what_is_cancelled_clashes_with_nothing() -> None:
    assert not item("first", 0).clashes_with(item("other", 0, cancelled=True))
    assert not item("first", 0, cancelled=True).clashes_with(item("other", 0))


def test_segment_and_session_of_one_id_are_two_things() -> None:
    segment = AgendaItem(
        what=KeptItem(kind=ItemKind.SEGMENT, id="same"),
        title=Text.of("segment"),
        starts_at=NOON,
        ends_at=NOON + timedelta(hours=1),
    )

    assert item("same", 0).clashes_with(segment)
    assert not item("same", 0).clashes_with(item("same", 0))


SPANS = st.lists(st.tuples(st.integers(0, 200), st.integers(1, 120), st.booleans()), max_size=8)


@given(SPANS)
def test_clashing_is_mutual_and_is_a_common_minute(spans: list[tuple[int, int, bool]]) -> None:
    items = [item(f"{n}", start, length, cancelled=gone) for n, (start, length, gone) in enumerate(spans)]
    entries = arranged(items)

    assert [one.item.starts_at for one in entries] == sorted(one.starts_at for one in items)
    for entry in entries:
        mine = minutes(entry.item)
        for other in items:
            common = other is not entry.item and bool(mine & minutes(other))
            assert (other in entry.clashes) == common


def minutes(one: AgendaItem) -> set[int]:
    start, end = ((at - NOON) // timedelta(minutes=1) for at in (one.starts_at, one.ends_at))
    return set() if one.cancelled else set(range(start, end))
