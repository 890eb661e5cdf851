"""What organisers make of sessions: drafts, changes and their calendar entries, weekly copies, seats and who waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from conference_hub.core.errors import HubError
from conference_hub.core.text import Text
from conference_hub.followup.documents import session_document
from conference_hub.followup.model import (
    Material,
    Places,
    Series,
    SeriesId,
    SessionStatus,
    SignUp,
    announce,
    cancel,
    counted_on,
    edit,
    require_draft,
    seated,
    sign_up,
    weekly,
)
from conference_hub.people.model import GuestId
from tests.judges.calendar_samples import CANCELLED, CHANGED_AT, SCHEDULED

NOW = datetime(2021, 12, 3, 0, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DRAFT = replace(SCHEDULED, status=SessionStatus.DRAFT)
KIM, LEE, PARK = GuestId("guest-001"), GuestId("guest-002"), GuestId("guest-003")


def held(*guests: GuestId) -> list[SignUp]:
    return [SignUp(session_id=SCHEDULED.id, guest_id=guest, at=NOW) for guest in guests]


def code(attempt: Callable[[], object]) -> str:
    with pytest.raises(HubError) as refusal:
        attempt()
    return refusal.value.code


def test_mended_title_is_a_later_change_of_the_same_version() -> None:
    wanted = replace(SCHEDULED, title=Text(ko="고친 제목"), sequence=99)

    assert edit(SCHEDULED, wanted, NOW) == replace(wanted, sequence=0, changed_at=NOW)


def test_moved_session_is_the_next_version() -> None:
    wanted = replace(SCHEDULED, starts_at=SCHEDULED.starts_at + HOUR, ends_at=SCHEDULED.ends_at + HOUR)

    assert edit(SCHEDULED, wanted, NOW) == replace(
        wanted, sequence=1, changed_at=NOW, moved_from=SCHEDULED.starts_at
    )


def test_mended_cases_change_the_calendar_but_not_its_sequence() -> None:
    wanted = replace(SCHEDULED, cases=Text(ko="첫 사례 | 구미고용센터\n\n둘째 사례", en="The first | Gumi"))

    after = edit(SCHEDULED, wanted, NOW)

    assert (after.sequence, after.changed_at) == (SCHEDULED.sequence, NOW)
    assert after.cases_in("ko") == [("첫 사례", "구미고용센터"), ("둘째 사례", "")]
    assert after.cases_in("en") == [("The first", "Gumi")]
    assert SCHEDULED.cases_in("ko") == []


def test_what_no_calendar_shows_changes_no_calendar() -> None:
    wanted = replace(SCHEDULED, capacity=50, waits=True)

    assert edit(SCHEDULED, wanted, NOW).changed_at == CHANGED_AT


@pytest.mark.parametrize(("before", "expected"), [(SCHEDULED, "invalid"), (CANCELLED, "cancelled")])
def test_edit_is_refused(before: object, expected: str) -> None:
    assert isinstance(before, type(SCHEDULED))
    assert code(lambda: edit(before, replace(before, ends_at=before.starts_at), NOW)) == expected


def test_draft_is_announced_once_and_removed_only_before() -> None:
    assert announce(DRAFT, NOW) == replace(SCHEDULED, changed_at=NOW)
    assert code(lambda: announce(SCHEDULED, NOW)) == "already_announced"
    assert code(lambda: require_draft(CANCELLED)) == "announced"


def test_nobody_signs_up_for_a_draft_and_it_is_not_cancelled() -> None:
    assert code(lambda: sign_up(DRAFT, Places(taken=0, last_at=None, own=None), KIM, NOW)) == "not_found"
    assert code(lambda: cancel(DRAFT, NOW)) == "not_found"


def test_who_signs_up_after_the_last_seat_waits_where_there_is_a_list() -> None:
    waits = replace(SCHEDULED, capacity=1, waits=True)
    existing = held(LEE, PARK)

    place = sign_up(waits, Places(taken=2, last_at=NOW, own=None), KIM, NOW)
    everybody = [*existing, place]
    assert seated(waits, everybody) == 1


def test_weekly_copies_keep_the_time_of_day_over_a_change_of_clocks() -> None:
    zone = ZoneInfo("Europe/London")
    march = datetime(2022, 3, 21, 14, tzinfo=zone)
    first = replace(
        SCHEDULED,
        title=Text(ko="3회 웨비나"),
        starts_at=march.astimezone(UTC),
        ends_at=march.astimezone(UTC) + HOUR,
        link_opens_at=march.astimezone(UTC) - HOUR,
        materials=(Material(title="자료", url="https://example.com/a"),),
    )

    copies = weekly(first, 2, zone)

    assert [one.title.ko for one in copies] == ["4회 웨비나", "5회 웨비나"]
    assert [one.starts_at.astimezone(zone).hour for one in copies] == [14, 14]
    assert [one.starts_at - first.starts_at for one in copies] == [
        timedelta(days=7) - HOUR,
        timedelta(days=14) - HOUR,
    ]
    assert {(one.status, one.url, one.materials, one.sequence) for one in copies} == {
        (SessionStatus.DRAFT, None, (), 0)
    }


def test_weekly_copies_pass_titles_that_are_taken() -> None:
    first = replace(SCHEDULED, title=Text(ko="웨비나 1회"))

    copies = weekly(first, 2, ZoneInfo("Asia/Seoul"), [Text(ko="웨비나 2회"), Text(ko="웨비나 4회")])
    assert [one.title.ko for one in copies] == ["웨비나 3회", "웨비나 5회"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [("제9회 콘퍼런스", "제11회 콘퍼런스"), ("콘퍼런스", "콘퍼런스 3"), ("2026년 5회", "2026년 7회")],
)
def test_titles_are_counted_on(title: str, expected: str) -> None:
    assert counted_on(Text(ko=title), 2) == Text(ko=expected)


def test_document_counts_seats_and_those_who_wait_and_holds_no_link() -> None:
    series = Series(id=SeriesId("s"), title=Text(ko="시리즈"))
    document = session_document(replace(SCHEDULED, series_id=series.id), 5, {series.id: series})

    assert (document["taken"], document["waiting"], document["places_left"]) == (2, 3, 0)
    assert document["series"] == {"id": "s", "title": {"ko": "시리즈", "en": ""}}
    assert "https://meet.example.com" not in str(document)
