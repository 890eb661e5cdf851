"""Which facts there are to choose from, by the feature that publishes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from conference_hub.core.errors import msg
from conference_hub.core.facts import Fact

ROOT = "conference_hub"
GROUPS = {
    "agenda": msg("진행"),
    "awards": msg("시상"),
    "messages": msg("메시지"),
    "screens": msg("화면"),
    "checkin": msg("체크인"),
    "places": msg("회의장과 참여 경로"),
    "conferences": msg("행사"),
    "followup": msg("후속 세션"),
    "registration": msg("등록"),
}
"""Features whose facts a webhook may be limited to, and what people call them."""


def topics() -> Mapping[str, tuple[str, ...]]:
    """Return the topics of each group, in the order of GROUPS; facts of other features come with all facts only."""
    found: dict[str, list[str]] = {group: [] for group in GROUPS}
    for kind in _kinds(Fact):
        root, _, rest = kind.__module__.partition(".")
        group, topic = rest.partition(".")[0], vars(kind).get("topic")
        if root == ROOT and group in found and topic is not None and kind.outward:
            found[group].append(topic)
    return {group: tuple(sorted(own)) for group, own in found.items() if own}


def all_topics() -> frozenset[str]:
    """Return every topic that a webhook may be limited to."""
    return frozenset(topic for own in topics().values() for topic in own)


def kept_topics() -> frozenset[str]:
    """Return the topics that no webhook sends."""
    return frozenset(
        topic for kind in _kinds(Fact) if not kind.outward and (topic := vars(kind).get("topic"))
    )


def _kinds(kind: type[Fact]) -> Iterator[type[Fact]]:
    for child in kind.__subclasses__():
        yield child
        yield from _kinds(child)
