"""Guests of honour: listed, announced, changed, marked on the day, and taken off the list."""

from __future__ import annotations

from collections.abc import Iterator

from conference_hub.access.model import Role
from conference_hub.core.sighted import mark_of
from conference_hub.honours.model import Honour
from conference_hub.honours.store import all_honours
from tests.integration.whole_day.sending import Sender, Step
from tests.small_conference import OTHER

DESK = "desk/honours"


def honours(sender: Sender) -> Iterator[Step]:
    """Do with the list what the desk, gate staff and operators can."""
    organiser = sender.sign_in(Role.ORGANISER, conf=OTHER)
    yield sender.form(organiser, f"{DESK}/new", "HonourAdded", name="김내빈", office_ko="차관", public="on")
    pasted = "이내빈 | 국장\n박내빈"
    yield sender.form(organiser, f"{DESK}/paste", "HonoursArranged", lines=pasted)
    yield sender.form(organiser, f"{DESK}/announce", "HonoursArranged", public="on")
    first, second, third = _listed(sender)
    yield sender.form(organiser, f"{DESK}/{third.id}/move", "HonoursArranged", to="up")
    changed = {"name": "김내빈", "office_ko": "장관", "public": "on", "seen": mark_of(first)}
    yield sender.form(organiser, f"{DESK}/{first.id}", "HonourChanged", **changed)
    for role, honour, said in (
        (Role.STAFF, first, {"standing": "here"}),
        (Role.OPERATOR, second, {"standing": "represented", "representative": "과장 최대참"}),
        (Role.EMCEE, third, {"standing": "absent"}),
    ):
        yield sender.command(role, f"honours/{honour.id}/mark", ("HonourMarked",), **said)
    gone = next(one for one in _listed(sender) if one.id == third.id)
    yield sender.form(organiser, f"{DESK}/{gone.id}/remove", "HonourRemoved", seen=mark_of(gone))


def _listed(sender: Sender) -> tuple[Honour, ...]:
    with sender.hub.database.reading() as db:
        return all_honours(db, OTHER)
