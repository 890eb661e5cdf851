"""Answers to invitations: which one counts, and what they come to; when a session can be joined."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference_hub.followup.answers import Tally, by_mail, by_page, said, tally
from conference_hub.followup.invitations import Answer, Invitation, Told
from conference_hub.followup.joining import COUNTS_BEFORE, STAYS_OPEN, Closed, Door, Open, OpensLater, door
from conference_hub.followup.model import OnlineSession, SessionId, SessionStatus
from conference_hub.people.model import GuestId
from tests.judges.calendar_samples import SCHEDULED

NOW = datetime(2021, 12, 3, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
KIM, LEE = GuestId("guest-001"), GuestId("guest-002")
ASKED = Invitation(
    conf="c",
    session_id=SessionId("session-1"),
    guest_id=KIM,
    token="t",
    sequence=1,
    told=Told.REQUEST,
    attendee="Kim@example.com",
)


def answered(answer: Answer, stamp: datetime, sequence: int = 1, at: datetime = NOW) -> Invitation:
    return replace(ASKED, answer=answer, answer_sequence=sequence, answer_stamp=stamp, answered_at=at)


def test_an_answer_is_written_down() -> None:
    assert by_mail(ASKED, Answer.ACCEPTED, 1, NOW - HOUR, NOW) == answered(Answer.ACCEPTED, NOW - HOUR)


def test_the_same_answer_again_changes_nothing() -> None:
    once = answered(Answer.ACCEPTED, NOW - HOUR)

    assert by_mail(once, Answer.ACCEPTED, 1, NOW - HOUR, NOW + HOUR) == once


def test_a_later_answer_wins_and_an_earlier_one_is_ignored() -> None:
    once = answered(Answer.ACCEPTED, NOW - HOUR)

    assert by_mail(once, Answer.DECLINED, 1, NOW, NOW + HOUR) == answered(Answer.DECLINED, NOW, at=NOW + HOUR)
    assert by_mail(once, Answer.DECLINED, 1, NOW - 2 * HOUR, NOW) is None


@pytest.mark.parametrize(
    "invitation", [replace(ASKED, told=Told.CANCEL), replace(ASKED, told=None, sequence=None)]
)
def test_an_answer_to_what_was_taken_back_or_never_sent_is_ignored(invitation: Invitation) -> None:
    assert by_mail(invitation, Answer.ACCEPTED, 5, NOW, NOW) is None


def test_an_answer_to_a_superseded_version_is_ignored() -> None:
    assert by_mail(ASKED, Answer.ACCEPTED, 0, NOW, NOW) is None


def test_an_answer_to_the_old_time_is_none_to_the_new_one() -> None:
    once = answered(Answer.ACCEPTED, NOW)

    assert (said(once), said(replace(once, sequence=2))) == (Answer.ACCEPTED, None)


def test_a_wrong_clock_and_a_wrong_version_keep_no_later_answer_out() -> None:
    ahead = by_mail(ASKED, Answer.DECLINED, 99, NOW + 1000 * HOUR, NOW)

    assert ahead == answered(Answer.DECLINED, NOW)
    assert by_page(ahead, SCHEDULED, Answer.ACCEPTED, NOW + HOUR).answer is Answer.ACCEPTED


def test_an_answer_without_a_stamp_counts_as_of_now() -> None:
    assert by_mail(ASKED, Answer.ACCEPTED, 1, None, NOW) == answered(Answer.ACCEPTED, NOW)


def test_an_answer_on_the_page_is_to_the_session_as_it_is_shown() -> None:
    moved = replace(SCHEDULED, sequence=3)
    given_ = by_page(ASKED, moved, Answer.ACCEPTED, NOW)

    assert given_.answer_sequence == 3
    assert said(replace(given_, sequence=3)) is Answer.ACCEPTED
    assert by_mail(given_, Answer.DECLINED, 1, NOW + HOUR, NOW + HOUR) is None


def test_the_page_answers_where_no_mail_was_written() -> None:
    never = replace(ASKED, sequence=None, told=None, attendee=None)

    assert said(by_page(never, SCHEDULED, Answer.TENTATIVE, NOW)) is Answer.TENTATIVE


answers = st.tuples(
    st.sampled_from(Answer), st.integers(0, 3), st.integers(-5, 5).map(lambda hours: NOW + hours * HOUR)
)


@given(st.lists(answers, max_size=6), st.randoms())
def test_the_order_in_which_answers_arrive_does_not_matter(
    sent: list[tuple[Answer, int, datetime]], random: object
) -> None:
    """Of answers with different stamps to one version the last one written counts, however mails overtake."""
    fresh = {stamp: (answer, sequence, stamp) for answer, sequence, stamp in sent if sequence >= 1}
    arrived = sorted(fresh.values(), key=lambda one: one[2])
    random.shuffle(arrived)  # type: ignore[attr-defined]
    late = NOW + 10 * HOUR
    held = ASKED
    for answer, sequence, stamp in arrived:
        held = by_mail(held, answer, sequence, stamp, late) or held

    last = max(fresh.values(), key=lambda one: one[2], default=None)
    assert said(held) == (last[0] if last else None)


def test_the_tally_counts_those_with_a_seat() -> None:
    guests = [GuestId(f"g{number}") for number in range(7)]
    told = {
        guests[0]: answered(Answer.ACCEPTED, NOW),
        guests[1]: answered(Answer.TENTATIVE, NOW),
        guests[2]: answered(Answer.DECLINED, NOW),
        guests[3]: answered(Answer.DECLINED, NOW, sequence=0),
        guests[4]: ASKED,
        guests[6]: answered(Answer.ACCEPTED, NOW),
    }
    counted = tally(told, guests[:6])

    assert counted == Tally(accepted=1, tentative=1, declined=1, silent=3)
    assert counted.expected == 5


OPENS = SCHEDULED.starts_at - HOUR
LIMITED = replace(SCHEDULED, link_opens_at=OPENS)
URL = str(SCHEDULED.url)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("session", "now", "expected"),
    [
        (LIMITED, OPENS - MINUTE, OpensLater(at=OPENS)),
        (LIMITED, OPENS, Open(url=URL, counts=False)),
        (SCHEDULED, OPENS - 100 * HOUR, Open(url=URL, counts=False)),
        (SCHEDULED, SCHEDULED.starts_at - COUNTS_BEFORE, Open(url=URL, counts=True)),
        (SCHEDULED, SCHEDULED.ends_at + STAYS_OPEN - MINUTE, Open(url=URL, counts=True)),
        (SCHEDULED, SCHEDULED.ends_at + STAYS_OPEN, Closed.OVER),
        (replace(SCHEDULED, status=SessionStatus.CANCELLED), SCHEDULED.starts_at, Closed.CANCELLED),
        (replace(SCHEDULED, url=None), SCHEDULED.starts_at, Closed.NO_LINK),
        (replace(SCHEDULED, url="javascript:alert(1)"), SCHEDULED.starts_at, Closed.NO_LINK),
        (replace(LIMITED, url=None), OPENS - MINUTE, OpensLater(at=OPENS)),
    ],
)
def test_a_session_can_be_joined_at_its_time(session: OnlineSession, now: datetime, expected: Door) -> None:
    assert door(session, now) == expected
