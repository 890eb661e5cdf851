"""The kinds of screens that a link opens, and what is laid over a stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from conference_hub.access.model import Role
from conference_hub.core.text import Text


class ScreenKind(StrEnum):
    """What a screen is for. Its page is in `Hub.screen_pages`; a kind without one is not offered."""

    STAGE = "stage"
    TIMER = "timer"
    LOWER_THIRD = "lower-third"
    EMCEE = "emcee"
    BACKSTAGE = "backstage"
    CUE_SHEET = "cue-sheet"

    @property
    def label(self) -> Text:
        """What people read."""
        return _LABELS[self]

    @property
    def role(self) -> Role:
        """The role that a link to such a screen gives."""
        return Role.EMCEE if self in SEALED else Role.PUBLIC


class LayerKind(StrEnum):
    """What an operator can lay over the stage of a lane."""

    BLACKOUT = "blackout"
    LOGO = "logo"
    TEXT = "text"
    APPLAUSE = "applause"
    PHOTO = "photo"


@dataclass(frozen=True, kw_only=True)
class Layer:
    """What lies over the stage of a lane since when; `kind` None: nothing, `text` belongs to the kind `text`."""

    kind: LayerKind | None
    text: Text | None
    since: datetime


SEALED = frozenset({ScreenKind.EMCEE, ScreenKind.BACKSTAGE, ScreenKind.CUE_SHEET})
"""Screens that know names before they are public."""
_LABELS = {
    ScreenKind.STAGE: Text(ko="무대 화면", en="Stage"),
    ScreenKind.TIMER: Text(ko="연단 타이머", en="Speaker timer"),
    ScreenKind.LOWER_THIRD: Text(ko="방송 자막", en="Lower third"),
    ScreenKind.EMCEE: Text(ko="사회자", en="Emcee"),
    ScreenKind.BACKSTAGE: Text(ko="무대 뒤", en="Backstage"),
    ScreenKind.CUE_SHEET: Text(ko="큐시트", en="Cue sheet"),
}
