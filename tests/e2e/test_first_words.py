"""Pages say first what their scripts then draw: the same words in the same places, however the day stands.

The clocks of hub and page stand still, and a page hears nothing after it was sent: what it shows is what it came with.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from difflib import unified_diff

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import ModelDay, Visit
from tests.e2e.first_words import Outline, Screen, outlines
from tests.live.server_process import Answer, HubServer

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

UNHEARD = """
  window.fetch = () => new Promise(() => {});
  window.XMLHttpRequest.prototype.send = () => {};
  window.WebSocket = class extends EventTarget { close() {} send() {} };
"""
SCREENS = (
    Screen(
        path="c/best-practice-2021/console",
        places=("#lanes",),
        scripts=(
            *(
                ".lane-chosen",
                ".lane-driver",
                ".lane-countdown",
                ".lane-left",
                ".lane-waiting",
                ".lane-make-up",
            ),
            *(".lane-report", ".awards", ".awards-queue", ".controls", ".stage-layers", ".lane-more"),
            ".rundown-fold",
        ),
    ),
    Screen(
        path="c/best-practice-2021/screen/cue-sheet?lane=metaverse&department=mc",
        places=("#now", "#department", "#cues"),
    ),
    Screen(path="c/best-practice-2021/screen/cue-sheet?lane=hall", places=("#now", "#department", "#cues")),
    Screen(path="c/best-practice-2021/screen/emcee?lane=hall", places=(".emcee-now",)),
    Screen(path="c/best-practice-2021/screen/backstage?lane=metaverse", places=("#now",)),
    Screen(
        path="c/best-practice-2021/live",
        places=(".messages", "#ceremony", "#lanes", "#finish", ".live-awards"),
    ),
    Screen(path="c/best-practice-2021/results", places=(".messages", "#count", "#none", "#levels")),
    Screen(path="c/best-practice-2021/", places=(".messages", "#now-line")),
    Screen(path="checkin/?conf=best-practice-2021", places=("#counts-hall",)),
)
Act = Callable[[HubServer], Answer]


@dataclass(frozen=True)
class Moment:
    """A moment of the day, so many minutes after the opening, and what is done just then."""

    name: str
    minutes: float
    acts: tuple[Act, ...] = ()


def run(command: str, lane: str = "hall", **body: object) -> Act:
    """Return an act that sends a command of a lane."""
    return lambda server: server.run(command, lane=lane, **body)


def award(award_id: str, command: str) -> Act:
    """Return an act that sends a command of the ceremony."""
    return lambda server: server.award(award_id, command)


def message(words: str, **body: object) -> Act:
    """Return an act that tells the audience something."""
    return lambda server: server.message(words, **body)


STORY = (
    Moment("two days before", -2 * 24 * 60),
    Moment(
        "one lane was over before the other began",
        -5,
        (run("start", "metaverse", force=True), run("finish", "metaverse", early=True)),
    ),
    Moment("doors", -4, (run("undo", "metaverse"), run("undo", "metaverse"))),
    Moment("begun late", 3.5, (run("start"), message("점심은 2층에서 드립니다"))),
    Moment("over its time", 30),
    Moment("another cue on standby", 31, (run("arm", cue="round-2-hall"), run("skip", cue="performance"))),
    Moment("held", 32, (run("hold"),)),
    Moment("a round", 34, (run("resume"), run("arm", cue=None), run("next"), run("extend", seconds=120))),
    Moment("an award is ready", 35, (award("case-01", "arm"),)),
    Moment("a name", 36, (award("case-01", "reveal"), message("대피하십시오", emergency=True))),
    Moment("both lanes", 38, (run("start", "metaverse", force=True),)),
    Moment("one lane is over", 39, (run("finish", "metaverse", early=True),)),
    Moment("the next day", 24 * 60),
    Moment("all over", 24 * 60 + 1, (run("finish", early=True),)),
    Moment("two days later", 3 * 24 * 60),
)


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_pages_say_first_what_their_scripts_draw(model_day: ModelDay, enter: Visit, lang: str) -> None:
    page = enter("organiser", lang=lang)
    page.add_init_script(UNHEARD)
    page.clock.install(time=model_day.opening + timedelta(minutes=STORY[0].minutes - 1))
    told: set[str] = set()
    apart: list[str] = []
    for moment in STORY:
        come_to(moment, model_day, page)
        for screen in SCREENS:
            for place, (sent, drawn) in outlines(
                page, f"{model_day.server.url}/{screen.path}", screen
            ).items():
                told |= {f"{screen.path} {place}"} if sent else set()
                apart += differences(f"{moment.name}: {screen.path} {place}", sent, drawn)

    assert "\n".join(apart) == ""
    assert told == {f"{screen.path} {place}" for screen in SCREENS for place in screen.places}


def differences(where: str, sent: Outline, drawn: Outline) -> list[str]:
    """Return how two outlines differ, line by line; nothing where they do not."""
    return list(unified_diff(sent, drawn, f"sent, {where}", f"drawn, {where}", n=0, lineterm=""))


def come_to(moment: Moment, day: ModelDay, page: Page) -> None:
    """Set the clocks of the hub and of the page to a moment, and do what is done then."""
    at = day.opening + timedelta(minutes=moment.minutes)
    day.stop_at(at)
    answers = [act(day.server) for act in moment.acts]
    assert [status for status, _ in answers] == [200] * len(answers), answers
    page.clock.pause_at(at)
