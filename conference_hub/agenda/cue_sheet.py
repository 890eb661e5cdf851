"""The cue sheet (큐시트): the cues of a plan as a part of the conference file.

In a plan that has no segments or lanes yet, those that the sheet names are made. What its rows mean: `cue_rows.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session
from typing_extensions import override

from conference_hub.agenda import lane_store, plan_actions, run_store, store
from conference_hub.agenda.clock import LONGEST_CUE
from conference_hub.agenda.cue_rows import DAY, CueRecord, by_lane, dated, filled, matched, timed
from conference_hub.agenda.cue_writing import aside, records_of, with_cues, with_lane
from conference_hub.agenda.department_words import other_words
from conference_hub.agenda.edits import checked
from conference_hub.agenda.exchange import NO_DEPENDENTS
from conference_hub.agenda.limits import MOST_CUES, MOST_CUES_IN_LANE
from conference_hub.agenda.model import CueId
from conference_hub.agenda.plan_actions import Dependents
from conference_hub.agenda.sync_points import crossed
from conference_hub.conferences.store import main_language
from conference_hub.core.errors import msg
from conference_hub.core.journal import Write
from conference_hub.core.text import Text
from conference_hub.exchange.cells import Context
from conference_hub.exchange.columns import Column, extra_columns
from conference_hub.exchange.diff import Change, Changes
from conference_hub.exchange.part import (
    Ids,
    Key,
    Known,
    Part,
    Problem,
    Proposal,
    Stated,
    plain_word,
    value_key,
)
from conference_hub.exchange.titled import name_of_record

NO_START = msg("진행 구역의 첫 순서에는 시간을 적어 주세요.")
NO_SEGMENT = msg("구간을 적어 주세요.")
WHOLE_DAY = msg("한 순서는 24시간을 넘을 수 없습니다.")
RAN = msg("이미 진행한 순서는 지우거나 옮기거나 건너뛸 수 없습니다: %(number)s번")
IN_USE = msg("시상이 들어 있는 순서는 다른 진행 구역으로 옮기거나 건너뛸 수 없습니다: %(number)s번")
SYNC_TAKEN = msg("이 구역의 다른 순서에도 같은 동시 시작이 있습니다: %(value)s")
SYNC_CROSSED = msg("동시 시작의 차례가 구역마다 다릅니다: %(value)s")
NO_SUCH_SPEAKER = msg("발표자에 없는 이름입니다: %(value)s")
TOO_MANY = msg("%(most)s개까지 넣을 수 있습니다.")


class CuesPart(Part[CueRecord]):
    """The cues of all lanes, lane by lane in their order."""

    name = "cues"
    title = Text(ko="큐시트", en="Cue sheet")
    record = CueRecord
    structure = True
    ordered = True
    beside = (DAY,)

    def __init__(self, dependents: Dependents = NO_DEPENDENTS) -> None:
        self.dependents = dependents

    @override
    def keys(self, values: Mapping[str, Any], context: Context) -> Iterable[Key]:
        return value_key(values, "number")

    @override
    def current(self, session: Session, conf: str) -> list[CueRecord]:
        plan, main = store.working_plan(session, conf), main_language(session, conf)
        return records_of(plan, main)

    @override
    def extra(self, session: Session, conf: str, known: Known) -> list[Column]:
        own = known("conference")
        main = own[0].languages[0] if own else main_language(session, conf)
        departments = known("departments")
        names = [name_of_record(one, main) for one in departments]
        return extra_columns("notes", names, aliases=other_words([one.title for one in departments], main))

    @override
    def match(
        self, rows: Sequence[Stated], current: Sequence[CueRecord], context: Context
    ) -> Mapping[int, int]:
        return matched(rows, current, context.main)

    @override
    def prepare(
        self, rows: Sequence[Stated], current: Sequence[CueRecord], context: Context
    ) -> tuple[Sequence[Stated], list[Problem]]:
        found, problems = timed(dated(filled(rows), context), context)
        return by_lane(found, current), problems

    @override
    def check(self, proposal: Proposal[CueRecord]) -> Iterator[Problem]:
        staying = proposal.changes.staying
        yield from _sizes(proposal, staying)
        yield from _names(proposal, staying)
        started: set[str] = set()
        for change in staying:
            yield from _of_row(proposal, change, started)
        yield from _together(proposal, staying)
        yield from self._held_back(proposal)

    @override
    def put(self, write: Write, changes: Changes[CueRecord], ids: Ids) -> None:
        before, main = store.working_plan(write.session, write.conf), main_language(write.session, write.conf)
        plan = with_lane(before, changes, main, ids)
        after = checked(with_cues(plan, changes, main, ids))
        if after != before:
            plan_actions.save(write, before, after, self.dependents)

    @override
    def remove(self, write: Write, gone: Sequence[CueRecord]) -> None:
        before = store.working_plan(write.session, write.conf)
        numbers = {number for one in gone if one.number for number in (one.number, aside(one.number))}
        cues = tuple(cue for cue in before.cues if cue.number not in numbers)
        plan_actions.save(write, before, checked(replace(before, cues=cues)), self.dependents)

    @override
    def settle(self, write: Write) -> None:
        plan = store.working_plan(write.session, write.conf)
        if plan.lanes and store.published_plan(write.session, write.conf) is None:
            plan_actions.apply(write, revision=plan.revision, dependents=self.dependents)

    @override
    def cloned(self, record: CueRecord) -> CueRecord:
        return record.model_copy(update={"speakers": (), "readings": ()})

    def _held_back(self, proposal: Proposal[CueRecord]) -> Iterator[Problem]:
        """Yield a problem for each cue that ran and would be lost, and each with awards that would leave its lane."""
        session, conf = proposal.session, proposal.conf
        plan = store.working_plan(session, conf)
        live = run_store.live_run(session, conf)
        ran = {
            plan.cue[cue.cue_id].number
            for lane in lane_store.lane_states(session, conf, live)
            for cue in lane.run.cues
            if cue.started_at is not None and cue.cue_id in plan.cue
        }
        bound = {
            plan.cue[CueId(cue)].number
            for find in self.dependents.bound
            for cue in find(session, conf)
            if CueId(cue) in plan.cue
        }
        for change in proposal.changes.all:
            before, after = change.before, change.after
            if before is None:
                continue
            lost = after is None or after.skipped or _differs(before.lane, after.lane)
            if before.number in ran and (lost or change.moved):
                yield proposal.problem(change, RAN, "number", number=before.number)
            elif before.number in bound and lost and after is not None:
                yield proposal.problem(change, IN_USE, "lane", number=before.number)


def _sizes(proposal: Proposal[CueRecord], staying: Sequence[Change[CueRecord]]) -> Iterator[Problem]:
    if len(staying) > MOST_CUES:
        yield proposal.problem(staying[MOST_CUES], TOO_MANY, most=MOST_CUES)
    lanes: Counter[str] = Counter()
    for change in staying:
        lane = plain_word(change.record.lane or "")
        lanes[lane] += 1
        if lanes[lane] == MOST_CUES_IN_LANE + 1:
            yield proposal.problem(change, TOO_MANY, "lane", most=MOST_CUES_IN_LANE)


def _names(proposal: Proposal[CueRecord], staying: Sequence[Change[CueRecord]]) -> Iterator[Problem]:
    """Yield a problem for each cue without a segment, unless the plan has one alone."""
    several = len(proposal.known("segments")) != 1
    for change in staying:
        if several and not change.record.segment:
            yield proposal.problem(change, NO_SEGMENT, "segment")


def _of_row(proposal: Proposal[CueRecord], change: Change[CueRecord], started: set[str]) -> Iterator[Problem]:
    record, lane = change.record, plain_word(change.record.lane or "")
    if record.start is None and lane not in started and not (change.before and change.before.start):
        yield proposal.problem(change, NO_START, "start")
    started.add(lane)
    if timedelta(seconds=record.length) > LONGEST_CUE:
        yield proposal.problem(change, WHOLE_DAY, "length")
    names = {plain_word(one.name) for one in record.speakers}
    for reading in record.readings:
        if not names or (reading.by and plain_word(reading.by) not in names):
            yield proposal.problem(change, NO_SUCH_SPEAKER, "readings", value=reading.by or reading.absent)


def _together(proposal: Proposal[CueRecord], staying: Sequence[Change[CueRecord]]) -> Iterator[Problem]:
    """Yield a problem for each cue whose sync point its lane has already, else for those that lanes meet crosswise."""
    lanes: dict[str, dict[str, Change[CueRecord]]] = {}
    twice = []
    for change in staying:
        if change.record.sync and not change.record.skipped:
            known = lanes.setdefault(plain_word(change.record.lane or ""), {})
            if known.setdefault(change.record.sync, change) is not change:
                twice.append(change)
    for change in twice:
        yield proposal.problem(change, SYNC_TAKEN, "sync", value=str(change.record.sync))
    for name, point in () if twice else crossed(lanes):
        yield proposal.problem(lanes[name][point], SYNC_CROSSED, "sync", value=point)


def _differs(before: str | None, after: str | None) -> bool:
    return bool(after) and plain_word(before or "") != plain_word(after or "")
