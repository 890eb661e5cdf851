"""Cells with a form of their own: telephone numbers, addresses, colours, amounts of money."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from typing_extensions import override

from conference_hub.core.addresses import LONGEST_EMAIL, is_email, is_web_address
from conference_hub.core.errors import msg
from conference_hub.exchange import texts
from conference_hub.exchange.cells import NO_TEXT, Cell, Context, Raw, Reading, WholeCell, text_of
from conference_hub.exchange.faults import CellError, Message, shown


@dataclass(frozen=True)
class PatternCell(Cell):
    """A text of one line with a form of its own: `form` returns it as it is kept, or None."""

    form: Callable[[str], str | None]
    sentence: str
    longest: int = 200
    format: str = ""

    @override
    def read(self, raw: Raw, context: Context) -> Reading:
        """Return the text as it is kept."""
        kept, remark = texts.clean_line(text_of(raw))
        return Reading(value=self._formed(kept), remark=remark)

    def accept(self, value: Any) -> Any:
        """Return the text as it is kept."""
        if not isinstance(value, str):
            raise CellError(NO_TEXT)
        return self._formed(texts.clean_line(value)[0])

    def json_schema(self) -> dict[str, Any]:
        """Return the format."""
        return {"maxLength": self.longest} | ({"format": self.format} if self.format else {})

    def _formed(self, text: str) -> str:
        formed = self.form(text) if len(text) <= self.longest else None
        if formed is None:
            raise CellError(self.sentence, value=shown(text))
        return formed


@dataclass(frozen=True)
class PhoneCell(Cell):
    """A telephone number as it is written; a zero that a spreadsheet lost is put back (case 26)."""

    LOST_ZERO: ClassVar = re.compile(r"1[016789]\d{7,8}|(?:2|[3-6][1-5]|70)\d{7,8}")
    KEPT: ClassVar = re.compile(
        r"\+?[0-9(][0-9 ()./-]{3,28}(?:\s*(?:ext\.?|내선|#)\s*\d{1,6})?", re.IGNORECASE
    )

    @override
    def read(self, raw: Raw, context: Context) -> Reading:
        """Return the number as a text; a number in scientific notation has lost digits and is refused."""
        text = texts.clean_line(text_of(raw))[0]
        if re.fullmatch(r"[0-9.,]+e[+-]?\d+", text, re.IGNORECASE):
            raise CellError(
                msg("엑셀이 줄여 쓴 번호입니다. 셀을 텍스트로 바꿔 번호를 다시 적어 주세요: %(value)s"),
                value=text,
            )
        if self.LOST_ZERO.fullmatch(text):
            return Reading(
                value="0" + text,
                remark=Message(text=msg("앞의 0을 되살렸습니다: %(value)s"), detail={"value": "0" + text}),
            )
        return Reading(value=self.accept(text))

    def accept(self, value: Any) -> Any:
        """Return the number as it is written."""
        text = texts.clean_line(value)[0] if isinstance(value, str) else ""
        if not self.KEPT.fullmatch(text):
            raise CellError(msg("전화번호가 아닙니다: %(value)s"), value=shown(value))
        return text

    def json_schema(self) -> dict[str, Any]:
        """Return the bound."""
        return {"maxLength": 40}


@dataclass(frozen=True)
class MoneyCell(WholeCell):
    """An amount in whole units of its currency: `1,000,000원`, `₩1000000`, `100만 원`."""

    most: int = 10**12

    def read(self, raw: Raw, context: Context) -> Reading:
        """Read the amount without the sign of its currency."""
        text = re.sub(r"(?:원|₩|\\|krw|won)", "", text_of(raw), flags=re.IGNORECASE).strip()
        if matched := re.fullmatch(r"([\d,]+)\s*만", text):
            text = f"{matched[1].replace(',', '')}0000"
        return super().read(text, context)


@dataclass(frozen=True)
class SecondsCell(Cell):
    """Seconds from 0 to `most`, to a tenth: `12`, `12.5`, `12.5초`."""

    most: int
    WRONG: ClassVar = msg("0부터 %(most)s까지, 소수점 아래 한 자리로 적어 주세요: %(value)s")

    @override
    def read(self, raw: Raw, context: Context) -> Reading:
        """Read the number without its unit."""
        text = re.sub(r"\s*(?:초|s|sec|seconds?)$", "", text_of(raw).strip(), flags=re.IGNORECASE)
        if isinstance(raw, bool) or not re.fullmatch(r"[0-9]{1,6}(?:[.,][0-9]+)?", text, re.ASCII):
            raise CellError(self.WRONG, most=self.most, value=shown(raw))
        return Reading(value=self.accept(float(text.replace(",", "."))))

    def accept(self, value: Any) -> Any:
        """Return the number."""
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= self.most:
            raise CellError(self.WRONG, most=self.most, value=shown(value))
        if round(value, 1) != value:
            raise CellError(self.WRONG, most=self.most, value=shown(value))
        return float(value)

    def json_schema(self) -> dict[str, Any]:
        """Return the bounds."""
        return {"minimum": 0, "maximum": self.most}


def email_form(text: str) -> str | None:
    """Return an address as it is kept; None for what is none. The domain is compared in small letters."""
    bare = re.sub(r"^mailto:", "", text, flags=re.IGNORECASE).strip("<> ")
    if not is_email(bare):
        return None
    local, _, domain = bare.rpartition("@")
    return f"{local}@{domain.lower()}"


def colour_form(text: str) -> str | None:
    """Return a colour as `#rrggbb`, None for anything else."""
    bare = text.lower().removeprefix("#")
    if re.fullmatch(r"[0-9a-f]{3}", bare):
        bare = "".join(digit * 2 for digit in bare)
    return f"#{bare}" if re.fullmatch(r"[0-9a-f]{6}", bare) else None


def link_form(text: str) -> str | None:
    """Return a web address, None for anything else and for one with a name or a password before its host."""
    return text if is_web_address(text) else None


EMAIL = PatternCell(email_form, msg("이메일 주소가 아닙니다: %(value)s"), LONGEST_EMAIL, "email")
COLOUR = PatternCell(colour_form, msg("색은 #1d4f91처럼 적어 주세요: %(value)s"), 7)
LINK = PatternCell(
    link_form, msg("웹 주소는 https://로 시작하고 아이디와 비밀번호가 없어야 합니다: %(value)s"), 2000, "uri"
)
