"""The console when two drive at once, and when the server is away: nothing twice, nothing in silence."""

from __future__ import annotations

from playwright.sync_api import Route, expect

from tests.e2e.conftest import ModelDay
from tests.e2e.console import standing_still
from tests.e2e.intercepting import intercept
from tests.e2e.test_console_keys import Operator, facts, lane, on_air, operator, progress

__all__ = ["operator"]

RUN = "**/run/*"
RETRY_MS = 30_000
SLOW_MS = 1_500
"""After so long without an answer the console says that it tries again."""
FIRST_PAUSE_MS = 500
"""At most so long after a lost answer it does."""
KEPT_MS = 5_000
LONGER_THAN_ANY_PAUSE_MS = 20_000


def test_a_stale_press_says_who_did_what_and_shows_it(model_day: ModelDay, operator: Operator) -> None:
    first, second = operator("김감독"), operator("이조감독")
    model_day.server.run("start")
    expect(on_air(first)).to_contain_text("개회")
    expect(on_air(second)).to_contain_text("개회")
    second.context.set_offline(True)
    first.keyboard.press("Shift+N")
    expect(on_air(first)).to_contain_text("시상 ①")

    with standing_still(second):
        second.keyboard.press("Shift+N")
        expect(progress(second)).to_have_attribute("data-phase", "retrying")
        second.context.set_offline(False)
        second.clock.fast_forward(FIRST_PAUSE_MS)

        expect(progress(second)).to_contain_text("김감독 님이 먼저 ‘다음 순서로: 시상 ① 상담우수자’")
    expect(on_air(second)).to_contain_text("시상 ①")
    assert facts(model_day) == ["LaneStarted", "CueStarted"]


def test_lost_answer_is_requested_again_and_the_lane_moves_once(
    model_day: ModelDay, operator: Operator
) -> None:
    page = operator("김감독")
    lost: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        lost.append(route.request.post_data or "")
        if len(lost) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    intercept(page, RUN, lose_the_first_answer)
    with standing_still(page):
        page.keyboard.press("Shift+S")
        expect(progress(page)).to_have_attribute("data-phase", "retrying")
        page.clock.fast_forward(FIRST_PAUSE_MS)
        expect(progress(page)).to_have_attribute("data-phase", "confirmed")

    assert len(lost) == 2
    assert lost[0] == lost[1]
    assert facts(model_day) == ["LaneStarted"]


def test_a_press_looks_unconfirmed_until_the_server_answers(model_day: ModelDay, operator: Operator) -> None:
    page = operator("김감독")
    waiting: list[Route] = []

    def keep_waiting(route: Route) -> None:
        waiting.append(route)

    intercept(page, RUN, keep_waiting)

    with standing_still(page):
        page.keyboard.press("Shift+S")

        expect(progress(page)).to_contain_text("보내는 중")
        expect(lane(page).locator('[data-button="start"]')).to_have_attribute("aria-busy", "true")
        page.clock.fast_forward(SLOW_MS)
        expect(progress(page)).to_contain_text("다시 보내고 있습니다")
        page.keyboard.press("Shift+S")
        assert len(waiting) == 1
        waiting[0].continue_()
        expect(progress(page)).to_contain_text("시작: 개회")
    assert facts(model_day) == ["LaneStarted"]


def test_press_during_an_outage_is_sent_only_when_somebody_says_so(
    model_day: ModelDay, operator: Operator
) -> None:
    page = operator("김감독")
    model_day.server.run("start")
    expect(on_air(page)).to_contain_text("개회")

    model_day.server.kill()
    expect(page.locator("[data-connection]")).not_to_have_attribute("data-state", "live", timeout=RETRY_MS)
    with standing_still(page):
        page.keyboard.press("Shift+N")
        expect(progress(page)).to_contain_text("같은 명령을 다시 보내고 있습니다")
        page.clock.fast_forward(KEPT_MS)
        expect(progress(page)).to_have_attribute("data-phase", "kept")
    model_day.server.start()

    question = page.get_by_role("dialog")
    expect(question).to_contain_text("다음 순서로", timeout=RETRY_MS)
    assert facts(model_day) == ["LaneStarted"]
    question.get_by_role("button", name="지금 보내기").click()
    expect(progress(page)).to_have_attribute("data-phase", "confirmed", timeout=RETRY_MS)
    expect(on_air(page)).to_contain_text("시상 ①")
    expect(page.locator("[data-connection]")).to_have_attribute("data-state", "live", timeout=RETRY_MS)
    assert facts(model_day) == ["LaneStarted", "CueStarted"]


def test_a_command_can_be_given_up(model_day: ModelDay, operator: Operator) -> None:
    page = operator("김감독")
    intercept(page, RUN, lambda route: route.abort())
    with standing_still(page):
        page.keyboard.press("Shift+S")
        expect(progress(page)).to_contain_text("다시 보내고 있습니다")
        page.get_by_role("button", name="전송 중지").click()
    page.unroute(RUN)
    expect(progress(page)).to_contain_text("그만두었습니다")
    tries: list[str] = []
    page.on("request", lambda request: tries.append(f"{request.method} {request.url}"))
    page.clock.fast_forward(LONGER_THAN_ANY_PAUSE_MS)
    page.evaluate("fetch('/healthz')")

    assert [one for one in tries if one.startswith("POST")] == []
    assert facts(model_day) == []
