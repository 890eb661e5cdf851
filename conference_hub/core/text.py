"""A piece of content in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from typing_extensions import TypedDict


class TextDoc(TypedDict):
    """A text as it is sent, in both languages."""

    ko: str
    en: str


@dataclass(frozen=True, kw_only=True)
class Text:
    """Korean and English wording of one thing; the Korean one is never empty, the English one falls back to it."""

    ko: str
    en: str

    @classmethod
    def of(cls, value: str | Mapping[str, str]) -> Text:
        """Make a text of `{"ko": ..., "en": ...}`, or of one wording that serves for both."""
        if isinstance(value, str):
            return cls(ko=value, en=value)
        return cls(ko=value["ko"], en=value.get("en") or value["ko"])

    def as_doc(self) -> TextDoc:
        """Render as a JSON document."""
        return {"ko": self.ko, "en": self.en}

    def in_language(self, lang: str) -> str:
        """Return the wording for `ko` or `en`; any other language gets Korean."""
        return self.en if lang == "en" else self.ko
