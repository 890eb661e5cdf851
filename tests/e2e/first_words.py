"""What a page says before its scripts have run, and what they make of it, as outlines that can be compared.

An outline has a line for each element that shows something: how deep it stands, its classes, the attributes that style
or speech go by, and its own words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import unified_diff

from playwright.sync_api import Page

from tests.e2e.conftest import ModelDay
from tests.live.server_process import Answer, HubServer

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


Outline = list[str]
Act = Callable[[HubServer], Answer]


@dataclass(frozen=True, kw_only=True)
class Screen:
    """A page: its path, the places in which it says something first, and what only its scripts put there.

    `follows_rehearsals`: it may show a rehearsal, and leaves the first word to its scripts while there is one.
    """

    path: str
    places: tuple[str, ...]
    scripts: tuple[str, ...] = (".countdown", ".message-read", "[data-copy]")
    follows_rehearsals: bool = False


@dataclass(frozen=True)
class Moment:
    """A moment of a day, so many minutes after its opening, and what is done just then; a rehearsal may be on."""

    name: str
    minutes: float
    acts: tuple[Act, ...] = ()
    rehearsal: bool = False


@dataclass(frozen=True, kw_only=True)
class Story:
    """Moments of a conference that `opening` begins, in their order, and the screens that are looked at in each."""

    server: HubServer
    opening: datetime
    moments: tuple[Moment, ...]
    screens: tuple[Screen, ...]

    @property
    def begins(self) -> datetime:
        """A minute before the first moment."""
        return self.opening + timedelta(minutes=self.moments[0].minutes - 1)

    @property
    def places(self) -> set[str]:
        """Every place in which a screen says something first."""
        return {f"{screen.path} {place}" for screen in self.screens for place in screen.places}


def played(story: Story, day: ModelDay, pages: Iterable[Page]) -> tuple[set[str], list[str]]:
    """Play a story in pages whose clocks stand before it.

    Return in which places something was sent, and all lines by which what was drawn there differs.
    """
    looking = list(pages)
    told: set[str] = set()
    apart: list[str] = []
    for moment in story.moments:
        _come_to(moment, story, day, looking)
        for page in looking:
            for screen in story.screens:
                for place, sent, drawn in _looked_at(page, story, screen):
                    told |= {f"{screen.path} {place}"} if sent else set()
                    apart += _differences(moment, screen, place, sent, drawn)
    return told, apart


def _come_to(moment: Moment, story: Story, day: ModelDay, pages: Iterable[Page]) -> None:
    """Set the clocks of the hub and of pages to a moment, and do what is done then."""
    at = story.opening + timedelta(minutes=moment.minutes)
    day.stop_at(at)
    answers = [act(story.server) for act in moment.acts]
    assert [status for status, _ in answers] == [200] * len(answers), (moment.name, answers)
    for page in pages:
        page.clock.pause_at(at)


def _looked_at(page: Page, story: Story, screen: Screen) -> Iterator[tuple[str, Outline, Outline]]:
    """Open a screen; yield of each place the outline as the hub sent it, and as the page's scripts drew it."""
    url = f"{story.server.url}/{screen.path.format(conf=story.server.conf)}"
    answer = page.goto(url)
    assert answer is not None
    assert answer.ok, f"{url}: {answer.status}"
    found = page.evaluate(OUTLINES, [answer.text(), list(screen.places), ", ".join(screen.scripts)])
    for place, (sent, drawn) in zip(screen.places, found, strict=True):
        yield place, sent, drawn


def _differences(moment: Moment, screen: Screen, place: str, sent: Outline, drawn: Outline) -> list[str]:
    """Return how two outlines differ, line by line; nothing where they do not.

    While there is a rehearsal that a screen may follow, what it sends is only what it says in any case.
    """
    where = f"{moment.name}: {screen.path} {place}"
    if moment.rehearsal and screen.follows_rehearsals:
        return [f"{where} sent: {line}" for line in sent if line not in drawn]
    return list(unified_diff(sent, drawn, f"sent, {where}", f"drawn, {where}", n=0, lineterm=""))
