"""`docs/protocol.md` says what the server sends: every fact and every document of a day in which every fact occurs."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict

from conference_hub.core.entries import Entry
from conference_hub.core.stream import Docs, Stream
from tests import small_conference as small
from tests.integration.kinds import ON_SQLITE
from tests.integration.whole_day import WholeDay
from tests.law import Watch
from tests.protocol_tables import CODE, rows, text_after

pytestmark = ON_SQLITE
"""One database is enough: what is sent does not depend on it."""

WHO = frozenset(CODE.findall(text_after("The operator's copy of every fact also says who acted:")))
"""What the operator's copy of every fact says beside the fact's own fields, as the document says."""
Publication = dict[Stream, Entry]
"""One fact: the entry of each stream that got it."""


def test_every_fact_goes_to_the_streams_that_the_document_names_with_its_fields(day: WholeDay) -> None:
    heard = publications(day)

    streams = {topic: {frozenset(one) for one in times} for topic, times in heard.items()}
    fields = {topic: {own_fields(e) for one in times for e in one.values()} for topic, times in heard.items()}

    described = {CODE.findall(topic)[0]: (streams, own) for topic, streams, own in rows("Facts")}
    assert streams.keys() == described.keys()
    for topic, (text, _) in described.items():
        always, also = streams_described(text)
        assert (topic, streams[topic] - {always, always | also}) == (topic, set())
    assert fields == {topic: {frozenset(CODE.findall(own))} for topic, (_, own) in described.items()}


def test_every_document_is_described_with_its_audiences_and_fields(day: WholeDay) -> None:
    sent: dict[tuple[str, Stream], set[frozenset[str]]] = defaultdict(set)
    for step in day.steps():
        step.do()
        for stream in Stream:
            for key, document in snapshot(day, stream).items():
                sent[re.sub(r"/.*", "/<id>", key), stream].add(frozenset(document or {}))

    described = {
        (CODE.findall(key)[0], Stream(stream.strip())): {frozenset(CODE.findall(fields))}
        for key, streams, fields in rows("Documents")
        for stream in streams.split(",")
    }
    assert described == sent


def test_the_last_commands_of_a_lane_say_who_gave_them_and_what_the_document_says(day: WholeDay) -> None:
    for step in day.steps():
        step.do()
    documents = snapshot(day, Stream.OPERATOR)
    commands = [
        one
        for key, document in documents.items()
        if key.startswith("driving/") and document
        for one in document["commands"]
    ]
    facts = {CODE.findall(topic)[0]: frozenset(CODE.findall(own)) for topic, _, own in rows("Facts")}
    common = set(CODE.findall(text_after("a lane's last ones, has").partition("and the fact's")[0]))

    assert {one["topic"] for one in commands} > {"CueStarted"}
    assert [one for one in commands if one.keys() != common | facts[one["topic"]]] == []


def snapshot(day: WholeDay, stream: Stream) -> Docs:
    with day.hub.database.reading() as db:
        return day.hub.snapshot(db, small.OTHER, stream)


def publications(day: WholeDay) -> dict[str, list[Publication]]:
    """Run the day and return each publication of each fact, as it was before anything was redacted."""
    heard: dict[str, list[Publication]] = defaultdict(list)
    watch = Watch(day.hub, small.OTHER)
    for step in itertools.chain(day.steps(), day.end()):
        step.do()
        entries = watch.look()
        for number, topic in enumerate(step.topics):
            heard[topic].append(publication(entries, topic, step.topics[:number].count(topic)))
    return heard


def publication(entries: list[Entry], topic: str, number: int) -> Publication:
    """Pick the entries of the `number`-th fact with this topic, one from each stream that got it."""
    of_topic = {stream: [e for e in entries if (e.stream, e.topic) == (stream, topic)] for stream in Stream}
    return {stream: found[number] for stream, found in of_topic.items() if found}


def own_fields(entry: Entry) -> frozenset[str]:
    """Return the fields beside `docs`, and beside who did it, which the operator's copy must say."""
    who = WHO if entry.stream is Stream.OPERATOR else frozenset()
    assert entry.body.keys() >= who | {"docs"}
    return frozenset(entry.body.keys() - who - {"docs"})


def streams_described(text: str) -> tuple[frozenset[Stream], frozenset[Stream]]:
    """Read `all` or `sealed, operator; public if …`: who always gets it, and who gets it at times."""
    if text == "all":
        return frozenset(Stream) - {Stream.REHEARSAL}, frozenset({Stream.REHEARSAL})
    always, _, sometimes = text.partition(";")
    named = sometimes.partition(" if ")[0].split(",") if sometimes else ()
    also = frozenset(Stream(word.strip()) for word in named)
    return frozenset(Stream(word.strip()) for word in always.split(",")), also
