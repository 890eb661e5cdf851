"""Undo and redo of ceremony commands through the real application, and what operators are told they may do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from conference_hub.agenda import actions as lanes
from conference_hub.agenda.run_store import live_run
from conference_hub.agenda.scene import Asked
from conference_hub.agenda.step_owners import Others
from conference_hub.awards import actions, store
from conference_hub.awards.actions import Said
from conference_hub.awards.leaving import calling_beside, leave
from conference_hub.awards.model import Award, AwardState, Wording
from conference_hub.awards.values import FAMILIES
from conference_hub.awards.verbs import VERBS, Given
from conference_hub.core.actor import Actor, ActorKind
from conference_hub.core.entries import Entry, since
from conference_hub.core.errors import HubError, Refused, Stale
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc, Stream
from conference_hub.web.hub import Hub
from tests.law import Watch
from tests.model_day import CONF, FakeNow

KIM = Actor.of(ActorKind.ACCOUNT, "7", "김감독")
LEE = Actor.of(ActorKind.ACCOUNT, "8", "이감독")
A, B, C = "case-01", "case-02", "case-03"
LANE, LOG = "lane/hall", "driving/hall"
"""The lane of all of them: their commands have one history, with those of its cues."""
OWNERS = dict.fromkeys((*FAMILIES, "line-up"), actions.OWNER)
ASKED = Asked(left="leave", others=Others(owners=OWNERS, leaving=(leave,), beside=(calling_beside,)))


class Rollback(Exception):
    """Ends a transaction that was only tried."""


def act(write: Write, name: str, award: str, wording: Wording) -> None:
    match name:
        case "undo":
            lanes.undo(write, ASKED, publish=True)
        case "redo":
            lanes.redo(write, ASKED, publish=True)
        case "next":
            lanes.next_cue(write, ASKED)
        case _:
            now = store.load(write.session, CONF).award(award)
            name_given = "" if now.representative else "김대리"
            given = Given(wording=wording, name=name_given, absent=not now.absent, reason="사유")
            actions.command(write, award, name, Said(outside="test", given=given))


def run(
    hub: Hub, name: str, award: str = A, *, actor: Actor = KIM, recipient: str | None = None
) -> list[Entry]:
    """Give one command; return the entries that it published."""
    with hub.journal.writing(CONF, actor=actor) as write:
        act(write, name, award, Wording(recipient=recipient))
    return write.appended


def tried(hub: Hub, name: str, award: str = A) -> str | None:
    """Return the code with which a command is refused now; nothing is kept."""
    with suppress(Rollback), hub.journal.writing(CONF, actor=KIM) as write:
        code = _code_of(partial(act, write, name, award, Wording(recipient="아무개")))
        raise Rollback
    return code


def _code_of(attempt: Callable[[], None]) -> str | None:
    try:
        attempt()
    except Refused as refusal:
        return refusal.code
    return None


def awards(hub: Hub) -> Mapping[str, Award]:
    with hub.database.reading() as db:
        return dict(store.load(db, CONF).awards.items())


def documents(hub: Hub, stream: Stream = Stream.OPERATOR) -> dict[str, Any]:
    with hub.database.reading() as db:
        return hub.snapshot(db, CONF, stream)


def entries(hub: Hub, stream: Stream) -> str:
    with hub.database.reading() as db:
        return str([entry.as_wire() for entry in since(db, CONF, stream, 0, 10_000)])


LIFE = ("arm", "defer", "absent", "proxy", "arm", "reveal", "photo", "done", "take-back", "skip")


def test_undo_restores_exactly_what_was_and_redo_what_became(seeded: Hub, now: FakeNow) -> None:
    states = [awards(seeded)]
    for name in LIFE:
        now.forward(seconds=1.234567)
        run(seeded, name)
        states.append(awards(seeded))

    back = [awards(seeded)]
    for _ in LIFE:
        run(seeded, "undo", actor=LEE)
        back.append(awards(seeded))
    forth = [awards(seeded)]
    for _ in LIFE:
        run(seeded, "redo")
        forth.append(awards(seeded))

    assert back == states[::-1]
    assert forth == states


def test_a_new_command_ends_what_could_be_redone(seeded: Hub) -> None:
    run(seeded, "arm")
    run(seeded, "undo")
    assert tried(seeded, "redo") is None

    run(seeded, "defer")

    assert tried(seeded, "redo") == "nothing_to_redo"


def test_undo_of_an_arm_that_displaced_another_restores_both(seeded: Hub) -> None:
    run(seeded, "arm", A)
    before = awards(seeded)
    run(seeded, "arm", B)

    entry = run(seeded, "undo")[-1]

    assert awards(seeded) == before
    assert {"award/case-01", "award/case-02"} <= entry.body["docs"].keys()


def test_commands_of_cues_and_awards_are_undone_in_the_order_in_which_they_happened(
    seeded: Hub, now: FakeNow
) -> None:
    with seeded.journal.writing(CONF, actor=KIM) as write:
        lanes.start(write, Asked())
    states = [documents(seeded, Stream.SEALED)]
    for name, award in (("arm", A), ("reveal", A), ("next", ""), ("arm", B)):
        now.forward(seconds=30)
        run(seeded, name, award)
        states.append(documents(seeded, Stream.SEALED))

    topics = [documents(seeded)[LANE]["undo"]["topic"]]
    for state in reversed(states[:-1]):
        run(seeded, "undo")
        assert documents(seeded, Stream.SEALED) == state
        topics.append(documents(seeded)[LANE]["undo"]["topic"])
    for state in states[1:]:
        run(seeded, "redo")
        assert documents(seeded, Stream.SEALED) == state

    assert topics == ["AwardArmed", "CueStarted", "AwardRevealed", "AwardArmed", "LaneStarted"]


def test_undo_is_refused_when_the_award_changed_otherwise(seeded: Hub) -> None:
    run(seeded, "arm", A)
    with seeded.journal.writing(CONF, actor=LEE) as write:
        live = live_run(write.session, CONF)
        store.save(write.session, CONF, live, [replace(awards(seeded)[A], state=AwardState.SKIPPED)])

    assert tried(seeded, "undo") == "changed_since"


def test_another_act_than_the_one_that_was_seen_is_not_taken_back(seeded: Hub) -> None:
    armed = run(seeded, "arm", A)[-1]
    run(seeded, "skip", B, actor=LEE)

    with pytest.raises(Stale), seeded.journal.writing(CONF, actor=KIM) as write:
        lanes.undo(write, ASKED, step=armed.seq)


def test_a_name_becomes_public_by_undo_or_redo_only_where_that_is_meant(seeded: Hub) -> None:
    for name in ("arm", "reveal", "take-back"):
        run(seeded, name)

    with pytest.raises(Refused) as refused, seeded.journal.writing(CONF, actor=KIM) as write:
        lanes.undo(write, ASKED)

    assert refused.value.code == "would_publish"
    assert "award/case-01" not in documents(seeded, Stream.PUBLIC)
    run(seeded, "undo")
    run(seeded, "undo")
    with pytest.raises(Refused) as refused, seeded.journal.writing(CONF, actor=KIM) as write:
        lanes.redo(write, ASKED)
    assert refused.value.code == "would_publish"


def test_undo_of_a_reveal_takes_the_name_out_of_everything_public(seeded: Hub) -> None:
    run(seeded, "arm")
    run(seeded, "reveal")
    name = awards(seeded)[A].recipient or ""
    assert name in entries(seeded, Stream.PUBLIC)

    published = run(seeded, "undo")

    assert name not in entries(seeded, Stream.PUBLIC)
    assert "award/case-01" not in documents(seeded, Stream.PUBLIC)
    assert [
        (e.stream, e.topic, e.body["docs"]["award/case-01"]) for e in published if e.stream == "public"
    ] == [(Stream.PUBLIC, "AwardCommandUndone", None)]


def test_undo_of_a_take_back_makes_the_name_public_again_and_says_so(seeded: Hub, now: FakeNow) -> None:
    run(seeded, "arm")
    run(seeded, "reveal")
    before = documents(seeded, Stream.PUBLIC)["award/case-01"]
    now.forward(minutes=1)
    taken_back = run(seeded, "take-back")[-1]

    public = next(entry for entry in run(seeded, "undo") if entry.stream is Stream.PUBLIC)

    assert public.topic == "AwardCommandUndone"
    assert (public.body["award"], public.body["undone"], public.body["number"]) == (
        A,
        "AwardTakenBack",
        taken_back.seq,
    )
    assert public.body["docs"]["award/case-01"] == before == documents(seeded, Stream.PUBLIC)["award/case-01"]


def test_undo_without_a_command_and_redo_without_an_undo_are_refused(seeded: Hub) -> None:
    assert tried(seeded, "undo") == "nothing_to_undo"
    assert tried(seeded, "redo") == "nothing_to_redo"
    run(seeded, "arm")
    assert tried(seeded, "redo") == "nothing_to_redo"


STATES = {
    "sealed": (),
    "armed": ("arm",),
    "revealed": ("arm", "reveal"),
    "presented": ("arm", "reveal", "present"),
    "photographed": ("arm", "reveal", "photo"),
    "done": ("arm", "reveal", "done"),
    "absent": ("absent",),
    "proxy": ("proxy",),
    "skipped": ("skip",),
    "armed, after an undo": ("arm", "reveal", "undo"),
    "sealed, after everything was undone": ("arm", "undo"),
}


@pytest.mark.parametrize("way", STATES.values(), ids=STATES)
def test_the_operators_document_says_which_commands_are_accepted(seeded: Hub, way: tuple[str, ...]) -> None:
    for name in way:
        run(seeded, name)
    document = documents(seeded)["award/case-01"]

    assert document["commands"] == {name: tried(seeded, name) for name in VERBS}
    offered = documents(seeded)[LANE]["commands"]
    assert [offered[name] for name in ("undo", "redo")] == [tried(seeded, name) for name in ("undo", "redo")]


def test_the_operators_document_says_what_undo_and_redo_would_do(seeded: Hub) -> None:
    armed = run(seeded, "arm")[-1]
    revealed = run(seeded, "reveal", actor=LEE)[-1]
    run(seeded, "undo")

    document = documents(seeded)[LANE]
    assert document["undo"] == {**said(armed, "AwardArmed", "김감독"), "outside": "test"}
    assert document["redo"] == said(revealed, "AwardRevealed", "이감독")


def said(entry: Entry, topic: str, by: str) -> Doc:
    at = "2021-12-02T00:00:00.000Z"
    return {"number": entry.seq, "topic": topic, "award": A, "lanes": [], "at": at, "by": by}


def published(entries: list[Entry]) -> dict[str, set[str]]:
    return {entry.stream.value: set(entry.body["docs"]) for entry in entries}


def test_a_command_publishes_only_the_documents_that_it_changed(seeded: Hub) -> None:
    with seeded.journal.writing(CONF, actor=KIM) as write:
        lanes.start(write, ASKED)
        lanes.next_cue(write, ASKED)
    first = documents(seeded)["calling/hall"]["up"]
    one, call, whole = f"award/{first}", "calling/hall", "ceremony"

    assert published(run(seeded, "arm", first)) == {"sealed": {one}, "operator": {one, LANE, LOG}}
    assert published(run(seeded, "reveal", first)) == {
        "public": {one, whole},
        "sealed": {one, call, whole},
        "operator": {one, call, whole, LANE, LOG},
    }
    assert published(run(seeded, "present", first)) == {
        "public": {one},
        "sealed": {one},
        "operator": {one, LANE, LOG},
    }
    assert published(run(seeded, "done", first)) == {
        "public": {one},
        "sealed": {one, call},
        "operator": {one, call, LANE, LOG},
    }


STORIES = [
    [("arm", A), ("arm", B), ("undo", B), ("redo", B), ("reveal", B), ("undo", B), ("undo", B)],
    [("arm", A), ("reveal", A), ("take-back", A), ("undo", A), ("redo", A), ("undo", A), ("undo", A)],
    [("arm", A), ("reveal", A), ("correct", A), ("present", A), ("undo", A), ("undo", A), ("redo", A)],
    [("arm", A), ("reveal", A), ("arm", B), ("undo", A), ("arm", C), ("redo", A), ("skip", B), ("undo", B)],
    [
        ("defer", A),
        ("skip", B),
        ("arm", A),
        ("arm", B),
        ("take-back", B),
        ("arm", B),
        ("skip", A),
        ("undo", A),
    ],
]


def steps(hub: Hub, story: list[tuple[str, str]], refused: list[str]) -> Iterator[partial[None]]:
    def step(name: str, award: str) -> None:
        try:
            run(hub, name, award, recipient="아무개" if name == "correct" else None)
        except HubError as refusal:
            refused.append(refusal.code)

    for name, award in story:
        yield partial(step, name, award)


REFUSED: list[list[str]] = [[], [], [], ["nothing_to_redo"], ["already_skipped"]]


@pytest.mark.parametrize(("story", "codes"), list(zip(STORIES, REFUSED, strict=True)))
def test_an_old_snapshot_and_the_entries_since_equal_a_fresh_snapshot(
    seeded: Hub, story: list[tuple[str, str]], codes: list[str]
) -> None:
    """A refused step is named with its code, and publishes nothing."""
    refused: list[str] = []
    watch = Watch(seeded, CONF)

    for step in steps(seeded, story, refused):
        before = len(refused)
        step()
        published = [entry for entry in watch.look() if entry.stream is Stream.OPERATOR]
        assert bool(published) == (len(refused) == before)

    assert refused == codes
