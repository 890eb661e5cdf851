"""What the forms and addresses of the files pages carry."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from conference_hub.exchange.merge import Gone
from conference_hub.people.disclosures import Reason
from conference_hub.web.fields import Checkbox
from conference_hub.web.requests import Digits, Form, Query

Kind = Literal["", "new", "changed", "moved", "gone"]
Short = Annotated[str, StringConstraints(strict=True, max_length=200)]
Encoding = Literal["", "utf-8", "cp949", "utf-16", "cp1252"]
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "": ""}


class Upload(Form):
    """The form that brings a file; the file itself stands beside it."""

    gone: Gone = Gone.KEEP


class ReadAgain(Form):
    """How an upload is to be read."""

    encoding: Encoding = ""
    separator: Literal["", "comma", "semicolon", "tab"] = ""
    sheet: Short = ""
    heading_row: Digits = 0
    columns: Annotated[list[Short], Field(max_length=300)] = []  # noqa: RUF012 - pydantic copies it
    gone: Gone = Gone.KEEP


class Apply(Form):
    """The comparison that its sender saw; `confirmed` is the answer to what a live conference asks."""

    token: Annotated[str, StringConstraints(strict=True, max_length=40)]
    confirmed: Checkbox = False


class ReviewQuery(Query):
    """Which changes to show, and which page of them."""

    kind: Kind = ""
    part: Annotated[str, StringConstraints(max_length=40)] = ""
    page: Digits = 0


class Export(Form):
    """What is taken out, in which form, and why: a reason is needed where personal data are in it."""

    what: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=40)]
    form: Literal["json", "xlsx", "csv"]
    reason: Reason | Literal["none"] = "none"
    note: Short = ""
