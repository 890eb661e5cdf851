"""Awards of two lanes that come out together: who readies, who waits, what one key does, and what takes it back."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.agenda.model import CueId
from conference_hub.awards.preparation import put_awards
from conference_hub.awards.prepared import load_prepared
from conference_hub.awards.preparing import prepare
from conference_hub.core import entries
from conference_hub.core.actor import Actor
from conference_hub.core.entries import Entry
from conference_hub.core.stream import Stream
from conference_hub.live.award_cards import revealed, stage_cards
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.kinds import ON_SQLITE
from tests.law import PLENTY, Watch
from tests.model_day import CONF, FakeNow

pytestmark = ON_SQLITE
API = f"/api/v1/c/{CONF}"
ROUNDS = {"hall": "round-2-hall", "metaverse": "round-2-metaverse"}
BOTH = ["hall", "metaverse"]


@dataclass
class Show:
    """Both lanes with their second round on air; the third award of each has one joint word."""

    hub: Hub
    now: FakeNow
    browser: FlaskClient
    other: FlaskClient
    awards: dict[str, list[str]]
    numbers: Iterator[int] = field(default_factory=itertools.count)

    @property
    def hall(self) -> str:
        """The joint award of the hall."""
        return self.awards["hall"][2]

    @property
    def meta(self) -> str:
        """The joint award of the metaverse."""
        return self.awards["metaverse"][2]

    def send(self, path: str, *, by: FlaskClient | None = None, **body: Any) -> tuple[int, Any]:
        """Send a command, a second after the one before."""
        self.now.forward(seconds=1)
        given = {"command_id": f"joint-{next(self.numbers)}", **body}
        answer = (by or self.browser).post(f"{API}/{path}", json=given)
        return answer.status_code, answer.get_json()

    def ok(self, path: str, *, by: FlaskClient | None = None, **body: Any) -> Any:
        """Send a command that must be accepted; return its fact."""
        status, answer = self.send(path, by=by, **body)
        assert status == 200, answer
        return answer["fact"]

    def refused(self, path: str, *, by: FlaskClient | None = None, **body: Any) -> dict[str, Any]:
        """Return why a command is refused."""
        status, answer = self.send(path, by=by, **body)
        assert status == 409, answer
        return dict(answer["error"])

    def docs(self, stream: Stream = Stream.OPERATOR) -> dict[str, Any]:
        """Return every document of an audience."""
        with self.hub.database.reading() as db:
            return {key: doc for key, doc in self.hub.snapshot(db, CONF, stream).items() if doc is not None}

    def states(self) -> list[str]:
        """Return how far the two joint awards are."""
        docs = self.docs()
        return [docs[f"award/{one}"]["state"] for one in (self.hall, self.meta)]

    def public(self) -> list[bool]:
        """Return whose name everybody may know."""
        docs = self.docs(Stream.PUBLIC)
        return [f"award/{one}" in docs for one in (self.hall, self.meta)]

    def newest(self, lane: str) -> dict[str, Any]:
        """Return what was done last in a lane."""
        return dict(self.docs()[f"driving/{lane}"]["commands"][0])

    def head(self) -> int:
        """Return the number of the newest entry of the operators."""
        return self.since(0)[-1].seq

    def since(self, seq: int, stream: Stream = Stream.OPERATOR) -> list[Entry]:
        """Return the entries of a stream after one."""
        with self.hub.database.reading() as db:
            return entries.since(db, CONF, stream, seq, PLENTY)

    def word(self, *awards: str, word: str | None = "대상") -> None:
        """Give awards a joint word."""
        with self.hub.journal.writing(CONF, actor=Actor.system("test")) as write:
            prepare(
                write,
                lambda now: put_awards(now, [replace(now.award(one), joint=word) for one in awards]),
            )

    def out(self) -> None:
        """Reveal both by one key."""
        self.ok(f"awards/{self.hall}/arm")
        self.ok(f"awards/{self.hall}/reveal")


@pytest.fixture
def show(seeded: Hub, now: FakeNow, sign_in: SignIn) -> Iterator[Show]:
    """The two lanes in their second round, with a joint award in each; an old snapshot must grow into a fresh one."""
    with seeded.database.reading() as db:
        prepared = load_prepared(db, CONF)
    awards = {lane: [str(one.id) for one in prepared.called_in(CueId(cue))] for lane, cue in ROUNDS.items()}
    browser, other = (sign_in(Role.OPERATOR, name=name) for name in ("김감독", "이감독"))
    found = Show(seeded, now, browser, other, awards)
    found.ok("run/start", lane="hall")
    found.ok("run/jump", lane="hall", cue=ROUNDS["hall"], with_left="leave")
    found.ok("run/start", lane="metaverse")
    found.word(found.hall, found.meta)
    watch = Watch(seeded, CONF)
    yield found
    watch.look()


def test_one_key_readies_both_and_one_key_reveals_both_at_one_instant(show: Show) -> None:
    head, public = show.head(), show.since(0, Stream.PUBLIC)[-1].seq
    armed = show.ok(f"awards/{show.hall}/arm")
    told_out = show.ok(f"awards/{show.meta}/reveal")

    assert (armed["body"]["award"], armed["body"]["lanes"]) == (show.hall, BOTH)
    assert (told_out["body"]["award"], told_out["body"]["lanes"]) == (show.meta, BOTH[::-1])
    told = [(one.topic, one.body["award"], one.body["lanes"]) for one in show.since(head)]
    assert told == [
        ("AwardArmed", show.hall, BOTH),
        ("AwardArmed", show.meta, BOTH),
        ("AwardRevealed", show.meta, BOTH[::-1]),
        ("AwardRevealed", show.hall, BOTH[::-1]),
    ]
    heard = [one for one in show.since(public, Stream.PUBLIC) if one.topic == "AwardRevealed"]
    assert [one.body["award"] for one in heard] == [show.meta, show.hall]
    assert len({one.at for one in heard}) == 1
    docs = show.docs(Stream.PUBLIC)
    assert len({docs[f"award/{one}"]["revealed_at"] for one in (show.hall, show.meta)}) == 1
    assert [show.newest(lane)["topic"] for lane in BOTH] == ["AwardRevealed"] * 2


def test_unsealed_streams_learn_nothing_of_an_award_that_is_only_ready(show: Show) -> None:
    heads = {stream: len(show.since(0, stream)) for stream in (Stream.PUBLIC, Stream.STAFF)}

    show.ok(f"awards/{show.hall}/arm")

    told = [str(one.as_wire()) for stream, head in heads.items() for one in show.since(0, stream)[head:]]
    assert [words for words in told if show.hall in words or show.meta in words or "대상" in words] == []


@pytest.mark.parametrize("first", [0, 1])
def test_a_lane_of_somebody_else_readies_its_own(show: Show, first: int) -> None:
    mine, theirs = (show.hall, show.meta) if first == 0 else (show.meta, show.hall)
    lane, their_lane = BOTH if first == 0 else BOTH[::-1]
    show.ok("run/take-control", by=show.other, lane=their_lane)

    assert show.ok(f"awards/{mine}/arm")["body"]["lanes"] == []
    waits = show.refused(f"awards/{mine}/reveal")
    assert (waits["code"], waits["lane"], waits["lanes"]) == ("waiting_for_lanes", lane, their_lane)
    assert show.refused(f"awards/{theirs}/arm")["code"] == "held_by"
    show.ok(f"awards/{theirs}/arm", by=show.other)
    show.ok(f"awards/{mine}/reveal")

    assert show.states() == ["revealed", "revealed"]


def test_by_force_one_comes_out_alone_and_the_other_later(show: Show) -> None:
    show.ok("run/take-control", by=show.other, lane="metaverse")
    show.ok(f"awards/{show.hall}/arm")

    assert show.ok(f"awards/{show.hall}/reveal", force=True)["body"]["lanes"] == []
    assert show.public() == [True, False]
    show.ok(f"awards/{show.meta}/arm", by=show.other)
    show.ok(f"awards/{show.meta}/reveal", by=show.other)

    assert show.public() == [True, True]


def test_force_is_not_needed_for_who_is_not_called(show: Show) -> None:
    show.ok(f"awards/{show.meta}/absent")
    armed = show.ok(f"awards/{show.hall}/arm")
    told_out = show.ok(f"awards/{show.hall}/reveal")

    assert (armed["body"]["lanes"], told_out["body"]["lanes"], show.public()) == ([], [], [True, False])


def test_nobody_waits_for_a_round_that_is_over(show: Show) -> None:
    show.ok("run/finish", lane="metaverse", early=True, with_left="leave")
    show.ok(f"awards/{show.hall}/arm")
    show.ok(f"awards/{show.hall}/reveal")

    assert show.public() == [True, False]


def test_nobody_is_readied_whose_lane_is_busy_or_was_not_seen(show: Show) -> None:
    seen = show.head()
    show.ok(f"awards/{show.awards['metaverse'][0]}/arm", by=show.other)
    assert show.ok(f"awards/{show.hall}/arm")["body"]["lanes"] == []
    show.ok("run/undo", lane="hall")
    show.ok("run/undo", by=show.other, lane="metaverse")

    assert show.ok(f"awards/{show.meta}/arm", seen=show.head())["body"]["lanes"] == BOTH[::-1]
    show.ok("run/undo", lane="metaverse")
    fresh = show.head()
    show.ok("run/hold", by=show.other, lane="metaverse")
    assert seen < fresh
    assert show.ok(f"awards/{show.hall}/arm", seen=fresh)["body"]["lanes"] == []


def test_a_stale_reveal_is_refused_in_its_own_lane(show: Show) -> None:
    show.ok(f"awards/{show.hall}/arm")
    seen = show.head()
    show.ok(f"awards/{show.hall}/reveal", by=show.other)

    assert show.refused(f"awards/{show.meta}/reveal", seen=seen)["code"] == "stale"


@pytest.mark.parametrize("lane", BOTH)
def test_undo_in_either_lane_takes_the_whole_reveal_back_and_redo_asks(show: Show, lane: str) -> None:
    show.out()
    head = show.head()

    undone = show.ok("run/undo", lane=lane)

    assert (sorted(undone["body"]["lanes"]), undone["body"]["kept"]) == (BOTH, [])
    assert [one.topic for one in show.since(head)] == ["AwardCommandUndone"] * 2
    assert (show.states(), show.public()) == (["armed", "armed"], [False, False])
    assert show.refused("run/redo", lane=lane)["code"] == "would_publish"
    assert show.public() == [False, False]
    show.ok("run/redo", lane=BOTH[lane == "hall"], publish=True)
    assert (show.states(), show.public()) == (["revealed", "revealed"], [True, True])
    show.ok("run/undo", lane=lane)
    show.ok("run/undo", lane=lane)
    assert show.states() == ["sealed", "sealed"]


def test_undo_leaves_a_lane_that_went_on_and_says_so(show: Show) -> None:
    show.out()
    show.ok(f"awards/{show.meta}/present")

    undone = show.ok("run/undo", lane="hall")

    assert (undone["body"]["lanes"], undone["body"]["kept"]) == ([], ["metaverse"])
    assert show.public() == [False, True]
    show.ok("run/undo", lane="metaverse")
    alone = show.ok("run/undo", lane="metaverse")
    assert (alone["body"]["lanes"], show.public()) == ([], [False, False])


def test_redo_brings_back_what_is_next_in_each_lane(show: Show) -> None:
    show.out()
    show.ok("run/undo", lane="hall")
    show.ok("run/hold", lane="metaverse")

    redone = show.ok("run/redo", lane="hall", publish=True)

    assert (redone["body"]["lanes"], redone["body"]["kept"]) == ([], ["metaverse"])
    assert show.public() == [True, False]


def test_what_somebody_changed_in_one_lane_blocks_no_undo_of_the_other(show: Show) -> None:
    show.out()
    show.ok(f"awards/{show.meta}/withdraw", reason="사유")

    undone = show.ok("run/undo", lane="hall")

    assert (undone["body"]["kept"], show.states()) == (["metaverse"], ["armed", "withdrawn"])


def test_take_back_takes_every_name_of_the_reveal_back_whoever_drives(show: Show) -> None:
    show.out()
    show.ok("run/take-control", by=show.other, lane="metaverse")
    show.ok(f"awards/{show.meta}/done", by=show.other)

    taken = show.ok(f"awards/{show.hall}/take-back")

    assert (taken["body"]["lanes"], show.states()) == (BOTH, ["sealed", "sealed"])
    names = [one.body for one in show.since(0, Stream.PUBLIC) if one.topic == "AwardRevealed"]
    assert {str(body["docs"].get(f"award/{one}")) for body in names for one in (show.hall, show.meta)} == {
        "None"
    }
    show.ok("run/undo", lane="hall", publish=True)
    assert show.states() == ["revealed", "done"]


def test_names_that_came_out_one_by_one_go_back_one_by_one(show: Show) -> None:
    show.ok("run/take-control", by=show.other, lane="metaverse")
    show.ok(f"awards/{show.hall}/arm")
    show.ok(f"awards/{show.hall}/reveal", force=True)
    show.ok(f"awards/{show.meta}/arm", by=show.other)
    show.ok(f"awards/{show.meta}/reveal", by=show.other)

    show.ok(f"awards/{show.hall}/take-back")

    assert show.public() == [False, True]


def test_a_joint_award_is_no_name_of_a_group(show: Show) -> None:
    refused = show.refused("awards/group", lane="hall", awards=show.awards["hall"][1:4])

    assert refused["code"] == "group_joint"


def test_nobody_is_readied_while_a_group_is_called_there(show: Show) -> None:
    show.ok("awards/group", lane="metaverse", awards=show.awards["metaverse"][:2], pace_s=10)

    assert show.ok(f"awards/{show.hall}/arm")["body"]["lanes"] == []
    assert show.refused(f"awards/{show.hall}/reveal")["lanes"] == "metaverse"


def test_a_name_for_all_stages_pauses_the_group_of_another_lane(show: Show) -> None:
    show.word(show.meta, word=None)
    show.ok("awards/group", lane="metaverse", awards=show.awards["metaverse"][:2], pace_s=10)

    show.ok(f"awards/{show.hall}/arm")
    assert show.docs()["group/metaverse"]["paused"] is False
    show.ok(f"awards/{show.hall}/reveal")

    assert show.docs(Stream.PUBLIC)[f"award/{show.hall}"]["everywhere"] is True
    assert (show.docs()["group/metaverse"]["paused"], show.docs()["group/metaverse"]["next_at"]) == (
        True,
        None,
    )


def shown(show: Show) -> dict[str, str]:
    """Return which award stands on the stage of each lane, as the live page says it without JavaScript."""
    docs = show.docs(Stream.PUBLIC)
    cards = stage_cards(docs, revealed(docs, show.now()))
    return {lane: card.award.id for card in cards if card.award for lane in (card.lane, *card.also)}


def come_out(show: Show, award: str) -> None:
    """Ready a name and reveal it."""
    show.ok(f"awards/{award}/arm")
    show.ok(f"awards/{award}/reveal")


BACK_S = pytest.mark.parametrize("back_s", [20, 3_600])


@BACK_S
def test_newest_name_is_on_the_stage_though_the_clock_was_set_back(show: Show, back_s: int) -> None:
    first, second = show.awards["hall"][:2]
    show.now.forward(seconds=-back_s)
    come_out(show, second)
    seen = [shown(show)]
    show.now.forward(seconds=-back_s)
    come_out(show, first)
    seen.append(shown(show))

    assert seen == [{"hall": second}, {"hall": first}]


@BACK_S
def test_name_leaves_the_stage_with_its_cue_though_the_clock_was_set_back(show: Show, back_s: int) -> None:
    first = show.awards["hall"][0]
    come_out(show, first)
    show.now.forward(seconds=-back_s)
    show.ok("run/next", lane="hall", with_left="leave")
    gone = shown(show)
    show.ok("run/undo", lane="hall")

    assert (gone, shown(show)) == ({}, {"hall": first})


def test_joint_names_come_out_at_one_instant_though_the_clock_was_set_back(show: Show) -> None:
    show.now.forward(minutes=5)
    come_out(show, show.awards["hall"][0])
    show.now.forward(hours=-1)
    come_out(show, show.meta)
    seen = shown(show)
    for lane in BOTH:
        show.ok("run/next", lane=lane, with_left="leave", force=True)

    docs = show.docs(Stream.PUBLIC)
    assert len({docs[f"award/{one}"]["revealed_at"] for one in (show.hall, show.meta)}) == 1
    assert (seen, shown(show)) == ({"hall": show.hall, "metaverse": show.meta}, {})


def test_name_for_all_stages_is_on_each_though_the_clock_was_set_back(show: Show) -> None:
    show.word(show.meta, word=None)
    show.now.forward(minutes=5)
    come_out(show, show.awards["metaverse"][0])
    show.now.forward(hours=-1)
    come_out(show, show.hall)

    assert shown(show) == {"hall": show.hall, "metaverse": show.hall}


PRESSES = 50
OFTEN = ("arm", "arm", "reveal", "reveal", "done", "take-back", "defer", "absent", "skip", "correct")
REFUSED = {404, 409}


def pressed_by_chance(show: Show, chosen: random.Random) -> tuple[int, Any]:
    """Press something in one of the lanes: most often on the joint awards and those beside them."""
    lane = chosen.choice(BOTH)
    by, seen = chosen.choice((show.browser, show.other)), show.head() - chosen.choice((0, 0, 0, 2))
    sort = chosen.random()
    if sort < 0.55:
        verb, award = chosen.choice(OFTEN), show.awards[lane][chosen.choice((1, 2, 2, 2, 3))]
        more: dict[str, dict[str, Any]] = {
            "reveal": {"force": chosen.random() < 0.3},
            "correct": {"recipient": f"이름{show.head()}"},
        }
        return show.send(f"awards/{award}/{verb}", by=by, seen=seen, **more.get(verb, {}))
    if sort < 0.75:
        verb = chosen.choice(("undo", "undo", "redo"))
        return show.send(f"run/{verb}", by=by, lane=lane, publish=chosen.random() < 0.7, seen=seen)
    if sort < 0.85:
        verb = chosen.choice(("", "/next", "/back", "/pause", "/resume", "/end"))
        more = {"": {"awards": show.awards[lane][3:6], "pace_s": 9}}
        return show.send(f"awards/group{verb}", by=by, lane=lane, **more.get(verb, {}))
    verb = chosen.choice(("take-control", "release-control", "release-control", "hold", "resume"))
    return show.send(f"run/{verb}", by=by, lane=lane)


def names_told_early(show: Show, after: int) -> list[str]:
    """Return the sealed awards of which the public was told after an entry: those of no entry that takes one back."""
    docs = show.docs()
    sealed = {
        key.partition("/")[2]
        for key, doc in docs.items()
        if key.startswith("award/") and not doc["revealed_at"]
    }
    told = [
        one
        for one in show.since(after, Stream.PUBLIC)
        if not {f"award/{id_}" for id_ in sealed} & one.body["docs"].keys()
    ]
    return sorted(one for one in sealed for entry in told if f"'{one}'" in str(entry.body))


@pytest.mark.parametrize("seed", range(2))
def test_whatever_two_people_press_is_one_history_in_each_lane(show: Show, seed: int) -> None:
    chosen, answers = random.Random(seed), []  # noqa: S311 - no secret
    watch, public = Watch(show.hub, CONF), show.since(0, Stream.PUBLIC)[-1].seq
    for _ in range(PRESSES):
        answers.append(pressed_by_chance(show, chosen)[0])
        watch.look()
        assert names_told_early(show, public) == []

    assert set(answers) <= {200, *REFUSED}
    assert answers.count(200) >= PRESSES // 4
    for lane in BOTH:
        holder = show.docs()[f"lane/{lane}"].get("holder")
        if holder:
            show.send("run/take-control", lane=lane, force=holder["actor"])
        while (answer := show.send("run/undo", lane=lane, publish=True))[0] == 200:
            pass
        assert answer[1]["error"]["code"] in {"nothing_to_undo", "undo_ends_here"}


def test_names_that_come_out_together_are_practised_by_number(show: Show) -> None:
    status, begun = show.send("runs", revision=1, cue=ROUNDS["hall"], screens=True, while_live=True)
    assert status == 200, begun
    run = f"runs/{begun['run']}"
    show.send(f"{run}/jump", lane="metaverse", cue=ROUNDS["metaverse"])
    here, there = (rehearsed(show, lane)["id"] for lane in BOTH)

    show.ok(f"{run}/awards/{here}/arm")
    shown = [show.docs(Stream.REHEARSAL)[f"award/{one}"] for one in (here, there)]
    assert [(doc["joint"], doc["together"], doc["everywhere"]) for doc in shown] == [(None, [], False)] * 2
    show.ok(f"{run}/awards/{there}/reveal")
    assert [rehearsed(show, lane)["state"] for lane in BOTH] == ["revealed", "revealed"]
    show.ok(f"{run}/undo", lane="hall")

    assert [rehearsed(show, lane)["state"] for lane in BOTH] == ["armed", "armed"]
    assert show.states() == ["sealed", "sealed"]


def rehearsed(show: Show, lane: str) -> dict[str, Any]:
    """Return the joint award of a lane in the rehearsal, as operators see it."""
    docs = (doc for key, doc in show.docs().items() if key.startswith("rehearsal-award/"))
    return next(dict(doc) for doc in docs if doc["lane"] == lane and doc["joint"])
