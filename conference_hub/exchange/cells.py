"""The kinds of cells: how a value stands in a cell of a sheet, and how the same value stands in a JSON file.

A field of a record is declared as one of the types at the end of `fields.py`. `read` makes the value of what a sheet
holds, `write` the reverse, `accept` checks a value of a JSON file; all three raise CellError with a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema
from typing_extensions import override

from conference_hub.core.errors import msg
from conference_hub.core.text import Text
from conference_hub.exchange import texts
from conference_hub.exchange.faults import NEEDED, CellError, Message, shown

Raw = str | int | float | bool | datetime | date | time | None
"""What a cell of a sheet holds; a CSV file has only texts."""


@dataclass(frozen=True, kw_only=True)
class Context:
    """What cells need to know of the conference: its languages, the main one first, its zone and its first day."""

    languages: tuple[str, ...]
    zone: ZoneInfo
    day: date

    @property
    def main(self) -> str:
        """The language in which every text is given."""
        return self.languages[0]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """The value of a cell, and what to tell about how it was read."""

    value: Any
    remark: Message | None = None


@dataclass(frozen=True)
class Cell:
    """A kind of cell. `hint` says what to write there."""

    hint: ClassVar[str] = ""
    schema: ClassVar[Mapping[str, Any]] = {}

    def read(self, raw: Raw, context: Context) -> Reading:  # noqa: ARG002 - some kinds need it
        """Return the value of a cell that is not empty; raises CellError."""
        return Reading(value=self.accept(raw))

    def write(self, value: Any, context: Context) -> Raw:  # noqa: ARG002 - some kinds need it
        """Return what stands in a cell for a value; `read` gives the same value back."""
        return value if isinstance(value, Raw) else str(value)

    def accept(self, value: Any) -> Any:
        """Return a value of a JSON file as records hold it; raises CellError."""
        return value

    def choices(self) -> Sequence[Text]:
        """Return what may stand in the cell, when that is a short list."""
        return ()

    def json_schema(self) -> dict[str, Any]:
        """Return what a JSON Schema says of the value beyond its type."""
        return dict(self.schema)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Check values of JSON files by `accept`."""
        return core_schema.no_info_before_validator_function(self._accepted, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Add what the cell says of its values."""
        return {**handler(schema), **self.json_schema()}

    def _accepted(self, value: Any) -> Any:
        try:
            return value if value is None else self.accept(value)
        except CellError as error:
            raise as_pydantic(error) from None


def as_pydantic(error: CellError) -> PydanticCustomError:
    """Return a fault of a cell as validators raise it; `message_of` takes it apart again."""
    return PydanticCustomError(
        "cell", "{text}", {"text": error.message.text, "detail": dict(error.message.detail)}
    )


NO_TEXT = msg("글자여야 합니다.")
LONGER = msg("%(longest)s자까지 쓸 수 있습니다. 지금 %(length)s자입니다.")


def text_of(raw: object) -> str:
    """Return what people see in a cell as a text: whole numbers without a point."""
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, datetime):
        return f"{raw:%Y-%m-%d %H:%M}"
    return str(raw)


@dataclass(frozen=True)
class LineCell(Cell):
    """A text of one line, of 1 to `longest` characters."""

    longest: int = 200
    several_lines: bool = False

    @override
    def read(self, raw: Raw, context: Context) -> Reading:
        """Return the text, cleaned."""
        kept, remark = self._clean(text_of(raw))
        return Reading(value=self._bounded(kept), remark=remark)

    def accept(self, value: Any) -> Any:
        """Return the text, cleaned."""
        if not isinstance(value, str):
            raise CellError(NO_TEXT)
        return self._bounded(self._clean(value)[0])

    def json_schema(self) -> dict[str, Any]:
        """Return the bounds."""
        return {"minLength": 1, "maxLength": self.longest}

    def _clean(self, text: str) -> tuple[str, Message | None]:
        return texts.clean_lines(text) if self.several_lines else texts.clean_line(text)

    def _bounded(self, text: str) -> str:
        if not text:
            raise CellError(NEEDED)
        if len(text) > self.longest:
            raise CellError(LONGER, longest=self.longest, length=len(text))
        return text


@dataclass(frozen=True)
class WordsCell(Cell):
    """A `Text`: a column for each language of the conference; each wording is a `LineCell`."""

    longest: int = 200
    several_lines: bool = False

    @property
    def line(self) -> LineCell:
        """The kind of one wording."""
        return LineCell(self.longest, self.several_lines)

    def accept(self, value: Any) -> Any:
        """Return a `Text` of `{"ko": ..., "en": ...}`, where one of the two may be missing or empty."""
        if isinstance(value, Text):
            return value
        known = {"ko", "en"}
        if not isinstance(value, Mapping) or not value or not known >= value.keys():
            raise CellError(msg('{"ko": …, "en": …}처럼 언어마다 적어 주세요.'))
        given = {lang: self.line.accept(word) if word else "" for lang, word in value.items()}
        if not any(given.values()):
            raise CellError(NEEDED)
        return Text(ko=given.get("ko", ""), en=given.get("en", ""))


@dataclass(frozen=True)
class WholeCell(Cell):
    """A whole number from `least` to `most`."""

    least: int = 0
    most: int = 1_000_000
    schema: ClassVar[Mapping[str, Any]] = {}

    @override
    def read(self, raw: Raw, context: Context) -> Reading:
        """Read `1,000`, 1000.0 and `26명` too."""
        text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text_of(raw).strip())
        matched = re.fullmatch(r"([-+]?\d{1,15})\s*(?:명|개|번|분|석|점|위|회)?", text)
        if isinstance(raw, bool) or matched is None:
            raise CellError(msg("정수가 아닙니다: %(value)s"), value=shown(raw))
        return Reading(value=self.accept(int(matched[1])))

    def accept(self, value: Any) -> Any:
        """Return the number."""
        if isinstance(value, bool) or not isinstance(value, int):
            raise CellError(msg("정수가 아닙니다: %(value)s"), value=shown(value))
        if not self.least <= value <= self.most:
            raise CellError(
                msg("%(least)s부터 %(most)s까지 쓸 수 있습니다."), least=self.least, most=self.most
            )
        return value

    def json_schema(self) -> dict[str, Any]:
        """Return the bounds."""
        return {"minimum": self.least, "maximum": self.most}


@dataclass(frozen=True)
class FlagCell(Cell):
    """Yes or no; an empty cell is no (case 24)."""

    YES: ClassVar = frozenset({"true", "yes", "y", "예", "네", "o", "ㅇ", "1", "참", "v", "✓", "✔", "있음"})
    NO: ClassVar = frozenset({"", "false", "no", "n", "아니오", "아니요", "x", "0", "거짓", "-", "없음"})

    @override
    def read(self, raw: Raw, context: Context) -> Reading:
        """Read the usual words of both languages."""
        if isinstance(raw, bool):
            return Reading(value=raw)
        word = text_of("" if raw is None else raw).strip().casefold()
        if word not in self.YES | self.NO:
            raise CellError(msg("예 또는 아니오로 적어 주세요: %(value)s"), value=shown(raw))
        return Reading(value=word in self.YES)

    def write(self, value: Any, context: Context) -> Raw:
        """Write `예`, or `Y` where the main language is English; nothing for no."""
        return ("예" if context.main == "ko" else "Y") if value else None

    def accept(self, value: Any) -> Any:
        """Return the flag."""
        if not isinstance(value, bool):
            raise CellError(msg("참(true) 또는 거짓(false)이어야 합니다."))
        return value


@dataclass(frozen=True)
class ChoiceCell(Cell):
    """One of a few values, by its label in Korean or English, or by the value itself."""

    labels: Mapping[str, Text] = field(default_factory=dict, hash=False)
    other_words: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Further words for a value, by word in small letters."""

    @override
    def read(self, raw: Raw, context: Context) -> Reading:
        """Read a label, whatever its case and spaces."""
        word = plain(text_of(raw))
        found = next(
            (value for value, label in self.labels.items() if word in self._words(value, label)), None
        )
        found = found or self.other_words.get(word)
        if found is None:
            raise self._unknown(raw)
        return Reading(value=found)

    def write(self, value: Any, context: Context) -> Raw:
        """Write the label in the main language."""
        return self.labels[str(value)].in_language(context.main)

    def accept(self, value: Any) -> Any:
        """Return the value; raises CellError with what may be written."""
        if not isinstance(value, str) or str(value) not in self.labels:
            raise self._unknown(value)
        return value

    def choices(self) -> Sequence[Text]:
        """Return the labels."""
        return tuple(self.labels.values())

    def json_schema(self) -> dict[str, Any]:
        """Return the values."""
        return {"enum": list(self.labels)}

    @staticmethod
    def _words(value: str, label: Text) -> set[str]:
        return {plain(value), plain(label.ko), plain(label.en)} - {""}

    def _unknown(self, value: object) -> CellError:
        known = Text(
            ko=", ".join(label.in_language("ko") for label in self.labels.values()),
            en=", ".join(label.in_language("en") for label in self.labels.values()),
        )
        return CellError(
            msg("알 수 없는 값입니다: %(value)s (쓸 수 있는 값: %(known)s)"), value=shown(value), known=known
        )


def plain(text: str) -> str:
    """Return a word as it is compared: without spaces, in small letters."""
    return "".join(texts.clean_line(text)[0].casefold().split())
