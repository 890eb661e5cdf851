"""Mails to many are written beside requests: a press is one row, and whatever happens, nobody gets one twice."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Thread

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from conference_hub.conferences.model import State
from conference_hub.conferences.store import get_conference, save_conference
from conference_hub.core.journal import Write
from conference_hub.data.purging import purge
from conference_hub.mails import bulk_writing
from conference_hub.mails.bulk_writing import MOST_AT_ONCE, BulkWriter
from conference_hub.outbox.model import BulkRound, SendingId
from conference_hub.outbox.queue_store import candidates
from conference_hub.outbox.round_store import rounds, save_round
from conference_hub.outbox.sending_store import progress_of
from conference_hub.outbox.sendings import pause, resume, stop
from conference_hub.people.model import GuestId, Mode
from conference_hub.people.store import get_guest, save_guests
from conference_hub.web.hub import Hub
from tests.integration.mails.bulk import (
    DOORS,
    FIRST,
    SECOND,
    SYSTEM,
    WRITE,
    press,
    reachable,
    readers,
    write_all,
    written,
)
from tests.model_day import CONF, FakeNow

SENDINGS = f"/c/{CONF}/desk/mail/sendings"
EVERYBODY = [f"guest-{number:03}" for number in range(1, 2 * MOST_AT_ONCE + 3)]
MANY = 5000


def going(hub: Hub) -> list[BulkRound]:
    with hub.database.reading() as db:
        return rounds(db)


def sendings(hub: Hub) -> set[SendingId | None]:
    return {one.sending_id for one in written(hub)}


def told(hub: Hub) -> list[str]:
    return [who for _, who in readers(hub)]


def add(hub: Hub, guest_ids: Collection[str]) -> None:
    """Put guests with addresses on the list, in the hall."""
    with hub.journal.writing(CONF, actor=SYSTEM) as write:
        one = replace(get_guest(write.session, CONF, FIRST), mode=Mode.ONSITE)
        named = [
            replace(one, id=GuestId(guest_id), number=guest_id, email=f"{guest_id}@example.com")
            for guest_id in guest_ids
        ]
        save_guests(write.session, CONF, named)


@contextmanager
def statements(hub: Hub) -> Iterator[list[str]]:
    found: list[str] = []

    def send(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        found.append(statement)

    sa.event.listen(hub.database.engine, "before_cursor_execute", send)
    yield found
    sa.event.remove(hub.database.engine, "before_cursor_execute", send)


@pytest.fixture
def pressed(organiser: FlaskClient, seeded: Hub) -> BulkRound:
    """A mail to all who are in the hall, of which nothing is written yet."""
    reachable(seeded, EVERYBODY)
    organiser.post(DOORS)
    [one] = going(seeded)
    return one


def test_a_press_for_5000_writes_one_row_and_no_mail(organiser: FlaskClient, seeded: Hub) -> None:
    add(seeded, [f"many-{number:04}" for number in range(MANY)])
    organiser.get(DOORS)

    with statements(seeded) as found:
        answer = organiser.post(DOORS)

    assert answer.status_code == 302
    assert len(found) < 60  # those that name 500 guests each, and what any request asks
    assert [one for one in found if one.startswith(("INSERT INTO mail ", "INSERT INTO mail("))] == []
    assert [(one.planned, one.written) for one in going(seeded)] == [(MANY, 0)]
    writer = BulkWriter()
    with statements(seeded) as one_step:
        write_all(seeded, writer, steps=1)
    with statements(seeded) as another:
        write_all(seeded, writer, steps=1)
    assert len(written(seeded)) == 2 * MOST_AT_ONCE
    assert len(another) <= len(one_step)


def test_the_desk_says_how_far_it_is_until_all_is_written(
    organiser: FlaskClient, seeded: Hub, pressed: BulkRound
) -> None:
    write_all(seeded, steps=1)
    during = [organiser.get(page).text for page in (SENDINGS, DOORS)]
    with seeded.database.reading() as db:
        progress = progress_of(db, CONF, pressed.sending_id)
    write_all(seeded)
    after = organiser.get(SENDINGS).text

    words = f"쓰는 중: {len(EVERYBODY)}통 중 {MOST_AT_ONCE}통"
    assert [words in page for page in during] == [True, True]
    assert (progress.total, progress.expected) == (MOST_AT_ONCE, len(EVERYBODY))
    assert ("data-busy" in during[0], "쓰는 중" in after) == (True, False)
    assert told(seeded) == EVERYBODY
    assert {mail.by for mail in written(seeded)} == {"김주최"}


def test_a_sending_whose_first_mails_left_is_not_done_while_others_are_written(
    organiser: FlaskClient, seeded: Hub, pressed: BulkRound
) -> None:
    page = organiser.get(SENDINGS).text

    assert f'id="standing-{pressed.sending_id}"' in page
    assert ("보내는 중" in page, "끝남" in page) == (True, False)


def test_a_process_that_dies_is_followed_by_another_and_nobody_gets_two(
    seeded: Hub, pressed: BulkRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_all(seeded, steps=1)

    def dies(_session: object, _current: BulkRound) -> None:
        raise SystemExit  # the mails were put, and how far it is was not kept

    with monkeypatch.context() as patch:
        patch.setattr(bulk_writing, "save_round", dies)
        with pytest.raises(SystemExit):
            write_all(seeded, steps=1)
    halfway = told(seeded)
    write_all(seeded)

    assert halfway == EVERYBODY[:MOST_AT_ONCE]
    assert told(seeded) == EVERYBODY
    assert sendings(seeded) == {pressed.sending_id}


def test_how_far_it_is_may_be_lost_and_still_nobody_gets_two(seeded: Hub, pressed: BulkRound) -> None:
    write_all(seeded, steps=1)
    with seeded.journal.writing(CONF, actor=SYSTEM) as write:
        save_round(write.session, pressed)

    write_all(seeded)

    assert told(seeded) == EVERYBODY


def test_processes_that_write_at_once_write_each_mail_once(seeded: Hub, pressed: BulkRound) -> None:
    processes = [Thread(target=write_all, args=(seeded,)) for _ in range(3)]
    for one in processes:
        one.start()
    for one in processes:
        one.join()

    assert told(seeded) == EVERYBODY
    assert sendings(seeded) == {pressed.sending_id}
    assert going(seeded) == []


def test_a_press_while_it_is_written_begins_nothing_twice_and_reaches_who_came_since(
    organiser: FlaskClient, seeded: Hub, pressed: BulkRound
) -> None:
    write_all(seeded, steps=1)
    add(seeded, ["guest-000"])

    organiser.post(DOORS)
    assert [one.sending_id for one in going(seeded)] == [pressed.sending_id]
    write_all(seeded)

    assert told(seeded) == ["guest-000", *EVERYBODY]
    assert sendings(seeded) == {pressed.sending_id}


def test_a_press_when_nobody_lacks_it_begins_nothing(organiser: FlaskClient, seeded: Hub) -> None:
    reachable(seeded, [FIRST])
    press(organiser, seeded, DOORS)

    answer = organiser.post(DOORS, follow_redirects=True)

    assert answer.text.count("지금 이 메일을 받을 사람이 더 없습니다.") == 2
    assert going(seeded) == []


def test_what_was_stopped_is_not_written_on_and_a_press_begins_anew(
    organiser: FlaskClient, seeded: Hub, pressed: BulkRound
) -> None:
    write_all(seeded, steps=1)
    with seeded.journal.writing(CONF, actor=SYSTEM) as write:
        stop(write, pressed.sending_id)
    organiser.post(DOORS)
    first, second = sorted(going(seeded), key=lambda one: one.written, reverse=True)
    assert (first.sending_id, second.planned) == (pressed.sending_id, len(EVERYBODY))

    write_all(seeded)

    of_first = [one for one in written(seeded) if one.sending_id == pressed.sending_id]
    of_second = [one for one in written(seeded) if one.sending_id == second.sending_id]
    assert (len(of_first), len(of_second)) == (MOST_AT_ONCE, len(EVERYBODY))


def test_what_is_paused_is_written_and_not_sent(seeded: Hub, pressed: BulkRound) -> None:
    with seeded.journal.writing(CONF, actor=SYSTEM) as write:
        pause(write, pressed.sending_id)

    write_all(seeded)

    def due() -> int:
        with seeded.database.reading() as db:
            return len(candidates(db, seeded.now(), 100))

    assert (len(written(seeded)), due()) == (len(EVERYBODY), 0)
    with seeded.journal.writing(CONF, actor=SYSTEM) as write:
        resume(write, pressed.sending_id)
    assert due() == len(EVERYBODY)


def test_who_is_entitled_is_decided_when_it_is_written(seeded: Hub, pressed: BulkRound) -> None:
    assert pressed.planned == len(EVERYBODY)
    write_all(seeded, steps=1)
    reachable(seeded, EVERYBODY[-2:], Mode.ONLINE)

    write_all(seeded)

    assert told(seeded) == EVERYBODY[:-2]


def test_what_cannot_be_sent_any_more_is_not_written_on(
    seeded: Hub, pressed: BulkRound, now: FakeNow
) -> None:
    assert pressed.written == 0
    write_all(seeded, steps=1)
    now.forward(days=2)

    write_all(seeded)

    assert (told(seeded), going(seeded)) == (EVERYBODY[:MOST_AT_ONCE], [])


def test_erased_data_end_it(seeded: Hub, pressed: BulkRound) -> None:
    assert pressed.written == 0
    write_all(seeded, steps=1)

    def over(write: Write) -> None:
        conference = get_conference(write.session, CONF)
        save_conference(write.session, replace(conference, state=State.OVER))

    with seeded.journal.writing(CONF, actor=SYSTEM) as write:
        over(write)
    purge(seeded, CONF, SYSTEM, early=True)

    write_all(seeded)

    assert (written(seeded), going(seeded)) == ([], [])


def test_one_that_fails_keeps_no_other_from_being_written(
    organiser: FlaskClient, seeded: Hub, pressed: BulkRound
) -> None:
    reachable(seeded, [SECOND], Mode.ONLINE)
    organiser.post(f"{WRITE}/broadcast-starts/2021-12-02")
    broken = seeded.bulk_mails["doors-open"]

    def fails(*_: object) -> list[str]:
        raise RuntimeError

    seeded.bulk_mails["doors-open"] = replace(broken, readers=fails)
    writer = BulkWriter()
    for _ in range(4):
        try:
            writer.work(seeded, seeded.now())
        except RuntimeError:
            continue

    assert readers(seeded) == [("broadcast-starts", SECOND)]
    assert [one.sending_id for one in going(seeded)] == [pressed.sending_id]
