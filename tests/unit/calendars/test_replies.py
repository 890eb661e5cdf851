"""Answers to invitations as calendars of several makers send them, and mails that only look like answers."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage, Message
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conference_hub.calendars.replies import Method, PartStat, Reply, read_reply
from conference_hub.core.received import (
    MOST_BYTES,
    MOST_OF_A_TEXT,
    UnreadableMail,
    address_in,
    parts_of,
    read_mail,
    text_of,
)

RECEIVED = Path(__file__).parents[2] / "golden" / "received"
UID = "session-1.best-practice-2021@hub.example.com"
KIM = "kim@ministry.example.org"


def november(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2021, 11, day, hour, minute, second, tzinfo=UTC)


def answer(
    sender: str,
    partstat: PartStat,
    sequence: int,
    stamp: datetime,
    comment: str = "",
    method: Method = Method.REPLY,
) -> Reply:
    return Reply(
        method=method,
        uid=UID,
        attendee=sender,
        answer=partstat,
        sequence=sequence,
        stamp=stamp,
        sender=sender,
        comment=comment,
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("reply-google", answer("hong@example.net", PartStat.ACCEPTED, 1, november(26, 1, 30, 15))),
        (
            "reply-exchange",
            answer(KIM, PartStat.TENTATIVE, 2, november(26, 2, 15), "10분쯤 늦을 수 있습니다."),
        ),
        ("reply-apple", answer("lee@icloud.example", PartStat.DECLINED, 0, november(27, 0))),
        ("reply-thunderbird", answer("park@example.net", PartStat.ACCEPTED, 1, november(26, 3))),
        ("reply-naver", answer("choi@naver.example", PartStat.ACCEPTED, 1, november(26, 4))),
        (
            "counter-exchange",
            answer(
                KIM, PartStat.TENTATIVE, 1, november(26, 2, 15), "Could we start at four?", Method.COUNTER
            ),
        ),
        ("reply-delegated", answer(KIM, PartStat.DELEGATED, 1, november(26, 2, 15))),
    ],
)
def test_an_answer_is_read_as_each_calendar_sends_it(name: str, expected: Reply) -> None:
    assert read_reply(read_mail((RECEIVED / f"{name}.eml").read_bytes())) == expected


@pytest.mark.parametrize("path", sorted(RECEIVED.glob("bounce-*.eml")), ids=lambda path: path.stem)
def test_a_returned_mail_is_no_answer(path: Path) -> None:
    assert read_reply(read_mail(path.read_bytes())) is None


EVENT = f"BEGIN:VEVENT\nUID:{UID}\nATTENDEE;PARTSTAT=ACCEPTED:mailto:a@example.net\nEND:VEVENT\n"


def with_calendar(text: str, sender: str = "a@example.net") -> bytes:
    mail = EmailMessage()
    mail["From"] = sender
    mail.set_content(text, subtype="calendar")
    return bytes(mail)


def reply_text(event: str = EVENT, method: str = "REPLY") -> str:
    return f"BEGIN:VCALENDAR\nMETHOD:{method}\n{event}END:VCALENDAR\n"


def test_an_answer_without_sequence_and_stamp_is_one_to_the_first_version() -> None:
    found = read_reply(read_mail(with_calendar(reply_text())))

    assert found == Reply(
        method=Method.REPLY,
        uid=UID,
        attendee="a@example.net",
        answer=PartStat.ACCEPTED,
        sequence=0,
        stamp=None,
        sender="a@example.net",
    )


@pytest.mark.parametrize(
    "text",
    [
        reply_text(method="REQUEST"),
        reply_text(method="CANCEL"),
        reply_text("BEGIN:VFREEBUSY\nUID:1\nATTENDEE:mailto:a@example.net\nEND:VFREEBUSY\n"),
        reply_text(EVENT.replace("ACCEPTED", "NEEDS-ACTION")),
        reply_text(EVENT.replace("ACCEPTED", "COMPLETED")),
        reply_text(EVENT.replace(f"UID:{UID}\n", "")),
        reply_text(EVENT.replace("mailto:a@example.net", "urn:uuid:1")),
        # Two attendees, and neither sent the mail: whose answer it is cannot be said.
        reply_text(
            EVENT.replace("ATTENDEE", "ATTENDEE;PARTSTAT=DECLINED:mailto:b@example.net\nATTENDEE").replace(
                "a@example", "c@example"
            )
        ),
        # An answer in an alarm's place is none.
        reply_text(
            f"BEGIN:VEVENT\nUID:{UID}\nBEGIN:VALARM\nATTENDEE;PARTSTAT=ACCEPTED:mailto:a@example.net\n"
        ),
        "BEGIN:VCALENDAR",
        "no calendar",
    ],
)
def test_what_is_no_answer_is_not_taken_for_one(text: str) -> None:
    assert read_reply(read_mail(with_calendar(text))) is None


def test_a_forwarded_answer_is_not_the_forwarders() -> None:
    mail = EmailMessage()
    mail["From"] = "b@example.net"
    mail.set_content("see below")
    mail.add_attachment(read_mail(with_calendar(reply_text())))

    assert read_reply(read_mail(bytes(mail))) is None


@pytest.mark.parametrize(
    "data",
    [
        b"x" * (MOST_BYTES + 1),
        b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\n\n" * 100_000,
        b"".join(
            b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (depth, depth)
            for depth in range(5_000)
        ),
        b"Content-Type: text/calendar" + b";a" * 400_000,
        b"Content-Type: text/calendar" + b";a\n " * 200_000,
        b"Content-Type: message/rfc822\n\n" * 20_000,
    ],
    ids=["size", "parts", "depth", "parameters", "folded parameters", "messages in messages"],
)
def test_a_mail_that_is_made_to_be_hard_to_read_is_refused_unread(data: bytes) -> None:
    with pytest.raises(UnreadableMail):
        read_mail(data)


@given(st.binary(max_size=2_000))
@example(b"Content-Type: text/calendar; charset=nonsense\n\nBEGIN:VCALENDAR")
@example(b"Content-Type: text/calendar; charset*=a'b'%ff\nContent-Transfer-Encoding: base64\n\n=")
@example(b"Content-Disposition: attachment; filename*=nonsense'x'%ff.ics\n\n")
def test_no_mail_breaks_the_reading(data: bytes) -> None:
    read_reply(read_mail(data))


@given(
    st.text(max_size=500),
    st.sampled_from(["UID", "ATTENDEE", "SEQUENCE", "DTSTAMP", "COMMENT", "ATTENDEE;CN="]),
)
def test_no_line_breaks_the_reading_of_an_answer(words: str, name: str) -> None:
    text = reply_text(EVENT.replace("UID", f"{name}:{words}\nUID", 1))
    found = read_reply(
        read_mail(f"From: a@example.net\nContent-Type: text/calendar; charset=utf-8\n\n{text}".encode())
    )

    assert found is None or isinstance(found, Reply)


def in_charset(charset: bytes, body: bytes) -> Message:
    return read_mail(b"Content-Type: text/calendar; charset=" + charset + b"\n\n" + body)


@pytest.mark.parametrize(
    ("charset", "body", "expected"),
    [
        (b"ks_c_5601-1987", "회신".encode("euc_kr"), "회신"),
        (b"cp949", "똠방".encode("cp949"), "똠방"),
        (b"iso-8859-1", b"caf\xe9", "café"),
        (b"utf-16", "회신".encode("utf-16"), "회신"),
        # Python decodes these, but no mail program writes them.
        (b"unicode_escape", rb"a\ud800b", r"a\ud800b"),
        (b"raw_unicode_escape", rb"a\ud800b", r"a\ud800b"),
        (b"utf-7", b"a+2AA-b", "a+2AA-b"),
        (b"punycode", b"abc-", "abc-"),
        (b"utf-8", b"a\x00b\xed\xa0\x80", "a\ufffdb\ufffd\ufffd\ufffd"),
    ],
)
def test_a_text_is_read_in_the_charsets_of_mails_and_holds_nothing_that_cannot_be_stored(
    charset: bytes, body: bytes, expected: str
) -> None:
    assert text_of(in_charset(charset, body)) == expected


def test_a_long_text_is_cut_before_it_is_decoded() -> None:
    assert len(text_of(in_charset(b"utf-8", b"a" * (2 * MOST_OF_A_TEXT)))) == MOST_OF_A_TEXT


@pytest.mark.parametrize("charset", [b"idna", b"punycode"])
def test_looking_for_the_parts_of_a_mail_decodes_no_text(charset: bytes) -> None:
    assert len(list(parts_of(in_charset(charset, b"\xff" * 100)))) == 1


def test_comments_in_comments_are_no_address() -> None:
    text = reply_text(EVENT.replace("a@example.net", "(" * 3_900))

    assert address_in("(" * 3_900) == ""
    assert read_reply(read_mail(with_calendar(text))) is None
