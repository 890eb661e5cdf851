"""The shapes of everything that browsers receive: documents by key, facts by topic, of all features."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Annotated, Any

from pydantic import GetJsonSchemaHandler, TypeAdapter
from pydantic_core import CoreSchema
from typing_extensions import TypedDict

from conference_hub.access import facts as access_facts
from conference_hub.agenda import facts as agenda_facts
from conference_hub.agenda import shapes as agenda
from conference_hub.attendance import facts as attendance_facts
from conference_hub.attendance import shapes as attendance
from conference_hub.awards import facts as awards_facts
from conference_hub.awards import shapes as awards
from conference_hub.checkin import facts as checkin_facts
from conference_hub.checkin import person_shapes, roster_shapes, scan_shapes
from conference_hub.checkin import shapes as checkin
from conference_hub.conferences import facts as conference_facts
from conference_hub.conferences import shapes as conferences
from conference_hub.core.facts import Fact
from conference_hub.core.shapes import Count, EntryDoc, Instant
from conference_hub.core.stream import Stream
from conference_hub.followup import facts as followup_facts
from conference_hub.followup import shapes as followup
from conference_hub.gates import facts as gates_facts
from conference_hub.gates import shapes as gates
from conference_hub.honours import facts as honours_facts
from conference_hub.honours import shapes as honours
from conference_hub.messages import facts as messages_facts
from conference_hub.messages import shapes as messages
from conference_hub.outbox import facts as outbox_facts
from conference_hub.people import facts as people_facts
from conference_hub.places import facts as places_facts
from conference_hub.places import shapes as places
from conference_hub.registration import facts as registration_facts
from conference_hub.screens import facts as screens_facts
from conference_hub.screens import shapes as screens


class UpDoc(TypedDict):
    """A screen that is up: what its link calls it, and the last number of its stream that it shows, since `at`."""

    id: str
    name: str
    kind: str
    lane: str | None
    shown: int
    at: str


class ScreenDoc(UpDoc):
    """A screen that is up; `head` is the last number of the stream that it follows."""

    head: int


class ScreensDoc(TypedDict):
    """The screens that are up, the last public number, and how many browsers follow the public stream.

    `reveals` are the public numbers of the last reveals, by award: a screen that has shown the number shows the name.
    """

    screens: list[ScreenDoc]
    head: int
    reveals: dict[str, int]
    browsers: int


class ApplauseDoc(TypedDict):
    """How many taps of applause came in the last ten seconds."""

    claps: Count


WITH_DOCUMENTS: tuple[ModuleType, ...] = (
    conferences,
    places,
    agenda,
    gates,
    checkin,
    attendance,
    awards,
    followup,
    messages,
    honours,
    screens,
)
WITH_ANSWERS: tuple[ModuleType, ...] = (person_shapes, scan_shapes, roster_shapes, awards)
WITH_FACTS: tuple[ModuleType, ...] = (
    conference_facts,
    access_facts,
    places_facts,
    people_facts,
    agenda_facts,
    gates_facts,
    checkin_facts,
    attendance_facts,
    awards_facts,
    followup_facts,
    honours_facts,
    messages_facts,
    outbox_facts,
    registration_facts,
    screens_facts,
)


def documents() -> dict[str, Any]:
    """Return the TypedDict of each document by its key; a key that ends in `/` is the prefix of a family."""
    shapes: dict[str, Any] = {}
    for module in WITH_DOCUMENTS:
        declared: Mapping[str, Any] = module.DOCUMENTS
        shapes |= declared
    return shapes


def answers() -> dict[str, Any]:
    """Return the type of each answer that pages read, by its name in the browser."""
    found: dict[str, Any] = {"ScreensDoc": ScreensDoc, "ApplauseDoc": ApplauseDoc}
    for module in WITH_ANSWERS:
        declared: Mapping[str, Any] = module.ANSWERS
        found |= declared
    return found


def facts() -> dict[str, type[Fact]]:
    """Return the class of each fact by its topic; raises ValueError when two have one topic."""
    found: dict[str, type[Fact]] = {}
    for fact in _fact_classes():
        if fact.topic in found:
            message = f"{fact.topic} is the topic of two facts"
            raise ValueError(message)
        found[fact.topic] = fact
    return found


def _fact_classes() -> Iterator[type[Fact]]:
    for module in WITH_FACTS:
        for member in vars(module).values():
            if isinstance(member, type) and issubclass(member, Fact) and "topic" in vars(member):
                yield member


class _ByKey:
    """Describes documents by key: a pattern for each key or prefix, with the shape that its documents have."""

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        patterns = {
            _pattern(key): handler(TypeAdapter(shape).core_schema) for key, shape in documents().items()
        }
        return {"type": "object", "patternProperties": patterns}


def _pattern(key: str) -> str:
    return f"^{key}" if key.endswith("/") else f"^{key}$"


class IdentifiedDoc(TypedDict):
    """How many screens show their name."""

    screens: Count


class SnapshotDoc(TypedDict):
    """The whole state of a stream at `head`."""

    stream: Stream
    head: Count
    now: Instant
    snapshot: Annotated[dict[str, Any], _ByKey()]


class EntriesDoc(TypedDict):
    """The entries after the requested sequence number."""

    stream: Stream
    head: Count
    now: Instant
    entries: list[EntryDoc]


StateDoc = SnapshotDoc | EntriesDoc
