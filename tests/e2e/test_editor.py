"""The plan's editor in real browsers: by keyboard, by two people, without a network, by pointer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from conference_hub.access.accounts import add_account
from conference_hub.access.model import Grant, Role
from conference_hub.access.passwords import hash_password
from conference_hub.app import make_hub
from conference_hub.cli.links import COMMAND_LINE, link_for
from conference_hub.conferences.model import Conference
from conference_hub.core.config import load
from conference_hub.core.ids import new_id
from conference_hub.core.text import Text
from conference_hub.desk.making import create
from tests.e2e.conftest import ModelDay, Visit, running_day
from tests.e2e.intercepting import intercept

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

OPENS = datetime(2030, 5, 2, 0, 0, tzinfo=UTC)
"""Nine in the morning in Seoul."""
PASSWORD = "correct horse battery"
SAVED = "#save-state[data-state='saved']"
"""The state of saving, once everything that was typed is answered."""


@pytest.fixture(scope="module")
def model_day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModelDay]:
    """One hub for all tests of this file: each has a conference of its own."""
    with running_day(tmp_path_factory.mktemp("day")) as day:
        yield day


@pytest.fixture
def editor(model_day: ModelDay, visit: Visit) -> Iterator[Visit]:
    """Return `editor()`: an organiser's browser with the editor of a conference that has no plan yet."""
    hub = make_hub(load(model_day.server.environment(), demo=True))
    slug = f"symposium-{new_id()}"
    create(hub, symposium(slug), COMMAND_LINE)

    def go(**how: object) -> Page:
        with hub.journal.writing(slug, actor=COMMAND_LINE) as write:
            link = link_for(hub, write, Role.ORGANISER)
        page = visit(link.url, **how)
        page.locator("main button").first.click()
        page.wait_for_url(lambda url: "/link" not in url)
        page.goto(f"{model_day.server.url}/c/{slug}/desk/programme")
        page.locator(SAVED).wait_for()
        return page

    yield go
    hub.database.close()


def symposium(slug: str) -> Conference:
    return Conference(
        slug=slug,
        title=Text(ko="작은 심포지엄", en=""),
        host=Text(ko="학회", en=""),
        venue=Text(ko="대강당", en=""),
        timezone="Asia/Seoul",
        starts_at=OPENS,
        ends_at=OPENS + timedelta(hours=9),
        accent="#1b4b8f",
        languages=("ko",),
        channels=(),
    )


def cells(page: Page, field: str) -> list[str]:
    """Return what a column shows, row by row, without the empty rows."""
    return page.locator(f".sheet-row:not(.new) [data-field='{field}'] .cell-text").all_text_contents()


def cell(page: Page, field: str, row: int) -> Locator:
    return page.locator(f".sheet-row:not(.new) [data-field='{field}']").nth(row)


def saved(page: Page) -> None:
    expect(page.locator(SAVED)).to_be_visible()


def type_rows(page: Page, *titles: str) -> None:
    """Type cues into the empty row, one after the other; the hand stays there."""
    for title in titles:
        page.keyboard.type(title)
        page.keyboard.press("Enter")


def begin(page: Page) -> None:
    """Make the first lane, segment and cue from what the form offers, by keyboard."""
    page.locator("#first-lane").focus()
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.type("9:00")
    page.keyboard.press("Enter")
    expect(page.locator(".cell-input:focus")).to_have_value("개회")


def test_day_is_built_undone_and_done_again_by_keyboard_alone(editor: Visit) -> None:
    page = editor()
    keys = page.keyboard
    begin(page)
    type_rows(page, "개회사", "기조연설", "휴식")
    for key in ("ArrowUp", "ArrowUp", "ArrowLeft"):
        keys.press(key)
    type_rows(page, "1h 5m", "15분")
    keys.press("ArrowUp")
    keys.press("Alt+ArrowUp")
    keys.press("Control+d")
    keys.press("Control+Enter")
    type_rows(page, "패널 토의")
    saved(page)
    built = ["개회사", "휴식", "휴식", "패널 토의", "기조연설"]
    assert cells(page, "title.ko") == built
    assert cells(page, "duration") == ["10:00", "15:00", "15:00", "10:00", "1:05:00"]
    assert cells(page, "start") == ["09:00", "09:10", "09:25", "09:40", "09:50"]

    for _ in range(3):
        keys.press("Control+z")
    expect(page.locator(".sheet-row:not(.new)")).to_have_count(3)
    assert cells(page, "title.ko") == ["개회사", "휴식", "기조연설"]
    for _ in range(3):
        keys.press("Control+Shift+z")
    expect(page.locator(".sheet-row:not(.new)")).to_have_count(5)
    saved(page)
    page.reload()
    page.locator(SAVED).wait_for()
    assert cells(page, "title.ko") == built


def test_two_people_meet_in_one_cell_and_nothing_is_lost(editor: Visit) -> None:
    mine, theirs = editor(), editor()
    begin(mine)
    type_rows(mine, "개회사", "축사", "시상")
    saved(mine)
    expect(theirs.locator(".sheet-row:not(.new)")).to_have_count(3)

    cell(mine, "title.ko", 1).click()
    mine.keyboard.type("격려사")
    cell(theirs, "title.ko", 2).click()
    theirs.keyboard.type("시상 ①")
    theirs.keyboard.press("ArrowUp")
    theirs.keyboard.press("Enter")
    expect(cell(mine, "title.ko", 2)).to_contain_text("시상 ①")
    expect(mine.locator(".cell-input:focus")).to_have_value("격려사")

    cell(theirs, "title.ko", 1).click()
    theirs.keyboard.type("환영사")
    theirs.keyboard.press("Tab")
    expect(cell(mine, "title.ko", 1).locator(".cell-text")).to_have_text("환영사")
    mine.keyboard.press("Enter")
    held = mine.locator(".held-one")
    expect(held.locator("tbody tr")).to_have_text("내용 (한국어)격려사환영사")
    assert cells(theirs, "title.ko")[1] == "환영사"
    held.get_by_role("button", name="내 것으로 하기").click()
    expect(cell(theirs, "title.ko", 1).locator(".cell-text")).to_have_text("격려사")
    expect(mine.locator(".held-one")).to_have_count(0)

    cell(mine, "title.ko", 2).click()
    mine.keyboard.type("시상 ②")
    cell(theirs, "title.ko", 2).click()
    theirs.keyboard.press("Control+Delete")
    expect(mine.locator("#notices")).to_contain_text("“시상 ②”은(는) 넣지 않았습니다.")
    expect(mine.locator(".cell-input")).to_be_focused()
    assert cells(mine, "title.ko") == ["개회사", "격려사"]


def test_lost_network_keeps_what_is_typed_over_a_reload(editor: Visit) -> None:
    page = editor()
    begin(page)
    type_rows(page, "개회사", "축사")
    saved(page)
    intercept(page, "**/plan/edit", lambda route: route.abort())
    cell(page, "title.ko", 1).click()
    page.keyboard.type("격려사")
    page.keyboard.press("Enter")
    expect(page.locator("#save-state")).to_have_attribute("data-state", "waiting")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.unroute("**/plan/edit")
    left = page.get_by_role("dialog", name="저장하지 못한 것 1개가 있습니다")
    expect(left).to_contain_text("내용 바꾸기: 격려사")
    left.get_by_role("button", name="지금 저장").click()
    saved(page)
    page.reload()
    page.locator(SAVED).wait_for()
    assert cells(page, "title.ko") == ["개회사", "격려사"]


def test_signed_out_in_between_keeps_what_is_typed_and_goes_on_after_signing_in_in_a_new_window(
    model_day: ModelDay, visit: Visit
) -> None:
    hub = make_hub(load(model_day.server.environment(), demo=True))
    slug = f"symposium-{new_id()}"
    create(hub, symposium(slug), COMMAND_LINE)
    with hub.database.writing() as db:
        grants = [Grant(conf=slug, role=Role.ORGANISER)]
        add_account(
            db,
            login="park",
            name="박주최",
            password_hash=hash_password(PASSWORD),
            grants=grants,
            at=hub.now(),
        )
    hub.database.close()
    page = visit(f"{model_day.server.url}/sign-in?next=/c/{slug}/desk/programme")
    sign_in(page)
    page.locator(SAVED).wait_for()
    begin(page)
    type_rows(page, "개회사", "축사")
    saved(page)
    other = page.context.new_page()
    other.goto(f"{model_day.server.url}/signed-in")
    other.get_by_role("button", name="로그아웃").click()
    other.wait_for_url("**/sign-in")

    cell(page, "title.ko", 1).click()
    page.keyboard.type("격려사")
    page.keyboard.press("Enter")
    expect(page.locator("#save-state")).to_have_attribute("data-state", "stopped")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="다시 로그인 (새 창)").click()
    sign_in(opened.value)
    expect(opened.value.get_by_role("heading", name="로그인했습니다")).to_be_visible()

    saved(page)
    expect(page.locator("#sign-in-again")).to_be_hidden()
    page.reload()
    page.locator(SAVED).wait_for()
    assert cells(page, "title.ko") == ["개회사", "격려사"]


def sign_in(page: Page) -> None:
    page.get_by_label("아이디").fill("park")
    page.get_by_label("비밀번호").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="로그인").click()


def test_cue_is_dragged_along_the_axis_and_the_plan_is_published(editor: Visit) -> None:
    page = editor()
    begin(page)
    type_rows(page, "개회사", "축사", "시상")
    page.locator("[data-mode='axis']").click()
    blocks = page.locator(".block-title")
    first, last = blocks.first.bounding_box(), blocks.last.bounding_box()
    assert first is not None
    assert last is not None
    page.mouse.move(last["x"] + 20, last["y"] + 5)
    page.mouse.down()
    page.mouse.move(first["x"] + 20, first["y"] + 40, steps=6)
    page.mouse.up()
    expect(blocks).to_have_text(["1 개회사", "3 시상", "2 축사"])
    saved(page)

    page.get_by_role("button", name="공개와 진행").click()
    asked = page.get_by_role("dialog", name="공개와 진행")
    expect(asked).to_contain_text("공개하면 참석자에게 계획 전체가 보입니다.")
    asked.get_by_role("button", name="공개", exact=True).click()
    expect(page.locator("#notices")).to_contain_text("공개했습니다. 버전 1입니다.")
    expect(page.locator("#unpublished")).to_be_hidden()

    page.locator(".block").last.focus()
    page.keyboard.press("+")
    saved(page)
    expect(page.locator("#unpublished")).to_be_visible()
    page.get_by_role("button", name="공개와 진행").click()
    expect(asked).to_contain_text("09:00–09:30 → 09:00–09:31")
