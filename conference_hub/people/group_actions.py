"""Groups of guests: added, changed, put in order, and removed when nobody belongs to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from conference_hub.core.errors import Invalid, Refused, msg
from conference_hub.core.journal import Write
from conference_hub.core.ordered import moved, numbered
from conference_hub.core.text import Text
from conference_hub.people import group_store as store
from conference_hub.people.facts import GroupsChanged
from conference_hub.people.keys import GROUPS
from conference_hub.people.model import Group, GroupId
from conference_hub.web.hub import GroupUses


def save_groups(write: Write, groups: Sequence[Group]) -> None:
    """Add or change groups; raises Invalid when two of the conference would have one title."""
    known = store.all_groups(write.session, write.conf)
    after = {**known, **{group.id: group for group in groups}}
    _refuse_same_titles(after.values())
    changed = [group for group in groups if known.get(group.id) != group]
    if changed:
        store.save_groups(write.session, write.conf, changed)
        _publish(write, [group.id for group in changed])


def move_group(write: Write, group_id: str, by: int) -> None:
    """Move a group `by` places down (negative: up), as far as there are others; raises NotFound."""
    store.get_group(write.session, write.conf, group_id)
    groups = tuple(store.all_groups(write.session, write.conf).values())
    save_groups(write, numbered(moved(groups, group_id, by)))


def remove_group(write: Write, group_id: str, uses: Iterable[GroupUses] = ()) -> None:
    """Remove a group; raises NotFound, and Refused (`in_use`) while guests belong to it or something is for it."""
    group = store.get_group(write.session, write.conf, group_id)
    if store.group_sizes(write.session, write.conf).get(group.id):
        raise Refused(
            msg("이 구분에 속한 사람이 있어 삭제할 수 없습니다. 다른 구분으로 먼저 옮겨 주세요."),
            code="in_use",
        )
    names = [text for source in uses for text in source(write.session, write.conf).get(group.id, ())]
    if names:
        raise Refused(
            msg("이 구분만 쓰는 출입구가 있어 삭제할 수 없습니다: %(name)s"),
            code="in_use",
            name=", ".join(text.ko or text.en for text in names),
        )
    remove_groups(write, [group.id])


def remove_groups(write: Write, group_ids: Sequence[GroupId]) -> None:
    """Remove groups that nobody belongs to, and close the gaps in the order."""
    known = store.all_groups(write.session, write.conf)
    store.delete_groups(write.session, write.conf, group_ids)
    left = [group for group in known.values() if group.id not in group_ids]
    closed_up = numbered(left)
    store.save_groups(
        write.session, write.conf, [new for old, new in zip(left, closed_up, strict=True) if old != new]
    )
    _publish(write, group_ids)


def group_by_title(groups: Mapping[GroupId, Group], title: str) -> Group | None:
    """Return the group with this title in one of its languages, whatever the case, or None."""
    wanted = _plain(title)
    return next((group for group in groups.values() if wanted in map(_plain, _wordings(group.title))), None)


def _refuse_same_titles(groups: Iterable[Group]) -> None:
    titles: set[str] = set()
    for group in groups:
        own = {_plain(wording) for wording in _wordings(group.title)}
        if titles & own:
            raise Invalid(msg("같은 이름의 구분이 이미 있습니다."), field="title")
        titles |= own


def _wordings(text: Text) -> list[str]:
    return [wording for wording in (text.ko, text.en) if wording]


def _plain(title: str) -> str:
    return " ".join(title.split()).casefold()


def _publish(write: Write, group_ids: Sequence[str]) -> None:
    write.publish(GroupsChanged(groups=list(group_ids)), GROUPS, {})
