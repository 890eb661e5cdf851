"""Series of online sessions as a part of the conference file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Annotated

from sqlalchemy.orm import Session
from typing_extensions import override

from conference_hub.conferences.store import main_language
from conference_hub.core.errors import msg
from conference_hub.core.journal import Write
from conference_hub.core.text import Text
from conference_hub.exchange.diff import Changes
from conference_hub.exchange.fields import LongWords, Words, heading
from conference_hub.exchange.part import Ids, Problem, Proposal
from conference_hub.exchange.titled import TitledPart, TitledRecord, arranged, in_use
from conference_hub.followup import preparing, store
from conference_hub.followup.model import Series, SeriesId


class SeriesRecord(TitledRecord):
    """A series of online sessions."""

    title: Annotated[Words, heading("시리즈", "Series", "이름", "Title", "제목")]
    description: Annotated[LongWords | None, heading("설명", "Description")] = None


class SeriesPart(TitledPart[SeriesRecord]):
    """The series, in their order, named by their titles."""

    name = "series"
    title = Text(ko="시리즈", en="Series")
    record = SeriesRecord

    @override
    def current(self, session: Session, conf: str) -> list[SeriesRecord]:
        return [
            SeriesRecord(title=one.title, description=one.description)
            for one in store.all_series(session, conf).values()
        ]

    @override
    def put(self, write: Write, changes: Changes[SeriesRecord], ids: Ids) -> None:
        main = main_language(write.session, write.conf)
        preparing.revise_series(
            write, lambda known: arranged(known, changes, _series, partial(ids, "series"), main)
        )

    @override
    def remove(self, write: Write, gone: Sequence[SeriesRecord]) -> None:
        known = {one.title: one.id for one in store.all_series(write.session, write.conf).values()}
        for record in gone:
            preparing.remove_series(write, known[record.title])

    @override
    def check(self, proposal: Proposal[SeriesRecord]) -> Iterable[Problem]:
        used = (one.series for one in proposal.known("sessions"))
        return in_use(proposal, used, msg("이 시리즈에 세션이 있습니다: %(title)s"))


def _series(series_id: str, record: SeriesRecord, _before: Series | None) -> Series:
    return Series(id=SeriesId(series_id), title=record.title, description=record.description)
