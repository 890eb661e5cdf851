"""Programmes, levels and awards in files: what is read back is what was there, and what a list may not change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from conference_hub.awards.award_rows import AwardRecord
from conference_hub.awards.exchange import AwardsPart
from conference_hub.awards.level_exchange import LevelRecord, LevelsPart, ProgrammeRecord, ProgrammesPart
from conference_hub.awards.prepared import load_prepared
from conference_hub.core.actor import Actor
from conference_hub.core.stream import Stream
from conference_hub.core.text import Text
from conference_hub.exchange.cells import Context
from conference_hub.exchange.diff import Change, Changes
from conference_hub.exchange.part import Part, Proposal
from conference_hub.web.hub import Hub
from tests.integration.awards.test_award_undo import run
from tests.integration.kinds import ON_SQLITE
from tests.law import Watch
from tests.model_day import CONF

pytestmark = ON_SQLITE
CONTEXT = Context(languages=("ko", "en"), zone=ZoneInfo("Asia/Seoul"), day=date(2021, 12, 2))
PROGRAMMES, LEVELS, AWARDS = ProgrammesPart(), LevelsPart(), AwardsPart()
CASES = ProgrammeRecord(title=Text(ko="특별 부문", en="Cases"), honour=Text(ko="장관상"))
GOLD = LevelRecord(
    programme="특별 부문", label=Text(ko="금상", en="Gold"), rank=1, amount=300, currency="USD", pace=40
)


def current(hub: Hub, part: Part[Any]) -> list[Any]:
    with hub.database.reading() as db:
        return part.current(db, CONF)


def ids() -> Callable[[str, str], str]:
    numbers = count(1)
    return lambda kind, _key: f"{kind}-new-{next(numbers)}"


def same(records: Sequence[Any]) -> list[Change[Any]]:
    return [Change(before=record, after=record) for record in records]


def put(hub: Hub, part: Part[Any], changes: Sequence[Change[Any]]) -> None:
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        part.put(write, Changes(all=tuple(changes)), ids())


def remove(hub: Hub, part: Part[Any], records: Sequence[Any]) -> None:
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        part.remove(write, records)


def problems(hub: Hub, part: Part[Any], changes: Sequence[Change[Any]], **known: Sequence[Any]) -> list[str]:
    with hub.database.reading() as db:
        proposal: Proposal[Any] = Proposal(
            session=db,
            conf=CONF,
            context=CONTEXT,
            changes=Changes(all=tuple(changes)),
            known=lambda name: known.get(name, ()),
        )
        return [problem.text % problem.detail for problem in part.check(proposal)]


def with_cases(hub: Hub) -> None:
    put(hub, PROGRAMMES, [*same(current(hub, PROGRAMMES)), Change(before=None, after=CASES)])


def with_gold(hub: Hub) -> None:
    with_cases(hub)
    put(hub, LEVELS, [*same(current(hub, LEVELS)), Change(before=None, after=GOLD)])


def test_programmes_and_levels_are_read_back_as_they_were_written(seeded: Hub) -> None:
    with_gold(seeded)

    assert current(seeded, PROGRAMMES)[-1] == CASES
    assert GOLD in current(seeded, LEVELS)
    silver = GOLD.model_copy(update={"label": Text(ko="은상"), "rank": 2, "style": "pair"})
    put(seeded, LEVELS, [Change(before=GOLD, after=silver)])
    assert [one for one in current(seeded, LEVELS) if one.programme == GOLD.programme] == [silver]


def test_level_without_a_certificate_of_its_own_carries_that_of_its_programme(seeded: Hub) -> None:
    own = GOLD.model_copy(update={"label": Text(ko="은상"), "rank": 2, "honour": Text(ko="은상")})
    with_cases(seeded)
    put(
        seeded,
        LEVELS,
        [*same(current(seeded, LEVELS)), *(Change(before=None, after=one) for one in (GOLD, own))],
    )

    assert [one for one in current(seeded, LEVELS) if one.programme == GOLD.programme] == [GOLD, own]
    with seeded.database.reading() as db:
        honours = {level.label.ko: level.honour for level in load_prepared(db, CONF).levels.values()}
    assert (honours["금상"], honours["은상"]) == (Text(ko="장관상"), Text(ko="은상"))


def test_all_awards_removed_and_put_again_are_the_same_awards(seeded: Hub) -> None:
    watch, before = Watch(seeded, CONF), current(seeded, AWARDS)

    remove(seeded, AWARDS, before)
    watch.look()
    put(seeded, AWARDS, [Change(before=None, after=record) for record in before])

    watch.look()
    assert current(seeded, AWARDS) == before
    with seeded.database.reading() as db:
        ceremony = seeded.snapshot(db, CONF, Stream.PUBLIC)["ceremony"]
    assert ceremony is not None
    assert ceremony["total"] == 89


def test_a_second_import_of_the_same_list_publishes_nothing(seeded: Hub) -> None:
    with seeded.journal.writing(CONF, actor=Actor.system("test")) as write:
        AWARDS.put(write, Changes(all=tuple(same(AWARDS.current(write.session, CONF)))), ids())

    assert write.appended == []


def test_award_of_a_file_gets_number_place_and_guest_by_human_keys(seeded: Hub) -> None:
    with_gold(seeded)
    new = AwardRecord(
        level="Gold",
        programme="특별 부문",
        recipient="홍길동",
        guest="namu.427@example.com",
        presenter="차관",
        read_by="국장",
        honorific="님",
        conferrer="장관",
        pronunciation="홍-길-동",
        representative="홍길순",
        stand_in="proxy",
        relation="배우자",
    )

    put(seeded, AWARDS, [*same(current(seeded, AWARDS)), Change(before=None, after=new)])

    found = next(record for record in current(seeded, AWARDS) if record.recipient == "홍길동")
    assert found == new.model_copy(update={"number": "90", "level": "금상"})


def test_changed_row_moves_and_renames_its_award_only(seeded: Hub) -> None:
    before = current(seeded, AWARDS)
    changed = before[0].model_copy(update={"recipient": "새 이름", "cue": None, "order": None})

    put(seeded, AWARDS, [Change(before=before[0], after=changed), *same(before[1:])])

    assert current(seeded, AWARDS)[0] == changed
    assert {record.recipient for record in current(seeded, AWARDS)[1:]} == {
        one.recipient for one in before[1:]
    }


def test_list_changes_no_award_that_was_revealed(seeded: Hub) -> None:
    run(seeded, "arm", "case-01")
    run(seeded, "reveal", "case-01")
    before = current(seeded, AWARDS)
    levels = current(seeded, LEVELS)
    first = next(record for record in before if record.recipient == "석용주")
    plain = first.model_copy(update={"guest": None})

    assert problems(seeded, AWARDS, same([plain]), levels=levels) == []
    for change in (
        Change(before=first, after=plain.model_copy(update={"presenter": "차관"})),
        Change(before=first, after=None),
    ):
        assert problems(seeded, AWARDS, [change], levels=levels) == [
            "발표 준비되었거나 발표한 상은 바꿀 수 없습니다."
        ]


def test_names_that_cannot_be_told_are_faults_of_their_row(seeded: Hub) -> None:
    other = GOLD.model_copy(update={"programme": None})
    record = AwardRecord(level="금상", recipient="이름", guest="모르는 사람")

    assert problems(
        seeded,
        AWARDS,
        [Change(before=None, after=record)],
        levels=[GOLD, GOLD.model_copy(update={"programme": "다른 부문"})],
    ) == [
        "이 부문에 그런 훈격이 없습니다. 부문을 함께 적어 주세요: 금상",
        "참석자는 이메일이나 번호로 적어 주세요: 모르는 사람",
    ]
    sure = record.model_copy(update={"guest": None})
    assert problems(seeded, AWARDS, [Change(before=None, after=sure)], levels=[other]) == []


def test_level_with_awards_and_programme_with_levels_are_not_removed(seeded: Hub) -> None:
    award = AwardRecord(level="금상", programme="특별 부문", recipient="이름")

    assert problems(seeded, LEVELS, [Change(before=GOLD, after=None)], awards=[award]) == [
        "이 훈격의 상이 있습니다: 금상"
    ]
    assert problems(seeded, PROGRAMMES, [Change(before=CASES, after=None)], levels=[GOLD]) == [
        "이 부문에 훈격이 있습니다: 특별 부문"
    ]
    with_gold(seeded)
    remove(seeded, LEVELS, [GOLD])
    remove(seeded, PROGRAMMES, [CASES])
    assert (CASES in current(seeded, PROGRAMMES), GOLD in current(seeded, LEVELS)) == (False, False)


def test_awards_are_matched_by_number_else_by_who_gets_them(seeded: Hub) -> None:
    keys = list(AWARDS.keys({"number": "A-1", "level": "대상", "recipient": "홍 길동"}, CONTEXT))

    assert [(key.kind, key.value, key.unique) for key in keys] == [
        ("number", "a-1", True),
        ("who", " | 대상 | 홍 길동 | ", False),
    ]
    assert list(AWARDS.keys({"level": "대상"}, CONTEXT)) == []
    assert seeded is not None
