"""The message of a mail, and the settings of the mail server."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest

from conference_hub.core.config import SettingsError, load
from conference_hub.core.mail_server import MailServer, Security
from conference_hub.outbox.message import message_of
from tests.unit.outbox.test_retries import WAITING

SENDER = "행사 사무국 <hub@example.com>"


def test_a_message_has_its_headers_and_the_link_in_its_text() -> None:
    made = message_from_bytes(bytes(message_of(WAITING, SENDER, "hub.example.com")), policy=default)

    assert dict(made.items()) == {
        "From": "행사 사무국 <hub@example.com>",
        "To": "홍길동 <hong@example.com>",
        "Subject": "제목",
        "Date": "Mon, 02 Mar 2026 09:00:00 +0000",
        "Message-ID": "<mail@hub.example.com>",
        "Auto-Submitted": "auto-generated",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "base64",
        "MIME-Version": "1.0",
    }
    assert made.get_content() == "여기: https://hub.example.com/link#secret\r\n"


def test_every_line_is_short_enough_for_any_server() -> None:
    mail = replace(WAITING, subject="긴 제목 " * 40, to_name="긴 이름 " * 20, content="가" * 3000 + " {link}")

    assert max(map(len, bytes(message_of(mail, SENDER, "hub.example.com")).split(b"\r\n"))) <= 998


def test_a_line_break_in_a_name_or_subject_makes_no_header() -> None:
    mail = replace(WAITING, subject="제목\r\nBcc: all@example.com", to_name="홍\nBcc: all@example.com")

    made = message_from_bytes(bytes(message_of(mail, SENDER, "hub.example.com")), policy=default)

    assert (made["Bcc"], made["Subject"]) == (None, "제목 Bcc: all@example.com")


@pytest.mark.parametrize("address", ["", "nobody", "a@b@c", "홍@example.com", "a b@example.com", "a@"])
def test_what_is_no_address_makes_no_message(address: str) -> None:
    with pytest.raises(ValueError, match="no mail address"):
        message_of(replace(WAITING, to_address=address), SENDER, "hub.example.com")


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example.com", ("mail.example.com", 587, Security.STARTTLS, "", "")),
        ("smtp://u:p%40%3A@mail.example.com:25", ("mail.example.com", 25, Security.STARTTLS, "u", "p@:")),
        ("smtp://mail.example.com?starttls=no", ("mail.example.com", 587, Security.NONE, "", "")),
        ("smtp://u:p@127.0.0.1:2525?starttls=no", ("127.0.0.1", 2525, Security.NONE, "u", "p")),
        ("smtps://u:p@mail.example.com", ("mail.example.com", 465, Security.TLS, "u", "p")),
    ],
)
def test_a_mail_server_is_read_from_its_url(url: str, server: tuple[str, int, Security, str, str]) -> None:
    host, port, security, user, password = server

    assert load({"HUB_MAIL_URL": url, "HUB_MAIL_FROM": SENDER}, demo=True).mail == MailServer(
        host=host, port=port, security=security, sender=SENDER, user=user, password=password
    )


@pytest.mark.parametrize(
    ("url", "sender"),
    [
        ("mail.example.com", SENDER),
        ("http://mail.example.com", SENDER),
        ("smtp://", SENDER),
        ("smtp://mail.example.com:many", SENDER),
        ("smtp://mail.example.com/path", SENDER),
        ("smtp://mail.example.com?starttls=maybe", SENDER),
        ("smtp://mail.example.com?tls=1", SENDER),
        ("smtp://u:hidden@mail.example.com?starttls=no", SENDER),
        ("smtp://u:hidden@mail.example.com", ""),
        ("smtp://u:hidden@mail.example.com", "행사 사무국"),
        ("smtp://u:hidden@mail.example.com", "홍@예시.한국"),
    ],
)
def test_an_unusable_mail_server_is_refused_without_its_password(url: str, sender: str) -> None:
    with pytest.raises(SettingsError, match="HUB_MAIL_URL") as refusal:
        load({"HUB_MAIL_URL": url, "HUB_MAIL_FROM": sender}, demo=True)

    assert "hidden" not in str(refusal.value)
    assert refusal.value.detail == {}


def test_no_mail_server_is_used_unless_one_is_set() -> None:
    assert load({}, demo=True).mail is None


def test_the_password_is_in_no_representation() -> None:
    settings = load({"HUB_MAIL_URL": "smtp://u:hidden@m.example.com", "HUB_MAIL_FROM": SENDER}, demo=True)

    assert "hidden" not in repr(settings)
