"""Sends letters by SMTP. Blocks: call it by `Hub.offload`, outside any transaction."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import suppress

from conference_hub.core.mail_server import MailServer, Security
from conference_hub.outbox.message import Letter
from conference_hub.outbox.retries import Deferred, Delivered, Outcome, Rejected

TIMEOUT_S = 30.0
FIRST_PERMANENT = 500
MOST_OF_A_REASON = 300


def deliver(server: MailServer, letters: Sequence[Letter]) -> list[Outcome]:
    """Send letters over one connection; return what became of each, in their order. Raises nothing."""
    outcomes: list[Outcome] = []
    try:
        with _connected(server) as connection:
            outcomes.extend(_each(connection, letters))
    except (smtplib.SMTPException, OSError) as error:
        outcomes += [Deferred(reason=_reason(error))] * (len(letters) - len(outcomes))
    return outcomes


def _each(connection: smtplib.SMTP, letters: Sequence[Letter]) -> Iterator[Outcome]:
    for letter in letters:
        yield _send(connection, letter)


def _send(connection: smtplib.SMTP, letter: Letter) -> Outcome:
    try:
        connection.sendmail(letter.sender, letter.to, letter.content)
    except smtplib.SMTPRecipientsRefused as error:
        code, text = next(iter(error.recipients.values()))
        return _refused(code, text)
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        with suppress(smtplib.SMTPException):
            connection.rset()
        return _refused(error.smtp_code, error.smtp_error)
    except (UnicodeError, ValueError) as error:
        return Rejected(reason=_reason(error))
    return Delivered()


def _refused(code: int, text: bytes | str) -> Outcome:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    reason = f"{code} {words}"[:MOST_OF_A_REASON]
    return Rejected(reason=reason) if code >= FIRST_PERMANENT else Deferred(reason=reason)


def _connected(server: MailServer) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.security is Security.TLS:
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=TIMEOUT_S, context=context
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_S)
    try:
        if server.security is Security.STARTTLS:
            connection.starttls(context=context)
        if server.user:
            connection.login(server.user, server.password)
    except BaseException:
        connection.close()
        raise
    return connection


def _reason(error: Exception) -> str:
    """Return what went wrong without what was sent: an answer of the server, or the error's own words."""
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        words = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
        return f"{error.smtp_code} {words}"[:MOST_OF_A_REASON]
    return (str(error) or type(error).__name__)[:MOST_OF_A_REASON]
