"""Rows of groups to model and back; kept in memory until the guest list changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from conference_hub.conferences.kept import Kept, Number, bump_people
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.text import Text
from conference_hub.people.model import Group, GroupId
from conference_hub.people.tables import GroupRow, GuestRow


def all_groups(session: Session, conf: str) -> Mapping[GroupId, Group]:
    """Return the groups of a conference by id, in their order."""
    return _GROUPS.of(session, conf)


def get_group(session: Session, conf: str, group_id: str) -> Group:
    """Return one group; raises NotFound."""
    found = all_groups(session, conf).get(GroupId(group_id))
    if found is None:
        raise NotFound(msg("그런 구분이 없습니다."))
    return found


def group_sizes(session: Session, conf: str) -> dict[GroupId, int]:
    """Return how many guests each group has; groups without guests are left out."""
    rows = session.connection().execute(_SIZES, {"conf_": conf})
    return {GroupId(group_id): count for group_id, count in rows if group_id}


def save_groups(session: Session, conf: str, groups: Iterable[Group]) -> None:
    """Insert or update groups."""
    for group in groups:
        session.merge(
            GroupRow(
                conf=conf,
                id=group.id,
                title=group.title.as_doc(),
                position=group.position,
                badge_label=group.badge_label.as_doc() if group.badge_label else None,
                colour=group.colour,
            )
        )
    session.flush()
    bump_people(session, conf)


def delete_groups(session: Session, conf: str, group_ids: Iterable[str]) -> None:
    """Delete groups that nobody belongs to."""
    session.connection().execute(_DELETE, {"conf_": conf, "groups_": list(group_ids)})
    bump_people(session, conf)


def _read(session: Session, conf: str) -> dict[GroupId, Group]:
    rows = session.execute(_ALL, {"conf_": conf})
    return {
        GroupId(row.id): Group(
            id=GroupId(row.id),
            title=Text.of(row.title),
            position=row.position,
            badge_label=Text.of(row.badge_label) if row.badge_label else None,
            colour=row.colour,
        )
        for row in rows
    }


_GROUPS = Kept(_read, by=Number.PEOPLE)
_TABLE = cast("sa.Table", GroupRow.__table__)
_GUESTS = cast("sa.Table", GuestRow.__table__).c
_OF_CONF = _TABLE.c.conf == sa.bindparam("conf_")
_ALL = sa.select(_TABLE).where(_OF_CONF).order_by(_TABLE.c.position, _TABLE.c.id)
_SIZES = (
    sa.select(_GUESTS.guest_group, sa.func.count())
    .where(_GUESTS.conf == sa.bindparam("conf_"))
    .group_by(_GUESTS.guest_group)
)
_DELETE = sa.delete(_TABLE).where(_OF_CONF, _TABLE.c.id.in_(sa.bindparam("groups_", expanding=True)))
