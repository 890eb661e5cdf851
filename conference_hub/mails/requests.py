"""What the page of mails takes."""

from __future__ import annotations

from conference_hub.outbox.model import MailState
from conference_hub.web.fields import Digits
from conference_hub.web.requests import Form, Line, Query


class MailList(Query):
    """Which mails are shown: those of one state, or all; the first page is 0."""

    state: MailState | None = None
    page: Digits = 0


class TestMail(Form):
    """Write a mail to oneself, to see that mails arrive."""

    address: Line
    """The mail address that it goes to."""
