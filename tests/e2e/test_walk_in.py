"""Walk-ins at the door in real browsers: few presses, what goes wrong, and what they are told of their data."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from conference_hub.app import make_hub
from conference_hub.cli.links import COMMAND_LINE
from conference_hub.core.config import load
from conference_hub.core.text import Text
from conference_hub.people.model import Mode
from conference_hub.registration import setup_store
from tests.e2e.axe import violations
from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.gate_screen import PHONE, choose_gate, expect_verdict
from tests.model_day import CONF

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

WORDS = {
    "ko": {
        "gate": "그랜드볼룸 정문",
        "find": "이름 찾기",
        "walk-in": "명단에 없음 · 현장 등록",
        "title": "현장 등록",
        "organisation": "소속",
        "notice": "개인정보 처리 안내",
        "register": "등록하고 명찰 발급",
        "registered": "등록했습니다",
        "admit": "입장시키기",
        "anyway": "등록하기",
        "full": "현장 정원 0명이 모두 찼습니다.",
    },
    "en": {
        "gate": "Grand Ballroom main entrance",
        "find": "Find name",
        "walk-in": "Not on the list · register here",
        "title": "Register at the door",
        "organisation": "Organisation",
        "notice": "Privacy notice",
        "register": "Register and issue a badge",
        "registered": "Registered",
        "admit": "Admit",
        "anyway": "Register",
        "full": "The hall is full: 0 of 0 places are taken.",
    },
}
NOTICE = Text(ko="행사 뒤 6개월간 보관합니다.", en="We keep it for six months.")
COUNT_PRESSES = """() => {
  window.presses = 0;
  const count = (event) => { window.presses += event.isTrusted && event.detail > 0 ? 1 : 0; };
  document.addEventListener('click', count, true);
}"""


def open_gate(enter: Visit, lang: str = "ko") -> Page:
    gate = enter("staff", lang=lang, **PHONE)
    choose_gate(gate, WORDS[lang]["gate"])
    return gate


def set_up(day: ModelDay, **settings: object) -> None:
    hub = make_hub(load(day.server.environment(), demo=True))
    with hub.journal.writing(CONF, actor=COMMAND_LINE) as write:
        setup = setup_store.setup_of(write.session, CONF)
        changed = replace(setup.settings, **settings)  # type: ignore[arg-type]
        setup_store.save_setup(write.session, CONF, replace(setup, settings=changed))
    hub.database.close()


def write_down(gate: Page, lang: str = "ko", name: str = "나현장") -> None:
    """Look for somebody who is not on the list, and fill in the form of a walk-in."""
    words = WORDS[lang]
    gate.get_by_role("button", name=words["find"]).click()
    gate.locator("#search-field").fill(name)
    gate.get_by_role("button", name=words["walk-in"]).click()
    gate.get_by_role("textbox", name=words["organisation"]).fill("새 기관")


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_walk_in_stands_in_the_hall_after_four_presses(
    model_day: ModelDay, enter: Visit, lang: str
) -> None:
    set_up(model_day, notice=NOTICE, notice_version=1)
    gate, words = open_gate(enter, lang), WORDS[lang]
    gate.evaluate(COUNT_PRESSES)

    write_down(gate, lang)
    gate.get_by_role("button", name=words["register"]).click()
    expect(gate.get_by_role("img", name="나현장")).to_be_visible()
    gate.get_by_role("dialog", name=words["registered"]).get_by_role("button", name=words["admit"]).click()

    expect_verdict(gate, "admitted", "나현장")
    assert gate.evaluate("window.presses") == 4


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_walk_in_can_be_read_what_becomes_of_their_data(
    model_day: ModelDay, enter: Visit, lang: str
) -> None:
    set_up(model_day, notice=NOTICE, notice_version=1)
    gate, words = open_gate(enter, lang), WORDS[lang]
    write_down(gate, lang)
    dialog = gate.get_by_role("dialog", name=words["title"])

    dialog.get_by_text(words["notice"]).click()

    expect(dialog.get_by_text(NOTICE.in_language(lang))).to_be_visible()
    assert violations(gate) == []
    gate.set_viewport_size({"width": 740, "height": 360})
    dialog.get_by_role("button", name=words["register"]).click()
    expect(gate.get_by_role("dialog", name=words["registered"])).to_be_visible()


def test_a_walk_in_without_network_is_registered_once_it_is_back(model_day: ModelDay, enter: Visit) -> None:
    gate = open_gate(enter)
    write_down(gate)
    gate.context.set_offline(True)

    gate.get_by_role("button", name="등록하고 명찰 발급").click()

    expect(gate.get_by_role("alert").filter(has_text="서버에 닿지 않습니다")).to_be_visible()
    gate.get_by_role("button", name="등록하고 명찰 발급").click()
    gate.context.set_offline(False)
    expect(gate.get_by_alt_text("나현장 님의 명찰 QR 코드")).to_be_visible()
    expect(gate.locator("#count-expected")).to_have_text("74")


def test_a_walk_in_without_a_name_is_asked_for_it_and_keeps_the_rest(
    model_day: ModelDay, enter: Visit
) -> None:
    gate = open_gate(enter)
    write_down(gate, name=" ")

    gate.get_by_role("button", name="등록하고 명찰 발급").click()

    name = gate.get_by_role("textbox", name="이름", exact=True)
    expect(name).to_be_focused()
    expect(gate.get_by_role("textbox", name="소속")).to_have_value("새 기관")
    name.fill("나현장")
    gate.get_by_role("button", name="등록하고 명찰 발급").click()
    expect(gate.get_by_alt_text("나현장 님의 명찰 QR 코드")).to_be_visible()


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_full_hall_is_said_and_overruled_with_a_reason(
    model_day: ModelDay, enter: Visit, lang: str
) -> None:
    set_up(model_day, capacity={Mode.ONSITE: 0})
    gate, words = open_gate(enter, lang), WORDS[lang]
    write_down(gate, lang)

    gate.get_by_role("button", name=words["register"]).click()

    expect(gate.get_by_text(words["full"])).to_be_visible()
    assert violations(gate) == []
    gate.get_by_role("button", name=words["anyway"], exact=True).click()
    expect(gate.locator("#walk-in-why")).to_be_focused()
    gate.locator("#walk-in-why").fill("초청 강연자의 수행원")
    gate.get_by_role("button", name=words["anyway"], exact=True).click()
    expect(gate.get_by_role("img", name="나현장")).to_be_visible()
