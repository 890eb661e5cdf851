"""Opening the consoles and the screens of the day, each in a browser of its own."""

from __future__ import annotations

from urllib.parse import urlencode

from playwright.sync_api import expect

from conference_hub.access import actions
from conference_hub.access.model import Role
from conference_hub.app import make_hub
from conference_hub.cli.links import COMMAND_LINE
from conference_hub.core.config import load
from conference_hub.core.now import utc_now
from conference_hub.screens.actions import make_link
from conference_hub.screens.model import ScreenKind
from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.show.known import Known
from tests.e2e.show.operators import Operator
from tests.e2e.show.rounds import give_joint_words
from tests.e2e.show.stage_manager import HALL, METAVERSE, Screen, StageManager
from tests.model_day import CONF

OPERATORS = ("김감독", "이조감독")
LINKED = (
    ("stage", ScreenKind.STAGE, HALL, (1920, 1080)),
    ("stage-metaverse", ScreenKind.STAGE, METAVERSE, (1920, 1080)),
    ("lower-third", ScreenKind.LOWER_THIRD, HALL, (1920, 1080)),
    ("timer", ScreenKind.TIMER, HALL, (1280, 720)),
    ("emcee", ScreenKind.EMCEE, HALL, (820, 1180)),
    ("backstage", ScreenKind.BACKSTAGE, HALL, (360, 740)),
    ("backstage-metaverse", ScreenKind.BACKSTAGE, METAVERSE, (360, 740)),
    ("cue-sheet", ScreenKind.CUE_SHEET, HALL, (1440, 900)),
)
"""Screens that are opened by links: their names, kinds, lanes and sizes."""


def open_the_house(day: ModelDay, visit: Visit, lang: str) -> StageManager:
    """Open two consoles and all screens; the second operator and every other screen read the other language."""
    other = "en" if lang == "ko" else "ko"
    known = Known.of(day.server, "public", None)
    sign_in, secrets = _prepared(day)
    operators = [
        _operator(day, visit, secret, name, language)
        for secret, name, language in zip(sign_in, OPERATORS, (lang, other), strict=True)
    ]
    screens = [
        Screen("console", "console", operators[0].page, lang),
        Screen("console-second", "console", operators[1].page, other),
        Screen("live", "live", visit(day.page("live"), 360, 740, lang=lang), lang),
    ]
    for (name, kind, lane, size), secret, language in zip(LINKED, secrets, (lang, other) * 4, strict=True):
        query = urlencode({"lane": known.lane(lane)["id"], "lang": language})
        page = visit(f"{day.server.url}/s/{secret}?{query}", *size, lang=language)
        screens.append(Screen(name, str(kind), page, language, lane))
    return StageManager(day, operators[0], operators[1], screens)


def _prepared(day: ModelDay) -> tuple[list[str], list[str]]:
    """Give the joint words, and make what opens consoles and screens, past the desk: other tests do so there."""
    prepared = Known.of(day.server, "operator", "operator")
    hub = make_hub(load(day.server.environment(), demo=True))
    with hub.journal.writing(CONF, actor=COMMAND_LINE) as write:
        links = [
            actions.make_link(
                write.session, conf=CONF, role=Role.OPERATOR, at=utc_now(), name=name, by=COMMAND_LINE
            )
            for name in OPERATORS
        ]
        give_joint_words(write, prepared)
        screens = [make_link(write, kind=kind, name=name, options="") for name, kind, _, _ in LINKED]
    hub.database.close()
    return links, screens


def _operator(day: ModelDay, visit: Visit, secret: str, name: str, lang: str) -> Operator:
    page = visit(f"{day.server.url}/link#{secret}", clock=True, lang=lang)
    page.locator("main button").first.click()
    page.wait_for_url("**/console")
    expect(page.locator(".lane")).to_have_count(2)
    operator = Operator(page, lang, name)
    operator.is_connected()
    return operator
