"""The words of a mail on the desk, in Chromium: the preview follows what is typed, a refusal loses nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import ModelDay, Visit

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

KO = {
    "text": "내용",
    "save": "저장",
    "saved": "저장했습니다.",
    "lacks": "꼭 필요한 {link} 자리가 내용에 없습니다.",
    "unknown": "{who} 자리는 이 메일에 없습니다.",
    "reset": "기본 문구로 되돌리기",
}
EN = {
    "text": "Text",
    "save": "Save",
    "saved": "Saved.",
    "lacks": "The text lacks {link}",
    "unknown": "This e-mail has no {who}.",
    "reset": "Reset to default",
}


def preview(page: Page) -> str:
    return page.locator("#preview").inner_text()


@pytest.mark.parametrize(("lang", "words"), [("ko", KO), ("en", EN)])
def test_words_are_typed_with_a_preview_refused_saved_and_put_back(
    model_day: ModelDay, enter: Visit, lang: str, words: dict[str, str]
) -> None:
    page = enter("organiser")
    page.goto(f"{model_day.page(f'desk/mail/words/lost-link/{lang}')}?lang={lang}")
    text = page.get_by_label(words["text"], exact=True)
    usual = text.input_value()

    text.fill("<b>Hello</b> {name}\n\n{link}")
    expect(page.locator("#preview")).to_contain_text("<b>Hello</b>")
    assert "{name}" not in preview(page)

    text.fill("Hello {who} {link}")
    expect(page.locator("#preview")).to_contain_text(words["unknown"])

    text.fill("Hello {name}")
    page.get_by_role("button", name=words["save"], exact=True).click()
    expect(page.locator("#text-error")).to_contain_text(words["lacks"])
    expect(text).to_have_value("Hello {name}")

    text.fill("Hello {name}\n\n{link}")
    page.get_by_role("button", name=words["save"], exact=True).click()
    expect(page.get_by_text(words["saved"])).to_be_visible()
    expect(text).to_have_value("Hello {name}\n\n{link}")

    page.get_by_role("button", name=words["reset"]).click()
    page.get_by_role("dialog").get_by_role("button", name=words["reset"]).click()
    expect(text).to_have_value(usual)
