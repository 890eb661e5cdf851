"""How organisers' changes of the awards are carried out: in one fact, with every document that they change."""

from __future__ import annotations

from collections.abc import Callable, Collection

from conference_hub.agenda.history import LIVE_RUN
from conference_hub.agenda.run_store import followed_plan, live_run
from conference_hub.agenda.sources import offer_documents
from conference_hub.agenda.step_owners import merged
from conference_hub.agenda.steps import bar
from conference_hub.awards import facts, group_store, store, values
from conference_hub.awards.documents import AUDIENCES, BEFORE_REVEAL, documents_of
from conference_hub.awards.keys import CEREMONY_KEY, award_key
from conference_hub.awards.model import AwardId
from conference_hub.awards.preparation import Prepared, changed_awards, require_free
from conference_hub.awards.prepared import load_prepared, save_prepared
from conference_hub.conferences.kept import bump_revision
from conference_hub.core.journal import Write
from conference_hub.core.stream import Docs, Stream

Change = Callable[[Prepared], Prepared]
"""Takes everything that is prepared and returns it changed, or raises a refusal."""


def prepare(write: Write, change: Change, *, subject: str = CEREMONY_KEY) -> None:
    """Carry a change out and publish it; a change that changes nothing publishes nothing.

    Undo ends where an act touched what is changed here, and earlier names are taken out of the journal. `subject` is
    the key against which later edits are checked. Raises what `change` raises, and what `require_free` raises.
    """
    before = load_prepared(write.session, write.conf)
    after = change(before)
    if after == before:
        return
    require_free(before.awards, after.awards)
    ids, ceremony = _rendered(before, after), store.load(write.session, write.conf)
    shown, offers = _shown(write, ids), _offers(write)
    save_prepared(write.session, write.conf, before, after)
    bump_revision(write.session, write.conf)
    _bar(write, before, after)
    docs = {stream: _differing(shown[stream], now) for stream, now in _shown(write, ids).items()}
    docs[Stream.OPERATOR] |= _differing(offers, _offers(write))
    _redact(write, before, after)
    live = live_run(write.session, write.conf)
    followed = group_store.follow(write, live, ceremony, store.load(write.session, write.conf))
    docs = merged((docs, followed))
    heard = {stream: own for stream, own in docs.items() if own or stream in BEFORE_REVEAL}
    write.publish(facts.AwardsPrepared(), subject, heard)


def _rendered(before: Prepared, after: Prepared) -> set[AwardId]:
    """Return the awards whose documents may change: those that do, of levels that do, and with joint words that do."""
    levels = {key for key, level in before.levels.items() if after.levels.get(key) != level}
    every, changed = {**before.awards, **after.awards}, changed_awards(before.awards, after.awards)
    both = (one for key in changed for one in (before.awards.get(key), after.awards.get(key)) if one)
    words = {one.joint for one in both} - {None}
    return {
        *changed,
        *(award.id for award in every.values() if award.level_id in levels or award.joint in words),
    }


def _shown(write: Write, ids: Collection[AwardId]) -> dict[Stream, Docs]:
    """Render for each audience some awards, as far as they are in the ceremony, all callings and the counts."""
    live = live_run(write.session, write.conf)
    ceremony = store.load_standing(write.session, write.conf, live)
    present = [award_id for award_id in ids if award_id in ceremony.awards]
    return {
        stream: {key: doc for key, doc in docs.items() if doc is not None}
        for stream, docs in documents_of(AUDIENCES, ceremony, present).items()
    }


def _offers(write: Write) -> Docs:
    """Render the operators' documents of all lanes: what can be undone there may end."""
    lanes = followed_plan(write.session, write.conf).lanes
    found = (offer_documents(write.session, write.conf, lane.id) for lane in lanes)
    return {key: doc for docs in found for key, doc in docs.items()}


def _differing(before: Docs, after: Docs) -> Docs:
    """Return the documents that changed, None for those that are gone."""
    gone: Docs = dict.fromkeys(before.keys() - after.keys())
    return {**gone, **{key: doc for key, doc in after.items() if before.get(key) != doc}}


def _bar(write: Write, before: Prepared, after: Prepared) -> None:
    """End the undo of acts whose values were changed here, or are gone with their award."""
    ids = changed_awards(before.awards, after.awards)
    then = values.state_of(before.awards[one] for one in ids if one in before.awards)
    now = values.state_of(
        after.awards[one] for one in ids if one in after.awards and after.awards[one].placed
    )
    changed = {key for key, known in then.items() if now.get(key) != known}
    if changed:
        bar(write, LIVE_RUN, changed)


def _redact(write: Write, before: Prepared, after: Prepared) -> None:
    """Take the names of awards that are written anew, taken out or gone out of earlier entries."""
    now = after.awards
    keys = [
        award_key(award_id)
        for award_id, award in before.awards.items()
        if award_id not in now or now[award_id].wording != award.wording or not now[award_id].placed
    ]
    for stream in (Stream.SEALED, Stream.OPERATOR):
        write.redact(stream, *keys)
