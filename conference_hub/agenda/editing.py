"""Who has the plan's editor open, so that people who edit together see each other. Kept in memory, half a minute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from conference_hub.agenda.plan_shapes import EditorDoc
from conference_hub.core.actor import Actor
from conference_hub.core.db import Database
from conference_hub.core.now import iso

KEPT = timedelta(seconds=30)


@dataclass(frozen=True, kw_only=True)
class Editor:
    """Somebody who has the editor open; `at` is the id of what they edit."""

    actor: Actor
    at: str | None
    seen_at: datetime


class Editors:
    """Who has the editor of which conference open; when the clock is set by more, who is there says so anew."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, Editor]] = {}

    def seen(self, conf: str, actor: Actor, at: str | None, now: datetime) -> list[Editor]:
        """Note that `actor` is there, and return the others who were seen lately, in the order of their labels."""
        known = self._known.get(conf, {}).values()
        recent = {one.actor.id: one for one in known if abs(now - one.seen_at) < KEPT}
        self._known[conf] = {**recent, actor.id: Editor(actor=actor, at=at, seen_at=now)}
        others = (one for one in recent.values() if one.actor.id != actor.id)
        return sorted(others, key=lambda one: (one.actor.label, one.actor.id))


def editors_of(database: Database) -> Editors:
    """Return the editors of the conferences of a database."""
    found: Editors = database.memory.setdefault("plan_editors", Editors())
    return found


def document(editor: Editor) -> EditorDoc:
    """Render an editor for the others."""
    return {
        "actor": editor.actor.id,
        "label": editor.actor.label,
        "at": editor.at,
        "seen_at": iso(editor.seen_at),
    }
