"""Webhooks and OSC addresses: added, changed and removed on the desk."""

from __future__ import annotations

from collections.abc import Iterator

from conference_hub.access.model import Role
from conference_hub.core.sighted import mark_of
from conference_hub.outgoing.osc_store import targets
from conference_hub.outgoing.store import hooks
from tests.integration.whole_day.sending import Sender, Step
from tests.small_conference import OTHER

FORM = {"name": "사내 메신저", "url": "https://hooks.example.com/hub", "stream": "public"}

OSC_FORM = {"name": "조명", "host": "lights.example.com", "port": "9000", "language": "ko"}


def outgoing(sender: Sender) -> Iterator[Step]:
    """Add a webhook and do with it what its page can."""
    organiser = sender.sign_in(Role.ORGANISER, conf=OTHER)
    yield sender.shown(organiser, "desk/outgoing/hooks/new", "HookAdded", **FORM)
    with sender.hub.database.reading() as db:
        (hook,) = hooks(db, OTHER)
    page = f"desk/outgoing/hooks/{hook.id}"
    seen = mark_of(hook.draft)
    yield sender.form(organiser, f"{page}/edit", "HookChanged", **FORM, seen=seen, topics="CueStarted")
    yield sender.form(organiser, f"{page}/pause", "HookChanged")
    yield sender.form(organiser, f"{page}/resume", "HookChanged", begin="now")
    yield sender.shown(organiser, f"{page}/rotate", "HookChanged")
    yield sender.form(organiser, f"{page}/retire", "HookChanged")
    yield sender.form(organiser, f"{page}/remove", "HookRemoved")


def osc(sender: Sender) -> Iterator[Step]:
    """Add an OSC address, change it and remove it."""
    organiser = sender.sign_in(Role.ORGANISER, conf=OTHER)
    yield sender.form(organiser, "desk/outgoing/osc/new", "OscTargetAdded", **OSC_FORM)
    with sender.hub.database.reading() as db:
        (target,) = targets(db, OTHER)
    page, seen = f"desk/outgoing/osc/{target.id}", mark_of(target.draft)
    yield sender.form(organiser, page, "OscTargetChanged", **{**OSC_FORM, "port": "53000"}, seen=seen)
    yield sender.form(organiser, f"{page}/remove", "OscTargetRemoved")
