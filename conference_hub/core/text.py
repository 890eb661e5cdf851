"""A piece of content in the languages of a conference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from typing_extensions import TypedDict

Language = Literal["ko", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
"""The languages of the interface, and those in which content can be written."""


class TextDoc(TypedDict):
    """A text as it is sent; a wording that was not given is empty, and readers see the other one."""

    ko: str
    en: str


@dataclass(frozen=True, kw_only=True)
class Text:
    """Korean and English wording of one thing.

    An empty wording was not given: the other one stands for it. Raises ValueError when both are empty.
    """

    ko: str = ""
    en: str = ""

    def __post_init__(self) -> None:
        """Refuse a text without any wording."""
        if not self.ko and not self.en:
            message = "a text needs a wording"
            raise ValueError(message)

    @classmethod
    def of(cls, value: str | Mapping[str, str | None]) -> Text:
        """Make a text of `{"ko": ..., "en": ...}`, or of one wording that serves for both; raises ValueError."""
        if isinstance(value, str):
            return cls(ko=value, en=value)
        return cls(ko=value.get("ko") or "", en=value.get("en") or "")

    def as_doc(self) -> TextDoc:
        """Render as a JSON document."""
        return {"ko": self.ko, "en": self.en}

    def missing(self, lang: str) -> bool:
        """Return whether there is no wording in `lang`, so that readers see the other one."""
        return not (self.en if lang == "en" else self.ko)

    def in_language(self, lang: str) -> str:
        """Return the wording for `ko` or `en` (any other language gets Korean), or the one there is."""
        return (self.en or self.ko) if lang == "en" else (self.ko or self.en)

    def joined(self, other: Text) -> Text:
        """Return both texts beside each other in each language."""
        ko, en = (f"{self.in_language(lang)} · {other.in_language(lang)}" for lang in LANGUAGES)
        return Text(ko=ko, en=en)
