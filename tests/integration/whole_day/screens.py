"""Screens: their links, made and revoked, what is laid over a stage, and whether the audience may clap."""

from __future__ import annotations

from collections.abc import Iterator

from conference_hub.access.model import Role
from conference_hub.core.sighted import mark_of
from conference_hub.screens.actions import links_of
from tests.integration.whole_day.sending import Sender, Step
from tests.small_conference import OTHER

TAKEN = True


def layers(sender: Sender) -> Iterator[Step]:
    """Lay a text over the stage of a lane and take it away."""
    words = {"ko": "잠시 후 시작합니다", "en": "We begin soon"}
    yield sender.command(
        Role.OPERATOR, "screens/layer", ("LayerChanged",), lane="annex", layer="text", text=words
    )
    yield sender.command(Role.OPERATOR, "screens/layer", ("LayerChanged",), lane="annex", layer=None)


def screens(sender: Sender) -> Iterator[Step]:
    """Make the link of a stage and revoke it."""
    organiser = sender.sign_in(Role.ORGANISER, conf=OTHER)
    yield sender.shown(
        organiser, "desk/screens", "ScreenMade", name="무대 왼쪽", kind="stage", lang="ko", delay_ms="0"
    )
    with sender.hub.database.reading() as db:
        (link,) = links_of(db, OTHER)
    yield sender.form(organiser, f"desk/screens/{link.id}/revoke", "ScreenRevoked")
    yield sender.form(organiser, "desk/screens/applause", "ApplauseSet", seen=mark_of(TAKEN))
