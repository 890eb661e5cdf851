"""What the source says and what the English catalogues answer: extraction, reading, writing, comparison.

Korean is the source language, so a msgid is itself the Korean wording. Two domains: `messages` for Python and
templates, `browser` for `static/js`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from tools.browser_words import browser_words
from tools.paths import ROOT

ENGLISH = ROOT / "conference_hub" / "translations" / "en" / "LC_MESSAGES"
KEYWORDS: dict[str, Any] = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "msg": None,
    "t": None,
    "ngettext": (1, 2),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)|\{(\w+)\}")
HANGUL = re.compile(r"[가-힣]")
OWN_NAME_OF_THE_LANGUAGE = "한국어"


@dataclass(frozen=True, kw_only=True)
class Domain:
    """One catalogue: its name, and the folders (with how to read them) that its words come from."""

    name: str
    sources: tuple[tuple[str, str, Any], ...]

    @property
    def english(self) -> Path:
        """The English catalogue's file."""
        return ENGLISH / f"{self.name}.po"


DOMAINS = (
    Domain(
        name="messages",
        sources=(("conference_hub", "**.py", "python"), ("templates", "**.html", "jinja2.ext:babel_extract")),
    ),
    Domain(name="browser", sources=(("static/js", "**.js", browser_words),)),
)


def extract(domain: Domain, root: Path = ROOT) -> Catalog:
    """Collect every msgid that the source under `root` uses, without translations."""
    catalog = Catalog(locale="en", domain=domain.name, fuzzy=False)
    for folder, pattern, method in domain.sources:
        found = extract_from_dir(
            str(root / folder),
            [(pattern, method)],
            keywords=KEYWORDS,
            options_map={pattern: {"silent": "false"}},  # a template that cannot be parsed is an error
        )
        for filename, _line, msgid, comments, _context in found:
            catalog.add(msgid, locations=[(f"{folder}/{filename}", 0)], auto_comments=comments)
    return catalog


def read(path: Path) -> Catalog:
    """Read a catalogue file; one that does not exist is empty."""
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as file:
        return read_po(file, locale="en", abort_invalid=True)


def write(path: Path, catalog: Catalog) -> None:
    """Write a catalogue in a form that changes only where its words do: no dates, no line numbers, sorted."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, sort_output=True, include_lineno=False, omit_header=False, width=0)
    text = path.read_text(encoding="utf-8")
    noise = re.compile(
        r'^(#.*|"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By'
        r'|Report-Msgid-Bugs-To|Project-Id-Version):.*")\n',
        re.MULTILINE,
    )
    header, entries = text.split("\n\n", 1) if "\n\n" in text else (text, "")
    path.write_text((noise.sub("", header + "\n") + "\n" + entries).strip() + "\n", encoding="utf-8")


def faults(used: Catalog, english: Catalog) -> Iterator[str]:
    """Compare what the source uses with the English catalogue; give one line for each fault."""
    known = {key_of(message): message for message in english if message.id}
    wanted = {key_of(message): message for message in used if message.id}
    for key, message in wanted.items():
        if key not in known:
            yield f"missing: {key!r} ({message.locations[0][0]})"
        else:
            yield from _faults_of(known[key])
    for key in known.keys() - wanted.keys():
        yield f"not used any more: {key!r}"


def key_of(message: Message) -> str:
    """Return the singular msgid, which identifies a message."""
    return message.id if isinstance(message.id, str) else message.id[0]


def _faults_of(message: Message) -> Iterator[str]:
    key = key_of(message)
    forms = [message.string] if isinstance(message.string, str) else list(message.string or [""])
    if message.fuzzy:
        yield f"fuzzy: {key!r}"
    if not all(forms):
        yield f"not translated: {key!r}"
        return
    for form in forms:
        if placeholders(form) != placeholders(key):
            yield f"placeholders differ: {key!r} and {form!r}"
        if HANGUL.search(form) and form != OWN_NAME_OF_THE_LANGUAGE:
            yield f"Korean left in the English of {key!r}: {form!r}"


def placeholders(text: str) -> set[str]:
    """Return the names that a message leaves open, in either notation."""
    return {first or second for first, second in PLACEHOLDER.findall(text)}
