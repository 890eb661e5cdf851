"""The guests of honour as a part of the conference file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

from sqlalchemy.orm import Session
from typing_extensions import override

from conference_hub.core.errors import msg
from conference_hub.core.journal import Write
from conference_hub.core.text import Text
from conference_hub.exchange.cells import Context, LineCell
from conference_hub.exchange.columns import Record
from conference_hub.exchange.diff import Changes
from conference_hub.exchange.fields import Words, YesNo, choice, heading, reference
from conference_hub.exchange.part import Ids, Key, Part, Problem, Proposal, Stated, matched_by_key, plain_word
from conference_hub.honours.actions import MOST_HONOURS, set_honours
from conference_hub.honours.model import Honour, HonourId, HonourStanding
from conference_hub.honours.store import all_honours
from conference_hub.people.store import guests_of, holder_of_email, numbers

STANDINGS = choice(
    {one.value: one.label for one in HonourStanding},
    {
        "참석": "expected",
        "참석예정": "expected",
        "coming": "expected",
        "불참석": "absent",
        "대리참석": "represented",
    },
)
Name = Annotated[str, LineCell(80)]
Organisation = Annotated[str, LineCell(120)]
Note = Annotated[str, LineCell(500, several_lines=True)]


class HonourRecord(Record):
    """A guest of honour; `guest` is who they are on the guest list, by e-mail address or number."""

    name: Annotated[Name | None, heading("이름", "Name", "성명", "내빈")] = None
    office: Annotated[Words | None, heading("직함", "Office", "직위", "직책", "직급", "Position")] = None
    organisation: Annotated[
        Organisation | None, heading("소속", "Organisation", "기관", "소속 기관", "Organization")
    ] = None
    pronunciation: Annotated[Name | None, heading("이름 읽는 법", "Pronunciation", "발음", "독음")] = None
    note: Annotated[Note | None, heading("사회자 메모", "Note for the emcee", "메모", "비고", "Note")] = None
    guest: Annotated[
        Annotated[str, reference("guests")] | None,
        heading("참석자", "Guest", "참석자 번호", "이메일", "E-mail"),
    ] = None
    standing: Annotated[str, STANDINGS, heading("참석 여부", "Attendance", "참석")] = (
        HonourStanding.EXPECTED.value
    )
    representative: Annotated[
        Organisation | None, heading("대참자", "Represented by", "대참", "대리 참석자")
    ] = None
    public: Annotated[YesNo, heading("공개", "Public")] = False


class HonoursPart(Part[HonourRecord]):
    """The guests of honour in order of rank; one is known by name, organisation and office together, else by name.

    A clone takes the offices along, and nobody who holds one.
    """

    name = "honours"
    title = Text(ko="내빈", en="Guests of honour")
    record = HonourRecord
    ordered = True
    personal = True
    structure = True

    @override
    def keys(self, values: Mapping[str, Any], context: Context) -> Iterable[Key]:
        office = values.get(f"office.{context.main}") or values.get("office.ko") or values.get("office.en")
        words = [
            plain_word(str(one or "")) for one in (values.get("name"), values.get("organisation"), office)
        ]
        if words[0] or words[2]:
            yield Key(kind="name", value=" · ".join(words))

    @override
    def match(
        self, rows: Sequence[Stated], current: Sequence[HonourRecord], context: Context
    ) -> dict[int, int]:
        """Return which row is which record: by all three words, and for the rest by the name alone where one has it."""
        found = matched_by_key(self, rows, current, context)
        rest = {
            number: plain_word(str(row.values["name"]))
            for number, row in enumerate(rows)
            if number not in found and row.values.get("name")
        }
        left = {
            place: plain_word(one.name or "")
            for place, one in enumerate(current)
            if place not in set(found.values())
        }
        same, others = Counter(rest.values()), Counter(left.values())
        places = {name: place for place, name in left.items() if others[name] == 1}
        return found | {
            number: places[name] for number, name in rest.items() if name in places and same[name] == 1
        }

    @override
    def current(self, session: Session, conf: str) -> list[HonourRecord]:
        honours = all_honours(session, conf)
        words = _guest_words(session, conf, honours)
        return [_record(one, words) for one in honours]

    @override
    def check(self, proposal: Proposal[HonourRecord]) -> Iterable[Problem]:
        guests = {
            plain_word(word) for one in proposal.known("guests") for word in (one.email, one.number) if word
        }
        for place, change in enumerate(proposal.changes.staying):
            record = change.record
            if not record.name and record.office is None:
                yield proposal.problem(change, msg("이름이나 직함을 적어 주세요."), "name")
            if record.standing == HonourStanding.REPRESENTED and not record.representative:
                yield proposal.problem(change, msg("누가 대신 오는지 적어 주세요."), "representative")
            if record.guest and plain_word(record.guest) not in guests:
                sentence = msg("참석자는 이메일이나 번호로 적어 주세요: %(value)s")
                yield proposal.problem(change, sentence, "guest", value=record.guest)
            if place == MOST_HONOURS:
                sentence = msg("내빈은 %(most)s명까지 넣을 수 있습니다.")
                yield proposal.problem(change, sentence, most=MOST_HONOURS)

    @override
    def put(self, write: Write, changes: Changes[HonourRecord], ids: Ids) -> None:
        known = all_honours(write.session, write.conf)
        words = _guest_words(write.session, write.conf, known)
        by_record = {_key(_record(one, words)): one for one in known}
        guests = {plain_word(number): guest for number, guest in numbers(write.session, write.conf).items()}
        after = []
        for change in changes.all:
            before = by_record.get(_key(change.before)) if change.before else None
            if change.after is not None:
                new_id = before.id if before else HonourId(ids("honour", _called(change.after)))
                after.append(_honour(write, new_id, change.after, guests))
            elif before is not None:
                after.append(before)
        set_honours(write, after)

    @override
    def remove(self, write: Write, gone: Sequence[HonourRecord]) -> None:
        known = all_honours(write.session, write.conf)
        words = _guest_words(write.session, write.conf, known)
        going = {_key(record) for record in gone}
        set_honours(write, [one for one in known if _key(_record(one, words)) not in going])

    @override
    def cloned(self, record: HonourRecord) -> HonourRecord | None:
        if record.office is None:
            return None
        return HonourRecord(office=record.office, organisation=record.organisation)


def _guest_words(session: Session, conf: str, honours: Iterable[Honour]) -> dict[str, str]:
    """Return by which word each linked guest is named: the e-mail address where it leads to them, else the number."""
    guests = guests_of(session, conf, [one.guest_id for one in honours if one.guest_id])
    return {
        guest.id: guest.email
        if guest.email and holder_of_email(session, conf, guest.email) == guest.id
        else guest.number
        for guest in guests
    }


def _record(honour: Honour, guests: Mapping[str, str]) -> HonourRecord:
    return HonourRecord(
        name=honour.name,
        office=honour.office,
        organisation=honour.organisation,
        pronunciation=honour.pronunciation,
        note=honour.note,
        guest=guests.get(honour.guest_id) if honour.guest_id else None,
        standing=honour.standing.value,
        representative=honour.representative,
        public=honour.public,
    )


def _honour(write: Write, honour_id: HonourId, record: HonourRecord, numbered: Mapping[str, str]) -> Honour:
    guest = None
    if record.guest:
        by_email = holder_of_email(write.session, write.conf, record.guest)
        guest = by_email or numbered.get(plain_word(record.guest))
    return Honour(
        id=honour_id,
        name=record.name,
        office=record.office,
        organisation=record.organisation,
        pronunciation=record.pronunciation,
        note=record.note,
        guest_id=guest,
        representative=record.representative,
        standing=HonourStanding(record.standing),
        public=record.public,
    )


def _called(record: HonourRecord) -> str:
    return record.name or (record.office.ko or record.office.en if record.office else "")


def _key(record: HonourRecord) -> tuple[str, str, str, str]:
    office = record.office.as_doc() if record.office else {"ko": "", "en": ""}
    return record.name or "", record.organisation or "", office["ko"], office["en"]
