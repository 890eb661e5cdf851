"""Who may see what of an award."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from conference_hub.agenda.model import CueId, LaneId
from conference_hub.awards.documents import AUDIENCES, documents_of
from conference_hub.awards.levels import Level, LevelId, Prize, RevealStyle
from conference_hub.awards.model import Award, AwardId, AwardKind, AwardState, Ceremony, StandIn
from conference_hub.core.stream import Docs, Stream
from conference_hub.core.text import Text

AT = datetime(2021, 12, 2, 0, 35, 0, 250_000, tzinfo=UTC)
GRAND = Level(
    id=LevelId("grand"),
    rank=1,
    label=Text(ko="대상", en="Grand Prize"),
    honour=Text(ko="장관상", en="Minister's Award"),
    prize=Prize.won(2_000_000),
    reveal_style=RevealStyle.INDIVIDUAL,
)
COMMENDATION = Level(
    id=LevelId("commendation"),
    rank=5,
    label=Text(ko="장관표창", en="Minister's Commendation"),
    honour=Text(ko="장관표창", en="Minister's Commendation"),
    prize=None,
    reveal_style=RevealStyle.ROLL,
)
LEVELS = {GRAND.id: GRAND, COMMENDATION.id: COMMENDATION}
SEALED = Award(
    id=AwardId("case-01"),
    level_id=GRAND.id,
    lane_id=LaneId("hall"),
    cue_id=CueId("round-1-hall"),
    call_order=25,
    kind=AwardKind.INDIVIDUAL,
    recipient="석용주",
    organisation="천안고용센터",
    guest_id="guest-001",
    profile="50대, 남, 1인가구",
    number="1",
    citation="구직자 서른 명의 취업을 도왔습니다.",
    representative="석가영",
    stand_in=StandIn.PROXY,
    absent=True,
    deferred=True,
    relation="배우자",
    presenter="장관",
    read_by="차관",
    honorific="님",
    conferrer="국무총리",
    pronunciation="석-용-주",
)
REVEALED = replace(SEALED, state=AwardState.REVEALED, revealed_at=AT)
ORGANISATION = Award(
    id=AwardId("commend-57"),
    level_id=COMMENDATION.id,
    lane_id=LaneId("metaverse"),
    cue_id=CueId("round-3-metaverse"),
    call_order=1,
    kind=AwardKind.ORGANISATION,
    recipient=None,
    organisation="한국전력공사",
    guest_id="guest-081",
    profile=None,
)
GRAND_DOCUMENT = {
    "id": "grand",
    "rank": 1,
    "label": {"ko": "대상", "en": "Grand Prize"},
    "honour": {"ko": "장관상", "en": "Minister's Award"},
    "prize_won": 2_000_000,
    "prize": {"amount": 2_000_000, "currency": "KRW", "text": None},
    "reveal_style": "individual",
    "programme": None,
    "pace_s": 28,
}
COMMENDATION_DOCUMENT = {
    "id": "commendation",
    "rank": 5,
    "label": {"ko": "장관표창", "en": "Minister's Commendation"},
    "honour": {"ko": "장관표창", "en": "Minister's Commendation"},
    "prize_won": None,
    "prize": None,
    "reveal_style": "roll",
    "programme": None,
    "pace_s": 8,
}
PUBLIC_DOCUMENT = {
    "id": "case-01",
    "number": "1",
    "lane": "hall",
    "cue": "round-1-hall",
    "order": 25,
    "state": "revealed",
    "level": GRAND_DOCUMENT,
    "kind": "individual",
    "recipient": "석용주",
    "organisation": "천안고용센터",
    "profile": "50대, 남, 1인가구",
    "unnamed": False,
    "citation": "구직자 서른 명의 취업을 도왔습니다.",
    "presenter": "장관",
    "honorific": "님",
    "conferrer": "국무총리",
    "revealed_at": "2021-12-02T00:35:00.250Z",
    "everywhere": False,
}
EMCEE_DOCUMENT = {
    **PUBLIC_DOCUMENT,
    "joint": None,
    "together": [],
    "representative": "석가영",
    "stand_in": "proxy",
    "absent": True,
    "deferred": True,
    "relation": "배우자",
    "read_by": "차관",
    "pronunciation": "석-용-주",
    "guest": "guest-001",
}
CEREMONY_DOCUMENT = {
    "total": 2,
    "revealed": 1,
    "programmes": [],
    "levels": [GRAND_DOCUMENT, COMMENDATION_DOCUMENT],
    "counts": [
        {"level": "grand", "lane": "hall", "total": 1, "revealed": 1},
        {"level": "commendation", "lane": "metaverse", "total": 1, "revealed": 0},
    ],
}


def shown(stream: Stream, *awards: Award) -> Docs:
    ceremony = Ceremony(levels=LEVELS, awards={award.id: award for award in awards}, rounds={})
    return documents_of([stream], ceremony, ceremony.awards).get(stream, {})


@pytest.mark.parametrize("state", [AwardState.SEALED, AwardState.ARMED, AwardState.SKIPPED])
def test_public_gets_nothing_of_an_award_that_is_not_revealed(state: AwardState) -> None:
    assert shown(Stream.PUBLIC, replace(SEALED, state=state))["award/case-01"] is None


@pytest.mark.parametrize(
    "state", [AwardState.REVEALED, AwardState.PRESENTED, AwardState.PHOTOGRAPHED, AwardState.DONE]
)
def test_public_gets_a_revealed_award_without_the_guest_and_who_stands_in(state: AwardState) -> None:
    award = replace(REVEALED, state=state)
    assert shown(Stream.PUBLIC, award)["award/case-01"] == {**PUBLIC_DOCUMENT, "state": state.value}


def test_emcee_gets_a_sealed_award_with_the_guest_who_comes() -> None:
    expected = {**EMCEE_DOCUMENT, "state": "sealed", "revealed_at": None}
    assert shown(Stream.SEALED, SEALED)["award/case-01"] == expected


def test_operator_also_gets_what_may_be_commanded_next() -> None:
    assert shown(Stream.OPERATOR, REVEALED)["award/case-01"] == {
        **EMCEE_DOCUMENT,
        "withdrawal": None,
        "commands": {
            "arm": "already_revealed",
            "reveal": "already_revealed",
            "present": None,
            "photo": None,
            "done": None,
            "defer": "already_revealed",
            "absent": None,
            "proxy": None,
            "withdraw": None,
            "skip": "already_revealed",
            "take-back": None,
            "correct": None,
        },
    }


def test_staff_stream_has_no_award_documents() -> None:
    assert shown(Stream.STAFF, REVEALED, ORGANISATION) == {}


@pytest.mark.parametrize("stream", [Stream.PUBLIC, Stream.SEALED, Stream.OPERATOR])
def test_ceremony_counts_by_rank_and_lane_without_a_name(stream: Stream) -> None:
    assert shown(stream, ORGANISATION, REVEALED)["ceremony"] == CEREMONY_DOCUMENT


def test_public_documents_hold_the_ceremony_and_what_is_revealed() -> None:
    assert shown(Stream.PUBLIC, REVEALED, ORGANISATION) == {
        "award/case-01": PUBLIC_DOCUMENT,
        "award/commend-57": None,
        "ceremony": CEREMONY_DOCUMENT,
    }


@pytest.mark.parametrize("stream", [Stream.SEALED, Stream.OPERATOR])
def test_emcee_and_operator_also_get_the_calling_order_of_each_lane(stream: Stream) -> None:
    docs = shown(stream, REVEALED, ORGANISATION)

    assert set(docs) == {"award/case-01", "award/commend-57", "calling/hall", "calling/metaverse", "ceremony"}
    assert docs["calling/hall"] == {
        "lane": "hall",
        "cue": None,
        "next_cue": None,
        "order": [],
        "up": "case-01",
        "following": [],
        "on_deck": [],
        "left": 0,
        "total": 0,
        "pace_s": None,
        "ends_at": None,
    }


def test_a_withdrawn_award_is_known_to_operators_only_and_counts_no_more() -> None:
    withdrawn = replace(SEALED, state=AwardState.WITHDRAWN, withdrawal="허위 공적")

    operator = shown(Stream.OPERATOR, withdrawn, ORGANISATION)

    assert operator["award/case-01"] is not None
    assert operator["award/case-01"]["withdrawal"] == "허위 공적"
    assert [shown(stream, withdrawn)["award/case-01"] for stream in (Stream.PUBLIC, Stream.SEALED)] == [
        None,
        None,
    ]
    assert operator["ceremony"] is not None
    assert operator["ceremony"]["total"] == 1


def test_joint_word_is_for_those_who_know_recipients_before_the_reveal() -> None:
    here, there = (
        replace(one, joint="대상") for one in (REVEALED, replace(ORGANISATION, lane_id=LaneId("other")))
    )

    docs = [shown(stream, here, there)["award/case-01"] or {} for stream in AUDIENCES]

    assert [(doc.get("joint"), doc.get("together"), doc["everywhere"]) for doc in docs] == [
        (None, None, False),
        ("대상", [there.id], False),
        ("대상", [there.id], False),
    ]


def test_award_that_has_its_joint_word_alone_is_everywhere() -> None:
    docs = [shown(stream, replace(REVEALED, joint="대상"), ORGANISATION) for stream in AUDIENCES]

    told = [doc["award/case-01"] or {} for doc in docs]
    assert [doc["everywhere"] for doc in told] == [True, True, True]
