"""Answers to the organiser's own questions as a form sends them.

A question's field is `own_<id>`; each option of a question with several answers has a check box `own_<id>_<option>`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from conference_hub.core.addresses import is_email
from conference_hub.core.errors import Invalid, msg
from conference_hub.registration.model import Answer, Answers, Kind, Question

OWN = "own_"
LONGEST_LINE = 200
LONGEST_TEXT = 2_000
PHONE = re.compile(r"\+?[0-9][0-9 ().-]{5,24}")
YES, NO = "yes", "no"


def field_of(question: Question) -> str:
    """Return the name of a question's field."""
    return f"{OWN}{question.id}"


def read_answers(questions: Iterable[Question], sent: Mapping[str, str]) -> Answers:
    """Return the answers in what was sent; raises Invalid about the first field that is wrong."""
    found: dict[str, Answer] = {}
    for question in questions:
        answer = _read(question, sent)
        if answer not in ("", []):
            found[question.id] = answer
        elif question.required:
            raise Invalid(msg("꼭 필요한 항목입니다."), field=field_of(question))
    return found


def typed_again(questions: Iterable[Question], answers: Answers) -> dict[str, str]:
    """Return the fields of a form that holds `answers`."""
    fields: dict[str, str] = {}
    for question in questions:
        match answers.get(question.id):
            case bool() as said:
                fields[field_of(question)] = YES if said else NO
            case str() as text:
                fields[field_of(question)] = text
            case list() as chosen:
                fields |= {f"{field_of(question)}_{option}": "on" for option in chosen}
            case _:
                pass
    return fields


def read_address(text: str, field: str) -> str:
    """Return a mail address, cleaned; raises Invalid about `field`."""
    address = clean(text)
    if not is_email(address):
        raise Invalid(msg("메일 주소를 name@example.com처럼 적어 주세요."), field=field)
    return address


def read_name(text: str) -> str:
    """Return a name, cleaned; raises Invalid about `name` when nothing is left of it."""
    name = clean(text)
    if not name:
        raise Invalid(msg("꼭 필요한 항목입니다."), field="name")
    return name


def clean(text: str) -> str:
    """Return a line without what a reader does not see: NFC, single spaces, no control or format characters."""
    kept = (c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) not in {"Cf", "Cs"})
    return " ".join("".join(" " if unicodedata.category(c) == "Cc" else c for c in kept).split())


def _read(question: Question, sent: Mapping[str, str]) -> Answer:
    field = field_of(question)
    if question.kind.has_options:
        return _chosen(question, sent)
    if question.kind is Kind.YES_NO:
        said = sent.get(field, "")
        return said == YES if said in {YES, NO} else ""
    return _text(question.kind, sent.get(field, ""), field)


def _chosen(question: Question, sent: Mapping[str, str]) -> str | list[str]:
    field = field_of(question)
    ids = [option.id for option in question.options]
    if question.kind is Kind.CHOICE:
        chosen = sent.get(field, "")
        return chosen if chosen in ids else ""
    return [option_id for option_id in ids if sent.get(f"{field}_{option_id}") == "on"]


def _text(kind: Kind, typed: str, field: str) -> str:
    if kind is Kind.TEXT:
        return _bounded(typed.replace("\r\n", "\n").strip(), LONGEST_TEXT, field)
    line = clean(typed)
    if kind is Kind.EMAIL and line:
        return read_address(line, field)
    return _phone(line, field) if kind is Kind.PHONE else _bounded(line, LONGEST_LINE, field)


def _bounded(text: str, longest: int, field: str) -> str:
    if len(text) > longest:
        raise Invalid(msg("%(longest)s자까지 쓸 수 있습니다."), code="too_long", field=field, longest=longest)
    return text


def _phone(text: str, field: str) -> str:
    if text and not PHONE.fullmatch(text):
        raise Invalid(msg("전화번호를 010-1234-5678처럼 적어 주세요."), field=field)
    return text
