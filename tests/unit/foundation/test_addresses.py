from __future__ import annotations

import pytest

from conference_hub.core.addresses import has_credentials, is_email, is_web_address


@pytest.mark.parametrize(
    "text",
    [
        "kim@example.com",
        "kim.min-seo+hub@mail.example.co.kr",
        "o'neil_1@sub.example.org",
        "KIM@EXAMPLE.COM",
        f"{'a' * 64}@example.com",
    ],
)
def test_email(text: str) -> None:
    assert is_email(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kim",
        "kim@",
        "@example.com",
        "kim@example",
        "kim@example.c",
        "kim@example..com",
        "kim..seo@example.com",
        "kim@lee@example.com",
        "kim seo@example.com",
        "kim@example.com\n",
        "<kim@example.com>",
        '"kim"@example.com',
        "kim,lee@example.com",
        "김민서@example.com",
        "kim@예시.한국",
        f"{'a' * 65}@example.com",
        f"kim@{'a' * 60}.{'b' * 190}.com",
    ],
)
def test_no_email(text: str) -> None:
    assert not is_email(text)


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com",
        "http://127.0.0.1:8000/c/hub?lang=ko#day-1",
        "HTTPS://example.com/",
        "https://예시.한국/자료",
        "https://[::1]/",
        "https://example.com/a@b",
    ],
)
def test_web_address(text: str) -> None:
    assert is_web_address(text)
    assert not has_credentials(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.com",
        "ftp://example.com/",
        "javascript:alert(1)",
        "https://",
        "https:///path",
        "https://exa mple.com/",
        "https://example.com/a b",
        "https://example.com/a\tb",
        "https://example.com:port/",
        "https://[::1/",
    ],
)
def test_no_web_address(text: str) -> None:
    assert not is_web_address(text)
    assert not has_credentials(text)


@pytest.mark.parametrize("text", ["https://kim@example.com/", "https://kim:secret@example.com/"])
def test_web_address_with_credentials(text: str) -> None:
    assert has_credentials(text)
    assert not is_web_address(text)
