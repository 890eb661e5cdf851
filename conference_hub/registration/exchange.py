"""What organisers set for registration, as parts of the conference file; nobody who registered is in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy.orm import Session
from typing_extensions import override

from conference_hub.core.errors import msg
from conference_hub.core.journal import Write
from conference_hub.core.text import Text
from conference_hub.exchange.cells import Context
from conference_hub.exchange.columns import Record
from conference_hub.exchange.diff import Change, Changes
from conference_hub.exchange.fields import LongWords, Moment, Words, YesNo, choice, heading
from conference_hub.exchange.nested import ItemsCell
from conference_hub.exchange.part import Ids, Key, Part, Problem, Proposal, Stated, title_key
from conference_hub.people.model import Mode
from conference_hub.registration.model import (
    Consent,
    ConsentId,
    Kind,
    Opening,
    Option,
    Question,
    QuestionId,
    Settings,
)
from conference_hub.registration.setup_actions import replace_setup
from conference_hub.registration.setup_store import consent_given, setup_of

CLOSED = Opening.CLOSED.value


class ModeItem(BaseModel):
    """A way of taking part with its number of places, none for no limit: `onsite | 200`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mode: str
    places: str | None = None


class OptionItem(BaseModel):
    """An answer to choose from, in Korean and English: `채식 | Vegetarian`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ko: str | None = None
    en: str | None = None


class RegistrationRecord(Record):
    """Who may register when, and how many."""

    opening: Annotated[
        str, choice({one.value: one.label for one in Opening}), heading("등록 받기", "Registration")
    ] = CLOSED
    opens_at: Annotated[Moment | None, heading("시작", "Opens")] = None
    closes_at: Annotated[Moment | None, heading("끝", "Closes")] = None
    modes: Annotated[
        tuple[ModeItem, ...], ItemsCell(ModeItem), heading("참석 방식과 정원", "Ways and places")
    ] = ()
    waiting_list: Annotated[YesNo, heading("대기자", "Waiting list")] = False
    approval: Annotated[YesNo, heading("승인", "Approval")] = False
    notice: Annotated[LongWords | None, heading("개인정보 처리 안내", "Privacy notice")] = None


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


class RegistrationPart(Part[RegistrationRecord]):
    """Who may register: one record. A clone is closed until somebody opens it."""

    name = "registration"
    title = Text(ko="등록", en="Registration")
    record = RegistrationRecord
    structure = True
    single = True
    standalone = False

    @override
    def keys(self, values: Mapping[str, Any], context: Context) -> Iterable[Key]:
        return ()

    @override
    def match(
        self, rows: Sequence[Stated], current: Sequence[RegistrationRecord], context: Context
    ) -> Mapping[int, int]:
        return {0: 0} if rows and current else {}

    @override
    def current(self, session: Session, conf: str) -> list[RegistrationRecord]:
        return [_record(setup_of(session, conf).settings)]

    @override
    def put(self, write: Write, changes: Changes[RegistrationRecord], ids: Ids) -> None:
        for change in changes.staying:
            before = setup_of(write.session, write.conf)
            after = _settings(change.record, before.settings)
            if after != before.settings:
                replace_setup(write, replace(before, settings=after))

    @override
    def remove(self, write: Write, gone: Sequence[RegistrationRecord]) -> None:
        """Do nothing: a conference without settings is one that is closed."""

    @override
    def check(self, proposal: Proposal[RegistrationRecord]) -> Iterable[Problem]:
        staying = list(proposal.changes.staying)
        for change in staying[1:]:
            yield proposal.problem(change, msg("등록 설정은 하나만 적을 수 있습니다."))
        for change in staying:
            yield from _wrong(proposal, change)

    @override
    def cloned(self, record: RegistrationRecord) -> RegistrationRecord:
        return record.model_copy(update={"opening": CLOSED, "opens_at": None, "closes_at": None})


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
        after = tuple(replace(one, position=number) for number, one in enumerate(wanted, start=1))
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
        after = tuple(replace(one, position=number) for number, one in enumerate(wanted, start=1))
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


def _record(settings: Settings) -> RegistrationRecord:
    return RegistrationRecord(
        opening=settings.opening.value,
        opens_at=settings.opens_at,
        closes_at=settings.closes_at,
        modes=tuple(
            ModeItem(mode=mode.value, places=None if places is None else str(places))
            for mode, places in settings.capacity.items()
        ),
        waiting_list=settings.waiting_list,
        approval=settings.approval,
        notice=settings.notice,
    )


def _settings(record: RegistrationRecord, before: Settings) -> Settings:
    places = {item.mode: int(item.places) if item.places else None for item in record.modes}
    return Settings(
        opening=Opening(record.opening),
        opens_at=record.opens_at,
        closes_at=record.closes_at,
        approval=record.approval,
        waiting_list=record.waiting_list,
        capacity={mode: places[mode.value] for mode in Mode if mode.value in places} or before.capacity,
        notice=record.notice,
        notice_version=before.notice_version + (record.notice != before.notice),
    )


def _wrong(proposal: Proposal[RegistrationRecord], change: Change[RegistrationRecord]) -> Iterator[Problem]:
    record = change.record
    if record.opens_at and record.closes_at and record.closes_at <= record.opens_at:
        sentence = msg("끝나는 시각은 시작하는 시각보다 뒤여야 합니다.")
        yield proposal.problem(change, sentence, "closes_at")
    for item in record.modes:
        known = item.mode in {mode.value for mode in Mode}
        if not known or (item.places and not (item.places.isascii() and item.places.isdigit())):
            sentence = msg("참석 방식은 onsite | 200처럼 적어 주세요: %(value)s")
            yield proposal.problem(change, sentence, "modes", value=item.mode)


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
