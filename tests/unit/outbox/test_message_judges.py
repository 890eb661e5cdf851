"""Whole mails as mail servers get them (`tests/golden/messages/*.eml`), and what others' programs read in them.

`python -m tests.unit.outbox.test_message_judges` writes the files anew when mails are changed on purpose.
"""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from conference_hub.core.text import Language
from conference_hub.outbox.message import message_of
from conference_hub.outbox.model import Mail, MailId
from tests.judges.camel import read_mail
from tests.services.machine import program
from tests.unit.outbox.test_retries import WAITING

GOLDEN = Path(__file__).parents[2] / "golden"
SENDER = "행사 사무국 <hub@example.com>"
PERL = r"""
undef $/; my ($head) = split /\r\n\r\n/, <STDIN>; $head =~ s/\r\n(?=[ \t])//g;
print Encode::decode("MIME-Header", /^(?:Subject|To): *(.*)/ ? $1 : next), "\n" for split /\r\n/, $head;
"""
"""Prints subject and recipient as Perl's Encode reads them."""


KO = "안녕하세요.\n\n후속 세션에 초대합니다.\n\n일시: 2026년 12월 7일(월) 14:00–15:00 (한국 표준시)\n참여: https://hub.example.com/invited/x\n\n사무국\n"
EN = "Hello,\n\nyou are invited.\n\nWhen: Mon 7 December 2026 14:00–15:00 (KST)\nJoin: https://hub.example.com/invited/x\n\nOffice\n"


def _calendar(method: str, status: str, summary: str) -> str:
    lines = [
        *(
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//conference_hub//test//EN",
            f"METHOD:{method}",
            "BEGIN:VEVENT",
        ),
        *("UID:session-1.conf@hub.example.com", "DTSTAMP:20261201T000000Z", "DTSTART:20261207T050000Z"),
        *("DTEND:20261207T060000Z", f"SUMMARY:{summary}", f"STATUS:{status}", "SEQUENCE:1"),
        "ORGANIZER:mailto:hub@example.com",
        "ATTENDEE;RSVP=TRUE;PARTSTAT=NEEDS-ACTION:mailto:hong@example.com",
        *("END:VEVENT", "END:VCALENDAR", ""),
    ]
    return "\r\n".join(lines)


def _mail(id_: str, language: Language, subject: str, **changes: str) -> Mail:
    text = KO if language == "ko" else EN
    mail = replace(WAITING, id=MailId(id_), subject=subject, content=text, link=None, language=language)
    return replace(mail, **changes)  # type: ignore[arg-type]


LONG_KO = "초대: 민간위탁 우수기관의 취업알선 프로그램 운영 사례와 현장 질의응답 (후속 온라인 세션)"
MAILS = {
    "invitation.ko": _mail("ko", "ko", LONG_KO, calendar=_calendar("REQUEST", "CONFIRMED", "후속 세션")),
    "invitation.en": _mail(
        *("en", "en", "Invitation: Running a pilot placement centre"),
        calendar=_calendar("REQUEST", "CONFIRMED", "Pilot placement centre"),
        to_name="Anne-Marie Lê, Dr.",
    ),
    "cancelled.ko": _mail(
        *("cancel", "ko", "취소: 후속 세션"), calendar=_calendar("CANCEL", "CANCELLED", "[취소] 후속 세션")
    ),
    "news.ko": _mail(
        *("news", "ko", "다시보기를 올렸습니다"),
        to_name="황보 예린 " * 12,
        unsubscribe="https://hub.example.com/u/" + "x" * 43,
    ),
}


@pytest.mark.parametrize("name", MAILS)
def test_mails_are_what_their_golden_files_are(name: str) -> None:
    assert _made(name) == (GOLDEN / "messages" / f"{name}.eml").read_bytes()


@pytest.mark.parametrize("name", MAILS)
def test_another_mail_program_reads_what_was_written(name: str) -> None:
    mail = MAILS[name]

    found = read_mail(_made(name))

    assert found["from"] == "행사 사무국"
    assert (found["subject"], found["to"]) == (
        mail.subject,
        [" ".join(mail.to_name.split()), mail.to_address],
    )
    kind, parts = found["tree"]
    if mail.calendar is None:
        assert (kind, [part[:2] for part in parts]) == (
            "multipart/alternative",
            [["text/plain", None], ["text/html", None]],
        )
        assert parts[0][2].replace("\r\n", "\n") == mail.content
        return
    method = "CANCEL" if name.startswith("cancelled") else "REQUEST"
    (alternative, wordings), attached = parts
    assert (kind, alternative) == ("multipart/mixed", "multipart/alternative")
    assert [part[:2] for part in wordings] == [
        ["text/plain", None],
        ["text/html", None],
        ["text/calendar", method],
    ]
    assert wordings[0][2].replace("\r\n", "\n") == mail.content
    assert (wordings[2][2], attached) == (mail.calendar, ["application/ics", None, mail.calendar])


@pytest.mark.parametrize("name", MAILS)
def test_perl_reads_subject_and_name_as_they_were_written(name: str) -> None:
    mail, perl = MAILS[name], program("perl")

    read = subprocess.run(
        [perl, "-MEncode", "-CO", "-e", PERL], input=_made(name), capture_output=True, check=True
    )

    to, subject = read.stdout.decode().splitlines()
    assert subject == mail.subject
    assert to.replace('"', "") == f"{' '.join(mail.to_name.split())} <{mail.to_address}>"


def _made(name: str) -> bytes:
    return message_of(MAILS[name], SENDER, "hub.example.com")


if __name__ == "__main__":
    (GOLDEN / "messages").mkdir(exist_ok=True)
    for one in MAILS:
        (GOLDEN / "messages" / f"{one}.eml").write_bytes(_made(one))
