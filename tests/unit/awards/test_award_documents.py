"""Who may see what of an award."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from conference_hub.agenda.model import CueId, LaneId
from conference_hub.awards.documents import award_document, awards_documents, ceremony_document
from conference_hub.awards.model import Award, AwardId, AwardKind, AwardState, Level, LevelId, RevealStyle
from conference_hub.core.text import Text

AT = datetime(2021, 12, 2, 0, 35, 0, 250_000, tzinfo=UTC)
GRAND = Level(
    id=LevelId("grand"),
    rank=1,
    label=Text(ko="대상", en="Grand Prize"),
    honour=Text(ko="장관상", en="Minister's Award"),
    prize_won=2_000_000,
    reveal_style=RevealStyle.INDIVIDUAL,
)
COMMENDATION = Level(
    id=LevelId("commendation"),
    rank=5,
    label=Text(ko="장관표창", en="Minister's Commendation"),
    honour=Text(ko="장관표창", en="Minister's Commendation"),
    prize_won=None,
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
    "reveal_style": "individual",
}
COMMENDATION_DOCUMENT = {
    "id": "commendation",
    "rank": 5,
    "label": {"ko": "장관표창", "en": "Minister's Commendation"},
    "honour": {"ko": "장관표창", "en": "Minister's Commendation"},
    "prize_won": None,
    "reveal_style": "roll",
}
PUBLIC_DOCUMENT = {
    "id": "case-01",
    "lane": "hall",
    "cue": "round-1-hall",
    "order": 25,
    "state": "revealed",
    "level": GRAND_DOCUMENT,
    "kind": "individual",
    "recipient": "석용주",
    "organisation": "천안고용센터",
    "profile": "50대, 남, 1인가구",
    "revealed_at": "2021-12-02T00:35:00.250Z",
}
CEREMONY_DOCUMENT = {
    "total": 2,
    "revealed": 1,
    "levels": [GRAND_DOCUMENT, COMMENDATION_DOCUMENT],
    "counts": [
        {"level": "grand", "lane": "hall", "total": 1, "revealed": 1},
        {"level": "commendation", "lane": "metaverse", "total": 1, "revealed": 0},
    ],
}


@pytest.mark.parametrize(
    "state", [AwardState.SEALED, AwardState.ARMED, AwardState.DEFERRED, AwardState.SKIPPED]
)
def test_public_gets_nothing_of_an_award_that_is_not_revealed(state: AwardState) -> None:
    assert award_document("public", replace(SEALED, state=state), GRAND) is None


@pytest.mark.parametrize(
    "state", [AwardState.REVEALED, AwardState.PRESENTED, AwardState.PHOTOGRAPHED, AwardState.DONE]
)
def test_public_gets_a_revealed_award_without_the_guest(state: AwardState) -> None:
    award = replace(REVEALED, state=state)
    assert award_document("public", award, GRAND) == {**PUBLIC_DOCUMENT, "state": state.value}


def test_emcee_gets_a_sealed_award() -> None:
    expected = {**PUBLIC_DOCUMENT, "state": "sealed", "revealed_at": None}
    assert award_document("sealed", SEALED, GRAND) == expected


def test_operator_also_gets_who_comes_to_the_stage() -> None:
    assert award_document("operator", REVEALED, GRAND) == {**PUBLIC_DOCUMENT, "guest": "guest-001"}


@pytest.mark.parametrize("stream", ["staff", "somebody-new"])
def test_gate_staff_and_unknown_streams_get_nothing_at_all(stream: str) -> None:
    assert award_document(stream, REVEALED, GRAND) is None
    assert ceremony_document(stream, (REVEALED, ORGANISATION), LEVELS) is None
    assert awards_documents(stream, (REVEALED, ORGANISATION), LEVELS) == {}


@pytest.mark.parametrize("stream", ["public", "sealed", "operator"])
def test_ceremony_counts_by_rank_and_lane_without_a_name(stream: str) -> None:
    assert ceremony_document(stream, (ORGANISATION, REVEALED), LEVELS) == CEREMONY_DOCUMENT


def test_public_documents_hold_the_ceremony_and_what_is_revealed() -> None:
    assert awards_documents("public", iter((REVEALED, ORGANISATION)), LEVELS) == {
        "award/case-01": PUBLIC_DOCUMENT,
        "ceremony": CEREMONY_DOCUMENT,
    }


def test_operator_documents_hold_every_award() -> None:
    assert set(awards_documents("operator", (REVEALED, ORGANISATION), LEVELS)) == {
        "award/case-01",
        "award/commend-57",
        "ceremony",
    }
