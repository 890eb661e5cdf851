"""Words of mails: what they must say, what they may ask for, and how values are put in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference_hub.core.errors import Invalid
from conference_hub.core.text import Text
from conference_hub.outbox.wording_model import (
    LINK_FIELD,
    LONGEST_SUBJECT,
    LONGEST_TEXT,
    NAME,
    TITLE,
    Field,
    MailKind,
    Words,
    checked,
    filled,
    fits,
)

HINT = Field(name="hint", label="안내", sample=Text.of("안내"))
KIND = MailKind(
    name="test", label="시험", subject="{title}", text="{link}", fields=(NAME, TITLE, HINT, LINK_FIELD)
)
GOOD = Words(subject="[{title}] 안내", text="{name} 님\n\n{link}")


def wrong(words: Words) -> tuple[object, object]:
    with pytest.raises(Invalid) as refusal:
        checked(KIND, words)
    return refusal.value.detail["field"], refusal.value.detail.get("placeholder")


def test_words_are_kept_without_blanks_around_them() -> None:
    typed = Words(subject="  [{title}]\r\n안내 ", text="\r\n{name} 님  \r\n\r\n{link}\r\n\r\n")

    assert checked(KIND, typed) == GOOD


@pytest.mark.parametrize(
    ("subject", "text", "expected"),
    [
        ("", "{link}", ("subject", None)),
        (" \n", "{link}", ("subject", None)),
        ("제목", "", ("text", None)),
        ("제목", "링크가 없습니다", ("text", "{link}")),
        ("제목", "{ link }", ("text", "{ link }")),
        ("제목", "{link} {nmae}", ("text", "{nmae}")),
        ("{nmae}", "{link}", ("subject", "{nmae}")),
        ("{link}", "{link}", ("subject", "{link}")),
        ("제목", "{link} {}", ("text", "{}")),
        ("제목", "{link} {{name.__class__}}", ("text", "{name.__class__}")),
        ("가" * (LONGEST_SUBJECT + 1), "{link}", ("subject", None)),
        ("제목", "{link}" + "가" * LONGEST_TEXT, ("text", None)),
    ],
)
def test_words_of_which_no_mail_can_be_made_are_refused(
    subject: str, text: str, expected: tuple[str, str | None]
) -> None:
    words = Words(subject=subject, text=text)

    assert wrong(words) == expected
    assert not fits(KIND, words)


def test_values_are_put_in_once_and_cannot_ask_for_more() -> None:
    made = filled(GOOD, {"name": "{title} {link} %(x)s {{7*7}}", "title": "포럼\r\nBcc: all@example.com"})

    assert made == Words(
        subject="[포럼 Bcc: all@example.com] 안내", text="{title} link %(x)s {{7*7}} 님\n\n{link}\n"
    )


def test_a_paragraph_of_which_nothing_is_left_goes() -> None:
    words = Words(subject="제목", text="{name} 님\n\n{hint}\n \n{link}\n{hint}")

    assert filled(words, {"name": "홍", "hint": ""}).text == "홍 님\n\n{link}\n"
    assert filled(words, {"name": "홍", "hint": "확인"}).text == "홍 님\n\n확인\n\n{link}\n확인\n"


@given(st.text(), st.text(), st.text())
def test_a_filled_mail_asks_for_the_link_as_often_as_its_words_do(name: str, title: str, hint: str) -> None:
    words = Words(subject="{title} {name}", text="{name}\n\n{hint}\n\n{link}")

    made = filled(words, {"name": name, "title": title, "hint": hint})

    assert made.text.count("{link}") == 1
    assert "{link}" not in made.subject
    assert made.subject.splitlines() in ([], [made.subject])


@given(st.text(), st.text())
def test_whatever_is_typed_is_kept_so_that_it_stays_or_is_refused(subject: str, text: str) -> None:
    try:
        kept = checked(KIND, Words(subject=subject, text=text))
    except Invalid:
        return
    assert checked(KIND, kept) == kept
