"""The awards as a part of the conference file: a list that organisers keep, with the words that it has in Korea."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session
from typing_extensions import override

from conference_hub.agenda.store import working_plan
from conference_hub.awards.arranging import natural
from conference_hub.awards.award_rows import AwardRecord, award_of, guest_words, names_of, record_of
from conference_hub.awards.joint_exchange import joint_problems
from conference_hub.awards.model import Award, AwardId
from conference_hub.awards.preparation import Prepared, next_number, put_awards, remove_awards
from conference_hub.awards.prepared import load_prepared
from conference_hub.awards.preparing import prepare
from conference_hub.conferences.store import get_conference
from conference_hub.core.errors import msg
from conference_hub.core.journal import Write
from conference_hub.core.text import Text
from conference_hub.exchange.cells import Context
from conference_hub.exchange.diff import Change, Changes
from conference_hub.exchange.part import Ids, Key, Part, Problem, Proposal, plain_word, value_key


class AwardsPart(Part[AwardRecord]):
    """The awards: one is known by its number, else by level, recipient and organisation where one award has them."""

    name = "awards"
    title = Text(ko="상", en="Awards")
    record = AwardRecord
    personal = True

    @override
    def keys(self, values: Mapping[str, Any], context: Context) -> Iterable[Key]:
        yield from value_key(values, "number")
        who = [values.get(name) or "" for name in ("programme", "level", "recipient", "organisation")]
        if who[2] or who[3]:
            yield Key(kind="who", value=" | ".join(plain_word(str(one)) for one in who), unique=False)

    @override
    def current(self, session: Session, conf: str) -> list[AwardRecord]:
        main = get_conference(session, conf).main_language
        prepared, plan = load_prepared(session, conf), working_plan(session, conf)
        guests = guest_words(session, conf)
        awards = sorted(prepared.awards.values(), key=lambda one: (natural(one.number), one.id))
        return [record_of(award, prepared, plan, guests, main) for award in awards]

    @override
    def check(self, proposal: Proposal[AwardRecord]) -> Iterable[Problem]:
        prepared = load_prepared(proposal.session, proposal.conf)
        fixed = {award.number for award in prepared.awards.values() if award.state.is_fixed}
        levels = Counter(
            (plain_word(one.programme or ""), plain_word(label))
            for one in proposal.known("levels")
            for label in {one.label.ko, one.label.en} - {""}
        )
        guests = {
            plain_word(word) for one in proposal.known("guests") for word in (one.email, one.number) if word
        }
        for change in proposal.changes.all:
            if change.kind in {"changed", "gone"} and change.before and change.before.number in fixed:
                yield proposal.problem(change, msg("발표 준비되었거나 발표한 상은 바꿀 수 없습니다."))
            elif change.after is not None:
                yield from _unknown(proposal, change, levels, guests)
        yield from joint_problems(proposal, prepared.awards.values())

    @override
    def put(self, write: Write, changes: Changes[AwardRecord], ids: Ids) -> None:
        names = names_of(write.session, write.conf)

        def change(now: Prepared) -> Prepared:
            known = {award.number: award for award in now.awards.values()}
            awards: dict[AwardId, Award] = {}
            for one in changes.staying:
                before = known.get(one.before.number or "") if one.before else None
                number = one.record.number or (before.number if before else None)
                number = number or next_number([*now.awards.values(), *awards.values()])
                award_id = before.id if before else AwardId(ids("award", number))
                if before is None or one.before != one.record:
                    awards[award_id] = award_of(now, one.record, before, number, award_id, names)
            return put_awards(now, awards.values())

        prepare(write, change)

    @override
    def remove(self, write: Write, gone: Sequence[AwardRecord]) -> None:
        numbers = {record.number for record in gone}
        prepare(
            write,
            lambda now: remove_awards(
                now, [award.id for award in now.awards.values() if award.number in numbers]
            ),
        )


def _unknown(
    proposal: Proposal[AwardRecord],
    change: Change[AwardRecord],
    levels: Mapping[tuple[str, str], int],
    guests: Iterable[str],
) -> Iterable[Problem]:
    """Return what of the names of a row cannot be told: a level of its programme, a guest, a place without a cue."""
    record = change.record
    known = levels.get((plain_word(record.programme or ""), plain_word(record.level)), 0)
    alone = [count for (_, label), count in levels.items() if label == plain_word(record.level)]
    if not known and (record.programme or sum(alone) != 1):
        sentence = msg("이 부문에 그런 훈격이 없습니다. 부문을 함께 적어 주세요: %(value)s")
        yield proposal.problem(change, sentence, "level", value=record.level)
    if record.guest and plain_word(record.guest) not in guests:
        sentence = msg("참석자는 이메일이나 번호로 적어 주세요: %(value)s")
        yield proposal.problem(change, sentence, "guest", value=record.guest)
