"""Where somebody is, by the gates and by what is known of them elsewhere: the hall comes first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from conference_hub.attendance.model import ABSENT, RemoteSpan, Source, Standing, State, Watch
from conference_hub.checkin.model import Place, Presence


def standing_of(presence: Presence | None, spans: Sequence[RemoteSpan]) -> Standing:
    """Return where a guest is; `presence` is what the gates and their own link say, `spans` what is known elsewhere.

    Whoever is in the hall is there, whatever their phone follows. Online check-in alone says that they came, but
    not that they watch.
    """
    if presence is not None and presence.place is Place.HALL:
        return Standing(state=State.HALL, source=Source.SCAN, since=presence.since)
    elsewhere = elsewhere_of(spans)
    if elsewhere is None:
        return _without_spans(presence)
    if elsewhere.state is State.LEFT:
        return _later(elsewhere, presence)
    return elsewhere


def elsewhere_of(spans: Sequence[RemoteSpan]) -> Standing | None:
    """Return where a guest is who took part from elsewhere, None when nothing is known."""
    open_ = [span for span in spans if span.ended_at is None]
    watching = [span for span in open_ if span.watch is Watch.CONNECTED] or open_
    if watching:
        first = min(watching, key=lambda span: span.began_at)
        return Standing(state=first.watch.state, source=first.source, since=first.began_at)
    ended = [(span.ended_at, span) for span in spans if span.ended_at is not None]
    if not ended:
        return None
    at, last = max(ended, key=lambda one: one[0])
    return Standing(state=State.LEFT, source=last.source, since=at)


def state_of(place: Place | None, watch: Watch | None, *, came: bool, seen: bool) -> State:
    """Return the state alone, from what can be counted: the same as `standing_of` says.

    `place` and `came` are of the gates and the guest's own link, `watch` is the best of what goes on elsewhere, `seen`
    whether anything was known there.
    """
    if place is Place.HALL:
        return State.HALL
    if watch is not None:
        return watch.state
    if seen:
        return State.LEFT
    if place is Place.REMOTE:
        return State.IDLE
    return State.LEFT if came else State.ABSENT


def by_guest(spans: Iterable[RemoteSpan]) -> dict[str, list[RemoteSpan]]:
    """Return spans by the guest whose they are."""
    found: dict[str, list[RemoteSpan]] = {}
    for span in spans:
        found.setdefault(span.guest_id, []).append(span)
    return found


def _without_spans(presence: Presence | None) -> Standing:
    if presence is None:
        return ABSENT
    if presence.place is Place.REMOTE:
        return Standing(state=State.IDLE, source=Source.LINK, since=presence.since)
    return Standing(state=State.LEFT, source=Source.SCAN, since=presence.since)


def _later(elsewhere: Standing, presence: Presence | None) -> Standing:
    """Return the later leaving of two: of the hall or of what was followed elsewhere."""
    if presence is None or presence.place is not None or elsewhere.since is None:
        return elsewhere
    left_hall = Standing(state=State.LEFT, source=Source.SCAN, since=presence.since)
    return left_hall if presence.since > elsewhere.since else elsewhere
