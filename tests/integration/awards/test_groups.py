"""A group through the real application: names by pace and by key, what pauses it, and who learns of it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.awards import store
from conference_hub.awards.group_pacing import GroupPace
from conference_hub.awards.preparation import put_level
from conference_hub.awards.preparing import prepare
from conference_hub.core import entries
from conference_hub.core.actor import Actor
from conference_hub.core.stream import Stream
from conference_hub.core.text import Text
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.law import PLENTY, Watch
from tests.model_day import CONF, FakeNow

LANE, PACE_S = "hall", 10
API = f"/api/v1/c/{CONF}"


@dataclass
class Stage:
    """The hall with a round on air: what operators send, and what the hub does by itself."""

    hub: Hub
    now: FakeNow
    browser: FlaskClient
    members: list[str]
    elsewhere: list[str]
    watch: Watch
    pace: GroupPace = field(default_factory=GroupPace)
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def send(self, path: str, *, by: FlaskClient | None = None, **body: Any) -> tuple[int, Any]:
        """Send a command; an old snapshot must grow into a fresh one by it."""
        given = {"command_id": f"group-{next(self.numbers)}", "lane": LANE, **body}
        if path.startswith("awards/") and not path.startswith("awards/group"):
            del given["lane"]
        answer = (by or self.browser).post(f"{API}/{path}", json=given)
        self.watch.look()
        return answer.status_code, answer.get_json()

    def ok(self, path: str, *, by: FlaskClient | None = None, **body: Any) -> None:
        """Send a command that must be accepted."""
        status, answer = self.send(path, by=by, **body)
        assert status == 200, answer

    def refused(self, path: str, *, by: FlaskClient | None = None, **body: Any) -> str:
        """Return why a command is refused."""
        _, answer = self.send(path, by=by, **body)
        return str(answer["error"]["code"])

    def begin(self, pace_s: int | None = PACE_S, count: int = 3) -> None:
        """Begin a group of the first awards of the round."""
        self.turn()
        self.ok("awards/group", awards=self.members[:count], pace_s=pace_s)

    def turn(self, seconds: float = 0) -> None:
        """Let time pass, and the hub do what is due."""
        self.now.forward(seconds=seconds)
        self.pace.work(self.hub, self.now())
        self.watch.look()

    def all(self, stream: Stream) -> dict[str, Any]:
        """Return every document of an audience."""
        with self.hub.database.reading() as db:
            return {key: doc for key, doc in self.hub.snapshot(db, CONF, stream).items() if doc is not None}

    def doc(self, stream: Stream = Stream.OPERATOR) -> dict[str, Any]:
        """Return the group as an audience sees it, empty when there is none."""
        return dict(self.all(stream).get(f"group/{LANE}") or {})

    def stands(self) -> tuple[list[int], bool | None]:
        """Return the places of the names that are public, and whether the group pauses; None: there is none."""
        public = self.all(Stream.PUBLIC)
        out = [place for place, one in enumerate(self.members) if f"award/{one}" in public]
        return out, self.doc().get("paused")

    def told(self, stream: Stream) -> list[entries.Entry]:
        """Return every entry of a stream."""
        with self.hub.database.reading() as db:
            return entries.since(db, CONF, stream, 0, PLENTY)


@pytest.fixture
def stage(seeded: Hub, now: FakeNow, sign_in: SignIn) -> Stage:
    with seeded.database.reading() as db:
        awards = [one for one in store.load(db, CONF).awards.values() if one.lane_id == LANE]
    rounds: dict[tuple[str, str], list[str]] = {}
    for award in sorted(awards, key=lambda one: one.call_order):
        rounds.setdefault((award.cue_id, award.level_id), []).append(award.id)
    (cue, level), members = max(rounds.items(), key=lambda item: len(item[1]))
    made = Stage(
        hub=seeded,
        now=now,
        browser=sign_in(Role.OPERATOR, name="김감독"),
        members=members,
        elsewhere=[one.id for one in awards if (one.cue_id, one.level_id) != (cue, level)],
        watch=Watch(seeded, CONF),
    )
    made.ok("run/jump", cue=cue, with_left="leave")
    return made


def test_names_come_one_after_the_other(stage: Stage) -> None:
    stage.begin()
    seen = [stage.stands()[0]]
    for _ in range(3):
        stage.turn(PACE_S)
        seen.append(stage.stands()[0])

    doc = stage.doc()
    assert seen == [[], [0], [0, 1], [0, 1, 2]]
    assert (doc["current"], doc["next"], doc["next_at"]) == (stage.members[2], None, None)


def test_each_name_is_a_reveal_by_which_the_one_before_it_is_done(stage: Stage) -> None:
    stage.begin(None)
    stage.ok("awards/group/next", expect=stage.members[0])
    stage.ok("awards/group/next", expect=stage.members[1])

    states = [stage.all(Stream.OPERATOR)[f"award/{one}"]["state"] for one in stage.members[:3]]
    topics = [entry.topic for entry in stage.told(Stream.PUBLIC)][-3:]
    assert (states, topics) == (
        ["done", "revealed", "sealed"],
        ["GroupBegan", "AwardRevealed", "AwardRevealed"],
    )


def test_two_processes_name_nobody_twice(stage: Stage) -> None:
    other = GroupPace()
    other.work(stage.hub, stage.now())
    stage.begin()
    stage.turn(PACE_S)
    other.work(stage.hub, stage.now())

    assert stage.stands()[0] == [0]


def test_late_name_does_not_come_by_surprise(stage: Stage) -> None:
    stage.begin()
    stage.turn(2 * PACE_S + 1)

    assert stage.stands() == ([], True)


def test_names_go_on_after_one_pace_when_the_clock_was_set_back(stage: Stage) -> None:
    stage.begin()
    stage.turn(PACE_S)
    seen = []
    for seconds in (-3_600, PACE_S - 1, 1, PACE_S):
        stage.turn(seconds)
        seen.append(stage.stands())

    assert seen == [([0], False), ([0], False), ([0, 1], False), ([0, 1, 2], False)]
    assert stage.doc()["current"] == stage.members[2]


def test_group_pauses_when_the_hub_was_started_anew_and_its_clock_set_back(stage: Stage) -> None:
    stage.begin()
    stage.now.forward(seconds=-3_600)
    stage.pace = GroupPace()
    stage.turn()

    assert stage.stands() == ([], True)


def test_group_pauses_when_the_hub_was_started_anew(stage: Stage) -> None:
    stage.begin()
    stage.now.forward(seconds=PACE_S)
    stage.pace = GroupPace()
    stage.turn()

    assert stage.stands() == ([], True)


def test_public_knows_of_those_only_whose_names_are_out(stage: Stage) -> None:
    stage.begin()
    stage.turn(PACE_S)

    doc = stage.doc(Stream.PUBLIC)
    entry = next(one for one in stage.told(Stream.PUBLIC) if one.topic == "GroupBegan")
    written = str([one.body for one in stage.told(Stream.PUBLIC)])
    assert doc == {key: value for key, value in stage.doc().items() if key not in {"awards", "next", "due"}}
    assert (doc["revealed"], doc["size"], entry.body["lane"]) == (stage.members[:1], 3, LANE)
    assert [one for one in stage.members[1:] if f"'{one}'" in written] == []


def test_undo_takes_the_last_name_back_and_it_comes_by_key_only(stage: Stage) -> None:
    stage.begin()
    stage.turn(PACE_S)
    stage.ok("run/undo")
    undone, doc = stage.stands(), stage.doc()
    stage.ok("awards/group/resume")
    stage.turn(PACE_S)
    gone_on = stage.stands()
    stage.ok("awards/group/pause")
    stage.ok("awards/group/next", expect=stage.members[0])

    assert (undone, gone_on, stage.stands()) == (([], True), ([1], False), ([0, 1], True))
    assert (doc["next"], doc["due"]) == (stage.members[0], stage.members[1])


def test_back_pauses_and_takes_back_what_was_seen_with_all_after_it(stage: Stage, sign_in: SignIn) -> None:
    stage.begin()
    for _ in range(3):
        stage.turn(PACE_S)
    stage.ok("run/take-control")
    stage.ok("awards/group/back", by=sign_in(Role.OPERATOR, name="박보조"), expect=stage.members[1])

    names = [stage.members[1], stage.members[2]]
    kept = [
        one for one in stage.told(Stream.PUBLIC) for name in names if f"'{name}'" in str(one.body["docs"])
    ]
    assert stage.stands() == ([0], True)
    assert stage.doc()["next"] == stage.members[1]
    assert [one.topic for one in kept if one.topic != "AwardTakenBack"] == []


def test_name_that_is_not_out_cannot_go_back(stage: Stage) -> None:
    stage.begin(None)
    codes = [stage.refused("awards/group/back"), stage.refused("awards/group/back", expect=stage.members[0])]

    assert codes == ["no_name_left", "nothing_to_take_back"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("run/hold", {}),
        ("screens/layer", {"layer": "blackout"}),
        ("awards/{second}/correct", {"recipient": "바른이름"}),
        ("awards/{second}/skip", {}),
        ("awards/{second}/arm", {}),
        ("awards/{last}/arm", {}),
    ],
)
def test_what_interrupts_the_lane_pauses_the_group(stage: Stage, path: str, body: dict[str, Any]) -> None:
    stage.begin()
    stage.ok(path.format(second=stage.members[1], last=stage.members[-1]), **body)
    stage.turn(PACE_S)

    assert stage.stands() == ([], True)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("screens/layer", {"layer": "applause"}),
        ("run/extend", {"seconds": 60}),
        ("awards/{second}/absent", {"absent": True}),
    ],
)
def test_what_does_not_interrupt_it_lets_it_go_on(stage: Stage, path: str, body: dict[str, Any]) -> None:
    stage.begin()
    stage.ok(path.format(second=stage.members[1]), **body)
    stage.turn(PACE_S)

    assert stage.stands() == ([0], False)


def test_takeover_pauses_and_only_the_driver_goes_on(stage: Stage, sign_in: SignIn) -> None:
    other = sign_in(Role.OPERATOR, name="박보조")
    stage.ok("run/take-control")
    holder = stage.all(Stream.OPERATOR)[f"lane/{LANE}"]["holder"]["actor"]
    stage.begin()
    codes = [stage.refused(f"awards/group/{verb}", by=other) for verb in ("next", "skip", "end")]
    stage.ok("run/take-control", by=other, force=holder)
    paused = stage.stands()

    assert (codes, paused) == (["held_by"] * 3, ([], True))
    assert stage.refused("awards/group/resume") == "held_by"
    stage.ok("awards/group/resume", by=other)
    stage.ok("awards/group/pause")


def test_withdrawn_name_leaves_the_group(stage: Stage) -> None:
    stage.begin()
    stage.turn(PACE_S)
    stage.ok(f"awards/{stage.members[0]}/withdraw", reason="사유")

    assert (stage.stands(), stage.doc()["awards"]) == (([], True), stage.members[1:3])


def test_name_left_out_is_called_by_itself(stage: Stage) -> None:
    stage.begin(None)
    stage.ok("awards/group/skip", expect=stage.members[0])
    stage.ok("awards/group/next")

    first = stage.all(Stream.OPERATOR)[f"award/{stage.members[0]}"]
    assert (stage.stands()[0], first["state"], stage.doc()["awards"]) == ([1], "sealed", stage.members[1:3])


def test_group_ends_with_its_cue(stage: Stage) -> None:
    stage.begin()
    code = stage.refused("run/next")
    stage.ok("run/next", with_left="leave")
    stage.turn(PACE_S)

    assert (code, stage.doc(), stage.stands()) == ("names_left", {}, ([], None))


def test_group_ends_when_the_start_of_its_cue_is_undone(stage: Stage) -> None:
    stage.begin()
    stage.ok("run/undo")
    stage.turn(PACE_S)

    assert stage.doc() == {}


def test_group_ends_by_command_and_names_stay_out(stage: Stage) -> None:
    stage.begin()
    stage.turn(PACE_S)
    stage.ok("awards/group/end")
    stage.turn(PACE_S)

    assert (stage.stands(), stage.doc(Stream.PUBLIC)) == (([0], None), {})


def test_next_group_follows_one_that_is_over(stage: Stage) -> None:
    stage.begin(None, count=1)
    code = stage.refused("awards/group", awards=stage.members[1:3])
    stage.ok("awards/group/next")
    stage.ok("awards/group", awards=stage.members[1:3])

    assert (code, stage.doc()["awards"]) == ("group_runs", stage.members[1:3])


def test_edit_of_the_level_is_in_the_heading(stage: Stage) -> None:
    stage.begin()

    with stage.hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        found = store.load(write.session, CONF)
        level = found.levels[found.awards[stage.members[0]].level_id]  # type: ignore[index]
        renamed = type(level)(**{**vars(level), "label": Text(ko="새 훈격", en="New level")})
        prepare(write, lambda now: put_level(now, renamed))
    stage.watch.look()

    assert stage.doc(Stream.PUBLIC)["heading"] == {"ko": "새 훈격", "en": "New level"}


def test_what_is_no_group_is_refused(stage: Stage) -> None:
    other = next(iter(stage.elsewhere))
    codes = [
        stage.refused("awards/group", awards=[stage.members[0], other]),
        stage.refused("awards/group", awards=[other]),
        stage.refused("awards/group", awards=["nobody"]),
        stage.refused("awards/group", awards=stage.members[:2], pace_s=3),
        stage.refused("awards/group", awards=[]),
        *(
            stage.refused(f"awards/group/{verb}")
            for verb in ("next", "back", "pause", "resume", "skip", "end")
        ),
    ]

    assert codes[0] == "group_mixed"
    assert codes[1] in {"not_its_round", "group_mixed"}
    assert codes[2:] == ["not_found", "invalid", "invalid", *["no_group"] * 6]


def test_group_that_is_so_already_or_has_another_next_name_is_refused(stage: Stage) -> None:
    stage.begin(None, count=2)
    codes = [
        stage.refused("awards/group/pause"),
        stage.refused("awards/group/resume"),
        stage.refused("awards/group/next", expect=stage.members[1]),
        stage.refused("awards/group/skip", expect=stage.members[1]),
    ]
    for _ in range(2):
        stage.ok("awards/group/next")

    assert codes == ["group_as_is", "group_as_is", "stale", "stale"]
    assert [stage.refused(f"awards/group/{verb}") for verb in ("next", "skip")] == ["no_name_left"] * 2


SEALED_ACTS = ("defer", "absent", "arm", "take-back", "skip", "take-back", "withdraw", "take-back")


@pytest.mark.parametrize("of_the_group", [True, False])
def test_acts_on_a_sealed_award_beside_a_group_name_it_to_nobody(stage: Stage, of_the_group: bool) -> None:  # noqa: FBT001
    """A group that they stop is public, and so are the counts: what is said of both must not say of whom."""
    stage.begin(count=3)
    award = stage.members[1] if of_the_group else stage.members[4]
    bodies: dict[str, dict[str, Any]] = {"withdraw": {"reason": "사유"}, "arm": {"outside": "word"}}
    for verb in SEALED_ACTS:
        stage.ok(f"awards/{award}/{verb}", **bodies.get(verb, {}))
        if stage.doc().get("paused"):
            stage.ok("awards/group/resume")
    stage.ok(f"awards/{award}/arm", outside="word")
    stage.ok("run/undo")
    stage.ok("run/redo")

    heard = [(one.topic, one.body) for one in stage.told(Stream.PUBLIC) + stage.told(Stream.STAFF)]
    assert [topic for topic, body in heard if award in str(body) or "word" in str(body)] == []
    assert {topic for topic, _ in heard} >= {"AwardsPrepared", "GroupResumed"}
