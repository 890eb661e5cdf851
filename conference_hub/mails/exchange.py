"""The words of mails that a conference changed, as a part of the conference file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any

from pydantic import PlainSerializer
from sqlalchemy.orm import Session
from typing_extensions import override

from conference_hub.core.errors import Invalid, msg
from conference_hub.core.journal import Write
from conference_hub.core.text import LANGUAGES, Text
from conference_hub.exchange.cells import Context, WordsCell
from conference_hub.exchange.columns import Record
from conference_hub.exchange.diff import Change, Changes
from conference_hub.exchange.fields import TEXT_SCHEMA, Line, Words, as_doc, heading
from conference_hub.exchange.part import Ids, Key, Part, Problem, Proposal, value_key
from conference_hub.outbox.wording_actions import set_words
from conference_hub.outbox.wording_model import LONGEST_TEXT, MailKind, checked, fits
from conference_hub.outbox.wording_model import Words as MailWords
from conference_hub.outbox.wording_store import own_words

MailText = Annotated[Text, WordsCell(LONGEST_TEXT, several_lines=True), PlainSerializer(as_doc), TEXT_SCHEMA]


class MailRecord(Record):
    """What mails of a kind say; a language without words says what the product says."""

    kind: Annotated[Line, heading("메일 종류", "Kind of e-mail")]
    subject: Annotated[Words, heading("메일 제목", "Subject")]
    text: Annotated[MailText, heading("내용", "Text")]


class MailsPart(Part[MailRecord]):
    """The words of mails, known by the name of their kind."""

    name = "mails"
    title = Text(ko="메일 문구", en="E-mail wording")
    record = MailRecord
    structure = True
    standalone = False

    def __init__(self, kinds: Sequence[MailKind]) -> None:
        self._kinds = {kind.name: kind for kind in kinds}

    @override
    def keys(self, values: Mapping[str, Any], context: Context) -> Iterable[Key]:
        return value_key(values, "kind")

    @override
    def current(self, session: Session, conf: str) -> list[MailRecord]:
        own = own_words(session, conf)
        found = []
        for kind in self._kinds.values():
            given = {
                lang: one.words
                for lang in LANGUAGES
                if (one := own.get((kind.name, lang))) and fits(kind, one.words)
            }
            if given:
                subject = Text(**{lang: words.subject for lang, words in given.items()})
                text = Text(**{lang: words.text for lang, words in given.items()})
                found.append(MailRecord(kind=kind.name, subject=subject, text=text))
        return found

    @override
    def put(self, write: Write, changes: Changes[MailRecord], ids: Ids) -> None:
        for change in changes.staying:
            for lang in LANGUAGES:
                set_words(write, self._kinds[change.record.kind], lang, _words(change.record, lang))

    @override
    def remove(self, write: Write, gone: Sequence[MailRecord]) -> None:
        for record in gone:
            for lang in LANGUAGES:
                set_words(write, self._kinds[record.kind], lang, None)

    @override
    def check(self, proposal: Proposal[MailRecord]) -> Iterable[Problem]:
        for change in proposal.changes.staying:
            if change.record.kind not in self._kinds:
                yield proposal.problem(
                    change, msg("그런 메일 종류가 없습니다: %(value)s"), "kind", value=change.record.kind
                )
            else:
                yield from self._wrong(proposal, change)

    def _wrong(self, proposal: Proposal[MailRecord], change: Change[MailRecord]) -> Iterator[Problem]:
        for lang in LANGUAGES:
            words = _words(change.record, lang)
            try:
                if words is not None:
                    checked(self._kinds[change.record.kind], words)
            except Invalid as refusal:
                detail = {name: value for name, value in refusal.detail.items() if name != "field"}
                path = f"{refusal.detail['field']}.{lang}"
                yield proposal.problem(change, refusal.message, path, **detail)


def _words(record: MailRecord, lang: str) -> MailWords | None:
    """Return the words of a record in one language, None: those of the product."""
    subject, text = (
        "" if one.missing(lang) else one.in_language(lang) for one in (record.subject, record.text)
    )
    return MailWords(subject=subject, text=text) if subject or text else None
