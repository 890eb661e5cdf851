"""The forms of a page as a browser sends them: with their hidden fields and what stands in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from typing_extensions import override
from werkzeug.datastructures import MultiDict

Attributes = dict[str, str | None]
UNSENT = {"submit", "button", "reset", "image", "file"}


@dataclass(kw_only=True)
class RenderedForm:
    """A form that is posted to `action`; `values` are sent when nobody types, `hidden` are the names nobody sees."""

    action: str
    values: MultiDict[str, str] = field(default_factory=MultiDict)
    hidden: set[str] = field(default_factory=set)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[RenderedForm] = []
        self.open: RenderedForm | None = None
        self.area = ""
        self.select = ""
        self.chosen: list[tuple[bool, str]] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.open = None
            if (given.get("method") or "").lower() == "post":
                self.open = RenderedForm(action=given.get("action") or "")
                self.found.append(self.open)
        elif self.open and "disabled" not in given:
            self._field(self.open, tag, given)

    def _field(self, form: RenderedForm, tag: str, given: Attributes) -> None:
        name, kind, value = given.get("name") or "", given.get("type") or "text", given.get("value") or ""
        if tag == "option" and self.select:
            self.chosen.append(("selected" in given, value))
        elif tag == "select":
            self.select, self.chosen = name, []
        elif tag == "textarea" and name:
            self.area = name
            form.values.add(name, "")
        elif tag == "input" and name and kind not in UNSENT:
            if kind not in {"checkbox", "radio"} or "checked" in given:
                form.values.add(name, value)
            if kind == "hidden":
                form.hidden.add(name)

    @override
    def handle_data(self, data: str) -> None:
        if self.area and self.open:
            self.open.values[self.area] += data

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "textarea":
            self.area = ""
        elif tag == "select" and self.open and self.select:
            self._end_select(self.open)

    def _end_select(self, form: RenderedForm) -> None:
        chosen = [value for selected, value in self.chosen if selected] or [
            value for _, value in self.chosen[:1]
        ]
        for value in chosen:
            form.values.add(self.select, value)
        self.select = ""


def forms_of(html: str) -> Iterator[RenderedForm]:
    """Yield the forms of a page that are posted."""
    parser = _Forms()
    parser.feed(html)
    yield from parser.found
