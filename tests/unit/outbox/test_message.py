"""The message of a mail, and the settings of the mail server."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conference_hub.core.config import SettingsError, load
from conference_hub.core.mail_server import MailServer, Security
from conference_hub.outbox.headers import one_line
from conference_hub.outbox.message import message_of
from conference_hub.outbox.model import Draft, Mail
from tests.unit.outbox.test_retries import WAITING

SENDER = "행사 사무국 <hub@example.com>"
FIELDS = ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type"]
CALENDAR = "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nSUMMARY:가\r\nEND:VCALENDAR\r\n"
HTML = (
    '<!doctype html>\r\n<html>\r\n<head>\r\n<meta charset="utf-8">\r\n'
    '<meta name="viewport" content="width=device-width">\r\n'
    '<meta name="color-scheme" content="light dark">\r\n<title>제목</title>\r\n</head>\r\n'
    '<body style="font-family:system-ui,sans-serif;font-size:16px;line-height:1.6;word-break:keep-all;'
    'overflow-wrap:anywhere;max-width:40em">\r\n{body}\r\n</body>\r\n</html>\r\n'
)


def read(mail: Mail) -> EmailMessage:
    made = message_from_bytes(message_of(mail, SENDER, "hub.example.com"), policy=default)
    assert isinstance(made, EmailMessage)
    return made


def parts(message: EmailMessage) -> list[tuple[str, str]]:
    return [
        (part.get_content_type(), part.get_content()) for part in message.walk() if not part.is_multipart()
    ]


def test_a_message_has_its_headers_and_the_link_in_its_text() -> None:
    made = read(WAITING)

    assert dict(made.items()) == {
        "From": "행사 사무국 <hub@example.com>",
        "To": "홍길동 <hong@example.com>",
        "Subject": "제목",
        "Date": "Mon, 02 Mar 2026 09:00:00 +0000",
        "Message-ID": "<mail@hub.example.com>",
        "Auto-Submitted": "auto-generated",
        "MIME-Version": "1.0",
        "Content-Type": 'multipart/alternative; boundary="=alternative=mail="',
    }
    assert parts(made) == [
        ("text/plain", "여기: https://hub.example.com/link#secret\r\n"),
        (
            "text/html",
            HTML.format(
                body='<p>여기: <a href="https://hub.example.com/link#secret">https://hub.example.com/link#secret</a></p>'
            ),
        ),
    ]


def test_a_calendar_goes_with_its_method_as_a_part_and_as_a_file() -> None:
    made = read(replace(WAITING, calendar=CALENDAR, language="ko"))

    tree = [(part.get_content_type(), part.get_content_disposition()) for part in made.walk()]
    assert tree == [
        ("multipart/mixed", None),
        ("multipart/alternative", None),
        ("text/plain", None),
        ("text/html", None),
        ("text/calendar", None),
        ("application/ics", "attachment"),
    ]
    calendar, attached = list(made.walk())[4:]
    assert dict(calendar["Content-Type"].params) == {"charset": "utf-8", "method": "CANCEL"}
    assert calendar["Content-ID"] is None
    assert (calendar.get_content().encode(), attached.get_filename()) == (CALENDAR.encode(), "invite.ics")
    assert attached.get_content() == CALENDAR.encode()
    assert made["Content-Language"] == "ko"
    assert '<html lang="ko">' in str(list(made.walk())[3].get_content())


def test_a_calendar_without_a_method_makes_no_message() -> None:
    with pytest.raises(ValueError, match="no METHOD"):
        message_of(
            replace(WAITING, calendar="BEGIN:VCALENDAR\r\nDESCRIPTION:METHOD:REQUEST\r\n"),
            SENDER,
            "x.example",
        )


def test_its_reader_can_have_no_more_of_its_sort() -> None:
    made = read(replace(WAITING, unsubscribe="https://hub.example.com/u/" + "a" * 49))

    assert made["List-Unsubscribe"] == f"<https://hub.example.com/u/{'a' * 49}>"
    assert made["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_an_address_too_long_for_a_header_makes_no_mail() -> None:
    with pytest.raises(ValueError, match="75 characters"):
        Draft(
            kind="test",
            to_name="",
            to_address="a@example.com",
            subject="x",
            content="x",
            unsubscribe="x" * 76,
        )


def test_every_attempt_has_the_same_bytes() -> None:
    mail = replace(WAITING, calendar=CALENDAR)

    assert message_of(mail, SENDER, "x.example") == message_of(mail, SENDER, "x.example")


def test_what_looks_like_markup_is_text() -> None:
    mail = replace(
        WAITING, content='<b>&\n"x"\n\n https://a.example/?b=1&c=2. {link}를', link="https://b.example/"
    )

    linked = (
        '<a href="https://a.example/?b=1&amp;c=2">https://a.example/?b=1&amp;c=2</a>. '
        '<a href="https://b.example/">https://b.example/</a>를'
    )
    assert parts(read(mail))[1][1] == HTML.format(
        body=f"<p>&lt;b&gt;&amp;<br>\r\n&#34;x&#34;</p>\r\n<p> {linked}</p>"
    )


def name_in(field: str) -> str:
    """Read a name by the older parser: the newer one puts blanks between the encoded words of a name."""
    name = field.rpartition(" <")[0]
    return str(make_header(decode_header(name))) if name.startswith("=?") else parseaddr(field)[0]


@given(subject=st.text(max_size=200), name=st.text(max_size=80), text=st.text(max_size=300))
@example(subject="=?utf-8?q?x?=", name="=?utf-8?q?x?=", text="")
def test_any_subject_and_name_is_read_as_it_was_written(subject: str, name: str, text: str) -> None:
    raw = message_of(
        replace(WAITING, subject=subject, to_name=name, content=text, link=None), SENDER, "x.example"
    )

    made = message_from_bytes(raw, policy=default)
    assert isinstance(made, EmailMessage)
    assert made.defects == []
    assert [key for key, _ in made.items()] == FIELDS
    assert str(made["Subject"]) == one_line(subject)
    assert made["To"].addresses[0].addr_spec == "hong@example.com"
    assert name_in(message_from_bytes(raw)["To"]) == one_line(name)
    assert all(len(line) <= 76 for line in raw.split(b"\r\n") if b"=?" in line)
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert raw.isascii()


def test_every_line_is_short_enough_for_any_server() -> None:
    mail = replace(WAITING, subject="긴 제목 " * 40, to_name="긴 이름 " * 20, content="가" * 3000 + " {link}")

    assert max(map(len, message_of(mail, SENDER, "hub.example.com").split(b"\r\n"))) <= 998


def test_a_line_break_in_a_name_or_subject_makes_no_header() -> None:
    mail = replace(WAITING, subject="제목\r\nBcc: all@example.com", to_name="홍\nBcc: all@example.com")

    made = message_from_bytes(message_of(mail, SENDER, "hub.example.com"), policy=default)

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
        host=host, port=port, security=security, user=user, password=password
    )


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.com",
        "http://mail.example.com",
        "smtp://",
        "smtp://mail.example.com:many",
        "smtp://mail.example.com/path",
        "smtp://mail.example.com?starttls=maybe",
        "smtp://mail.example.com?tls=1",
        "smtp://u:hidden@mail.example.com?starttls=no",
        "smtp://u:hidden%ED%95%9C@mail.example.com",
    ],
)
def test_an_unusable_mail_server_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(SettingsError, match="HUB_MAIL_URL") as refusal:
        load({"HUB_MAIL_URL": url, "HUB_MAIL_FROM": SENDER}, demo=True)

    assert "hidden" not in str(refusal.value)
    assert refusal.value.detail == {}


@pytest.mark.parametrize("sender", ["", "행사 사무국", "홍@예시.한국", "a@b@c", "a@"])
def test_a_mail_server_needs_somebody_whom_mails_come_from(sender: str) -> None:
    with pytest.raises(SettingsError, match="HUB_MAIL_FROM"):
        load({"HUB_MAIL_URL": "smtp://mail.example.com", "HUB_MAIL_FROM": sender}, demo=True)


def test_without_a_mail_server_mails_come_from_the_hub_itself() -> None:
    settings = load({"HUB_PUBLIC_URL": "https://hub.example.com"}, demo=True)

    assert (settings.mail, settings.mail_dir, settings.mail_per_minute) == (None, None, None)
    assert (settings.mail_from, settings.domain) == ("hub@hub.example.com", "hub.example.com")


def test_mails_go_to_a_server_or_into_files_but_not_both(tmp_path: Path) -> None:
    settings = load({"HUB_MAIL_DIR": str(tmp_path), "HUB_MAIL_PER_MINUTE": "30"}, demo=True)
    assert (settings.mail_dir, settings.mail_per_minute) == (tmp_path, 30)

    both = {"HUB_MAIL_DIR": str(tmp_path), "HUB_MAIL_URL": "smtp://mail.example.com", "HUB_MAIL_FROM": SENDER}
    with pytest.raises(SettingsError, match="HUB_MAIL_DIR"):
        load(both, demo=True)


@pytest.mark.parametrize("number", ["-1", "many", "1.5"])
def test_a_pace_is_a_number(number: str) -> None:
    with pytest.raises(SettingsError, match="HUB_MAIL_PER_MINUTE"):
        load({"HUB_MAIL_PER_MINUTE": number}, demo=True)


def test_the_password_is_in_no_representation() -> None:
    settings = load({"HUB_MAIL_URL": "smtp://u:hidden@m.example.com", "HUB_MAIL_FROM": SENDER}, demo=True)

    assert "hidden" not in repr(settings)
