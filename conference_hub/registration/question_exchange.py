"""What those who register are asked, and which consents, as parts of the conference file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy.orm import Session
from typing_extensions import override

from conference_hub.core.errors import msg
from conference_hub.core.journal import Write
from conference_hub.core.ordered import numbered
from conference_hub.core.text import Text
from conference_hub.exchange.cells import Context
from conference_hub.exchange.columns import Record
from conference_hub.exchange.diff import Change, Changes
from conference_hub.exchange.fields import LongWords, Words, YesNo, choice, heading
from conference_hub.exchange.nested import ItemsCell
from conference_hub.exchange.part import Ids, Key, Part, Problem, Proposal, title_key
from conference_hub.registration.model import Consent, ConsentId, Kind, Option, Question, QuestionId
from conference_hub.registration.setup_actions import replace_setup
from conference_hub.registration.setup_store import consent_given, setup_of


class OptionItem(BaseModel):
    """An answer to choose from, in Korean and English: `채식 | Vegetarian`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ko: str | None = None
    en: str | None = None


class QuestionRecord(Record):
    """A question to those who register."""

    title: Annotated[Words, heading("질문", "Question")]
    kind: Annotated[
        str, choice({one.value: one.label for one in Kind}), heading("답의 종류", "Kind of answer")
    ] = Kind.LINE.value
    required: Annotated[YesNo, heading("필수", "Required")] = False
    options: Annotated[tuple[OptionItem, ...], ItemsCell(OptionItem), heading("고를 답", "Options")] = ()


class ConsentRecord(Record):
    """A consent that may be refused."""

    title: Annotated[Words, heading("동의", "Consent")]
    body: Annotated[LongWords | None, heading("설명", "Details")] = None


class QuestionsPart(Part[QuestionRecord]):
    """The questions in their order, named by their wording."""

    name = "questions"
    title = Text(ko="등록 질문", en="Registration questions")
    record = QuestionRecord
    structure = True
    ordered = True

    @override
    def keys(self, values: Mapping[str, Any], context: Context) -> Iterable[Key]:
        return title_key(values, context)

    @override
    def current(self, session: Session, conf: str) -> list[QuestionRecord]:
        return [_question_record(question) for question in setup_of(session, conf).questions]

    @override
    def put(self, write: Write, changes: Changes[QuestionRecord], ids: Ids) -> None:
        before = setup_of(write.session, write.conf)
        known = {question.label: question for question in before.questions}
        staying = [_question(change, known, ids) for change in changes.staying]
        kept = {question.id for question in staying}
        wanted = [*staying, *(one for one in before.questions if one.id not in kept)]
        after = numbered(wanted)
        if after != before.questions:
            replace_setup(write, replace(before, questions=after))

    @override
    def remove(self, write: Write, gone: Sequence[QuestionRecord]) -> None:
        before = setup_of(write.session, write.conf)
        titles = {record.title for record in gone}
        staying = tuple(one for one in before.questions if one.label not in titles)
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


class ConsentsPart(Part[ConsentRecord]):
    """The consents that are asked for, in their order, named by their titles."""

    name = "consents"
    title = Text(ko="선택 동의", en="Optional consents")
    record = ConsentRecord
    structure = True
    ordered = True

    @override
    def keys(self, values: Mapping[str, Any], context: Context) -> Iterable[Key]:
        return title_key(values, context)

    @override
    def current(self, session: Session, conf: str) -> list[ConsentRecord]:
        asked = setup_of(session, conf).asked
        return [ConsentRecord(title=consent.title, body=consent.body) for consent in asked]

    @override
    def put(self, write: Write, changes: Changes[ConsentRecord], ids: Ids) -> None:
        before = setup_of(write.session, write.conf)
        known = {consent.title: consent for consent in before.asked}
        staying = [_consent(change, known, ids) for change in changes.staying]
        kept = {consent.id for consent in staying}
        wanted = [*staying, *(one for one in before.consents if one.id not in kept)]
        after = numbered(wanted)
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


def _question(change: Change[QuestionRecord], known: Mapping[Text, Question], ids: Ids) -> Question:
    record = change.record
    before = known.get(change.before.title) if change.before else None
    answers = {option.words: option.id for option in before.options} if before else {}
    words = [Text(ko=item.ko or "", en=item.en or "") for item in record.options]
    key = record.title.ko or record.title.en
    return Question(
        id=before.id if before else QuestionId(ids("question", key)),
        position=0,
        kind=Kind(record.kind),
        label=record.title,
        required=record.required,
        options=tuple(
            Option(id=answers.get(one) or ids("option", f"{key} · {one.ko or one.en}"), words=one)
            for one in (words if Kind(record.kind).has_options else ())
        ),
    )


def _consent(change: Change[ConsentRecord], known: Mapping[Text, Consent], ids: Ids) -> Consent:
    record = change.record
    before = known.get(change.before.title) if change.before else None
    if before is None:
        fresh = ConsentId(ids("consent", record.title.ko or record.title.en))
        return Consent(id=fresh, position=0, title=record.title, body=record.body)
    changed = (before.title, before.body) != (record.title, record.body)
    return replace(before, title=record.title, body=record.body, version=before.version + changed)


def _without(write: Write, consents: Sequence[Consent], titles: set[Text]) -> Iterator[Consent]:
    for consent in consents:
        if consent.hidden or consent.title not in titles:
            yield consent
        elif consent_given(write.session, write.conf, consent.id):
            yield replace(consent, hidden=True)
