"""What those who register are asked, and which consents, as parts of the conference file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Annotated

from pydantic import BaseModel, ConfigDict
from sqlalchemy.orm import Session
from typing_extensions import override

from conference_hub.conferences.store import main_language
from conference_hub.core.errors import msg
from conference_hub.core.journal import Write
from conference_hub.core.ordered import numbered
from conference_hub.core.text import Text
from conference_hub.exchange.diff import Changes
from conference_hub.exchange.fields import LongWords, Words, YesNo, choice, heading
from conference_hub.exchange.nested import ItemsCell
from conference_hub.exchange.part import Ids, Problem, Proposal
from conference_hub.exchange.titled import TitledPart, TitledRecord, arranged, left_of
from conference_hub.registration.model import Consent, ConsentId, Kind, Option, Question, QuestionId
from conference_hub.registration.setup_actions import replace_setup
from conference_hub.registration.setup_store import consent_given, setup_of


class OptionItem(BaseModel):
    """An answer to choose from, in Korean and English: `채식 | Vegetarian`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ko: str | None = None
    en: str | None = None


class QuestionRecord(TitledRecord):
    """A question to those who register."""

    title: Annotated[Words, heading("질문", "Question")]
    kind: Annotated[
        str, choice({one.value: one.label for one in Kind}), heading("답의 종류", "Kind of answer")
    ] = Kind.LINE.value
    required: Annotated[YesNo, heading("필수", "Required")] = False
    options: Annotated[tuple[OptionItem, ...], ItemsCell(OptionItem), heading("고를 답", "Options")] = ()


class ConsentRecord(TitledRecord):
    """A consent that may be refused."""

    title: Annotated[Words, heading("동의", "Consent")]
    body: Annotated[LongWords | None, heading("설명", "Details")] = None


class QuestionsPart(TitledPart[QuestionRecord]):
    """The questions in their order, named by their wording."""

    name = "questions"
    title = Text(ko="등록 질문", en="Registration questions")
    record = QuestionRecord

    @override
    def current(self, session: Session, conf: str) -> list[QuestionRecord]:
        return [_question_record(question) for question in setup_of(session, conf).questions]

    @override
    def put(self, write: Write, changes: Changes[QuestionRecord], ids: Ids) -> None:
        before, main = setup_of(write.session, write.conf), main_language(write.session, write.conf)
        make = partial(_question, partial(ids, "option"))
        after = numbered(arranged(before.questions, changes, make, partial(ids, "question"), main))
        if after != before.questions:
            replace_setup(write, replace(before, questions=after))

    @override
    def remove(self, write: Write, gone: Sequence[QuestionRecord]) -> None:
        before = setup_of(write.session, write.conf)
        staying = tuple(left_of(before.questions, gone, main_language(write.session, write.conf)))
        if staying != before.questions:
            replace_setup(write, replace(before, questions=staying))

    @override
    def check(self, proposal: Proposal[QuestionRecord]) -> Iterable[Problem]:
        for change in proposal.changes.staying:
            record = change.record
            words = [item.ko or item.en for item in record.options]
            if Kind(record.kind).has_options and (not words or None in words or len(set(words)) < len(words)):
                yield proposal.problem(
                    change, msg("고를 수 있는 답을 서로 다르게 하나 이상 적어 주세요."), "options"
                )


class ConsentsPart(TitledPart[ConsentRecord]):
    """The consents that are asked for, in their order, named by their titles."""

    name = "consents"
    title = Text(ko="선택 동의", en="Optional consents")
    record = ConsentRecord

    @override
    def current(self, session: Session, conf: str) -> list[ConsentRecord]:
        asked = setup_of(session, conf).asked
        return [ConsentRecord(title=consent.title, body=consent.body) for consent in asked]

    @override
    def put(self, write: Write, changes: Changes[ConsentRecord], ids: Ids) -> None:
        before, main = setup_of(write.session, write.conf), main_language(write.session, write.conf)
        asked = arranged(before.asked, changes, _consent, partial(ids, "consent"), main)
        after = numbered([*asked, *(one for one in before.consents if one.hidden)])
        if after != before.consents:
            replace_setup(write, replace(before, consents=after))

    @override
    def remove(self, write: Write, gone: Sequence[ConsentRecord]) -> None:
        """Ask for consents no more; one that was given is hidden and stays on record."""
        before = setup_of(write.session, write.conf)
        titles = {record.title for record in gone}
        after = tuple(_without(write, before.consents, titles))
        if after != before.consents:
            replace_setup(write, replace(before, consents=after))


def _question_record(question: Question) -> QuestionRecord:
    return QuestionRecord(
        title=question.label,
        kind=question.kind.value,
        required=question.required,
        options=tuple(
            OptionItem(ko=option.words.ko or None, en=option.words.en or None) for option in question.options
        ),
    )


def _question(
    option_id: Callable[[str], str], question_id: str, record: QuestionRecord, before: Question | None
) -> Question:
    answers = {option.words: option.id for option in before.options} if before else {}
    words = [Text(ko=item.ko or "", en=item.en or "") for item in record.options]
    key = record.title.ko or record.title.en
    return Question(
        id=QuestionId(question_id),
        position=0,
        kind=Kind(record.kind),
        label=record.title,
        required=record.required,
        options=tuple(
            Option(id=answers.get(one) or option_id(f"{key} · {one.ko or one.en}"), words=one)
            for one in (words if Kind(record.kind).has_options else ())
        ),
    )


def _consent(consent_id: str, record: ConsentRecord, before: Consent | None) -> Consent:
    if before is None:
        return Consent(id=ConsentId(consent_id), position=0, title=record.title, body=record.body)
    changed = (before.title, before.body) != (record.title, record.body)
    return replace(before, title=record.title, body=record.body, version=before.version + changed)


def _without(write: Write, consents: Sequence[Consent], titles: set[Text]) -> Iterator[Consent]:
    for consent in consents:
        if consent.hidden or consent.title not in titles:
            yield consent
        elif consent_given(write.session, write.conf, consent.id):
            yield replace(consent, hidden=True)
