"""Who overrules a refusal says why; that, the author and what was overruled can be read later."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.checkin.actions import revoke_badge, switch_mode
from conference_hub.cli.links import COMMAND_LINE
from conference_hub.core.entries import since
from conference_hub.core.stream import Stream
from conference_hub.people.model import Mode
from conference_hub.web.hub import Hub
from tests.integration.checkin.gate import GUEST, REDEEM, presence, redeem, token_of, topics
from tests.integration.conftest import SignIn
from tests.model_day import CONF

OVER = {"force": True, "over": ["mode_mismatch"]}
NO_REASON = (
    "거절된 분을 통과시키는 이유(why)를 함께 보내 주세요.",
    "Say why somebody passes who was refused (why).",
)
NO_WORDS = (
    "다른 이유(other)라면 그 이유를 메모(note)에 적어 주세요.",
    "For another reason (other), write it down as a note (note).",
)
WITHOUT: dict[str, tuple[dict[str, str], str, tuple[str, str]]] = {
    "nothing": ({}, "why", NO_REASON),
    "only words": ({"note": "총리실 확인"}, "why", NO_REASON),
    "another reason without words": ({"why": "other"}, "note", NO_WORDS),
}
OTHER_WAY = "이 출입구와 다른 방식으로 참석하는 분입니다."
PAGE = {
    "ko": (
        f"입장 · 접수 1 님이 판단해 입장 ({OTHER_WAY}) · 기타 <q>총리실 확인</q>",
        (
            "퇴장 · 접수 1 님이 판단해 퇴장 "
            "(더는 쓸 수 없는 명찰입니다. 새로 발급한 명찰이 있는지 확인해 주세요.) · 본인 확인 <q>신분증</q>"
        ),
    ),
    "en": (
        (
            "Enter · admitted on the judgement of 접수 1 "
            "(This guest takes part in another way than this gate is for.) · other <q>총리실 확인</q>"
        ),
        (
            "Leave · let out on the judgement of 접수 1 "
            "(This badge is no longer valid. Please check whether a new one was issued.)"
            " · identity checked <q>신분증</q>"
        ),
    ),
}


@pytest.fixture
def from_afar(seeded: Hub) -> str:
    """Return the badge of a guest who takes part in the metaverse and stands at a door for those on site."""
    with seeded.journal.writing(CONF, actor=COMMAND_LINE) as write:
        switch_mode(write, GUEST, Mode.METAVERSE)
    return token_of(seeded)


def guest_page(sign_in: SignIn, language: str) -> str:
    page = sign_in(Role.ORGANISER).get(f"/c/{CONF}/desk/people/{GUEST}?lang={language}")
    assert page.status_code == 200
    return " ".join(page.text.split())


@pytest.mark.parametrize("what", WITHOUT)
def test_nothing_is_overruled_without_a_reason(
    seeded: Hub, staff: FlaskClient, from_afar: str, what: str
) -> None:
    reason, field, words = WITHOUT[what]
    body = {"scan_id": "s", "gate": "main", "token": from_afar, **OVER, **reason}
    before = topics(seeded)

    answers = [staff.post(f"{REDEEM}?lang={language}", json=body) for language in ("ko", "en")]

    told = [(one.status_code, one.get_json()["error"]) for one in answers]
    assert [(status, error["code"], error["field"]) for status, error in told] == [
        (422, "invalid", field)
    ] * 2
    assert tuple(error["message"] for _, error in told) == words
    assert (presence(seeded)["inside"], topics(seeded)) == (0, before)
    assert redeem(staff, "s", token=from_afar, **OVER, why="vip")["verdict"] == "admitted"


@pytest.mark.parametrize("what", WITHOUT)
def test_one_that_was_kept_without_a_reason_waits_for_somebody(
    seeded: Hub, staff: FlaskClient, from_afar: str, what: str
) -> None:
    reason, _, _ = WITHOUT[what]
    forced = {"scan_id": "forced", "gate": "main", "token": from_afar, **OVER, **reason}
    plain = {"scan_id": "plain", "gate": "main", "token": token_of(seeded, "guest-002")}

    sent = [staff.post(f"{REDEEM}/batch", json={"scans": [forced, plain]}).get_json() for _ in range(2)]

    first, second = sent[0]["answers"]
    assert first == {"scan_id": "forced", "ok": True, "quarantined": True}
    assert (second["verdict"], presence(seeded)["inside"]) == ("admitted", 1)
    assert sent[1]["answers"] == [first, second]
    assert topics(seeded).count("ScansQuarantined") == 1


def test_what_was_answered_before_reasons_were_needed_is_answered_the_same(
    seeded: Hub, staff: FlaskClient, from_afar: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr("conference_hub.checkin.scanning._check_reason", lambda _attempt: None)
        first = redeem(staff, "s", token=from_afar, **OVER)

    again = redeem(staff, "s", token=from_afar, **OVER)

    assert (first["verdict"], first["forced"], again) == ("admitted", True, first)


@pytest.mark.parametrize("language", PAGE)
def test_the_guests_page_and_the_facts_say_who_overruled_what_and_why(
    seeded: Hub, staff: FlaskClient, sign_in: SignIn, from_afar: str, language: str
) -> None:
    redeem(staff, "in", token=from_afar, **OVER, why="other", note="총리실 확인")
    with seeded.journal.writing(CONF, actor=COMMAND_LINE) as write:
        revoke_badge(write, GUEST)
    how = {"direction": "out", "force": True, "over": ["revoked"], "why": "looked", "note": "신분증"}
    redeem(staff, "out", token=from_afar, **how)

    page = guest_page(sign_in, language)
    with seeded.database.reading() as db:
        entries = since(db, CONF, Stream.OPERATOR, 0, 1000)
    facts: dict[str, Any] = {entry.topic: entry.body for entry in entries}
    names = ("scan", "by", "forced", "over", "why")
    assert [[facts[topic][name] for name in names] for topic in ("GuestAdmitted", "GuestLeft")] == [
        ["in", "접수 1", True, ["mode_mismatch"], "other"],
        ["out", "접수 1", True, ["revoked"], "looked"],
    ]
    assert [words for words in PAGE[language] if words not in page] == []


def test_who_is_switched_to_the_hall_was_let_in_for_that_reason(
    staff: FlaskClient, sign_in: SignIn, from_afar: str
) -> None:
    redeem(staff, "in", token=from_afar, **OVER, why="switched", switch=True)

    assert f"접수 1 님이 판단해 입장 ({OTHER_WAY}) · 현장 참석으로 바꿈" in guest_page(sign_in, "ko")


def test_who_leaves_by_the_rules_was_not_overruled(seeded: Hub, staff: FlaskClient) -> None:
    redeem(staff, "in", token=token_of(seeded))
    redeem(staff, "out", token=token_of(seeded), direction="out")

    with seeded.database.reading() as db:
        left = since(db, CONF, Stream.OPERATOR, 0, 1000)[-1]
    assert (left.topic, left.body["forced"], left.body["over"], left.body["why"]) == (
        *("GuestLeft", False, [], None),
    )
