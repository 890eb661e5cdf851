"""The desk's pages of guest groups, and of who took personal data out of the hub."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conference_hub.access.middleware import actor, conference
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.core.errors import Refused, msg
from conference_hub.core.ids import new_id
from conference_hub.core.sighted import mark_of
from conference_hub.people import group_actions, group_store
from conference_hub.people.disclosures import disclosures
from conference_hub.people.model import Group, GroupId
from conference_hub.people.readings import readings
from conference_hub.people.requests import MoveGroup, RemoveGroup, SaveGroup
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.wordings import given_text, required_text

people_pages_bp = Blueprint("people_pages", __name__)

MOST_SHOWN = 500
"""Lines of the log on its page."""


@people_pages_bp.get("/c/<conf>/desk/people/groups")
@allow(Role.ORGANISER)
def groups(conf: str) -> ResponseReturnValue:
    """Show the groups with how many guests each has, and the form of a new one."""
    with current_hub().database.reading() as db:
        found = group_store.all_groups(db, conf)
        sizes = group_store.group_sizes(db, conf)
    return render_template("people/groups.html", groups=found, sizes=sizes)


@people_pages_bp.post("/c/<conf>/desk/people/groups")
@allow(Role.ORGANISER)
@takes_form(SaveGroup, groups)
def add_group(form: SaveGroup, conf: str) -> ResponseReturnValue:
    """Add a group behind the others."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        position = len(group_store.all_groups(write.session, conf)) + 1
        group_actions.save_groups(write, [_written(form, GroupId(new_id()), position)])
    flash(_("구분을 추가했습니다."), "good")
    return redirect(url_for(".groups", conf=conf))


@people_pages_bp.get("/c/<conf>/desk/people/groups/<group_id>")
@allow(Role.ORGANISER)
def group(conf: str, group_id: str) -> ResponseReturnValue:
    """Show one group, to be changed."""
    with current_hub().database.reading() as db:
        found = group_store.get_group(db, conf, group_id)
        size = group_store.group_sizes(db, conf).get(found.id, 0)
    return render_template("people/group.html", group=found, size=size, seen=_seen(found))


@people_pages_bp.post("/c/<conf>/desk/people/groups/<group_id>")
@allow(Role.ORGANISER)
@takes_form(SaveGroup, group)
def save_group(form: SaveGroup, conf: str, group_id: str) -> ResponseReturnValue:
    """Change a group; refused when somebody else did since the form was opened."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        before = group_store.get_group(write.session, conf, group_id)
        if form.seen != _seen(before):
            raise Refused(
                msg("그 사이 다른 사람이 이 구분을 바꾸었습니다. 지금 값과 비교한 뒤 다시 저장하세요."),
                code="changed_since",
            )
        group_actions.save_groups(write, [_written(form, before.id, before.position)])
    flash(_("저장했습니다."), "good")
    return redirect(url_for(".groups", conf=conf))


@people_pages_bp.post("/c/<conf>/desk/people/groups/<group_id>/move")
@allow(Role.ORGANISER)
@takes_form(MoveGroup, groups)
def move_group(form: MoveGroup, conf: str, group_id: str) -> ResponseReturnValue:
    """Move a group one place up or down."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        group_actions.move_group(write, group_id, -1 if form.to == "up" else 1)
    return redirect(url_for(".groups", conf=conf))


@people_pages_bp.post("/c/<conf>/desk/people/groups/<group_id>/remove")
@allow(Role.ORGANISER)
@takes_form(RemoveGroup, group)
def remove_group(_form: RemoveGroup, conf: str, group_id: str) -> ResponseReturnValue:
    """Remove a group; refused while guests belong to it."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        group_actions.remove_group(write, group_id, current_hub().group_uses)
    flash(_("구분을 삭제했습니다."), "good")
    return redirect(url_for(".groups", conf=conf))


@people_pages_bp.get("/c/<conf>/desk/people/log")
@allow(Role.ORGANISER)
def log(conf: str) -> ResponseReturnValue:
    """Show who took personal data out of the hub, when, of how many guests and why, and who read them."""
    with current_hub().database.reading() as db:
        found, read = disclosures(db, conf, MOST_SHOWN), readings(db, conf, MOST_SHOWN)
    return render_template("people/log.html", disclosures=found, readings=read)


def _written(form: SaveGroup, group_id: GroupId, position: int) -> Group:
    return Group(
        id=group_id,
        title=required_text(form, "title", conference().languages),
        position=position,
        badge_label=given_text(form, "badge_label"),
        colour=form.stripe if form.striped else None,
    )


def _seen(found: Group) -> str:
    """Return what a form carries to say which state of the group its sender saw; its place in the order aside."""
    fields = (found.title, found.badge_label, found.colour)
    return mark_of(fields)
