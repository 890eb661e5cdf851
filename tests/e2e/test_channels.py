"""Channels and their videos: prepared on the desk, opened by hand and by the clock, and seen on pages that are open."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import ModelDay, Visit

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

PLACES = "desk/conference/places"
LINK = "https://meet.example.com/room"
YOUTUBE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
PLAYER = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"
SIGN = "https://player.vimeo.com/video/76979871"


def add_video(page: Page, day: ModelDay, kind: str, url: str) -> None:
    page.goto(day.page(f"{PLACES}/channels/youtube/videos/new"))
    page.get_by_label("종류").select_option(kind)
    page.get_by_label("영상 주소").fill(url)
    page.get_by_role("button", name="저장").click()
    expect(page.get_by_text("저장했습니다.")).to_be_visible()


def without_network(page: Page) -> None:
    """Answer the players' addresses here: no test asks the internet."""
    for address in (PLAYER, SIGN):
        page.route(f"{address}*", lambda route: route.fulfill(body="player", content_type="text/html"))


def test_broadcast_is_opened_on_the_desk_and_seen_without_a_reload(
    model_day: ModelDay, enter: Visit, visit: Visit
) -> None:
    desk, viewer = enter("organiser"), visit(model_day.page("live"))
    without_network(viewer)
    add_video(desk, model_day, "main", YOUTUBE)
    add_video(desk, model_day, "sign", "https://vimeo.com/76979871")
    expect(viewer.get_by_text("생중계가 시작되면 이 자리에 나타납니다")).to_be_visible()
    assert viewer.locator("iframe").count() == 0

    channel = desk.get_by_role("article", name="생중계")
    channel.get_by_role("button", name="지금 공개").click()
    desk.get_by_role("dialog").get_by_role("button", name="지금 공개").click()

    frame = viewer.locator(".player-main iframe")
    expect(frame).to_have_attribute("src", PLAYER)
    viewer.set_viewport_size({"width": 1440, "height": 900})
    expect(viewer.locator(".player-sign iframe")).to_have_attribute("src", SIGN)
    sources = viewer.get_by_role("group", name="영상 고르기")
    sources.get_by_role("button", name="수어 · 한국어").focus()
    viewer.keyboard.press("Enter")
    expect(frame).to_have_attribute("src", SIGN)
    expect(sources.get_by_role("button", name="수어 · 한국어")).to_have_attribute("aria-pressed", "true")
    expect(viewer.locator(".player-sign")).to_be_hidden()


def test_link_appears_on_the_open_page_at_its_time(model_day: ModelDay, enter: Visit, visit: Visit) -> None:
    desk, viewer = enter("organiser"), visit(model_day.page(""))
    desk.goto(model_day.page(f"{PLACES}/channels/zoom"))
    desk.get_by_label("참여 주소 (선택)").fill(LINK)
    at = desk.evaluate(
        "ms => new Date(ms + 9 * 3600e3).toISOString().slice(0, 16)", model_day.opening.timestamp() * 1000
    )
    desk.get_by_label("공개 시각 (선택)").fill(at)
    desk.get_by_role("button", name="저장").click()
    zoom = viewer.locator("#channels > div", has_text="화상회의")
    expect(zoom).to_contain_text("에 공개됩니다")
    assert LINK not in viewer.content()

    model_day.at(0.1)

    expect(zoom.get_by_role("link", name="참여하기")).to_have_attribute("href", LINK)
