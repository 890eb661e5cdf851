"""The names of groups that come by themselves: one in a transaction, never several at once after a delay."""

from __future__ import annotations

from datetime import datetime, timedelta

from conference_hub.agenda.lane_run import LaneStatus
from conference_hub.agenda.scene import find_scene
from conference_hub.awards import group as groups
from conference_hub.awards.group_actions import Call, call_in, is_on_air, name, pause_at
from conference_hub.awards.group_store import Due, waiting
from conference_hub.core.actor import Actor
from conference_hub.core.journal import Write
from conference_hub.web.hub import Duty, Hub

CLOCK = Actor.system("group")
"""Who lets a name out when its time has come."""


class GroupPace:
    """Lets names out when they are due; what was begun before this process looked first pauses."""

    def __init__(self) -> None:
        self._since: datetime | None = None

    def duty(self) -> Duty:
        """Return what the hub does by itself (`Hub.duties`)."""
        return Duty(name="naming groups", work=self.work)

    def work(self, hub: Hub, at: datetime) -> datetime | None:
        """Name who is due; return when the next one is, None: nobody."""
        self._since = self._since or at
        with hub.database.reading() as db:
            found = waiting(db)
        for due in found:
            if due.at <= at:
                with hub.journal.writing(due.conf, actor=CLOCK) as write:
                    self._name(write, due)
        return min((due.at for due in found if due.at > at), default=None)

    def _name(self, write: Write, due: Due) -> None:
        """Let the name out unless that was done meanwhile; pause where it would come as a surprise."""
        scene = find_scene(write, due.run_id, due.lane_id)
        call = call_in(scene) if scene else None
        if call is None or (call.group.index, call.group.next_at) != (due.index, due.next_at):
            return
        award = groups.due_name(call.group, call.found.awards)
        if award is None or self._must_wait(call):
            pause_at(call)
        else:
            name(call, award)

    def _must_wait(self, call: Call) -> bool:
        group, scene = call.group, call.scene
        held = scene.before.status is LaneStatus.HELD
        late = groups.is_late(group, scene.at, scene.following.speed)
        return held or late or not is_on_air(scene, group) or self._is_old(call)

    def _is_old(self, call: Call) -> bool:
        """Return whether the pace was set before this process knew of it: the hub was started anew since."""
        group = call.group
        if group.next_at is None or group.pace_s is None or self._since is None:
            return False
        begun = group.next_at - timedelta(seconds=group.pace_s)
        return call.scene.following.instant(begun) < self._since
