"""A phone becomes a check-in device by the desk's code, shows its gates alone, and is told at once when it is ended."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.gate_screen import PHONE

GATE = "수상자 출입구"


def code_of(desk: Page, name: str, gate: str = "") -> str:
    """Make a code for a device on the desk and return it."""
    desk.get_by_label("이름", exact=True).fill(name)
    if gate:
        desk.get_by_label(gate).check()
    desk.get_by_label("스캔만 합니다").check()
    desk.get_by_role("button", name="연결 코드 만들기").click()
    return desk.locator("#pairing-code").inner_text()


def test_a_phone_is_paired_by_the_code_of_the_desk_and_ended(model_day: ModelDay, enter: Visit) -> None:
    desk = enter("organiser")
    desk.goto(model_day.page("desk/gates/devices"))
    code = code_of(desk, "2층, 민지", GATE)
    browser = desk.context.browser
    assert browser is not None
    phone = browser.new_context(viewport=PHONE, locale="ko-KR").new_page()  # type: ignore[arg-type]

    phone.goto(f"{model_day.server.url}/checkin/pair#{code}")
    assert code not in phone.url
    phone.get_by_role("button", name="이 기기 연결하기").click()

    expect(phone.locator("#gate-title")).to_have_text(GATE)
    expect(phone.get_by_role("button", name="이름 찾기")).to_be_hidden()
    expect(desk.locator("#pairing-state")).to_contain_text("연결되었습니다: 2층, 민지")
    expect(desk.locator("#pairing-code")).to_be_hidden()

    desk.get_by_role("link", name="다른 기기라면 여기서 끝내세요.").click()
    desk.get_by_role("button", name="연결 끝내기").click()
    desk.get_by_role("dialog").get_by_role("button", name="연결 끝내기").click()
    expect(desk.get_by_text("기기 연결을 끝냈습니다.")).to_be_visible()
    expect(phone.locator("#signed-out")).to_contain_text("기기의 연결이 끝났습니다.")
    expect(phone.locator("#offline-ready")).to_have_text(
        "연결이 끝난 기기입니다. 이 기기의 명단을 지웠습니다."
    )
    phone.context.close()


def test_a_code_is_typed_where_no_camera_reads_it_and_works_once(model_day: ModelDay, enter: Visit) -> None:
    desk = enter("organiser")
    desk.goto(model_day.page("desk/gates/devices"))
    code = code_of(desk, "정문 1번")
    browser = desk.context.browser
    assert browser is not None
    phone, other = (browser.new_context(locale="ko-KR").new_page() for _ in range(2))

    for page in (phone, other):
        page.goto(f"{model_day.server.url}/checkin/pair")
        page.get_by_label("연결 코드").fill(code.lower())
        page.get_by_label("연결 코드").press("Enter")
        if page is phone:
            expect(page.locator("#gates")).to_be_visible()

    expect(other.get_by_role("alert")).to_contain_text("이미 썼거나")
    for page in (phone, other):
        page.context.close()
