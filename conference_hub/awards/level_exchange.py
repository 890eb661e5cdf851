"""Programmes and levels as parts of the conference file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Annotated, Any

from sqlalchemy.orm import Session
from typing_extensions import override

from conference_hub.awards.levels import WON, Level, LevelId, Prize, Programme, ProgrammeId, RevealStyle
from conference_hub.awards.preparation import Prepared, put_level, remove_level, remove_programme
from conference_hub.awards.prepared import load_prepared
from conference_hub.awards.preparing import prepare
from conference_hub.conferences.store import get_conference, main_language
from conference_hub.core.errors import msg
from conference_hub.core.journal import Write
from conference_hub.core.text import Text
from conference_hub.exchange.cells import Context, LineCell, WholeCell
from conference_hub.exchange.columns import Record
from conference_hub.exchange.diff import Changes
from conference_hub.exchange.fields import Money, Words, choice, heading, reference
from conference_hub.exchange.part import Ids, Key, Part, Problem, Proposal, plain_word, title_key
from conference_hub.exchange.titled import TitledPart, TitledRecord, arranged, in_use

STYLES = choice({style.value: style.label for style in RevealStyle})


class ProgrammeRecord(TitledRecord):
    """A programme of awards."""

    title: Annotated[Words, heading("부문", "Programme", "시상 부문", "Program", "이름", "Title")]
    honour: Annotated[Words | None, heading("상장", "Certificate", "Honour", "훈격 명칭")] = None


class LevelRecord(Record):
    """A level of award, in the programme with this title."""

    programme: Annotated[
        Annotated[str, reference("programmes", creates=True)] | None,
        heading("부문", "Programme", "시상 부문", "Program"),
    ] = None
    label: Annotated[Words, heading("훈격", "Level", "상", "상 이름", "Label")]
    rank: Annotated[Annotated[int, WholeCell(1, 99)], heading("등급", "Rank", "순위")]
    honour: Annotated[Words | None, heading("상장", "Certificate", "Honour")] = None
    amount: Annotated[Money | None, heading("상금", "Prize money", "Prize", "부상금")] = None
    currency: Annotated[Annotated[str, LineCell(3)] | None, heading("통화", "Currency")] = None
    prize: Annotated[Words | None, heading("부상", "Other prize", "상품")] = None
    style: Annotated[str, STYLES, heading("발표 방식", "Called", "Style", "호명 방식")] = (
        RevealStyle.INDIVIDUAL.value
    )
    pace: Annotated[
        Annotated[int, WholeCell(1, 3600)] | None, heading("1건당 시간(초)", "Seconds each", "Pace")
    ] = None


def _same(one: object, other: object) -> bool:
    return plain_word(str(one or "")) == plain_word(str(other or ""))


class ProgrammesPart(TitledPart[ProgrammeRecord]):
    """The programmes, in their order, named by their titles."""

    name = "programmes"
    title = Text(ko="시상 부문", en="Award programmes")
    record = ProgrammeRecord

    @override
    def current(self, session: Session, conf: str) -> list[ProgrammeRecord]:
        prepared = load_prepared(session, conf)
        return [ProgrammeRecord(title=one.title, honour=one.honour) for one in prepared.programmes]

    @override
    def put(self, write: Write, changes: Changes[ProgrammeRecord], ids: Ids) -> None:
        main = main_language(write.session, write.conf)

        def change(now: Prepared) -> Prepared:
            found = arranged(now.programmes, changes, _programme, partial(ids, "programme"), main)
            return replace(now, programmes=tuple(found))

        prepare(write, change)

    @override
    def remove(self, write: Write, gone: Sequence[ProgrammeRecord]) -> None:
        titles = {record.title for record in gone}

        def change(now: Prepared) -> Prepared:
            for one in now.programmes:
                now = remove_programme(now, one.id) if one.title in titles else now
            return now

        prepare(write, change)

    @override
    def check(self, proposal: Proposal[ProgrammeRecord]) -> Iterable[Problem]:
        used = (level.programme for level in proposal.known("levels"))
        return in_use(proposal, used, msg("이 부문에 훈격이 있습니다: %(title)s"))


def _programme(programme_id: str, record: ProgrammeRecord, _before: Programme | None) -> Programme:
    return Programme(id=ProgrammeId(programme_id), title=record.title, honour=record.honour)


def _place(level: Level) -> tuple[int, str, str]:
    """Return where a level stands in the list: levels of one rank by their labels, in every hub the same."""
    return level.rank, level.label.ko, level.label.en


class LevelsPart(Part[LevelRecord]):
    """The levels, programme by programme, the highest first; one is named by its programme and its label."""

    name = "levels"
    title = Text(ko="훈격", en="Award levels")
    record = LevelRecord
    structure = True

    @override
    def keys(self, values: Mapping[str, Any], context: Context) -> Iterable[Key]:
        programme = plain_word(str(values.get("programme") or ""))
        for key in title_key(values, context, "label"):
            yield Key(kind=key.kind, value=f"{programme} · {key.value}")

    @override
    def names(self, values: Mapping[str, Any], context: Context) -> Iterable[str]:
        return [plain_word(values[f"label.{lang}"]) for lang in ("ko", "en") if values.get(f"label.{lang}")]

    @override
    def named(
        self,
        word: str,
        referring: Mapping[str, Any],
        there: Sequence[Mapping[str, Any]],
        context: Context,
    ) -> Mapping[str, Any] | None:
        """Return the level of the programme that the row names; the first that is named ranks highest."""
        programme = referring.get("programme")
        own = [one for one in there if not programme or _same(one.get("programme"), programme)]
        if any(_same(word, name) for values in own for name in self.names(values, context)):
            return None
        rank = 1 + max((int(one.get("rank") or 0) for one in own), default=0)
        return {"programme": programme, f"label.{context.main}": word, "rank": rank}

    @override
    def current(self, session: Session, conf: str) -> list[LevelRecord]:
        prepared, main = load_prepared(session, conf), get_conference(session, conf).main_language
        owners = [*(one.id for one in prepared.programmes), None]
        found = [level for owner in owners for level in sorted(prepared.levels_of(owner), key=_place)]
        titles = {one.id: one.title.in_language(main) for one in prepared.programmes}
        return [_level_record(prepared, level, titles) for level in found]

    @override
    def put(self, write: Write, changes: Changes[LevelRecord], ids: Ids) -> None:
        main = main_language(write.session, write.conf)

        def change(now: Prepared) -> Prepared:
            titles = {one.id: one.title.in_language(main) for one in now.programmes}
            known = {_key(_level_record(now, level, titles)): level.id for level in now.levels.values()}
            for one in changes.staying:
                level_id = known.get(_key(one.before)) if one.before else None
                if one.before is None or one.before != one.record:
                    new = level_id or LevelId(ids("level", _words(one.record.label)))
                    now = put_level(now, _level(now, one.record, new))
            return now

        prepare(write, change)

    @override
    def remove(self, write: Write, gone: Sequence[LevelRecord]) -> None:
        main = main_language(write.session, write.conf)
        going = {_key(record) for record in gone}

        def change(now: Prepared) -> Prepared:
            titles = {one.id: one.title.in_language(main) for one in now.programmes}
            for level in list(now.levels.values()):
                if _key(_level_record(now, level, titles)) in going:
                    now = remove_level(now, level.id)
            return now

        prepare(write, change)

    @override
    def check(self, proposal: Proposal[LevelRecord]) -> Iterable[Problem]:
        used = {(plain_word(one.programme or ""), plain_word(one.level)) for one in proposal.known("awards")}
        for change in proposal.changes.of("gone"):
            record = change.record
            programme = plain_word(record.programme or "")
            labels = {plain_word(record.label.ko), plain_word(record.label.en)}
            if any((programme, label) in used for label in labels):
                sentence = msg("이 훈격의 상이 있습니다: %(title)s")
                yield proposal.problem(change, sentence, title=_words(record.label))


def programme_called(prepared: Prepared, words: str | None) -> Programme | None:
    """Return the programme with a title in either language, None for none."""
    wanted = plain_word(words or "")
    return next(
        (
            one
            for one in prepared.programmes
            if wanted and wanted in {plain_word(one.title.ko), plain_word(one.title.en)}
        ),
        None,
    )


def _level_record(prepared: Prepared, level: Level, titles: Mapping[ProgrammeId, str]) -> LevelRecord:
    prize, usual = level.prize, prepared.usual_honour(level.programme_id, level.label)
    return LevelRecord(
        programme=titles.get(level.programme_id) if level.programme_id else None,
        label=level.label,
        rank=level.rank,
        honour=None if level.honour == usual else level.honour,
        amount=prize.amount if prize else None,
        currency=prize.currency if prize and prize.currency != WON else None,
        prize=prize.text if prize else None,
        style=level.reveal_style.value,
        pace=level.pace_s,
    )


def _level(prepared: Prepared, record: LevelRecord, level_id: LevelId) -> Level:
    programme = programme_called(prepared, record.programme)
    programme_id = programme.id if programme else None
    given = record.amount is not None or record.prize is not None
    currency = (record.currency or WON).upper()
    return Level(
        id=level_id,
        rank=record.rank,
        label=record.label,
        honour=record.honour or prepared.usual_honour(programme_id, record.label),
        prize=Prize(amount=record.amount, currency=currency, text=record.prize) if given else None,
        reveal_style=RevealStyle(record.style),
        programme_id=programme_id,
        pace_s=record.pace,
    )


def _key(record: LevelRecord) -> tuple[str, Text]:
    return plain_word(record.programme or ""), record.label


def _words(text: Text) -> str:
    return text.ko or text.en
