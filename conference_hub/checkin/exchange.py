"""The guest list as a part of the conference file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Annotated, Any

from flask import has_app_context
from sqlalchemy.orm import Session
from typing_extensions import override

from conference_hub.checkin.guest_actions import MOST_IN_A_FACT, change_guests, register_guests, remove_guests
from conference_hub.conferences.store import find_conference, get_conference
from conference_hub.core.errors import msg
from conference_hub.core.journal import Write
from conference_hub.core.text import Text
from conference_hub.exchange.cells import Context, LineCell
from conference_hub.exchange.columns import Record
from conference_hub.exchange.diff import Changes
from conference_hub.exchange.faults import Message, shown
from conference_hub.exchange.fields import Email, Line, LongText, Phone, Words, choice, heading, reference
from conference_hub.exchange.part import Ids, Key, Part, Problem, Proposal, plain_word, value_key
from conference_hub.exchange.progress import advanced, in_turns
from conference_hub.people.group_actions import group_by_title
from conference_hub.people.group_store import all_groups
from conference_hub.people.model import LONGEST_NUMBER, GroupId, Guest, GuestId, Mode
from conference_hub.people.store import each_guest, guests_of, numbers
from conference_hub.web.hub import GuestsLeaving, GuestTies, current_hub

MODES = choice(
    {mode.value: mode.label for mode in Mode},
    {
        "오프라인": Mode.ONSITE,
        "대면": Mode.ONSITE,
        "offline": Mode.ONSITE,
        "inperson": Mode.ONSITE,
        "줌": Mode.ZOOM,
        "zoom": Mode.ZOOM,
        "온라인": Mode.ONLINE,
        "유튜브": Mode.ONLINE,
        "online": Mode.ONLINE,
    },
)
OTHER_WORDS_FOR_MODE = ("참석", "참가 방식", "참여 방식", "참석 형태", "참가 형태", "Mode", "Participation")
LANGUAGES = choice({"ko": Text(ko="한국어", en="Korean"), "en": Text(ko="영어", en="English")})


TOLD = msg("새 참석자는 개인 페이지를 처음 열 때 개인정보 처리 안내(버전 %(version)s)를 봅니다.")
UNTOLD = msg("개인정보 처리 안내가 없습니다. 등록 설정에 적으면 새 참석자의 개인 페이지에 보입니다.")
KEPT = msg("참석자의 개인정보를 %(day)s까지 보관합니다.")
UNKEPT = msg("개인정보 보관 기한을 정하지 않았습니다.")
TOTAL = msg("이름이 숫자뿐입니다: %(value)s. 합계를 적은 줄이면 지워 주세요.")


class GuestRecord(Record):
    """A guest; `role` stands in for the name of somebody who is not named."""

    number: Annotated[
        Annotated[str, LineCell(LONGEST_NUMBER)] | None,
        heading("번호", "Number", "no", "연번", "순번", "참석자 번호"),
    ] = None
    name: Annotated[Line | None, heading("이름", "Name", "성명", "성함", "Full name")] = None
    pronunciation: Annotated[
        Line | None, heading("로마자·발음", "Romanised name", "로마자", "영문명", "발음", "Pronunciation")
    ] = None
    role: Annotated[
        Words | None, heading("역할·직함", "Role", "역할", "직함", "직책", "직위", "Title", "Position")
    ] = None
    organisation: Annotated[
        Line | None,
        heading(
            "소속", "Organisation", "기관", "소속 기관", "회사", "Organization", "Affiliation", "Company"
        ),
    ] = None
    group: Annotated[
        Annotated[str, reference("groups", creates=True)] | None,
        heading("구분", "Group", "그룹", "분류", "Category"),
    ] = None
    mode: Annotated[str, MODES, heading("참석 방식", "Attendance", *OTHER_WORDS_FOR_MODE)] = Mode.ONSITE.value
    seat: Annotated[Line | None, heading("좌석", "Seat", "자리", "테이블", "좌석 번호", "Table")] = None
    party: Annotated[
        Line | None, heading("일행", "Party", "동행", "일행 이름", "함께 오는 사람", "Travelling party")
    ] = None
    email: Annotated[
        Email | None, heading("이메일", "E-mail", "전자우편", "메일", "Email address", "Mail")
    ] = None
    phone: Annotated[
        Phone | None, heading("전화", "Phone", "전화번호", "연락처", "휴대전화", "휴대폰", "Mobile")
    ] = None
    needs: Annotated[
        LongText | None, heading("필요한 도움", "Needs", "편의 지원", "접근성", "Accessibility")
    ] = None
    look: Annotated[LongText | None, heading("확인 요청", "Look", "입장 전 확인", "Look at")] = None
    notes: Annotated[LongText | None, heading("비고", "Notes", "메모", "Remarks")] = None
    language: Annotated[Annotated[str, LANGUAGES] | None, heading("언어", "Language")] = None


class GuestsPart(Part[GuestRecord]):
    """The guest list: a guest is known by address, else by number, else by name and organisation where one has both."""

    name = "guests"
    title = Text(ko="참석자", en="Guests")
    record = GuestRecord
    personal = True

    def __init__(self, ties: Sequence[GuestTies] = (), leaving: Sequence[GuestsLeaving] = ()) -> None:
        """Keep what tells whether guests may be removed, and what goes with them (`remove_guests`)."""
        self._ties = ties
        self._leaving = leaving

    @override
    def keys(self, values: Mapping[str, Any], context: Context) -> Iterable[Key]:
        """Return address, number and name with organisation; people with a number each may share an address."""
        shared = bool(values.get("number"))
        yield from (replace(key, unique=not shared) for key in value_key(values, "email"))
        yield from value_key(values, "number")
        if name := values.get("name"):
            both = f"{plain_word(str(name))} | {plain_word(str(values.get('organisation') or ''))}"
            yield Key(kind="name", value=both, unique=False)

    @override
    def current(self, session: Session, conf: str) -> list[GuestRecord]:
        main = get_conference(session, conf).main_language
        titles = {group.id: group.title.in_language(main) for group in all_groups(session, conf).values()}
        return [guest_record(guest, titles) for guest in in_turns(each_guest(session, conf))]

    @override
    def check(self, proposal: Proposal[GuestRecord]) -> Iterable[Problem]:
        for change in in_turns(proposal.changes.staying):
            if change.record.name is None and change.record.role is None:
                yield proposal.problem(change, msg("이름이 없으면 역할·직함이 있어야 합니다."), "name")
        if proposal.changes.gone:
            yield from self._tied(proposal)

    @override
    def notices(self, proposal: Proposal[GuestRecord]) -> Iterable[Message]:
        """Say which new guests have a number for a name: a list may end with how many there are.

        And which privacy notice new guests see, and until when their data are kept.
        """
        new = [change.record for change in in_turns(proposal.changes.of("new"))]
        for record in new:
            if _counts(record.name):
                yield Message(text=TOTAL, detail={"value": shown(record.name)})
        if new:
            yield from _privacy(proposal.session, proposal.conf)

    @override
    def put(self, write: Write, changes: Changes[GuestRecord], ids: Ids) -> None:
        known = numbers(write.session, write.conf)
        groups = all_groups(write.session, write.conf)

        def group_of(record: GuestRecord) -> GroupId | None:
            found = group_by_title(groups, record.group) if record.group else None
            return found.id if found else None

        changed, new = [], []
        some_done = partial(advanced, MOST_IN_A_FACT)
        for change in in_turns(changes.staying):
            record = change.record
            if change.before is None:
                new.append(_guest(record, GuestId(ids("guest", _human_key(record))), group_of(record)))
            elif change.before != record:
                guest_id = known[change.before.number or ""]
                changed.append(_guest(record, guest_id, group_of(record), number=change.before.number))
        followed = current_hub().guests_changed if has_app_context() else ()
        change_guests(write, changed, pause=some_done, followed=followed)
        register_guests(write, new, pause=some_done)

    @override
    def remove(self, write: Write, gone: Sequence[GuestRecord]) -> None:
        known = numbers(write.session, write.conf)
        guest_ids = [known[record.number] for record in gone if record.number in known]
        remove_guests(write, guest_ids, ties=self._ties, leaving=self._leaving)

    def _tied(self, proposal: Proposal[GuestRecord]) -> Iterable[Problem]:
        """Return a problem for each guest who would go although an award hangs on them."""
        session, conf = proposal.session, proposal.conf
        known = numbers(session, conf)
        going = {known[record.number] for record in proposal.changes.gone if record.number in known}
        tied = {guest_id for ties in self._ties for guest_id in ties(session, conf, going)}
        names = {guest.number: guest.shown for guest in guests_of(session, conf, tied)}
        for change in proposal.changes.of("gone"):
            if change.record.number in names:
                name = names[change.record.number]
                sentence = msg("시상에 연결된 사람이라 명단에서 뺄 수 없습니다: %(name)s")
                yield proposal.problem(change, sentence, name=name.ko or name.en)


def _privacy(session: Session, conf: str) -> Iterable[Message]:
    """Yield what becomes of the data of new guests; nothing for a conference that is only being made."""
    conference = find_conference(session, conf)
    if conference is None:
        return
    notice = current_hub().privacy_notice(session, conf) if has_app_context() else None
    if notice is not None:
        told = notice.words is not None
        yield Message(text=TOLD if told else UNTOLD, detail={"version": notice.version} if told else {})
    kept = conference.purge_on
    yield Message(text=KEPT if kept else UNKEPT, detail={"day": kept.isoformat()} if kept else {})


def _counts(name: str | None) -> bool:
    """Return whether a name is a number, as in the last line of a list that people count."""
    return name is not None and re.fullmatch(r"[\d,.\s]+(명|인|people)?", name) is not None


def guest_record(guest: Guest, titles: Mapping[GroupId, str]) -> GuestRecord:
    """Return a guest as files have them; `titles` are those of the groups in the main language."""
    return GuestRecord(
        number=guest.number,
        name=guest.name,
        pronunciation=guest.pronunciation,
        role=guest.label,
        organisation=guest.organisation,
        group=titles.get(guest.group) if guest.group else None,
        mode=guest.mode.value,
        seat=guest.seat,
        email=guest.email,
        phone=guest.phone,
        needs=guest.needs,
        look=guest.look,
        party=guest.party,
        notes=guest.notes,
        language=guest.language,
    )


def _guest(record: GuestRecord, guest_id: GuestId, group: GroupId | None, number: str | None = None) -> Guest:
    return Guest(
        id=guest_id,
        number=record.number or number or "",
        name=record.name,
        label=record.role,
        pronunciation=record.pronunciation,
        organisation=record.organisation,
        group=group,
        mode=Mode(record.mode),
        seat=record.seat,
        email=record.email,
        phone=record.phone,
        needs=record.needs,
        look=record.look,
        party=record.party,
        notes=record.notes,
        language=record.language,
    )


def _human_key(record: GuestRecord) -> str:
    role = record.role.ko or record.role.en if record.role else ""
    return record.email or record.number or record.name or role
