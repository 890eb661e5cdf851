"""Hands letters to a mail server by SMTP (RFC 5321). Blocks: call it by `Hub.offload`, outside any transaction."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress

from conference_hub.core.mail_server import MailServer, Security
from conference_hub.outbox.message import Letter
from conference_hub.outbox.retries import Deferred, Delivered, Outcome, Rejected, Unreachable

TIMEOUT_S = 20.0
"""How long each answer of the server may take ..."""
TAKING_S = 60.0
"""... and the one to a whole letter. All answers of one letter together stay within the lease of a mail."""
FIRST_PERMANENT = 500
TOO_LARGE = re.compile(r"(452 4\.3\.[14]|552 5\.3\.4)\b|[45]52(?! [245]\.)")
"""What a server says to MAIL FROM of the letter itself: its size (RFC 1870), or no room for it."""
CLOSING = 421
"""The server ends the connection: too many of them, too many letters over this one, or it shuts down."""
MOST_OF_A_REASON = 300
NETWORK = (smtplib.SMTPException, OSError)


class _LostError(Exception):
    """The connection is of no use any more, and the letter was not handed over; `outcome` where this was a new one."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


class Connection:
    """One connection to a mail server for many letters: opened for the first one, and anew when the server ends it."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._smtp: smtplib.SMTP | None = None

    def deliver(self, letter: Letter) -> Outcome:
        """Hand one letter over; return what became of it. Raises nothing of the network.

        A connection that is lost before the letter itself was on its way is opened anew once, when it served before.
        Lost later, nobody knows whether the server has the letter: it is tried again.
        """
        served_before = self._smtp is not None
        try:
            return self._hand_over(letter)
        except _LostError as lost:
            if not served_before:
                return lost.outcome
        except NETWORK as error:
            return Unreachable(reason=_reason(error))
        return self.deliver(letter)

    def close(self) -> None:
        """Say goodbye to the server, if there is a connection."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with suppress(*NETWORK):
                smtp.quit()
            smtp.close()

    def _hand_over(self, letter: Letter) -> Outcome:
        """Raise _LostError where the letter was not handed over, an error of the network where there is no server."""
        smtp = self._smtp or _connected(self._server)
        self._smtp = smtp
        size = [f"size={len(letter.content)}"] if smtp.has_extn("size") else []
        refusal = self._asked(lambda: smtp.mail(letter.sender, size), _sender_refused)
        if refusal is None:
            refusal = self._asked(lambda: smtp.rcpt(letter.to), _refused)
        return self._content(smtp, letter) if refusal is None else refusal

    def _asked(
        self, ask: Callable[[], tuple[int, bytes]], refused: Callable[[int, bytes], Outcome]
    ) -> Outcome | None:
        try:
            code, words = ask()
        except ValueError as error:
            self._start_over()
            return Rejected(reason=_reason(error))
        except NETWORK as error:
            self._drop()
            raise _LostError(Deferred(reason=_reason(error))) from error
        if code == CLOSING:
            self._drop()
            raise _LostError(refused(code, words))
        if code // 100 == 2:  # noqa: PLR2004 - RFC 5321 4.2.1: the first digit says whether it went well
            return None
        self._start_over()
        return refused(code, words)

    def _content(self, smtp: smtplib.SMTP, letter: Letter) -> Outcome:
        try:
            if smtp.sock is not None:
                smtp.sock.settimeout(TAKING_S)
            code, words = smtp.data(letter.content)
            if smtp.sock is not None:
                smtp.sock.settimeout(TIMEOUT_S)
        except smtplib.SMTPDataError as error:
            self._start_over()
            return _refused(error.smtp_code, error.smtp_error)
        except NETWORK as error:
            self._drop()
            return Deferred(reason=_reason(error))
        if code // 100 == 2:  # noqa: PLR2004 - as above
            return Delivered()
        self._start_over()
        return _refused(code, words)

    def _start_over(self) -> None:
        """Have the server forget the letter it refused."""
        try:
            if self._smtp is not None:
                self._smtp.rset()
        except NETWORK:
            self._drop()

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
        self._smtp = None


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
        connection.ehlo_or_helo_if_needed()
    except BaseException:
        connection.close()
        raise
    return connection


def _refused(code: int, words: bytes | str) -> Outcome:
    reason = _words(code, words)
    return Rejected(reason=reason) if code >= FIRST_PERMANENT else Deferred(reason=reason)


def _sender_refused(code: int, words: bytes | str) -> Outcome:
    """Return what an answer to MAIL FROM means: the hub is refused, whatever it sends, unless this letter is too large.

    The sender of all letters is the same.
    """
    reason = _words(code, words)
    return _refused(code, words) if TOO_LARGE.match(reason) else Unreachable(reason=reason)


def _words(code: int, words: bytes | str) -> str:
    """Return an answer of the server, with its enhanced status code (RFC 3463) where it has one."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join(f"{code} {text}".split())[:MOST_OF_A_REASON]


def _reason(error: Exception) -> str:
    """Return what went wrong without what was sent: an answer of the server, or the error's own words."""
    if isinstance(error, smtplib.SMTPResponseException):
        return _words(error.smtp_code, error.smtp_error)
    return (str(error) or type(error).__name__)[:MOST_OF_A_REASON]
