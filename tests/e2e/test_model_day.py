"""The whole model day, from doors to closing: organiser, remote attendee and gate staff, each in their own Chromium."""

from __future__ import annotations

import urllib.request

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.e2e.badges import badge_of
from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.console import click, drive, finish, row_of, state_of
from tests.e2e.gate_screen import open_gate
from tests.judges import libical

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(300)]

OFFICIAL = "guest-088"
GRAND = ("석용주", "천안고용센터")

OPENING_AND_FIRST_ROUND = [
    (0, "hall", "Shift+S", "개회 및 고용노동부 장관 격려사"),
    (11, "hall", "Shift+N", "시상 ① 상담우수자"),
]
OTHER_ROUNDS = [
    (24, "hall", "Shift+N", "시상 ② 업무 우수자 <센터 개인, 단체>"),
    (24, "metaverse", "Shift+S", "시상 ② 업무 우수자 <센터 개인>"),
    (32, "metaverse", "Shift+N", "시상 ③ 업무 우수자 <외부 기관 개인·단체>"),
    (32, "hall", "Shift+N", "시상 ③ 업무 우수자 <외부 기관 개인·단체>"),
]
AFTER_THE_CEREMONY = [
    (40, "hall", "Shift+N", "샌드아트 퍼포먼스"),
    (50, "hall", "Shift+N", "구미고용센터, 취업알선 시범센터 운영"),
    (60, "hall", "Shift+N", "20대 구직단념여성 사례"),
    (70, "hall", "Shift+N", "일경험 우수사례 영상"),
    (77, "hall", "Shift+N", "마무리 및 폐회"),
]


def scan(gate: Page, code: str) -> None:
    field = gate.locator("#code")
    field.fill(code)
    field.press("Enter")


def test_the_model_day_from_doors_to_closing(model_day: ModelDay, enter: Visit, visit: Visit) -> None:
    organiser = enter("organiser", clock=True)
    stage = visit(model_day.page("screen/stage?lane=hall"), 1920, 1080)

    gate = open_gate(enter, width=360, height=740)
    code = badge_of(model_day, "guest-001")
    scan(gate, code)
    verdict = gate.locator("#verdict")
    expect(verdict).to_have_attribute("data-verdict", "admitted")
    expect(verdict).to_contain_text("석용주")
    scan(gate, code.lower())
    expect(verdict).to_have_attribute("data-verdict", "already_inside")
    scan(gate, "A" * 26)
    expect(verdict).to_have_attribute("data-verdict", "unknown_badge")

    attendee = enter("attendee", OFFICIAL, width=360, height=740)
    attendee.wait_for_url(model_day.page("live"))
    everybody = [organiser, stage, attendee]

    for minute, lane, key, title in OPENING_AND_FIRST_ROUND:
        model_day.at(minute)
        drive(organiser, lane, key, title)
        see(everybody, title)
    reveal(organiser, stage, attendee)
    for minute, lane, key, title in OTHER_ROUNDS:
        model_day.at(minute)
        drive(organiser, lane, key, title)
        see([attendee], title)
    model_day.at(40)
    finish(organiser, "metaverse")
    for minute, lane, key, title in AFTER_THE_CEREMONY:
        model_day.at(minute)
        drive(organiser, lane, key, title)
        see(everybody, title)
    model_day.at(80)
    finish(organiser, "hall")
    closing = attendee.get_by_role("region", name="함께해 주셔서 감사합니다")
    expect(closing).to_contain_text("수상 1건을 발표했습니다.")
    expect(closing.get_by_role("link", name="캘린더에 추가").first).to_be_visible()
    expect(attendee.locator("#lanes")).to_be_hidden()

    follow_up(model_day, attendee)


ON_AIR = ".on-air-title, .cue-title, .lane-title, .stage-round"
"""Where the console, the stage and the live page say what is on; elsewhere they say what comes next."""


def see(pages: list[Page], words: str) -> None:
    for page in pages:
        expect(page.locator(ON_AIR).filter(has_text=words).first).to_be_visible()


def reveal(organiser: Page, stage: Page, attendee: Page) -> None:
    """Reveal the first grand prize: on no screen before, on every screen after, and gone again when taken back."""
    row = row_of(organiser, GRAND[0])
    click(organiser, row.get_by_role("button", name="발표 준비"))
    expect(state_of(row)).to_have_text("발표 준비")
    for page in (stage, attendee):
        assert GRAND[0] not in page.content()
    click(organiser, row.get_by_role("button", name="발표", exact=True))
    expect(state_of(row)).to_have_text("발표됨")
    for page in (stage, attendee):
        for words in GRAND:
            expect(page.locator("main")).to_contain_text(words)
    click(organiser, row.get_by_role("button", name="되돌리기"))
    organiser.get_by_role("dialog").get_by_role("button", name="되돌리기").click()
    for page in (stage, attendee):
        expect(page.locator("main")).not_to_contain_text(GRAND[0])
    expect(state_of(row)).to_have_text("발표 전")
    click(organiser, row.get_by_role("button", name="발표 준비"))
    expect(state_of(row)).to_have_text("발표 준비")
    click(organiser, row.get_by_role("button", name="발표", exact=True))
    expect(attendee.locator("main")).to_contain_text(GRAND[0])


def follow_up(day: ModelDay, attendee: Page) -> None:
    """Sign up for the first session and subscribe to it."""
    attendee.goto(day.page("follow-up"))
    attendee.locator(".session").get_by_role("button", name="신청하기").first.click()
    address = attendee.locator("#my-feed").input_value()
    with urllib.request.urlopen(address) as answer:
        calendar = answer.read()
    assert libical.complaints(calendar) == []
    assert len(Calendar.from_ical(calendar).walk("VEVENT")) == 1
