"""Pages say first what their scripts then draw: the same words in the same places, however the day stands.

The clocks of hub and page stand still, and a page hears nothing after it was sent: what it shows is what it came with.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page

from conference_hub.access.account_links import make_account_link
from conference_hub.access.accounts import add_account
from conference_hub.access.model import Grant, Role
from conference_hub.app import make_hub
from conference_hub.core.config import load
from tests.e2e.conftest import ModelDay, Visit, running_day
from tests.e2e.first_words import Act, Moment, Screen, Story, played
from tests.e2e.two_days import GROUPED, HALL, NAMED, ROOMS, SLUG, two_days
from tests.live.server_process import EVERYTHING, Answer, HubServer
from tests.model_day import CONF

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

UNHEARD = """
  window.fetch = () => new Promise(() => {});
  window.XMLHttpRequest.prototype.send = () => {};
  window.WebSocket = class extends EventTarget { close() {} send() {} };
"""
ONLY_WORDS = ["*.css", "*.woff2", "*/letters/*"]
"""What a page is given without: its words are the same, and it opens in half the time."""
CONSOLE = (
    *(".lane-chosen", ".lane-driver", ".lane-countdown", ".lane-left", ".lane-waiting", ".lane-make-up"),
    *(".lane-report", ".awards", ".awards-queue", ".controls", ".stage-layers", ".lane-more"),
    ".rundown-fold",
)
PUBLIC = (
    Screen(
        path="c/{conf}/live",
        places=(".messages", "#ceremony", "#lanes", "#finish", ".live-awards"),
    ),
    Screen(path="c/{conf}/results", places=(".messages", "#count", "#none", "#levels")),
    Screen(path="c/{conf}/", places=(".messages", "#now-line")),
)
SCREENS = (
    Screen(path="c/{conf}/console", places=("#lanes",), scripts=CONSOLE),
    Screen(
        path="c/{conf}/screen/cue-sheet?lane=metaverse&department=mc",
        places=("#now", "#department", "#cues"),
        follows_rehearsals=True,
    ),
    Screen(
        path="c/{conf}/screen/cue-sheet?lane=hall",
        places=("#now", "#department", "#cues"),
        follows_rehearsals=True,
    ),
    Screen(path="c/{conf}/screen/emcee?lane=hall", places=(".emcee-now",), follows_rehearsals=True),
    Screen(path="c/{conf}/screen/backstage?lane=metaverse", places=("#now",), follows_rehearsals=True),
    *PUBLIC,
    Screen(path="checkin/?conf={conf}", places=("#counts-hall",)),
)
SEVERAL_DAYS = (
    Screen(path="c/{conf}/console", places=("#lanes",), scripts=CONSOLE),
    Screen(path="c/{conf}/screen/cue-sheet", places=("#now", "#department", "#cues")),
    Screen(path="c/{conf}/screen/emcee", places=(".emcee-now",)),
    Screen(path="c/{conf}/screen/backstage", places=("#now",)),
    *PUBLIC[:-1],
    Screen(path="c/{conf}/", places=(".messages", "#now-line", ".agenda", "#honours", "#channels")),
)


def run(command: str, lane: str = "hall", **body: object) -> Act:
    """Return an act that sends a command of a lane."""
    return lambda server: server.run(command, lane=lane, **body)


def award(award_id: str, command: str) -> Act:
    """Return an act that sends a command of the ceremony."""
    return lambda server: server.award(award_id, command)


def message(words: str, **body: object) -> Act:
    """Return an act that tells the audience something."""
    return lambda server: server.message(words, **body)


def send(path: str, **body: object) -> Act:
    """Return an act that sends another command, named by its path in the API."""
    return lambda server: server.post(path, {"command_id": uuid.uuid4().hex, **body}, as_whom="test")


def rehearse(command: str) -> Act:
    """Return an act that commands the hall in the first rehearsal."""
    return send(f"runs/run-2/{command}", lane="hall", seen=EVERYTHING)


STORY = (
    Moment("two days before", -2 * 24 * 60),
    Moment("a rehearsal", -2 * 24 * 60 + 1, (send("runs", revision=1), rehearse("start")), rehearsal=True),
    Moment(
        "on the screens, and another message",
        -2 * 24 * 60 + 5,
        (send("runs/run-2/screens", screens=True), rehearse("next"), message("리허설 중입니다")),
        rehearsal=True,
    ),
    Moment("nothing of it is left", -2 * 24 * 60 + 6, (send("runs/run-2/clear"),)),
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


def in_lane(title: str, command: str, **body: object) -> Act:
    """Return an act that sends a command of the lane with this title."""

    def act(server: HubServer) -> Answer:
        _, plan = server.get("plan", "operator")
        lane = next(lane["id"] for lane in plan["lanes"] if lane["title"]["ko"] == title)
        return server.run(command, lane=lane, **body)

    return act


def documents(server: HubServer, family: str) -> list[dict[str, Any]]:
    """Return the documents of a family as operators have them, in the order of their numbers or places."""
    _, answer = server.get("state?stream=operator", "operator")
    found = [doc for key, doc in answer["snapshot"].items() if key.startswith(family)]
    return sorted(found, key=lambda doc: int(doc.get("number") or doc["position"]))


def by_number(number: int, command: str) -> Act:
    """Return an act that sends a command of the award with this number."""
    return lambda server: server.award(documents(server, "award/")[number - 1]["id"], command)


def group(command: str = "", **body: object) -> Act:
    """Return an act that begins to call the first level as a group, or sends another command of the group."""

    def act(server: HubServer) -> Answer:
        first = (
            {"awards": [doc["id"] for doc in documents(server, "award/")[:GROUPED]]} if not command else {}
        )
        lane = server.first_lane()
        return send(f"awards/group{command}", lane=lane, seen=EVERYTHING, **first, **body)(server)

    return act


def honour(place: int, **body: object) -> Act:
    """Return an act that says something of the guest of honour in this place."""

    def act(server: HubServer) -> Answer:
        one = documents(server, "honour/")[place - 1]
        return send(f"honours/{one['id']}/mark", expect=one["standing"], **body)(server)

    return act


NIGHT = 14.5 * 60
MORNING = 24 * 60
TWO_DAYS = (
    Moment("the evening before", -12 * 60),
    Moment("begun", 1, (in_lane(HALL, "start"), message("자료집은 입구에 있습니다"))),
    Moment(
        "a guest of honour is represented",
        21,
        (in_lane(HALL, "next"), honour(1, standing="represented", representative="최대참 <기획실장>")),
    ),
    Moment("a long break", 61, (in_lane(HALL, "hold"),)),
    Moment(
        "five lanes",
        5 * 60 + 2,
        (in_lane(HALL, "next", force=True), *(in_lane(room, "start", force=True) for room in ROOMS)),
    ),
    Moment("some are over", 6 * 60 + 1, tuple(in_lane(room, "finish", early=True) for room in ROOMS[:2])),
    Moment(
        "late in the evening",
        NIGHT + 3,
        (in_lane(HALL, "next", force=True), message("대피하십시오", emergency=True)),
    ),
    Moment("after midnight", NIGHT + 50),
    Moment(
        "over for the day",
        NIGHT + 62,
        tuple(in_lane(one, "finish", early=True) for one in (HALL, *ROOMS[2:])),
    ),
    Moment("the next morning", MORNING - 30),
    Moment("the second day", MORNING + 4, (in_lane(HALL, "reopen"), in_lane(HALL, "next"))),
    Moment("a ceremony", MORNING + 47, (in_lane(HALL, "next"), group())),
    Moment("names of a group", MORNING + 48, tuple(group("/next") for _ in range(NAMED))),
    Moment(
        "a person",
        MORNING + 55,
        (
            *(group("/next") for _ in range(GROUPED - NAMED)),
            by_number(GROUPED + 1, "arm"),
            by_number(GROUPED + 1, "reveal"),
        ),
    ),
    Moment(
        "an organisation",
        MORNING + 58,
        (by_number(GROUPED + 1, "done"), by_number(GROUPED + 2, "arm"), by_number(GROUPED + 2, "reveal")),
    ),
    Moment("all over", MORNING + 80, (in_lane(HALL, "finish", early=True),)),
)


@pytest.fixture(scope="module")
def model_day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModelDay]:
    """One hub for all stories, each of a conference of its own."""
    with running_day(tmp_path_factory.mktemp("day")) as day:
        file = day.clock.with_name("two-days.json")
        file.write_text(json.dumps(two_days(first_day(day))), encoding="utf-8")
        day.server.command("import", str(file))
        yield day


def first_day(day: ModelDay) -> datetime:
    """Return when the conference of two days begins: at nine in Seoul, the day after the other one."""
    return (day.opening + timedelta(days=1)).replace(hour=0, minute=0)


@pytest.fixture
def organisers(model_day: ModelDay, visit: Visit) -> list[Page]:
    """Browsers, one for each language, of somebody who is an organiser of both conferences."""
    model_day.at(-10)
    return [signed_in(model_day, visit, lang) for lang in ("ko", "en")]


def signed_in(day: ModelDay, visit: Visit, lang: str) -> Page:
    """Return the browser of a new account, in which pages hear nothing."""
    hub = make_hub(load(day.server.environment(), demo=True))
    with hub.database.writing() as db:
        grants = [Grant(conf=conf, role=Role.ORGANISER) for conf in (CONF, SLUG)]
        login = f"organiser-{uuid.uuid4().hex[:8]}"
        account = add_account(db, login=login, name="김기획", password_hash=None, grants=grants, at=hub.now())
        secret = make_account_link(db, account, hub.now())
    hub.database.close()
    page = visit(f"{day.server.url}/link#{secret}", lang=lang)
    page.locator("main button").first.click()
    page.wait_for_url("**/password*")
    page.add_init_script(UNHEARD)
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.setBlockedURLs", {"urls": ONLY_WORDS})
    return page


def told_as_drawn(story: Story, day: ModelDay, pages: list[Page]) -> None:
    """Require that each place says something first at some moment, and always what the scripts draw there."""
    for page in pages:
        page.clock.install(time=story.begins)
    told, apart = played(story, day, pages)

    assert "\n".join(apart) == ""
    assert told == story.places


def test_pages_say_first_what_their_scripts_draw(model_day: ModelDay, organisers: list[Page]) -> None:
    story = Story(server=model_day.server, opening=model_day.opening, moments=STORY, screens=SCREENS)

    told_as_drawn(story, model_day, organisers)


def test_pages_of_two_days_in_one_language_say_first_what_their_scripts_draw(
    model_day: ModelDay, organisers: list[Page]
) -> None:
    server, opening = model_day.server.of(SLUG), first_day(model_day)
    story = Story(server=server, opening=opening, moments=TWO_DAYS, screens=SEVERAL_DAYS)

    told_as_drawn(story, model_day, organisers)
