"""What the page of mails takes."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from conference_hub.outbox.model import MailState
from conference_hub.outbox.wording_model import LONGEST_SUBJECT, LONGEST_TEXT
from conference_hub.web.fields import Digits
from conference_hub.web.requests import Checkbox, Form, Line, Query


class MailList(Query):
    """Which mails are shown: of one state, of one sending, to somebody, or all; the first page is 0."""

    state: MailState | None = None
    sending: str | None = None
    to: Annotated[str, StringConstraints(strip_whitespace=True, max_length=254)] = ""
    page: Digits = 0


class SendingList(Query):
    """Which sendings are shown; the first page is 0."""

    page: Digits = 0


class TestMail(Form):
    """Write a mail to oneself, to see that mails arrive."""

    address: Line
    """The mail address that it goes to."""


class MailWords(Form):
    """What mails of a kind shall say, with placeholders; `seen` names the words that it was typed over."""

    subject: Annotated[str, StringConstraints(max_length=2 * LONGEST_SUBJECT)] = ""
    text: Annotated[str, StringConstraints(max_length=2 * LONGEST_TEXT)] = ""
    seen: Line
    address: Annotated[str, StringConstraints(strip_whitespace=True, max_length=254)] = ""
    """Where a test of it goes."""


class ResetWords(Form):
    """Go back to the words of the product, where they are still those that `seen` names."""

    seen: Line


class ChooseMails(Form):
    """Which mails somebody wants."""

    day_ahead: Checkbox = False
    shortly: Checkbox = False
    news: Checkbox = False


class OneClick(Form):
    """What a mail program posts to refuse mails of a sort (RFC 8058 3.2); what else it sends does not matter."""

    model_config = ConfigDict(extra="ignore")

    list_unsubscribe: Annotated[str, StringConstraints(max_length=100)] = Field(
        default="", alias="List-Unsubscribe"
    )
