"""The text of a mail as HTML: paragraphs and links, nothing that has to be fetched, no colours of its own."""

from __future__ import annotations

import re

from markupsafe import Markup

ADDRESS = re.compile(r"https?://[!-;=?-~]+")
"""A web address in running text: ASCII without `<` and `>`; what follows it in Korean is no part of it."""
CLOSING = ".,;:!?)]}'\""
"""What stands behind an address in a sentence."""
PAGE = Markup(
    '<!doctype html>\n<html{lang}>\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width">\n<meta name="color-scheme" content="light dark">\n'
    "<title>{subject}</title>\n</head>\n"
    '<body style="font-family:system-ui,sans-serif;font-size:16px;line-height:1.6;word-break:keep-all;'
    'overflow-wrap:anywhere;max-width:40em">\n{body}\n</body>\n</html>\n'
)


def html_of(text: str, *, subject: str, language: str | None) -> str:
    """Return a text as a page: blank lines part paragraphs, web addresses are links; everything else is escaped."""
    paragraphs = [part for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]
    body = Markup("\n").join(Markup("<p>{}</p>").format(_lines(part)) for part in paragraphs)
    lang = Markup(' lang="{}"').format(language) if language else ""
    return str(PAGE.format(lang=lang, subject=subject, body=body))


def _lines(paragraph: str) -> Markup:
    return Markup("<br>\n").join(_linked(line) for line in paragraph.splitlines())


def _linked(line: str) -> Markup:
    made, end = Markup(""), 0
    for found in ADDRESS.finditer(line):
        url = found[0].rstrip(CLOSING)
        made += line[end : found.start()]
        made += Markup('<a href="{}">{}</a>').format(url, url)
        end = found.start() + len(url)
    return made + line[end:]
