"""Kinds of mails and their words: what a mail says until organisers change it, and what it may and must say.

Words are plain text with placeholders (`{name}`); nothing in them is run, and a value is never searched for
placeholders.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from conference_hub.core.errors import Invalid, msg
from conference_hub.core.text import Text
from conference_hub.outbox.model import LINK

PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
"""What is read as a placeholder; braces that hold none are text."""
PARAGRAPHS = re.compile(r"\n(?:[ \t]*\n)+")
LONGEST_SUBJECT = 200
LONGEST_TEXT = 8_000


@dataclass(frozen=True, kw_only=True)
class Field:
    """Something that a mail can say of its reader or its conference, written `{name}`.

    `label` (msgid) says what it is, `sample` stands in previews. The text must have it where it is `needed`; a
    `secret` one (a link) may not stand in the subject.
    """

    name: str
    label: str
    sample: Text
    needed: bool = False
    secret: bool = False

    @property
    def written(self) -> str:
        """How it is written in words."""
        return f"{{{self.name}}}"


@dataclass(frozen=True, kw_only=True)
class MailKind:
    """A kind of mails. `name` is kept with each mail; `label`, `subject` and `text` are msgids.

    `refusable` says that people can choose not to get such mails, as which field of `people.mail_choices.MailChoices`;
    None: they need them.
    """

    name: str
    label: str
    subject: str
    text: str
    fields: tuple[Field, ...]
    refusable: str | None = None


@dataclass(frozen=True, kw_only=True)
class Words:
    """Subject and text of a kind of mails in one language, with placeholders; a blank line ends a paragraph."""

    subject: str
    text: str

    @property
    def digest(self) -> str:
        """Names these words: forms say by it which words they change."""
        return sha256(f"{self.subject}\0{self.text}".encode()).hexdigest()[:16]


NAME = Field(name="name", label=msg("받는 사람"), sample=Text(ko="홍길동", en="Gildong Hong"))
TITLE = Field(name="title", label=msg("행사명"), sample=Text(ko="미래 포럼 2026", en="Future Forum 2026"))
HOST = Field(
    name="host", label=msg("주최 기관"), sample=Text(ko="대한민국 미래부", en="Ministry of the Future")
)
LINK_FIELD = Field(
    name=LINK.strip("{}"),
    label=msg("링크"),
    sample=Text.of("https://hub.example.org/…"),
    needed=True,
    secret=True,
)
STOP = Field(
    name="stop",
    label=msg("받을 메일을 고르는 링크"),
    sample=Text.of("https://hub.example.org/u/…"),
    needed=True,
    secret=True,
)
CONFERENCE_FIELDS = (TITLE, HOST)
"""What `outbox.wording.compose` knows by itself."""


def checked(kind: MailKind, words: Words) -> Words:
    """Return words as they are kept; raises Invalid (`subject`, `text`) where they make no mail.

    Both are there and not too long, the text has all that its reader needs, and nothing is written as a placeholder
    that is none.
    """
    subject, text = " ".join(words.subject.split()), _lines(words.text)
    for field, written, longest in (("subject", subject, LONGEST_SUBJECT), ("text", text, LONGEST_TEXT)):
        if not written:
            raise Invalid(msg("꼭 필요한 항목입니다."), field=field)
        if len(written) > longest:
            raise Invalid(msg("%(most)s자까지 적을 수 있습니다."), field=field, most=longest)
    _refuse_unknown(kind.fields, subject, text)
    for one in kind.fields:
        if one.secret and one.written in subject:
            raise Invalid(
                msg("%(placeholder)s 자리는 제목에 쓸 수 없습니다."), field="subject", placeholder=one.written
            )
        if one.needed and one.written not in text:
            raise Invalid(
                msg("받는 사람에게 꼭 필요한 %(placeholder)s 자리가 내용에 없습니다."),
                field="text",
                placeholder=one.written,
            )
    return Words(subject=subject, text=text)


def fits(kind: MailKind, words: Words) -> bool:
    """Return whether a mail can be made of words."""
    try:
        checked(kind, words)
    except Invalid:
        return False
    return True


def filled(words: Words, values: Mapping[str, str]) -> Words:
    """Return words with `values` where their placeholders are; the subject is one line.

    A paragraph of which nothing is left is left out. The link stays a placeholder: a mail keeps it apart.
    """
    paragraphs = (_filled(one, values).strip() for one in PARAGRAPHS.split(_lines(words.text)))
    subject = " ".join(_filled(words.subject, values).split())
    return Words(subject=subject, text="\n\n".join(one for one in paragraphs if one) + "\n")


def samples(kind: MailKind, lang: str) -> dict[str, str]:
    """Return what stands in previews for each placeholder of a kind."""
    return {one.name: one.sample.in_language(lang) for one in kind.fields}


def _filled(text: str, values: Mapping[str, str]) -> str:
    """Fill all placeholders at once: what a value says is not read again, and cannot ask for the link."""
    known = {**values, LINK_FIELD.name: LINK}

    def value(found: re.Match[str]) -> str:
        if found[0] == LINK or found[1] not in known:
            return found[0]
        return known[found[1]].replace(LINK, LINK_FIELD.name)

    return PLACEHOLDER.sub(value, text)


def _refuse_unknown(fields: Iterable[Field], subject: str, text: str) -> None:
    known = {one.name for one in fields}
    for field, written in (("subject", subject), ("text", text)):
        for found in PLACEHOLDER.finditer(written):
            if found[1] not in known:
                raise Invalid(
                    msg("%(placeholder)s 자리는 이 메일에 없습니다. 쓸 수 있는 자리는 아래에 있습니다."),
                    field=field,
                    placeholder=found[0],
                )


def _lines(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())
