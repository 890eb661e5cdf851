"""The types of a record's fields: how they stand in a sheet, in a JSON file and in its schema.

A field that may be empty is `Annotated[Line | None, heading(...)] = None`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from pydantic import PlainSerializer, WithJsonSchema

from conference_hub.core.text import Text
from conference_hub.exchange.cells import ChoiceCell, FlagCell, LineCell, WholeCell, WordsCell
from conference_hub.exchange.formats import COLOUR, EMAIL, LINK, MoneyCell, PhoneCell
from conference_hub.exchange.moments import DayCell, DurationCell, MomentCell, StartCell
from conference_hub.exchange.nested import ByColumnCell, ListCell, ReferenceCell


@dataclass(frozen=True, kw_only=True)
class Heading:
    """The heading of a column in both languages, and other words that are understood for it.

    A `Text` has a column for each language of the conference, with the language behind the heading.
    """

    title: Text
    aliases: tuple[str, ...] = ()


def heading(ko: str, en: str, *aliases: str) -> Heading:
    """Return the heading of a field, for `Annotated`."""
    return Heading(title=Text(ko=ko, en=en), aliases=aliases)


def reference(part: str, *, creates: bool = False) -> ReferenceCell:
    """Make the cell that names a record of another part, for `Annotated`; `part` is the name of that part.

    With `creates` a record that is named and not there is made along with the row.
    """
    return ReferenceCell(part=part, creates=creates)


def choice(labels: Mapping[str, Text], other_words: Mapping[str, str] | None = None) -> ChoiceCell:
    """Make the cell of one of a few values, for `Annotated`; the labels by value.

    `other_words` are further words for a value, by word in small letters without spaces.
    """
    return ChoiceCell(labels, other_words or {})


def as_doc(text: Text) -> dict[str, str]:
    """Return a text as files have it: the wordings that were given."""
    return {lang: word for lang, word in (("ko", text.ko), ("en", text.en)) if word}


TEXT_SCHEMA = WithJsonSchema(
    {
        "type": "object",
        "properties": {"ko": {"type": "string"}, "en": {"type": "string"}},
        "additionalProperties": False,
        "minProperties": 1,
    }
)
"""A text in the schema of the conference file."""

Line = Annotated[str, LineCell()]
"""A text of one line, up to 200 characters."""
LongText = Annotated[str, LineCell(2000, several_lines=True)]
"""A text of several lines, up to 2,000 characters."""
Words = Annotated[Text, WordsCell(), PlainSerializer(as_doc), TEXT_SCHEMA]
"""A `Text` of one line in the conference's languages: a column for each language."""
LongWords = Annotated[Text, WordsCell(2000, several_lines=True), PlainSerializer(as_doc), TEXT_SCHEMA]
"""A `Text` of several lines."""
Whole = Annotated[int, WholeCell()]
"""A whole number from 0 to 1,000,000."""
Money = Annotated[int, MoneyCell()]
"""An amount in whole units of its currency."""
YesNo = Annotated[bool, FlagCell()]
"""Yes or no; an empty cell is no: give it `= False`."""
Day = Annotated[date, DayCell()]
"""A calendar day."""
Moment = Annotated[datetime, MomentCell()]
"""An aware instant."""
Start = Annotated[datetime, StartCell()]
"""An aware instant; a sheet may give the time of day alone, which `Part.prepare` makes an instant (`ClockTime`)."""
Span = Annotated[int, DurationCell()]
"""A duration in whole seconds."""
Email = Annotated[str, EMAIL]
Phone = Annotated[str, PhoneCell()]
Colour = Annotated[str, COLOUR]
"""`#rrggbb`."""
Link = Annotated[str, LINK]
"""A web address."""
Lines = Annotated[tuple[str, ...], ListCell()]
"""Several lines of text: give it `= ()`."""
ByColumn = Annotated[dict[str, str], ByColumnCell()]
"""Texts by name, a column for each: give it `= Field(default_factory=dict)`, and `Part.extra` the names."""
