"""Reports on mails of ours, as servers of several makers write them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference_hub.core.received import read_mail
from conference_hub.outbox.bounces import Delivery, Report, is_automatic, read_report
from conference_hub.outbox.model import MailId

RECEIVED = Path(__file__).parents[2] / "golden" / "received"
DOMAIN = "hub.example.com"
MAIL = MailId("abcd234567")


def received(name: str) -> bytes:
    return (RECEIVED / f"{name}.eml").read_bytes()


def failed(status: str, words: str) -> Report:
    return Report(mail_id=MAIL, delivery=Delivery.FAILED, status=status, words=words)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "bounce-postfix",
            failed("5.1.1", "550 5.1.1 <hong@example.net>: Recipient address rejected: User unknown"),
        ),
        (
            "bounce-exchange",
            failed(
                "5.1.10",
                "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
            ),
        ),
        ("bounce-gmail", failed("5.7.1", "The account is over quota (552-5.2.2)")),
        ("bounce-two-recipients", failed("5.2.2", "552 5.2.2 Mailbox full")),
        ("bounce-naver", failed("5.1.1", "550 5.1.1 No such user")),
        ("bounce-qmail", failed("", "Remote host said: 550 No such user here")),
        (
            "report-delayed",
            Report(
                mail_id=MAIL,
                delivery=Delivery.DELAYED,
                status="4.4.1",
                words="connect to mail.example.net: Connection timed out",
            ),
        ),
        ("report-delivered", Report(mail_id=MAIL, delivery=Delivery.DELIVERED, status="2.0.0")),
    ],
)
def test_a_report_is_read_as_each_server_writes_it(name: str, expected: Report) -> None:
    assert read_report(read_mail(received(name)), DOMAIN) == expected


def test_a_report_on_a_mail_of_another_hub_is_none_of_ours() -> None:
    assert read_report(read_mail(received("bounce-postfix")), "other.example.com") is None


def test_an_automatic_answer_is_no_report() -> None:
    mail = read_mail(received("out-of-office"))

    assert (read_report(mail, DOMAIN), is_automatic(mail)) == (None, True)


def test_a_persons_mail_that_quotes_a_bounce_is_no_report() -> None:
    mail = read_mail(
        received("bounce-qmail").replace(b"MAILER-DAEMON", b"hong").replace(b"Return-Path: <>\n", b"")
    )

    assert (read_report(mail, DOMAIN), is_automatic(mail)) == (None, False)


def test_the_reason_begins_with_the_status_and_is_cut() -> None:
    assert failed("5.2.2", "full " * 200).reason == f"5.2.2 {'full ' * 200}"[:300]
    assert failed("5.2.2", "552 5.2.2 full").reason == "552 5.2.2 full"
    assert failed("", "").reason == ""


@given(st.binary(max_size=2_000))
def test_no_mail_breaks_the_reading(data: bytes) -> None:
    mail = read_mail(b"From: MAILER-DAEMON@x\n" + data)
    found = read_report(mail, DOMAIN)

    assert found is None or isinstance(found, Report)
