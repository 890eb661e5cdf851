"""The live page of a remote audience: as late as its broadcast, and right without sockets."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, WebSocketRoute, expect

from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.console import click, drive, reveal, row_of
from tests.e2e.intercepting import intercept

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

PLACES = "desk/conference/places"
PLAYER = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"
RECIPIENTS = ("석용주", "하연희")
COMING_BACK_MS = 60_000
"""A socket is tried again every half a minute at most while the server answers otherwise."""
LONGEST_PAUSE_S = 60
"""And once a minute at most where it has no room."""
PAGES = {"public": "live", "operator": "console"}
TITLES = {"public": ".lane-title", "operator": ".on-air-title"}
STATE_IN_PAGE = re.compile(r"<script[^>]* data-state=.*?</script>", re.DOTALL)


class Sockets:
    """The sockets of a page, which a test takes away and gives back; polling of Socket.IO counts as one.

    `status` is what the server answers instead, None: it cannot be reached. `opened` counts those that reached it.
    """

    def __init__(self, page: Page, status: int | None = None) -> None:
        self.blocked = True
        self.opened = 0
        self._status = status
        page.route_web_socket("**/socket.io/**", self._socket)
        intercept(page, "**/socket.io/**", self._polling)

    def _socket(self, socket: WebSocketRoute) -> None:
        if self.blocked:
            socket.close()
        else:
            self.opened += 1
            socket.connect_to_server()

    def _polling(self, route: Route) -> None:
        if self.blocked and self._status is not None:
            route.fulfill(status=self._status, headers={"Retry-After": "10"})
        elif self.blocked:
            route.abort()
        else:
            route.continue_()


def test_live_page_asks_by_itself_when_sockets_do_not_work(
    model_day: ModelDay, enter: Visit, visit: Visit
) -> None:
    console, live = enter("organiser", clock=True), visit(model_day.page("results"), 360, 740)
    sockets = Sockets(live)
    live.goto(model_day.page("live"))
    state = live.locator("[data-connection]")
    expect(state).to_have_attribute("data-state", "polling")
    expect(state).to_have_text("최신 상태입니다 · 실시간 연결 없이 몇 초마다 확인합니다")

    drive(console, "hall", "Shift+S", "개회")
    expect(live.locator(".lane-title").first).to_contain_text("개회")

    sockets.blocked = False
    expect(state).to_have_attribute("data-state", "live", timeout=COMING_BACK_MS)
    drive(console, "hall", "Shift+N", "시상 ①")
    expect(live.locator(".stage-round")).to_contain_text("시상 ①")
    expect(live.locator("#absence")).to_be_hidden()


@pytest.mark.parametrize("status", [429, 503])
def test_live_page_without_room_for_its_socket_follows_calmly_and_comes_back(
    model_day: ModelDay, enter: Visit, visit: Visit, status: int
) -> None:
    console, live = enter("organiser", clock=True), visit(model_day.page("results"), 360, 740, clock=True)
    sockets = Sockets(live, status)
    live.goto(model_day.page("live"))
    state = live.locator("[data-connection]")
    live.clock.run_for(7_000)
    expect(state).to_have_attribute("data-state", "polling")
    drive(console, "hall", "Shift+S", "개회")
    live.clock.run_for(8_000)
    expect(live.locator(".lane-title").first).to_contain_text("개회")

    sockets.blocked = False
    for _ in range(LONGEST_PAUSE_S):
        if sockets.opened:  # what it waits for from now on takes the time that the machine takes
            break
        live.clock.run_for(1_000)
    expect(state).to_have_attribute("data-state", "live")


@pytest.mark.parametrize("stream", ["public", "operator"])
def test_page_whose_questions_are_blocked_follows_by_its_socket(
    model_day: ModelDay, enter: Visit, stream: str
) -> None:
    console = enter("organiser", clock=True)
    other = enter("organiser", width=360, height=740)
    asked: list[str] = []

    def lose(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    intercept(other, "**/api/v1/**/state?**", lose)
    other.route(model_day.page(f"{PAGES[stream]}*"), _without_state)
    other.goto(model_day.page(PAGES[stream]))
    expect(other.locator("[data-connection]").first).to_have_attribute("data-state", "live")
    assert asked

    drive(console, "hall", "Shift+S", "개회")

    expect(other.locator(TITLES[stream]).first).to_contain_text("개회")


def _without_state(route: Route) -> None:
    """Answer with the page, but for the state that it carries: as a page with a large one comes."""
    answer = route.fetch()
    route.fulfill(response=answer, body=STATE_IN_PAGE.sub("", answer.text()))


def test_an_emergency_covers_every_page_of_the_audience(model_day: ModelDay, visit: Visit) -> None:
    pages = [visit(model_day.page(path), 360, 740) for path in ("", "live", "results")]

    assert model_day.server.message("비상구로 나가 주세요", emergency=True)[0] == 200

    for page in pages:
        expect(page.locator(".message[data-over]")).to_contain_text("비상구로 나가 주세요")


def test_reveals_wait_for_the_broadcast_that_is_watched(
    model_day: ModelDay, enter: Visit, visit: Visit
) -> None:
    desk, console = enter("organiser"), enter("organiser", clock=True)
    broadcast_with_delay(desk, model_day)
    watching, prompt = visit(model_day.page("live"), clock=True), visit(model_day.page("live"))
    for page in (watching, prompt):
        page.route(f"{PLAYER}*", lambda route: route.fulfill(body="player", content_type="text/html"))
        page.reload()
        expect(page.locator(".player-main iframe")).to_have_attribute("src", PLAYER)
    prompt.get_by_label("방송에 맞추어 60초 늦게 보기").uncheck()
    drive(console, "hall", "Shift+S", "개회")
    drive(console, "hall", "Shift+N", "시상 ①")
    for name in RECIPIENTS:
        reveal(console, name)
        expect(prompt.locator(".stage-name")).to_have_text(name)
    take_back(console, RECIPIENTS[1])
    expect(prompt.locator(".stage-name")).to_have_text(RECIPIENTS[0])
    expect(watching.locator("#lanes")).to_contain_text("에 시작할 예정입니다")
    expect(watching.locator("#ceremony")).to_be_hidden()

    model_day.pass_by(watching, 60_000)

    expect(watching.locator(".stage-name")).to_have_text(RECIPIENTS[0])
    assert RECIPIENTS[1] not in watching.content()


def broadcast_with_delay(desk: Page, day: ModelDay) -> None:
    """Give the broadcast a video and a delay of a minute, and open it."""
    desk.goto(day.page(f"{PLACES}/channels/youtube/videos/new"))
    desk.get_by_label("영상 주소").fill(PLAYER)
    desk.get_by_role("button", name="저장").click()
    desk.goto(day.page(f"{PLACES}/channels/youtube"))
    desk.get_by_label("송출 지연(초)").fill("60")
    desk.get_by_role("button", name="저장").click()
    desk.get_by_role("article", name="생중계").get_by_role("button", name="지금 공개").click()
    desk.get_by_role("dialog").get_by_role("button", name="지금 공개").click()
    expect(desk.get_by_text("지금부터 공개됩니다.")).to_be_visible()


def take_back(console: Page, recipient: str) -> None:
    click(console, row_of(console, recipient).get_by_role("button", name="되돌리기"))
    console.get_by_role("dialog").get_by_role("button", name="되돌리기").click()
