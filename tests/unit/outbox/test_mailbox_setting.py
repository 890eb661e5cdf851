"""`HUB_IMAP_URL`: which mailbox it names, and what is refused."""

from __future__ import annotations

import pytest

from conference_hub.core.config import SettingsError, load
from conference_hub.core.mail_server import Security


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("imaps://hub%40example.com:p%2Fw@mail.example.com", (993, Security.TLS, "INBOX")),
        ("imap://hub:pw@mail.example.com:1143/Answers", (1143, Security.STARTTLS, "Answers")),
        ("imap://hub:pw@127.0.0.1?starttls=no", (143, Security.NONE, "INBOX")),
    ],
)
def test_the_setting_is_read(url: str, expected: tuple[int, Security, str]) -> None:
    mailbox = load({"HUB_IMAP_URL": url}, demo=True).mailbox

    assert mailbox is not None
    assert (mailbox.port, mailbox.security, mailbox.folder) == expected
    assert "pw" not in repr(mailbox) + mailbox.name
    assert load({}, demo=True).mailbox is None


@pytest.mark.parametrize(
    "url",
    [
        "imap://hub:pw@mail.example.com?starttls=no",
        "imaps://mail.example.com",
        "imaps://hub@mail.example.com",
        "smtp://hub:pw@mail.example.com",
        "imaps://hub:%ED%95%9C@mail.example.com",
        "imaps://hub:p%0D%0Aw@mail.example.com",
        "imaps://hub:pw@mail.example.com?tls=1",
    ],
)
def test_a_setting_that_cannot_be_used_is_named_without_its_password(url: str) -> None:
    with pytest.raises(SettingsError, match="HUB_IMAP_URL") as refused:
        load({"HUB_IMAP_URL": url}, demo=True)
    assert "pw" not in str(refused.value)
