"""What organisers do with a conference itself: make it, edit it, move it from one state to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from conference_hub.conferences import lifecycle, store
from conference_hub.conferences.documents import conference_document
from conference_hub.conferences.facts import ConferenceCreated, ConferenceEdited, ConferenceMoved
from conference_hub.conferences.keys import CONFERENCE
from conference_hub.conferences.lifecycle import Change
from conference_hub.conferences.model import DOORS_MIN, Archived, Conference, State
from conference_hub.core.errors import Invalid, Refused, msg
from conference_hub.core.facts import Fact
from conference_hub.core.journal import Write
from conference_hub.core.sighted import changed_meanwhile, mark_of, require_same
from conference_hub.core.stream import Docs, Stream
from conference_hub.core.text import Language, Text
from conference_hub.web.readiness import RunProgress

DANGEROUS: Mapping[str, Change] = {
    "starts_at": Change.DATES,
    "ends_at": Change.DATES,
    "timezone": Change.TIMEZONE,
}
"""The fields that ask before they are changed while the conference is live; a language asks only when it goes."""


@dataclass(frozen=True, kw_only=True)
class Edit:
    """What the form of a conference says."""

    title: Text
    host: Text
    venue: Text
    timezone: str
    starts_at: datetime
    ends_at: datetime
    accent: str
    languages: tuple[Language, ...]
    purge_on: date | None
    doors_before_min: int = DOORS_MIN
    doors_after_min: int = DOORS_MIN


def edit_of(conference: Conference) -> Edit:
    """Return what the form shows of a conference."""
    return Edit(**{name: getattr(conference, name) for name in Edit.__dataclass_fields__})


def seen_of(conference: Conference) -> str:
    """Return what a form carries of the conference that its sender saw: it differs once anything of it was edited."""
    return mark_of(edit_of(conference))


def announce(write: Write) -> None:
    """Say that the conference was made; `store.add_conference` made its row in the same transaction."""
    _publish(write, ConferenceCreated(), store.get_conference(write.session, write.conf))


def edit(write: Write, wanted: Edit, *, seen: str, run: RunProgress, confirmed: bool) -> None:
    """Change what the form says; nothing is published when nothing changed.

    Raises Stale when the conference is another than the sender saw (`seen`), and Invalid about `confirmed` when the
    change is dangerous and was not confirmed.
    """
    before = store.get_conference(write.session, write.conf)
    require_same(write, seen, edit_of(before), CONFERENCE)
    after = replace(before, **vars(wanted))
    fields = [name for name in vars(wanted) if getattr(before, name) != getattr(after, name)]
    if asked := dangers(before, after, run):
        _require(asked, confirmed=confirmed)
    if fields:
        store.save_conference(write.session, after)
        _publish(write, ConferenceEdited(fields=fields), after)


def dangers(before: Conference, after: Conference, run: RunProgress) -> list[str]:
    """Return what an edit does to those who are connected, as msgids; nothing while it is one step."""
    changes = [change for name, change in DANGEROUS.items() if getattr(before, name) != getattr(after, name)]
    if set(before.languages) - set(after.languages):
        changes.append(Change.LANGUAGE)
    state = lifecycle.stage(before.state, run)
    found = (lifecycle.danger(state, change) for change in dict.fromkeys(changes))
    return [words for words in found if words]


def move(write: Write, state: State, *, seen: State, run: RunProgress) -> None:
    """Bring the conference into another state; bringing it back from the archive gives it the state that it had.

    `seen` is the state that the sender saw. Raises Stale when it is another by now, and Refused (`wrong_state`)
    when the state cannot follow.
    """
    before = store.get_conference(write.session, write.conf)
    if lifecycle.stage(before.state, run) is not seen:
        raise changed_meanwhile(write, [CONFERENCE])
    if state not in lifecycle.next_states(before.state, run):
        raise Refused(msg("지금 상태에서는 할 수 없습니다."), code="wrong_state", state=before.state)
    archived = Archived(at=write.at, by=write.actor.label, before=before.state)
    _move(write, before, replace(before, state=state, archived=archived if state is State.ARCHIVED else None))


def bring_back(write: Write) -> None:
    """Bring the conference back from the archive, in the state that it had; raises Refused when it is not there."""
    before = store.get_conference(write.session, write.conf)
    if before.archived is None:
        raise Refused(msg("보관된 행사가 아닙니다."), code="wrong_state", state=before.state)
    _move(write, before, replace(before, state=before.archived.before, archived=None))


def _move(write: Write, before: Conference, after: Conference) -> None:
    store.save_conference(write.session, after)
    _publish(write, ConferenceMoved(before=before.state, state=after.state), after)


def _publish(write: Write, fact: Fact, conference: Conference) -> None:
    docs: Docs = {CONFERENCE: conference_document(conference)}
    write.publish(fact, CONFERENCE, dict.fromkeys(Stream, docs))


def _require(asked: list[str], *, confirmed: bool) -> None:
    if not confirmed:
        raise Invalid(asked[0], code="confirm", field="confirmed")
