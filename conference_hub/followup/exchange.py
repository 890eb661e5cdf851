"""Online sessions as a part of the conference file; who signed up is not in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from flask import has_app_context
from pydantic import BaseModel, ConfigDict
from sqlalchemy.orm import Session
from typing_extensions import override

from conference_hub.conferences.store import get_conference
from conference_hub.core.addresses import is_web_address
from conference_hub.core.errors import Invalid, msg
from conference_hub.core.journal import Write
from conference_hub.core.text import Text
from conference_hub.exchange.cells import Context, WholeCell
from conference_hub.exchange.columns import Record
from conference_hub.exchange.diff import Change, Changes
from conference_hub.exchange.fields import Link, LongWords, Moment, Words, YesNo, choice, heading, reference
from conference_hub.exchange.nested import ItemsCell
from conference_hub.exchange.part import Ids, Key, Part, Problem, Proposal, plain_word, title_key
from conference_hub.followup import actions, preparing, store
from conference_hub.followup.listed import local_moment
from conference_hub.followup.model import (
    Material,
    OnlineSession,
    Series,
    SeriesId,
    SessionId,
    SessionStatus,
    Speaker,
    spans,
)
from conference_hub.web.hub import current_hub
from conference_hub.web.local_time import typed_time

NO_HUB = "https://conference-hub"
"""What stands for the hub's address in the UID of a session that is imported on the command line."""
STATES = choice(
    {
        SessionStatus.DRAFT.value: Text(ko="초안", en="Draft"),
        SessionStatus.SCHEDULED.value: Text(ko="공개", en="Announced"),
        SessionStatus.CANCELLED.value: Text(ko="취소", en="Cancelled"),
    }
)


class Item(BaseModel):
    """One thing in a cell."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SpeakerItem(Item):
    """A speaker: `이름 | 역할`."""

    name: str
    role: str | None = None


class MaterialItem(Item):
    """Materials: `제목 | https://… | 2026-12-07 14:00`, the time at the event."""

    title: str
    url: str
    public_from: str | None = None


class SessionRecord(Record):
    """An online session; a new one is a draft unless the file says otherwise."""

    series: Annotated[
        Annotated[str, reference("series", creates=True)] | None, heading("시리즈", "Series")
    ] = None
    title: Annotated[Words, heading("제목", "Title", "세션", "Session")]
    starts_at: Annotated[Moment, heading("시작", "Start", "시작 시각", "Starts at")]
    ends_at: Annotated[Moment, heading("끝", "End", "종료", "종료 시각", "Ends at")]
    description: Annotated[LongWords | None, heading("설명", "Description")] = None
    speakers: Annotated[
        tuple[SpeakerItem, ...], ItemsCell(SpeakerItem), heading("연사", "Speakers", "발표자", "강사")
    ] = ()
    host: Annotated[Words | None, heading("진행", "Host", "진행자", "사회")] = None
    capacity: Annotated[Annotated[int, WholeCell(1, 100_000)] | None, heading("정원", "Capacity", "인원")] = (
        None
    )
    waits: Annotated[YesNo, heading("대기 신청", "Waiting list", "대기")] = False
    url: Annotated[Link | None, heading("참여 링크", "Link", "링크", "주소", "URL")] = None
    link_opens_at: Annotated[Moment | None, heading("링크 여는 시각", "Link opens", "링크 공개")] = None
    materials: Annotated[
        tuple[MaterialItem, ...], ItemsCell(MaterialItem), heading("자료", "Materials", "발표 자료")
    ] = ()
    cases: Annotated[LongWords | None, heading("발표 사례", "Cases", "사례")] = None
    status: Annotated[str, STATES, heading("상태", "State", "Status")] = SessionStatus.DRAFT.value


class SessionsPart(Part[SessionRecord]):
    """The online sessions in the order of their start; one is named by its series and its title.

    Those that start together stand by these names: ids are others in each hub, the file is the same.
    """

    name = "sessions"
    title = Text(ko="후속 세션", en="Follow-up sessions")
    record = SessionRecord
    structure = True
    weekly = True

    @override
    def keys(self, values: Mapping[str, Any], context: Context) -> Iterable[Key]:
        series = plain_word(str(values.get("series") or ""))
        for key in title_key(values, context):
            yield Key(kind=key.kind, value=f"{series} · {key.value}")

    @override
    def current(self, session: Session, conf: str) -> list[SessionRecord]:
        held = get_conference(session, conf)
        series = store.all_series(session, conf)
        titles = {one.id: one.title.in_language(held.main_language) for one in series.values()}
        records = [_record(online, titles, held.zone) for online in store.all_sessions(session, conf)]
        return sorted(records, key=_place)

    @override
    def check(self, proposal: Proposal[SessionRecord]) -> Iterable[Problem]:
        for change in proposal.changes.all:
            if change.after is None:
                if change.record.status != SessionStatus.DRAFT:
                    yield proposal.problem(
                        change, msg("공개한 세션은 삭제할 수 없습니다. 대신 취소해 주세요.")
                    )
                continue
            if not spans(change.after.starts_at, change.after.ends_at):
                sentence = msg("끝나는 시각은 시작 시각보다 뒤여야 합니다.")
                yield proposal.problem(change, sentence, "ends_at")
            yield from _wrong_state(proposal, change)
            yield from _wrong_materials(proposal, change)

    @override
    def put(self, write: Write, changes: Changes[SessionRecord], ids: Ids) -> None:
        held = get_conference(write.session, write.conf)
        series = list(store.all_series(write.session, write.conf).values())
        titles = {one.id: one.title.in_language(held.main_language) for one in series}
        known = {
            _key(_record(online, titles, held.zone)): online
            for online in store.all_sessions(write.session, write.conf)
        }
        for change in changes.staying:
            if change.before != change.record:
                before = known.get(_key(change.before)) if change.before else None
                _put(write, change.record, before, series, held.zone, ids)

    @override
    def remove(self, write: Write, gone: Sequence[SessionRecord]) -> None:
        held = get_conference(write.session, write.conf)
        series = store.all_series(write.session, write.conf)
        titles = {one.id: one.title.in_language(held.main_language) for one in series.values()}
        going = {_key(record) for record in gone}
        for online in store.all_sessions(write.session, write.conf):
            if _key(_record(online, titles, held.zone)) in going:
                preparing.remove(write, online.id)

    @override
    def cloned(self, record: SessionRecord) -> SessionRecord | None:
        """Return the session as a draft, without speakers, link and materials; a cancelled one stays behind."""
        if record.status == SessionStatus.CANCELLED:
            return None
        nobody = {"speakers": (), "host": None}
        left_behind = {"url": None, "materials": (), "cases": None, "status": SessionStatus.DRAFT.value}
        return record.model_copy(update=nobody | left_behind)


def _wrong_state(proposal: Proposal[SessionRecord], change: Change[SessionRecord]) -> Iterable[Problem]:
    before, after = change.before, change.record
    if before is None or before == after:
        return
    if before.status == SessionStatus.CANCELLED:
        yield proposal.problem(change, msg("취소된 세션입니다."), "status")
    elif before.status != SessionStatus.DRAFT and after.status == SessionStatus.DRAFT:
        yield proposal.problem(change, msg("공개한 세션은 초안으로 되돌릴 수 없습니다."), "status")


def _wrong_materials(proposal: Proposal[SessionRecord], change: Change[SessionRecord]) -> Iterable[Problem]:
    for one in change.record.materials:
        if not is_web_address(one.url):
            sentence = msg("자료마다 '제목 | https://주소'를 한 줄에 적어 주세요: %(line)s")
            yield proposal.problem(change, sentence, "materials", line=one.title)
        try:
            _moment(one.public_from, proposal.context.zone)
        except Invalid as fault:
            yield proposal.problem(change, fault.message, "materials", **fault.detail)


def _put(
    write: Write,
    record: SessionRecord,
    before: OnlineSession | None,
    series: Sequence[Series],
    zone: ZoneInfo,
    ids: Ids,
) -> None:
    """Add or change a session, and announce or cancel it where the record says so."""
    status = SessionStatus(record.status)
    session_id = before.id if before else SessionId(ids("session", record.title.ko or record.title.en))
    online = _session(write, record, session_id, series, zone)
    preparing.put_session(write, online)
    was_draft = before.is_draft if before else True
    if was_draft and status is not SessionStatus.DRAFT:
        preparing.announce(write, session_id)
    if status is SessionStatus.CANCELLED:
        actions.cancel(write, session_id, seen=None)


def _session(
    write: Write, record: SessionRecord, session_id: SessionId, series: Sequence[Series], zone: ZoneInfo
) -> OnlineSession:
    before = store.find_session(write.session, write.conf, session_id)
    return OnlineSession(
        id=session_id,
        conf=write.conf,
        title=record.title,
        description=record.description,
        starts_at=record.starts_at,
        ends_at=record.ends_at,
        url=record.url,
        uid=before.uid if before else preparing.uid_of(session_id, write.conf, _public_url()),
        sequence=0,
        status=SessionStatus.DRAFT,
        changed_at=write.at,
        capacity=record.capacity,
        series_id=_series_id(series, record.series),
        speakers=tuple(Speaker(name=one.name, role=one.role) for one in record.speakers),
        host=record.host,
        waits=record.waits,
        link_opens_at=record.link_opens_at,
        materials=tuple(
            Material(title=one.title, url=one.url, public_from=_moment(one.public_from, zone))
            for one in record.materials
        ),
        cases=record.cases,
    )


def _record(online: OnlineSession, titles: Mapping[SeriesId, str], zone: ZoneInfo) -> SessionRecord:
    return SessionRecord(
        series=titles.get(online.series_id) if online.series_id else None,
        title=online.title,
        starts_at=online.starts_at,
        ends_at=online.ends_at,
        description=online.description,
        speakers=tuple(SpeakerItem(name=one.name, role=one.role) for one in online.speakers),
        host=online.host,
        capacity=online.capacity,
        waits=online.waits,
        url=online.url,
        link_opens_at=online.link_opens_at,
        materials=tuple(
            MaterialItem(
                title=one.title,
                url=one.url,
                public_from=typed_time(one.public_from, zone).replace("T", " ") or None,
            )
            for one in online.materials
        ),
        cases=online.cases,
        status=online.status.value,
    )


def _key(record: SessionRecord) -> tuple[str, Text]:
    return plain_word(record.series or ""), record.title


def _place(record: SessionRecord) -> tuple[datetime, str, str, str]:
    return record.starts_at, record.series or "", record.title.ko, record.title.en or ""


def _series_id(series: Sequence[Series], words: str | None) -> SeriesId | None:
    wanted = plain_word(words or "")
    found = (one.id for one in series if wanted in {plain_word(one.title.ko), plain_word(one.title.en)})
    return next(found, None) if wanted else None


def _moment(words: str | None, zone: ZoneInfo) -> Any:
    return local_moment(words, zone) if words else None


def _public_url() -> str:
    return current_hub().settings.public_url if has_app_context() else NO_HUB
