"""Badges as a browser lays them out: nothing leaves a card, and the QR code keeps its place and its size."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from conference_hub.app import make_hub
from conference_hub.checkin.badge_design import BadgeDesign, Layout, Shown
from conference_hub.checkin.guest_actions import design_badges, register_guests
from conference_hub.cli.links import COMMAND_LINE
from conference_hub.core.config import load
from conference_hub.core.journal import Write
from conference_hub.core.text import Text
from conference_hub.people.model import GroupId, Guest, GuestId, Mode
from tests.e2e.conftest import ModelDay, Visit, running_day
from tests.e2e.hard_names import NAMES
from tests.model_day import CONF

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

MODES = ("", "?mode=metaverse", "?mode=zoom")
"""The sheets of all guests: without a mode, of those who come to the hall."""
LAID_OUT = """() => [...document.querySelectorAll('.badge-card')].map((card) => {
  const box = card.getBoundingClientRect(), qr = card.querySelector('.badge-qr').getBoundingClientRect();
  const words = [...card.querySelectorAll('p, .badge-event span, bdi, .badge-who')];
  const beyond = (one) => {
    const at = one.getBoundingClientRect();
    return at.left < box.left || at.right > box.right || at.top < box.top || at.bottom > box.bottom;
  };
  const block = (one) => getComputedStyle(one).display !== 'inline';
  const cut = (one) => block(one) && (one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1);
  return {
    lost: words.filter((one) => beyond(one) || cut(one)).map((one) => `${one.className}: ${one.textContent}`),
    qr: [qr.left - box.left, qr.top - box.top, qr.width, qr.height].map((px) => Math.round(px)),
  };
})"""
LETTERS_ARE_THERE = """async () => {
  await document.fonts.ready;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""
FROM_LEFT_TO_RIGHT = """([name, letters]) => {
  const text = [...document.querySelectorAll('.badge-name')].find((one) => one.textContent === name).firstChild;
  const left = (letter) => {
    const range = document.createRange();
    range.setStart(text, name.indexOf(letter));
    range.setEnd(text, name.indexOf(letter) + 1);
    return range.getBoundingClientRect().left;
  };
  return [...letters].sort((one, other) => left(one) - left(other)).join('');
}"""


@pytest.fixture(scope="module")
def model_day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModelDay]:
    """One hub for all tests of this file, with guests whose names are hard to fit."""
    with running_day(tmp_path_factory.mktemp("day")) as day:
        change(day, lambda write: register_guests(write, [*map(hard, range(len(NAMES)))]))
        yield day


def change(day: ModelDay, act: Callable[[Write], None]) -> None:
    hub = make_hub(load(day.server.environment(), demo=True))
    with hub.journal.writing(CONF, actor=COMMAND_LINE) as write:
        act(write)
    hub.database.close()


def hard(place: int) -> Guest:
    name, pronunciation, organisation = NAMES[place]
    return Guest(
        id=GuestId(f"hard-{place}"),
        number=f"hard-{place}",
        name=name,
        label=Text(ko="국민취업지원제도 우수사례 확산 추진단장", en="Head of the dissemination task force"),
        pronunciation=pronunciation,
        organisation=organisation,
        group=GroupId("attendee"),
        mode=Mode.ONSITE,
        seat="A-1234",
    )


def laid_out(page: Page) -> list[dict[str, Any]]:
    page.locator(".badge-sheet[data-fitted]").wait_for()
    page.evaluate(LETTERS_ARE_THERE)
    return [*page.evaluate(LAID_OUT)]


@pytest.mark.parametrize("layout", Layout)
def test_every_badge_fits_and_its_code_keeps_its_place(
    model_day: ModelDay, enter: Visit, layout: Layout
) -> None:
    change(model_day, lambda write: design_badges(write, BadgeDesign(layout=layout, shown=frozenset(Shown))))
    page = enter("organiser")
    page.emulate_media(media="print")
    for lang in ("ko", "en"):
        cards = []
        for mode in MODES:
            page.goto(model_day.page(f"desk/badges{mode}{'&' if mode else '?'}lang={lang}"))
            cards += laid_out(page)

        assert len(cards) == 121 + len(NAMES)
        assert [card for card in cards if card["lost"]] == []
        assert len({tuple(card["qr"]) for card in cards}) == 1


def test_brackets_of_an_arabic_name_enclose_what_they_should(model_day: ModelDay, enter: Visit) -> None:
    """The closing bracket of a text from right to left stands on the left, and is drawn as a mirror image."""
    page = enter("organiser")
    page.goto(model_day.page("desk/badges?q=A-12"))
    laid_out(page)

    assert page.evaluate(FROM_LEFT_TO_RIGHT, [NAMES[2][0], "(A2)"]) == ")A2("


def test_the_design_shows_its_examples_fitted(model_day: ModelDay, enter: Visit) -> None:
    page = enter("organiser", width=360, height=740)
    page.goto(model_day.page("desk/badges/design"))

    assert [card["lost"] for card in laid_out(page)] == [[], []]
