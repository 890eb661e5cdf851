"""Organisers say which awards come out together: form, list, files, what is found, and what is refused."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.agenda.model import CueId
from conference_hub.awards.exchange import AwardsPart
from conference_hub.awards.model import Award
from conference_hub.awards.preparation import place, put_award, put_awards, remove_awards
from conference_hub.core.stream import Docs, Stream
from conference_hub.exchange.diff import Change
from conference_hub.web.hub import Hub
from tests.integration.awards.test_award_exchange import current, problems, put, same
from tests.integration.awards.test_award_undo import run
from tests.integration.awards.test_preparing import change, known
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.law import Watch
from tests.model_day import CONF

pytestmark = ON_SQLITE
DESK = f"/c/{CONF}/desk/awards"
HALL, META = "round-2-hall", "round-2-metaverse"


def first(hub: Hub, cue: str, place: int = 0) -> Award:
    return known(hub).called_in(CueId(cue))[place]


def joined(hub: Hub, *awards: Award, word: str = "대상") -> None:
    change(hub, lambda now: put_awards(now, [replace(now.award(one.id), joint=word) for one in awards]))


def documents(hub: Hub, stream: Stream) -> Docs:
    with hub.database.reading() as db:
        return hub.snapshot(db, CONF, stream)


def test_a_word_is_typed_and_the_form_says_how_it_is_understood(sign_in: SignIn, seeded: Hub) -> None:
    desk = sign_in(Role.ORGANISER)
    hall, meta = first(seeded, HALL), first(seeded, META)

    alone = save(desk, hall, " 대  상 ")
    together = save(desk, meta, "대 상")

    assert [known(seeded).award(one.id).joint for one in (hall, meta)] == ["대 상", "대 상"]
    assert "‘대 상’ 상은 하나뿐이라 모든 구역의 무대와 자막에 나옵니다." in alone
    assert "‘대 상’ 상을 함께 발표합니다:" in together
    assert f'href="{DESK}/{hall.id}"' in together
    listed = desk.get(f"{DESK}?show=joint&lang=ko").text
    assert re.findall(r"함께 발표: 대 상", listed) == ["함께 발표: 대 상"] * 2


def save(desk: FlaskClient, award: Award, word: str) -> str:
    """Save an award with a joint word, and return its page."""
    page = desk.get(f"{DESK}/{award.id}").text
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen is not None
    form = {"level": award.level_id, "recipient": award.recipient or "", "cue": award.cue_id, "joint": word}
    answer = desk.post(f"{DESK}/{award.id}?lang=ko", data={**form, "seen": seen[1]}, follow_redirects=True)
    return answer.text


def test_a_lane_that_has_the_word_is_said_at_its_field(sign_in: SignIn, seeded: Hub) -> None:
    desk = sign_in(Role.ORGANISER)
    one, other = first(seeded, HALL), first(seeded, HALL, 1)
    save(desk, one, "대상")

    page = save(desk, other, "대상")

    assert f"이 구역의 {one.number}번 상이 이미 같은 말로 함께 발표됩니다." in page
    assert 'id="joint-error"' in page
    assert known(seeded).award(other.id).joint is None


def test_moving_an_award_into_a_lane_with_its_word_is_refused_on_the_list(
    sign_in: SignIn, seeded: Hub
) -> None:
    desk, hall, meta = sign_in(Role.ORGANISER), first(seeded, HALL), first(seeded, META)
    joined(seeded, hall, meta)

    answer = desk.post(f"{DESK}?lang=ko", data={"award": [meta.id], "cue": HALL})

    assert (answer.status_code, f"이 구역의 {hall.number}번 상이" in answer.text) == (422, True), (
        answer.status_code
    )
    assert known(seeded).award(meta.id) == replace(meta, joint="대상")


def test_every_stream_follows_the_words(seeded: Hub) -> None:
    watch, hall, meta = Watch(seeded, CONF), first(seeded, HALL), first(seeded, META)

    joined(seeded, hall)
    watch.look()
    alone = documents(seeded, Stream.SEALED)[f"award/{hall.id}"]
    joined(seeded, meta)
    watch.look()
    both = documents(seeded, Stream.SEALED)[f"award/{hall.id}"]
    change(seeded, lambda now: remove_awards(now, [meta.id]))
    watch.look()

    assert alone is not None
    assert both is not None
    assert [(doc["everywhere"], doc["together"]) for doc in (alone, both)] == [(True, []), (False, [meta.id])]


@pytest.mark.parametrize("verbs", [["arm"], ["arm", "reveal"]])
def test_who_is_together_stays_once_one_is_ready_or_out(
    sign_in: SignIn, seeded: Hub, verbs: list[str]
) -> None:
    desk, hall, meta = sign_in(Role.ORGANISER), first(seeded, HALL), first(seeded, META)
    joined(seeded, hall, meta)
    run(seeded, "absent", meta.id)
    for verb in verbs:
        run(seeded, verb, hall.id)

    said = "함께 발표하는 다른 상이 이미 준비되었거나 발표되었습니다."
    assert said in save(desk, meta, "")
    renamed = replace(known(seeded).award(meta.id), recipient="새 이름")
    change(seeded, lambda now: put_award(now, renamed))
    assert known(seeded).award(meta.id) == renamed


def test_an_award_that_is_out_everywhere_stays_so(sign_in: SignIn, seeded: Hub) -> None:
    hall, meta = first(seeded, HALL), first(seeded, META)
    joined(seeded, hall)
    run(seeded, "arm", hall.id)
    run(seeded, "reveal", hall.id)

    page = save(sign_in(Role.ORGANISER), meta, "대상")

    assert "함께 발표하는 다른 상이 이미 준비되었거나 발표되었습니다." in page
    assert documents(seeded, Stream.PUBLIC)[f"award/{hall.id}"]["everywhere"]  # type: ignore[index]


def test_words_are_written_into_files_and_read_back(seeded: Hub) -> None:
    hall, meta = first(seeded, HALL), first(seeded, META)
    joined(seeded, hall, meta)
    before = current(seeded, AwardsPart())
    assert sorted(one.number for one in before if one.joint == "대상") == sorted([hall.number, meta.number])

    changed = [one.model_copy(update={"joint": None}) for one in before]
    put(seeded, AwardsPart(), [Change(before=a, after=b) for a, b in zip(before, changed, strict=True)])
    put(seeded, AwardsPart(), [Change(before=b, after=a) for a, b in zip(before, changed, strict=True)])

    assert current(seeded, AwardsPart()) == before


def test_a_list_with_impossible_words_is_refused_row_by_row(seeded: Hub) -> None:
    hall, meta = first(seeded, HALL), first(seeded, META)
    before = {one.number: one for one in current(seeded, AwardsPart())}
    rows = [before[one.number] for one in (hall, first(seeded, HALL, 1), meta)]
    worded = [Change(before=row, after=row.model_copy(update={"joint": "대상"})) for row in rows]

    assert check(seeded, worded) == ["이 구역의 다른 상에도 같은 ‘함께 발표’가 있습니다: 대상"]
    joined(seeded, hall, meta)
    run(seeded, "arm", hall.id)
    now = {one.number: one for one in current(seeded, AwardsPart())}[meta.number]
    freed = [*same([before[hall.number]]), Change(before=now, after=now.model_copy(update={"joint": None}))]
    assert check(seeded, freed) == ["함께 발표하는 다른 상이 이미 준비되었거나 발표되었습니다."]


def check(hub: Hub, changes: list[Change[Any]]) -> list[str]:
    with hub.database.reading() as db:
        parts: dict[str, Any] = {part.name: part for part in hub_parts(hub)}
        known_records = {name: parts[name].current(db, CONF) for name in ("levels", "guests", "cues")}
    return problems(hub, AwardsPart(), changes, **known_records)


def hub_parts(hub: Hub) -> Any:
    return hub.parts


def test_what_is_ready_for_doors_says_how_words_are_understood(sign_in: SignIn, seeded: Hub) -> None:
    desk, hall, meta = sign_in(Role.ORGANISER), first(seeded, HALL), first(seeded, META)
    joined(seeded, hall, meta)
    joined(seeded, first(seeded, HALL, 1), word="감사패")
    well = desk.get(f"/c/{CONF}/desk/?lang=ko").text
    change(seeded, lambda now: place(now, [meta.id], "", ""))
    waits = desk.get(f"/c/{CONF}/desk/?lang=ko").text

    assert "여러 구역이 함께 발표하는 상 1묶음, 모든 구역의 무대에 나오는 상 1건입니다." in well
    assert "함께 발표할 상 가운데 순서에 넣지 않은 상이 있습니다." in waits
