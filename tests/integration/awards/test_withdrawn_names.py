"""A name that was public and is corrected or taken back: everywhere it may still be stored, and nowhere else."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.awards.store import load
from conference_hub.core.actor import Actor
from conference_hub.core.stream import Stream
from conference_hub.data.export import conference_as_json
from conference_hub.live.state import Live
from conference_hub.web.hub import Hub
from tests.appending import append
from tests.integration.conftest import SignIn
from tests.model_day import CONF, outside
from tests.traces import kept_with, rows_with

AWARD, OTHER = "case-01", "case-02"
WRONG, RIGHT, REASON = "틀린이름하나", "맞는이름하나", "취소한사유하나"
"""Nobody on the guest list is called so."""


@dataclass
class Day:
    """The hub with an operator who commands, and screens of every stream that follow."""

    hub: Hub
    app: Flask
    operator: FlaskClient
    _ids: Iterator[int] = field(default_factory=itertools.count)

    @property
    def live(self) -> Live:
        live: Live = self.app.extensions["conference_hub_live"]
        return live

    def command(self, verb: str, award: str = AWARD, **body: object) -> None:
        """Give a command and repeat it, give a stale one, and let every screen ask for what it shows."""
        path = f"/api/v1/c/{CONF}/run/undo" if verb == "undo" else f"/api/v1/c/{CONF}/awards/{award}/{verb}"
        sent = {"command_id": f"day-{next(self._ids)}", **outside(verb), **body}
        for _ in range(2):
            answer = self.operator.post(path, json=sent)
            assert answer.status_code == 200, answer.text
        stale = self.operator.post(path, json={**sent, "command_id": f"day-{next(self._ids)}", "seen": 0})
        assert stale.get_json()["error"]["code"] == "stale"
        while self.live.relay.step():
            pass
        self.look()

    def send(self, path: str, **body: object) -> None:
        """Give a command of a lane, and let every screen ask for what it shows."""
        sent = {"command_id": f"day-{next(self._ids)}", **body}
        answer = self.operator.post(f"/api/v1/c/{CONF}/{path}", json=sent)
        assert answer.status_code == 200, answer.text
        while self.live.relay.step():
            pass
        self.look()

    def look(self) -> str:
        """Ask for every state, page and calendar; return all answers."""
        state = f"/api/v1/c/{CONF}/state"
        states = [f"{state}?stream={stream}{after}" for stream in Stream for after in ("", "&after=0")]
        pages = [
            f"/c/{CONF}/{page}"
            for page in ("results", "live", "me", "console", "agenda.ics", "follow-up.ics")
        ]
        answers = [self.operator.get(path) for path in [*states, *pages, "/metrics"]]
        return "".join(answer.text for answer in answers)

    def forget_screens(self) -> None:
        """Commit something else on every stream, as goes on all day: nobody asks for a state after it."""
        with self.hub.journal.writing(CONF, actor=Actor.system("test")) as write:
            for stream in Stream:
                append(write, stream, "CueStarted", "lane/hall", {})
        while self.live.relay.step():
            pass

    def rows(self, text: str) -> set[tuple[str, str]]:
        """Return where rows hold a text: the table, and the stream of an entry."""
        return {(table, row.get("stream", "")) for table, row in rows_with(self.hub.database, text)}

    def kept(self, text: str) -> list[str]:
        return kept_with(text, self.hub, self.app)


@pytest.fixture
def day(seeded: Hub, app: Flask, sign_in: SignIn) -> Day:
    """The day after a wrong name was revealed and everybody has seen it."""
    day = Day(seeded, app, sign_in(Role.OPERATOR, name="김감독"))
    day.live.relay.begin()
    for verb, body in (("correct", {"recipient": WRONG}), ("arm", {}), ("reveal", {})):
        day.command(verb, **body)
    assert WRONG in day.look()
    return day


def test_corrected_name_is_only_in_the_step_that_can_be_undone(day: Day) -> None:
    day.command("correct", recipient=RIGHT)

    assert WRONG not in day.look()
    assert day.rows(WRONG) == {("run_step", "")}
    assert day.kept(WRONG) == []


@pytest.mark.parametrize("verb", ["present", "take-back", "undo"])
def test_corrected_name_is_nowhere_after_the_next_command(day: Day, verb: str) -> None:
    """Undo makes the other name the public one again: the correction's name can still be redone."""
    day.command("correct", recipient=RIGHT)
    gone = RIGHT if verb == "undo" else WRONG
    day.command(verb)
    if verb == "undo":
        day.command("present")

    assert day.rows(gone) == set()
    assert gone not in day.look()
    assert day.kept(gone) == []


@pytest.mark.parametrize("verb", ["take-back", "undo"])
def test_name_taken_back_is_only_with_the_sealed_award(day: Day, verb: str) -> None:
    day.command(verb)
    day.forget_screens()

    assert day.rows(WRONG) == {("award", ""), ("journal_entry", "sealed"), ("journal_entry", "operator")}
    assert day.kept(WRONG) == []
    public = day.app.test_client().get(f"/api/v1/c/{CONF}/state?after=0").text
    assert WRONG not in public


def test_withdrawn_award_is_with_operators_alone(day: Day) -> None:
    day.command("withdraw", reason=REASON)
    day.forget_screens()
    assert day.rows(WRONG) == {("award", ""), ("journal_entry", "operator")}
    assert ("journal_entry", "sealed") not in day.rows(REASON)

    day.command("take-back")
    day.forget_screens()

    assert day.rows(WRONG) == {("award", ""), ("journal_entry", "sealed"), ("journal_entry", "operator")}
    assert day.kept(WRONG) == []


def test_name_that_a_group_takes_back_is_only_with_the_sealed_award(day: Day) -> None:
    day.command("take-back")
    day.forget_screens()
    with day.hub.database.reading() as db:
        award = load(db, CONF).award(AWARD)
    day.send("run/jump", lane=award.lane_id, cue=award.cue_id, with_left="leave")
    day.send("awards/group", lane=award.lane_id, awards=[AWARD, OTHER])
    day.send("awards/group/next", lane=award.lane_id)
    assert WRONG in day.app.test_client().get(f"/api/v1/c/{CONF}/state?after=0").text

    day.send("awards/group/back", lane=award.lane_id)
    day.forget_screens()

    assert day.rows(WRONG) == {("award", ""), ("journal_entry", "sealed"), ("journal_entry", "operator")}
    assert day.kept(WRONG) == []


def test_export_holds_the_name_of_the_award_only(day: Day) -> None:
    def tables(name: str) -> list[str]:
        with day.hub.database.reading() as db:
            exported = conference_as_json(db, CONF)["tables"]
        return [table for table, rows in exported.items() if name in json.dumps(rows, ensure_ascii=False)]

    day.command("correct", recipient=RIGHT)
    assert (tables(WRONG), tables(RIGHT)) == ([], ["award"])

    day.command("take-back")
    assert (tables(WRONG), tables(RIGHT)) == ([], ["award"])


def leak_entry(day: Day) -> None:
    with day.hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        append(write, Stream.PUBLIC, "Said", "word", {"word": {"said": WRONG}})


def leak_kept_value(day: Day) -> None:
    day.hub.database.memory["leak"] = {"award": [WRONG]}


def leak_in_closure(day: Day) -> None:
    text = WRONG
    day.hub.journal.listeners.append(lambda _conf, _entries: print(text))


def leak_bytes(day: Day) -> None:
    day.app.extensions["leak"] = json.dumps({"name": WRONG}).encode()


@pytest.mark.parametrize("leak", [leak_entry, leak_kept_value, leak_in_closure, leak_bytes])
def test_search_finds_a_planted_name(day: Day, leak: Callable[[Day], None]) -> None:
    day.command("correct", recipient=RIGHT)
    day.command("present")
    leak(day)

    assert bool(day.rows(WRONG)) + bool(day.kept(WRONG)) == 1
