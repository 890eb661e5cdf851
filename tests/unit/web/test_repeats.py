"""Which forms are answered as before: those that come again while or after the first one is at work."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Thread

from conference_hub.web.repeats import LIFE, MOST, Answered, Repeats

AT = datetime(2021, 12, 2, tzinfo=UTC)
DONE = Answered(location="/done", status=302, messages=(), session={}, at=AT)


def test_a_repeat_gets_the_first_answer() -> None:
    repeats = Repeats()

    assert repeats.begin("a", AT) is None
    repeats.end("a", DONE)

    assert (repeats.begin("a", AT), repeats.begin("b", AT)) == (DONE, None)


def test_a_form_without_an_answer_to_keep_may_come_again() -> None:
    repeats = Repeats()
    repeats.begin("a", AT)
    repeats.end("a", None)

    assert repeats.begin("a", AT, wait_s=0) is None


def test_a_repeat_waits_for_the_first_one() -> None:
    repeats = Repeats()
    repeats.begin("a", AT)
    got: list[Answered | None] = []
    second = Thread(target=lambda: got.append(repeats.begin("a", AT)))
    second.start()

    repeats.end("a", DONE)
    second.join()

    assert got == [DONE]


def test_a_form_is_no_repeat_once_its_sender_sent_another_one() -> None:
    repeats = Repeats()
    for key in ("open", "close"):
        repeats.begin(key, AT, person="kim")
        repeats.end(key, DONE)
    repeats.begin("other", AT, person="lee")

    assert repeats.begin("close", AT, person="kim") == DONE
    assert repeats.begin("open", AT, person="kim") is None


def test_an_answer_is_kept_for_its_time() -> None:
    repeats = Repeats()
    repeats.end("a", DONE)

    assert repeats.begin("a", AT + LIFE - timedelta(seconds=1)) == DONE
    repeats.expire(AT + LIFE)
    assert repeats.begin("a", AT) is None


def test_the_oldest_answers_go_first() -> None:
    repeats = Repeats()
    for number in range(MOST + 1):
        repeats.end(str(number), replace(DONE, location=f"/{number}"))

    found = repeats.begin(str(MOST), AT)
    assert (repeats.begin("0", AT), found and found.location) == (None, f"/{MOST}")
