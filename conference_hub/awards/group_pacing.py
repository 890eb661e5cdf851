"""The names of groups that come by themselves: one in a transaction, never several at once after a delay."""

from __future__ import annotations

from datetime import datetime

from conference_hub.agenda.lane_run import LaneStatus
from conference_hub.agenda.scene import find_scene
from conference_hub.awards import group as groups
from conference_hub.awards.group_actions import Call, begin_pace, call_in, is_on_air, name, pause_at
from conference_hub.awards.group_store import Due, waiting
from conference_hub.core.actor import Actor
from conference_hub.core.journal import Write
from conference_hub.web.hub import Duty, Hub

CLOCK = Actor.system("group")
"""Who lets a name out when its time has come."""


class GroupPace:
    """Lets names out when they are due; what was begun before this process looked first pauses."""

    def __init__(self) -> None:
        self._old: frozenset[Due] | None = None

    def duty(self) -> Duty:
        """Return what the hub does by itself (`Hub.duties`)."""
        return Duty(name="naming groups", work=self.work)

    def work(self, hub: Hub, at: datetime) -> datetime | None:
        """Name who is due; return when the next one is, None: nobody."""
        with hub.database.reading() as db:
            found = waiting(db)
        if self._old is None:
            self._old = frozenset(found)
        for due in found:
            if due.at <= at or due.is_far(at):
                with hub.journal.writing(due.conf, actor=CLOCK) as write:
                    self._name(write, due, at)
        return min((due.at for due in found if due.at > at), default=None)

    def _name(self, write: Write, due: Due, at: datetime) -> None:
        """Let the name out unless that was done meanwhile; pause where it would come as a surprise.

        Where the clock was set back, the name comes one pace after that was seen.
        """
        scene = find_scene(write, due.run_id, due.lane_id)
        call = call_in(scene) if scene else None
        if call is None or (call.group.index, call.group.next_at) != (due.index, due.next_at):
            return
        award = groups.due_name(call.group, call.found.awards)
        if award is None or due in (self._old or ()) or _must_wait(call):
            pause_at(call)
        elif groups.is_far(call.group, call.scene.now):
            begin_pace(call)
        elif due.at <= at:
            name(call, award)


def _must_wait(call: Call) -> bool:
    group, scene = call.group, call.scene
    held = scene.before.status is LaneStatus.HELD
    late = groups.is_late(group, scene.now, scene.following.speed)
    return held or late or not is_on_air(scene, group)
