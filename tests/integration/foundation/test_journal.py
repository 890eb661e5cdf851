"""The journal: order, idempotency, stale refusal, redaction, on both databases."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import pytest

from conference_hub.core.actor import Actor
from conference_hub.core.commands import Command, run_once
from conference_hub.core.entries import Entry, head, since
from conference_hub.core.errors import Forbidden, HubError, Invalid, NotFound, Refused, TooMany
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc, Docs, Stream
from conference_hub.web.hub import Hub
from tests.appending import append
from tests.model_day import CONF

DOCS: Docs = {"lane/hall": {"id": "hall"}}


@dataclass
class Counter:
    """An action that counts how often it really ran."""

    ran: int = 0
    refuse: bool = False
    refusal: HubError | None = None

    def __call__(self, write: Write) -> Doc:
        self.ran += 1
        append(write, Stream.OPERATOR, "CueStarted", "lane/hall", DOCS, by=write.actor.label)
        if self.refuse:
            raise Refused("아직 시작하지 않았습니다.", code="not_started")
        if self.refusal:
            raise self.refusal
        return {"ran": self.ran}


def send(hub: Hub, action: Counter, command_id: str = "c1", by: str = "kim", **request: object) -> Doc:
    command = Command(id=command_id, action="run/next", request=request, run=action)
    return run_once(hub.journal, CONF, Actor.system(by), command)


def entries(hub: Hub, stream: Stream = Stream.OPERATOR) -> list[Entry]:
    with hub.database.reading() as db:
        return since(db, CONF, stream, 0, 10_000)


def test_a_repeated_command_gets_the_first_answer_and_runs_once(seeded: Hub) -> None:
    action, before = Counter(), len(entries(seeded))

    answers = [send(seeded, action), send(seeded, action)]

    assert answers == [{"ran": 1}, {"ran": 1}]
    assert action.ran == 1
    assert len(entries(seeded)) == before + 1


def test_a_refusal_leaves_no_fact_and_is_repeated_too(seeded: Hub) -> None:
    action, before = Counter(refuse=True), entries(seeded)

    for _ in range(2):
        with pytest.raises(HubError, match="아직 시작하지 않았습니다") as caught:
            send(seeded, action)
        assert (caught.value.code, caught.value.status) == ("not_started", 409)

    assert action.ran == 1
    assert entries(seeded) == before


def test_the_sequence_goes_on_without_a_gap_after_a_refusal(seeded: Hub) -> None:
    start = max((e.seq for e in entries(seeded)), default=0)
    with pytest.raises(HubError):
        send(seeded, Counter(refuse=True), "c1")
    send(seeded, Counter(), "c2")

    assert [e.seq for e in entries(seeded)][-1] == start + 1


def test_a_command_id_that_was_used_for_something_else_is_refused(seeded: Hub) -> None:
    send(seeded, Counter())

    with pytest.raises(Refused) as caught:
        send(seeded, Counter(), lane="hall")

    assert caught.value.code == "command_id_reused"


def test_the_same_request_of_a_colleague_gets_the_first_answer(seeded: Hub) -> None:
    action = Counter()
    send(seeded, action, by="kim")

    assert send(seeded, action, by="lee") == {"ran": 1}


@pytest.mark.parametrize(
    "refusal", [NotFound("그런 출입구가 없습니다."), Forbidden("안 됩니다."), TooMany("잦습니다.")]
)
def test_a_refusal_that_the_world_may_cure_is_not_kept(seeded: Hub, refusal: HubError) -> None:
    action = Counter(refusal=refusal)
    with pytest.raises(type(refusal)):
        send(seeded, action)
    action.refusal = None

    assert send(seeded, action) == {"ran": 2}


@pytest.mark.parametrize("command_id", ["", "x" * 81])
def test_a_malformed_command_id_is_invalid(seeded: Hub, command_id: str) -> None:
    with pytest.raises(Invalid):
        send(seeded, Counter(), command_id)


def test_a_sender_who_missed_a_fact_about_the_subject_is_stale(seeded: Hub) -> None:
    with seeded.database.reading() as db:
        seen = head(db, CONF, Stream.OPERATOR)
    send(seeded, Counter(), by="park")

    with seeded.journal.writing(CONF, actor=Actor.system("kim")) as write, pytest.raises(Refused) as caught:
        write.require_seen("lane/hall", seen)

    assert caught.value.code == "stale"
    assert caught.value.detail["by"] == "park"
    assert [fact["topic"] for fact in caught.value.detail["changed"]] == ["CueStarted"]  # type: ignore[attr-defined]


def test_a_fact_about_something_else_does_not_make_a_sender_stale(seeded: Hub) -> None:
    with seeded.database.reading() as db:
        seen = head(db, CONF, Stream.OPERATOR)
    send(seeded, Counter())

    with seeded.journal.writing(CONF, actor=Actor.system("kim")) as write:
        write.require_seen("lane/metaverse", seen)
        write.require_seen("lane/hall", None)

        assert write.appended == []


def test_redaction_takes_a_document_out_of_earlier_entries_and_keeps_their_numbers(seeded: Hub) -> None:
    docs: Docs = {"award/case-01": {"recipient": "석용주"}, "ceremony": {"revealed": 1}}
    with seeded.journal.writing(CONF, actor=Actor.system("kim")) as write:
        entry = append(write, Stream.PUBLIC, "AwardRevealed", "award/case-01", docs, name="석용주")
    with seeded.journal.writing(CONF, actor=Actor.system("kim")) as write:
        write.redact(Stream.PUBLIC, "award/case-01")

    kept = next(e for e in entries(seeded, Stream.PUBLIC) if e.seq == entry.seq)
    assert kept.body == {"docs": {"award/case-01": None, "ceremony": {"revealed": 1}}, "redacted": True}


def test_redaction_finds_a_document_in_entries_about_something_else(seeded: Hub) -> None:
    with seeded.journal.writing(CONF, actor=Actor.system("kim")) as write:
        entry = append(
            write, Stream.PUBLIC, "AwardsPrepared", "ceremony", {"award/case-01": {"recipient": "석용주"}}
        )
        other = append(
            write, Stream.PUBLIC, "AwardsPrepared", "ceremony", {"award/case-011": {"recipient": "임윤아"}}
        )
        write.redact(Stream.PUBLIC, "award/case-01")

    kept = {e.seq: e.body for e in entries(seeded, Stream.PUBLIC)}
    assert kept[entry.seq] == {"docs": {"award/case-01": None}, "redacted": True}
    assert kept[other.seq] == {"docs": {"award/case-011": {"recipient": "임윤아"}}}


def test_listeners_hear_only_what_was_committed_and_cannot_break_a_writer(seeded: Hub) -> None:
    heard: list[list[int]] = []

    def deaf(conf: str, told: list[Entry]) -> None:
        raise RuntimeError(conf)

    seeded.journal.listeners += [deaf, lambda _conf, told: heard.append([e.seq for e in told])]
    with pytest.raises(HubError):
        send(seeded, Counter(refuse=True), "c1")
    send(seeded, Counter(), "c2")

    assert len(heard) == 1


def test_concurrent_writers_get_consecutive_numbers(seeded: Hub) -> None:
    before = len(entries(seeded))
    threads = [
        threading.Thread(target=send, args=(seeded, Counter(), f"t{n}"), daemon=True) for n in range(24)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    numbers = [e.seq for e in entries(seeded)]
    assert numbers == list(range(1, before + 25))
