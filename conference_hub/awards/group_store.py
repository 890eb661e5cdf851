"""Groups to rows and back, their documents, and how they follow the awards that are in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.agenda.history import LIVE_RUN, RunId
from conference_hub.agenda.model import CueId, LaneId
from conference_hub.agenda.run import Following, RunKind
from conference_hub.agenda.run_clock import RunClock
from conference_hub.agenda.tables import RehearsalRow
from conference_hub.awards import group as groups
from conference_hub.awards import store
from conference_hub.awards.documents import AUDIENCES, REHEARSING, audiences, before_reveal
from conference_hub.awards.group import Group
from conference_hub.awards.group_tables import GroupRow
from conference_hub.awards.keys import group_key
from conference_hub.awards.model import AwardId, Ceremony
from conference_hub.awards.rehearsal_tables import RehearsedGroupRow
from conference_hub.awards.shapes import GroupDoc
from conference_hub.conferences.kept import Kept, bump_revision
from conference_hub.core.journal import Write
from conference_hub.core.now import iso
from conference_hub.core.stream import Docs, Stream

TABLE = cast("sa.Table", GroupRow.__table__)
REHEARSED = cast("sa.Table", RehearsedGroupRow.__table__)
CLOCKS = cast("sa.Table", RehearsalRow.__table__)
_WAITING = sa.select(TABLE).where(TABLE.c.next_at.is_not(None))
_REHEARSED_WAITING = (
    sa.select(REHEARSED, CLOCKS.c.since, CLOCKS.c.at, CLOCKS.c.speed)
    .join(CLOCKS, sa.and_(CLOCKS.c.conf == REHEARSED.c.conf, CLOCKS.c.run_id == REHEARSED.c.run_id))
    .where(REHEARSED.c.next_at.is_not(None))
)
_OF_CONF = sa.select(TABLE).where(TABLE.c.conf == sa.bindparam("conf_")).order_by(TABLE.c.lane_id)


@dataclass(frozen=True, kw_only=True)
class Due:
    """A name that is due: of which group, and the place and instant by which it is told from any other.

    `next_at` is a time in the run, `at` is when that is by the time of day; of a rehearsal that changes with its speed.
    """

    conf: str
    run_id: RunId
    lane_id: LaneId
    index: int
    next_at: datetime
    pace_s: int
    at: datetime = field(compare=False)

    def is_far(self, at: datetime) -> bool:
        """Whether it waits longer than its pace at `at` (aware): the clock was set back since it was told when."""
        return self.at - at > timedelta(seconds=self.pace_s)


def all_groups(session: Session, conf: str) -> Sequence[Group]:
    """Return the groups of a conference, by lane; they are kept in memory, since every act of a lane asks for them."""
    return GROUPS.of(session, conf)


def groups_of(session: Session, conf: str, following: Following) -> Sequence[Group]:
    """Return the groups of a run, by lane."""
    if following.kind is RunKind.LIVE:
        return all_groups(session, conf)
    found = sa.select(REHEARSED).where(_of(conf, following)).order_by(REHEARSED.c.lane_id)
    return [_group(row) for row in session.connection().execute(found).mappings()]


def find_group(session: Session, conf: str, following: Following, lane_id: str) -> Group | None:
    """Return the group of a lane of a run, None: there is none."""
    return next((one for one in groups_of(session, conf, following) if one.lane_id == lane_id), None)


def save_group(write: Write, following: Following, group: Group) -> None:
    """Store the group of its lane."""
    delete_group(write, following, group.lane_id)
    row = {**_row(write.conf, group), **_run_column(following)}
    write.session.execute(sa.insert(_table(following)).values(row))


def delete_group(write: Write, following: Following, lane_id: str) -> None:
    """Forget the group of a lane of a run."""
    table = _table(following)
    own = (_of(write.conf, following), table.c.lane_id == lane_id)
    write.session.execute(sa.delete(table).where(*own))
    if following.kind is RunKind.LIVE:
        bump_revision(write.session, write.conf)


def waiting(session: Session) -> list[Due]:
    """Return the names of all runs of all conferences that come by themselves, the earliest first."""
    found = [_due(row, LIVE_RUN, row.next_at) for row in session.execute(_WAITING)]
    for row in session.execute(_REHEARSED_WAITING):
        clock = RunClock(since=row.since, at=row.at, speed=row.speed)
        found.append(_due(row, RunId(row.run_id), clock.instant(row.next_at)))
    return sorted(found, key=lambda due: due.at)


def documents(session: Session, conf: str, stream: Stream) -> Docs:
    """Render the groups of a conference as a stream may see them."""
    if stream not in AUDIENCES:
        return {}
    found = all_groups(session, conf)
    if not found:
        return {}
    ceremony = store.load(session, conf)
    return {group_key(one.lane_id): {**group_document(one, ceremony, stream)} for one in found}


def group_document(group: Group, ceremony: Ceremony, stream: Stream) -> GroupDoc:
    """Render a group: only before the reveal it is known who is to come."""
    awards = ceremony.awards
    level = ceremony.levels[next(awards[one] for one in group.awards if one in awards).level_id]
    last, following = groups.current(group, awards), groups.next_name(group, awards)
    public: GroupDoc = {
        "lane": group.lane_id,
        "level": level.id,
        "heading": level.label.as_doc(),
        "began_at": iso(group.began_at),
        "size": len(group.awards),
        "revealed": [award.id for award in groups.revealed(group, awards)],
        "current": last.id if last else None,
        "pace_s": group.pace_s,
        "next_at": iso(group.next_at) if group.next_at else None,
        "paused": group.paused,
    }
    if stream not in before_reveal(ceremony):
        return public
    due = groups.due_name(group, awards)
    return {
        **public,
        "awards": list(group.awards),
        "next": following.id if following else None,
        "due": due.id if due else None,
    }


def docs_of(group: Group, ceremony: Ceremony) -> dict[Stream, Docs]:
    """Render a group for each stream that may see it."""
    key = group_key(group.lane_id)
    return {stream: {key: {**group_document(group, ceremony, stream)}} for stream in audiences(ceremony)}


def gone(following: Following, lane_id: str) -> dict[Stream, Docs]:
    """Return that the group of a lane of a run is no more."""
    streams = AUDIENCES if following.kind is RunKind.LIVE else REHEARSING
    return {stream: {group_key(lane_id): None} for stream in streams}


def keep_group(write: Write, following: Following, group: Group, ceremony: Ceremony) -> dict[Stream, Docs]:
    """Store a group as it is now, and return its documents; one without names is gone."""
    if not group.awards:
        delete_group(write, following, group.lane_id)
        return gone(following, group.lane_id)
    save_group(write, following, group)
    return docs_of(group, ceremony)


def follow(
    write: Write, following: Following, before: Ceremony, after: Ceremony, naming: Group | None = None
) -> dict[Stream, Docs]:
    """Let the groups of a run follow awards that changed, and return the documents that did.

    `naming` is a group whose own command it is, as it is after that. A name that is public no longer leaves earlier
    entries too.
    """
    docs: dict[Stream, Docs] = {stream: {} for stream in audiences(before)}
    for known in groups_of(write.session, write.conf, following):
        now = naming if naming and naming.lane_id == known.lane_id else None
        now = now or groups.followed(known, before.awards, after.awards)
        if _covered(known, before, after):
            now = groups.paused(now)
        shown = docs_of(known, before) if set(known.awards) & before.awards.keys() else {}
        if now == known and shown == docs_of(now, after):
            continue
        if _left(known, before, after) and not before.rehearsed:
            write.redact(Stream.PUBLIC, group_key(known.lane_id))
        for stream, own in keep_group(write, following, now, after).items():
            docs[stream] |= own
    return {stream: own for stream, own in docs.items() if own}


def _all(session: Session, conf: str) -> Sequence[Group]:
    return [_group(row) for row in session.connection().execute(_OF_CONF, {"conf_": conf}).mappings()]


GROUPS: Kept[Sequence[Group]] = Kept(_all)
"""The groups of each conference."""


def _covered(group: Group, before: Ceremony, after: Ceremony) -> bool:
    """Return whether a name of another lane comes onto the stage on which the group is called."""
    return any(
        award.state.is_public
        and not before.awards[award.id].state.is_public
        and award.lane_id != group.lane_id
        and after.is_everywhere(award)
        for own in after.joint_awards.values()
        for award in own
        if award.id in before.awards
    )


def _left(group: Group, before: Ceremony, after: Ceremony) -> bool:
    """Return whether a name of the group is public no longer."""
    then = {award.id for award in groups.revealed(group, before.awards)}
    return not then <= {award.id for award in groups.revealed(group, after.awards)}


def _table(following: Following) -> sa.Table:
    return TABLE if following.kind is RunKind.LIVE else REHEARSED


def _of(conf: str, following: Following) -> sa.ColumnElement[bool]:
    table = _table(following)
    own = [table.c[name] == value for name, value in _run_column(following).items()]
    return sa.and_(table.c.conf == conf, *own)


def _run_column(following: Following) -> dict[str, Any]:
    return {} if following.kind is RunKind.LIVE else {"run_id": following.id}


def _due(row: sa.Row[Any], run_id: RunId, at: datetime) -> Due:
    return Due(
        conf=row.conf,
        run_id=run_id,
        lane_id=LaneId(row.lane_id),
        index=row.position,
        next_at=row.next_at,
        pace_s=row.pace_s,
        at=at,
    )


def _group(row: sa.RowMapping) -> Group:
    return Group(
        lane_id=LaneId(row["lane_id"]),
        cue_id=CueId(row["cue_id"]),
        awards=_ids(row["awards"]),
        index=row["position"],
        pace_s=row["pace_s"],
        next_at=row["next_at"],
        paused=row["paused"],
        began_at=row["began_at"],
    )


def _ids(stored: Iterable[str]) -> tuple[AwardId, ...]:
    return tuple(AwardId(one) for one in stored)


def _row(conf: str, group: Group) -> dict[str, Any]:
    return {
        "conf": conf,
        "lane_id": group.lane_id,
        "cue_id": group.cue_id,
        "awards": list(group.awards),
        "position": group.index,
        "pace_s": group.pace_s,
        "next_at": group.next_at,
        "paused": group.paused,
        "began_at": group.began_at,
    }
