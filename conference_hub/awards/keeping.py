"""Saving awards that a command changed: what is stored, what leaves earlier entries, and the documents that change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from conference_hub.agenda.model import LaneId
from conference_hub.agenda.run import Following
from conference_hub.agenda.step_owners import merged
from conference_hub.awards import group_store, store
from conference_hub.awards.documents import audiences, documents_of
from conference_hub.awards.group import Group
from conference_hub.awards.keys import CEREMONY_KEY, award_key
from conference_hub.awards.model import Award, AwardId, AwardState, Ceremony
from conference_hub.conferences.kept import bump_revision
from conference_hub.core.journal import Write
from conference_hub.core.stream import Docs, Stream


def keep(
    write: Write,
    following: Following,
    before: Ceremony,
    changed: Sequence[Award],
    naming: Group | None = None,
) -> dict[Stream, Docs]:
    """Save the awards that changed in a run, and return every document that did; a stream without any is left out.

    The groups of their lanes follow; `naming` is one whose own command it is, as it is after that.
    """
    store.save(write.session, write.conf, following, changed)
    if not before.rehearsed:
        _keep_live(write, before, changed)
    after = before.with_changed(changed)
    grouped = group_store.follow(write, following, before, after, naming)
    docs = merged((_changed_documents(before, after, changed), grouped))
    return {stream: own for stream, own in docs.items() if own or stream is not Stream.PUBLIC}


def _keep_live(write: Write, before: Ceremony, changed: Sequence[Award]) -> None:
    """Let what is kept in memory follow the awards of the day, and earlier entries too."""
    if any(one.place != before.awards[one.id].place for one in changed):
        bump_revision(write.session, write.conf)
    for one in changed:
        _redact(write, before.awards[one.id], one)


def _changed_documents(before: Ceremony, after: Ceremony, changed: Sequence[Award]) -> dict[Stream, Docs]:
    """Render what a command may have changed, and leave out what it did not, such as callings.

    The counts change with each award that becomes public or is no longer, or is withdrawn.
    """
    ids = sorted(one.id for one in changed)
    lanes = {one.lane_id for one in changed}
    counts = any(_counted(one) != _counted(before.awards[one.id]) for one in changed)
    known = _rendered(before, ids, lanes, counts=False)
    return {
        stream: {key: doc for key, doc in now.items() if key == CEREMONY_KEY or doc != known[stream][key]}
        for stream, now in _rendered(after, ids, lanes, counts=counts).items()
    }


def _rendered(
    ceremony: Ceremony, ids: Iterable[AwardId], lanes: Collection[LaneId], *, counts: bool
) -> dict[Stream, Docs]:
    return documents_of(audiences(ceremony), ceremony, ids, lanes=lanes, counts=counts)


def _counted(award: Award) -> tuple[bool, bool]:
    return award.state.is_public, award.state is AwardState.WITHDRAWN


def _redact(write: Write, before: Award, after: Award) -> None:
    """Take the award out of earlier entries: a name taken back out of the public ones, else out of all.

    Out of all go a replaced wording and a withdrawn award.
    """
    withdrawn = after.state is AwardState.WITHDRAWN and before.state is not AwardState.WITHDRAWN
    reworded = withdrawn or after.wording != before.wording
    if before.state.is_public and (reworded or not after.state.is_public):
        write.redact(Stream.PUBLIC, award_key(after.id))
    if reworded:
        for stream in (Stream.SEALED, Stream.OPERATOR):
            write.redact(stream, award_key(after.id))
