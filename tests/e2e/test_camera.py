"""The gate's camera with real pictures: two badges at once, codes that are no badges, a picture that comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.badges import badge_of, film
from tests.e2e.conftest import FLAGS, ModelDay
from tests.e2e.gate_screen import cards, choose_gate

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

MOVES_ON = "before => document.querySelector('video').currentTime > before + 2"
ENDED = """() => {
  for (const track of document.querySelector('video').srcObject.getTracks()) track.stop();
  document.dispatchEvent(new Event('visibilitychange'));
}"""
"""What a phone does to the picture while another app is in front, and then back."""

NO_CAMERA = """() => {
  navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotFoundError'));
}"""

Filming = Callable[..., AbstractContextManager[Page]]


@pytest.fixture
def filming(model_day: ModelDay, browser: Browser, chromium_path: str, tmp_path: Path) -> Filming:
    """Return `filming(scenes, seconds=1)`: a gate whose camera sees these codes."""

    @contextmanager
    def film_at_gate(scenes: list[list[str]], *, seconds: int = 1) -> Iterator[Page]:
        film(scenes, tmp_path / "film.y4m", seconds=seconds)
        camera = (
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={tmp_path / 'film.y4m'}",
        )
        with browser.browser_type.launch(executable_path=chromium_path, args=[*FLAGS, *camera]) as chromium:
            gate = chromium.new_page(viewport={"width": 360, "height": 740}, locale="ko-KR")
            gate.goto(model_day.link("staff"))
            gate.locator("main button").first.click()
            choose_gate(gate)
            gate.get_by_role("button", name="카메라로 스캔").click()
            yield gate

    return film_at_gate


def film_goes_on(gate: Page) -> None:
    gate.wait_for_function(MOVES_ON, arg=gate.locator("video").evaluate("film => film.currentTime"))


def test_two_badges_in_one_picture_are_two_scans(model_day: ModelDay, filming: Filming) -> None:
    codes = [badge_of(model_day, "guest-001"), badge_of(model_day, "guest-006")]

    with filming([codes]) as gate:
        assert sorted(cards(gate, 2)) == ["석*주", "최*숙"]
        expect(gate.locator("#recent li")).to_have_count(2)
        expect(gate.locator("#count-inside")).to_have_text("2")
        film_goes_on(gate)
        expect(gate.locator("#recent li")).to_have_count(2)


def test_foreign_code_is_said_once_and_never_covers_a_badge(model_day: ModelDay, filming: Filming) -> None:
    sponsor = "https://sponsor.example.com/offer"
    code = badge_of(model_day, "guest-006")

    with filming([[sponsor], [sponsor, code]], seconds=2) as gate:
        expect(gate.get_by_text("명찰이 아닌 QR 코드는 건너뜁니다.").last).to_be_visible()
        expect(gate.locator("#recent li")).to_have_count(1)
        expect(gate.locator("#count-inside")).to_have_text("1")
        film_goes_on(gate)
        expect(gate.locator("#recent li")).to_have_count(1)
        expect(gate.locator(".notice")).to_have_count(1)


def test_picture_moves_again_after_another_app_took_the_camera(model_day: ModelDay, filming: Filming) -> None:
    with filming([[badge_of(model_day, "guest-006")]]) as gate:
        expect(gate.locator("#count-inside")).to_have_text("1")

        gate.evaluate(ENDED)

        gate.wait_for_function("() => document.querySelector('video').srcObject?.active")
        film_goes_on(gate)


def test_screen_says_how_to_restart_a_camera_that_is_gone(model_day: ModelDay, filming: Filming) -> None:
    with filming([[badge_of(model_day, "guest-006")]]) as gate:
        expect(gate.locator("#count-inside")).to_have_text("1")
        gate.evaluate(NO_CAMERA)

        gate.evaluate(ENDED)

        expect(gate.get_by_text("카메라가 멈췄습니다").last).to_be_visible()
        expect(gate.get_by_role("button", name="카메라로 스캔")).to_be_visible()
