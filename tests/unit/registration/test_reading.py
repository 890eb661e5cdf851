"""Answers to the organiser's own questions, and the secret of a registration's link."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conference_hub.core.errors import Invalid
from conference_hub.core.text import Text
from conference_hub.registration import links, reading
from conference_hub.registration.model import Answer, Kind, Option, Question, QuestionId
from tests.unit.registration.test_admission import registration

OPTIONS = (Option(id="a", words=Text.of("가")), Option(id="b", words=Text.of("나")))


def question(kind: Kind, *, required: bool = False) -> Question:
    options = OPTIONS if kind.has_options else ()
    return Question(
        id=QuestionId("q"), position=1, kind=kind, label=Text.of("질문"), required=required, options=options
    )


@pytest.mark.parametrize(
    ("kind", "sent", "answer"),
    [
        (Kind.LINE, {"own_q": "  두\u200b  칸\t"}, "두 칸"),
        (Kind.TEXT, {"own_q": " 첫 줄\r\n둘째 줄 "}, "첫 줄\n둘째 줄"),
        (Kind.EMAIL, {"own_q": " hong@example.com "}, "hong@example.com"),
        (Kind.PHONE, {"own_q": "+82 10-0000-0001"}, "+82 10-0000-0001"),
        (Kind.YES_NO, {"own_q": "yes"}, True),
        (Kind.YES_NO, {"own_q": "no"}, False),
        (Kind.CHOICE, {"own_q": "b"}, "b"),
        (Kind.CHOICES, {"own_q_b": "on", "own_q_a": "on", "own_q_c": "on"}, ["a", "b"]),
    ],
)
def test_each_kind_of_question_is_read_and_shown_again(
    kind: Kind, sent: dict[str, str], answer: Answer
) -> None:
    asked = [question(kind, required=True)]

    answers = reading.read_answers(asked, sent)

    assert answers == {"q": answer}
    assert reading.read_answers(asked, reading.typed_again(asked, answers)) == answers


@pytest.mark.parametrize("kind", Kind)
def test_a_question_left_empty_has_no_answer_and_is_refused_where_it_is_required(kind: Kind) -> None:
    empty = {"own_q": "maybe"} if kind in {Kind.YES_NO, Kind.CHOICE} else {"own_q": "  "}

    assert reading.read_answers([question(kind)], empty) == {}
    with pytest.raises(Invalid) as refusal:
        reading.read_answers([question(kind, required=True)], empty)
    assert refusal.value.detail == {"field": "own_q"}


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (Kind.LINE, "가" * 201),
        (Kind.TEXT, "가" * 2001),
        (Kind.EMAIL, "hong"),
        (Kind.EMAIL, "홍@example.com"),
        (Kind.PHONE, "8.21E+11"),
        (Kind.PHONE, "전화 없음"),
    ],
)
def test_what_is_no_answer_is_refused_at_its_field(kind: Kind, typed: str) -> None:
    with pytest.raises(Invalid) as refusal:
        reading.read_answers([question(kind)], {"own_q": typed})

    assert refusal.value.detail["field"] == "own_q"


def test_a_secret_opens_its_registration_only() -> None:
    mine, other = registration("mine"), registration("other")
    secret = links.secret_of("key", "conf", mine)

    assert links.named_by(f" {secret}\n") == "mine"
    assert [
        links.opens(f" {secret}\n", "key", "conf", mine),
        links.opens(secret, "key", "conf", other),
        links.opens(secret, "key", "another", mine),
        links.opens(secret, "another", "conf", mine),
        links.opens(secret, "key", "conf", replace(mine, link_number=2)),
        links.opens("mine.é", "key", "conf", mine),
        links.opens("", "key", "conf", mine),
    ] == [True, False, False, False, False, False, False]
