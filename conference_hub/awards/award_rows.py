"""An award as a row of the conference file, with the words that its columns have in Korea; rows ↔ awards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from sqlalchemy.orm import Session

from conference_hub.agenda.model import CueId, Plan
from conference_hub.agenda.store import working_plan
from conference_hub.awards.joint import LONGEST_WORD
from conference_hub.awards.level_exchange import programme_called
from conference_hub.awards.levels import Level
from conference_hub.awards.model import NOWHERE, Award, AwardId, AwardKind, StandIn, with_progress
from conference_hub.awards.preparation import Prepared
from conference_hub.exchange.cells import LineCell, WholeCell
from conference_hub.exchange.columns import Record
from conference_hub.exchange.fields import YesNo, choice, heading, reference
from conference_hub.exchange.part import plain_word
from conference_hub.exchange.progress import in_turns
from conference_hub.people.store import each_guest

KINDS = choice(
    {kind.value: kind.label for kind in AwardKind},
    {
        "기관": "organisation",
        "단체": "organisation",
        "organization": "organisation",
        "individual": "individual",
    },
)
STAND_INS = choice(
    {one.value: one.label for one in StandIn if one},
    {"대표": "joint", "대리": "proxy", "기관장": "representative"},
)
LAST = 10**9
"""The order of an award whose row states none: behind the others of its cue."""
Name = Annotated[str, LineCell(80)]


class AwardRecord(Record):
    """An award; `guest` is who comes to the stage, by e-mail address or number, `order` the place in its cue."""

    number: Annotated[
        Annotated[str, LineCell(20)] | None, heading("번호", "Number", "no", "연번", "순번", "상 번호")
    ] = None
    programme: Annotated[
        Annotated[str, reference("programmes", creates=True)] | None,
        heading("부문", "Programme", "시상 부문", "Program"),
    ] = None
    level: Annotated[
        str,
        reference("levels", creates=True),
        heading("훈격", "Level", "상", "상 이름", "등급", "상격", "시상 등급", "Prize"),
    ]
    kind: Annotated[str, KINDS, heading("받는 이", "For", "종류", "Kind")] = AwardKind.INDIVIDUAL.value
    recipient: Annotated[
        Name | None, heading("수상자", "Recipient", "이름", "성명", "수상자 이름", "Name")
    ] = None
    unnamed: Annotated[YesNo, heading("이름 비공개", "Name not published", "무기명", "Unnamed")] = False
    organisation: Annotated[
        Annotated[str, LineCell(120)] | None,
        heading("소속", "Organisation", "기관", "소속 기관", "Organization", "Affiliation"),
    ] = None
    guest: Annotated[
        Annotated[str, reference("guests")] | None,
        heading("참석자", "Guest", "무대에 오르는 참석자", "이메일", "E-mail", "참석자 번호"),
    ] = None
    representative: Annotated[
        Name | None,
        heading(
            "대표·대리 수상", "Representative", "대표수상", "대리수상", "대표 수상", "대리 수상", "대표수상자"
        ),
    ] = None
    stand_in: Annotated[
        Annotated[str, STAND_INS] | None,
        heading("대표·대리 구분", "Stands in as", "수상 구분", "대리 구분", "Stand-in"),
    ] = None
    relation: Annotated[Name | None, heading("관계", "Relation", "수상자와의 관계")] = None
    citation: Annotated[
        Annotated[str, LineCell(2_000, several_lines=True)] | None,
        heading("공적", "Citation", "공적 내용", "공적사항"),
    ] = None
    profile: Annotated[Annotated[str, LineCell(300)] | None, heading("사례 대상", "Profile", "대상자")] = None
    presenter: Annotated[Name | None, heading("시상자", "Presenter", "수여자")] = None
    read_by: Annotated[Name | None, heading("대독", "Read by", "대독자")] = None
    honorific: Annotated[Name | None, heading("호칭", "Honorific", "존칭", "직함", "직위")] = None
    conferrer: Annotated[Name | None, heading("수여권자", "Conferrer", "수여 기관", "Conferred by")] = None
    pronunciation: Annotated[
        Name | None, heading("이름 읽는 법", "Pronunciation", "읽는 법", "발음", "Read as")
    ] = None
    cue: Annotated[
        Annotated[str, reference("cues")] | None, heading("시상 순서", "Cue", "큐", "순서 번호", "큐 번호")
    ] = None
    order: Annotated[
        Annotated[int, WholeCell(1, 1_000)] | None, heading("호명 순서", "Calling order", "호명", "Order")
    ] = None
    joint: Annotated[
        Annotated[str, LineCell(LONGEST_WORD)] | None,
        heading("함께 발표", "Revealed together", "동시 발표", "Joint reveal"),
    ] = None


@dataclass(frozen=True, kw_only=True)
class Names:
    """What the words of a list of awards mean: cues by number, guests by e-mail address or number."""

    plan: Plan
    cues: Mapping[str, str]
    guests: Mapping[str, str]


def names_of(session: Session, conf: str) -> Names:
    """Return what the words of a list mean in a conference as it is now."""
    plan, guests = working_plan(session, conf), list(in_turns(each_guest(session, conf)))
    by_number = {plain_word(one.number): one.id for one in guests if one.number}
    by_email = {plain_word(one.email): one.id for one in reversed(guests) if one.email}
    return Names(
        plan=plan,
        cues={plain_word(cue.number): cue.id for cue in plan.cues if cue.number},
        guests={**by_number, **by_email},
    )


def guest_words(session: Session, conf: str) -> dict[str, str]:
    """Return by which word a guest is named: the e-mail address where no other one has it, else the number."""
    guests = list(in_turns(each_guest(session, conf)))
    held = Counter(plain_word(one.email) for one in in_turns(guests) if one.email)
    return {
        one.id: one.email if one.email and held[plain_word(one.email)] == 1 else one.number
        for one in in_turns(guests)
    }


def record_of(
    award: Award, prepared: Prepared, plan: Plan, guests: Mapping[str, str], main: str
) -> AwardRecord:
    """Return the row of an award, in the language `main`."""
    level = prepared.levels[award.level_id]
    programme = prepared.programme(level.programme_id) if level.programme_id else None
    return AwardRecord(
        number=award.number,
        programme=programme.title.in_language(main) if programme else None,
        level=level.label.in_language(main),
        kind=award.kind.value,
        recipient=award.recipient,
        unnamed=award.unnamed,
        organisation=award.organisation,
        guest=guests.get(award.guest_id) if award.guest_id else None,
        representative=award.representative,
        stand_in=award.stand_in.value if award.representative and award.stand_in else None,
        relation=award.relation,
        citation=award.citation,
        profile=award.profile,
        presenter=award.presenter,
        read_by=award.read_by,
        honorific=award.honorific,
        conferrer=award.conferrer,
        pronunciation=award.pronunciation,
        cue=plan.cue[award.cue_id].number if award.placed else None,
        order=award.call_order if award.placed else None,
        joint=award.joint,
    )


def _level_of(prepared: Prepared, record: AwardRecord) -> Level:
    programme = programme_called(prepared, record.programme)
    wanted = plain_word(record.level)
    found = [
        level
        for level in prepared.levels.values()
        if wanted in {plain_word(level.label.ko), plain_word(level.label.en)}
    ]
    own = [level for level in found if level.programme_id == (programme.id if programme else None)]
    return (own or found)[0]


def award_of(
    prepared: Prepared,
    record: AwardRecord,
    before: Award | None,
    number: str,
    award_id: AwardId,
    names: Names,
) -> Award:
    """Return the award that a row states, with what the ceremony has noted of it `before`."""
    cue = names.plan.cue.get(CueId(names.cues.get(plain_word(record.cue or ""), "")))
    kind = AwardKind(record.kind)
    stated = Award(
        id=award_id,
        level_id=_level_of(prepared, record).id,
        lane_id=cue.lane_id if cue else NOWHERE,
        cue_id=cue.id if cue else NOWHERE,
        call_order=record.order or LAST,
        kind=kind,
        recipient=record.recipient,
        organisation=record.organisation,
        guest_id=names.guests.get(plain_word(record.guest or "")),
        profile=record.profile,
        number=number,
        unnamed=record.unnamed,
        citation=record.citation,
        representative=record.representative,
        stand_in=StandIn.of(record.stand_in, kind, record.representative),
        relation=record.relation,
        presenter=record.presenter,
        read_by=record.read_by,
        honorific=record.honorific,
        conferrer=record.conferrer,
        pronunciation=record.pronunciation,
        joint=record.joint,
    )
    return with_progress(stated, before)
