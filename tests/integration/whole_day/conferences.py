"""The conference itself: announced with its parts, edited, archived and brought back, and its personal data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from conference_hub.conferences import actions
from conference_hub.conferences.model import State
from conference_hub.conferences.store import get_conference
from conference_hub.core.actor import Actor
from conference_hub.core.journal import Write
from conference_hub.core.text import Text
from conference_hub.data.purging import purge
from conference_hub.web.hub import Hub
from tests import small_conference as small
from tests.integration.whole_day.sending import Sender, Step
from tests.small_conference import OTHER


def parts(sender: Sender) -> Iterator[Step]:
    """Announce the conference and add everything that it has."""
    yield sender.written("announce", ("ConferenceCreated",), actions.announce)
    for part in small.PARTS:
        yield sender.written(part.add.__name__, part.topics, part.add)


def afterwards(sender: Sender) -> Iterator[Step]:
    """Change the venue, archive the conference, and bring it back."""
    yield sender.written("edit", ("ConferenceEdited",), partial(_edit, sender.hub))
    yield sender.written("archive", ("ConferenceMoved",), partial(_archive, sender.hub))
    yield sender.written("bring back", ("ConferenceMoved",), actions.bring_back)


def erased(sender: Sender) -> Iterator[Step]:
    """Erase the personal data."""
    do = partial(purge, sender.hub, OTHER, Actor.system("whole day"), early=True)
    yield Step(name="purge", do=do, topics=("PersonalDataErased",))


def _edit(hub: Hub, write: Write) -> None:
    before, run = get_conference(write.session, OTHER), hub.run_progress(write.session, OTHER)
    wanted = replace(actions.edit_of(before), venue=Text.of(f"{small.MARK} 새 장소"))
    actions.edit(write, wanted, seen=actions.seen_of(before), run=run, confirmed=False)


def _archive(hub: Hub, write: Write) -> None:
    run = hub.run_progress(write.session, OTHER)
    actions.move(write, State.ARCHIVED, seen=State.OVER, run=run)
