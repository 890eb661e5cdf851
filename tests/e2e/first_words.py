"""What a page says before its scripts have run, and what they make of it, as outlines that can be compared.

An outline has a line for each element that shows something: how deep it stands, its classes, the attributes that style
or speech go by, and its own words.
"""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

OUTLINES = r"""([html, places, scripts]) => {
  const CHANGING = ['needs-script', 'chosen', 'over'];
  const SAID = /^(aria-(current|label|labelledby)|lang|dir|value|scope)$/;
  const STYLED = /^data-(status|state|kind|late|standing|lane|on|awards|unnamed|newest|emergency|ceremony)$/;
  const words = (element) => [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE)
    .map((node) => node.textContent).join(' ').replace(/\s+/g, ' ').trim();
  const name = (element) => {
    const classes = [...element.classList].filter((one) => !CHANGING.includes(one)).sort();
    const said = element.getAttributeNames().filter((one) => SAID.test(one) || STYLED.test(one)).sort()
      .map((one) => `[${one}=${element.getAttribute(one)}]`);
    return `${classes.length > 0 ? `.${classes.join('.')}` : element.localName}${said.join('')}`;
  };
  const takeOver = (element) => {
    const only = element.children.length === 1 && words(element) === '' ? element.children[0] : null;
    if (!only?.matches('span[lang]')) return;
    element.setAttribute('lang', only.lang);
    element.classList.add(...only.classList);
    only.replaceWith(...only.childNodes);
  };
  const lines = (element, depth = 0) => {
    if (element.hidden || element.matches(`noscript, script, style, ${scripts}`)) return [];
    takeOver(element);
    const within = [...element.children].flatMap((child) => lines(child, depth + 1));
    if (within.length === 0 && words(element) === '') return [];
    return [`${' '.repeat(depth)}${name(element)} ${words(element)}`.trimEnd(), ...within];
  };
  const outline = (page, place) => [...page.querySelectorAll(place)]
    .flatMap((one) => (one.closest('[hidden]') ? [] : lines(one)));
  for (const list of document.querySelectorAll('.lane-later')) {
    list.open = true;
    list.dispatchEvent(new Event('toggle'));
  }
  const sent = new DOMParser().parseFromString(html, 'text/html');
  return places.map((place) => [outline(sent, place), outline(document, place)]);
}"""
"""Scripts list what comes after the next item once somebody unfolds it. Where a text is in another language, they say
so at the element itself, and the templates around the text."""


@dataclass(frozen=True, kw_only=True)
class Screen:
    """A page: its path, the places in which it says something first, and what only its scripts put there."""

    path: str
    places: tuple[str, ...]
    scripts: tuple[str, ...] = (".countdown", ".message-read")


Outline = list[str]


def outlines(page: Page, url: str, screen: Screen) -> dict[str, tuple[Outline, Outline]]:
    """Open a page; return of each place the outline as the hub sent it, and as the page's scripts drew it."""
    answer = page.goto(url)
    assert answer is not None
    assert answer.ok, f"{url}: {answer.status}"
    found = page.evaluate(OUTLINES, [answer.text(), list(screen.places), ", ".join(screen.scripts)])
    return {place: (sent, drawn) for place, (sent, drawn) in zip(screen.places, found, strict=True)}
