"""The desk's page of the team: accounts, one-time links, machine tokens and devices, made and taken back."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue

from conference_hub.access import actions, listing, revoking
from conference_hub.access.middleware import actor, viewer
from conference_hub.access.model import STAFF_ROLES, Role
from conference_hub.access.pages import link_url
from conference_hub.access.policy import allow
from conference_hub.core.errors import Invalid, msg
from conference_hub.core.journal import Write
from conference_hub.core.now import iso
from conference_hub.web.answers import json_body, optional_text, text_field
from conference_hub.web.hub import current_hub

team_bp = Blueprint("team", __name__)

Revoke = Callable[[Write, str], None]


@team_bp.get("/c/<conf>/desk/team")
@allow(Role.ORGANISER)
def team(conf: str) -> ResponseReturnValue:
    """Show what was given out to those who work for the conference; guests' links are on the guest list."""
    now = current_hub().now()
    with current_hub().database.reading() as db:
        members = listing.members(db, conf)
        links = listing.links(db, conf, now)
        tokens = listing.tokens(db, conf)
        devices = listing.devices(db, conf, now)
    return render_template(
        "access/team.html",
        members=members,
        links=[link for link in links if link.role is not Role.ATTENDEE],
        tokens=tokens,
        devices=[device for device in devices if device.roles != (Role.ATTENDEE,)],
        roles=STAFF_ROLES,
    )


@team_bp.post("/c/<conf>/desk/team/links")
@allow(Role.ORGANISER)
def make_link(conf: str) -> ResponseReturnValue:
    """Make a one-time sign-in link for `role` and show it this once; `name` says whom it is for."""
    hub, body = current_hub(), json_body()
    role = _asked_role(text_field(body, "role"))
    name = optional_text(body, "name", max_length=actions.MAX_NAME) or ""
    expires_at = hub.now() + actions.ONE_TIME_LIFE
    with hub.database.writing() as db:
        secret = actions.make_link(
            db, conf=conf, role=role, at=hub.now(), name=name, by=actor().label, expires_at=expires_at
        )
    return jsonify({"secret": link_url(secret), "expires_at": iso(expires_at)})


@team_bp.post("/c/<conf>/desk/team/tokens")
@allow(Role.ORGANISER)
def make_token(conf: str) -> ResponseReturnValue:
    """Make a machine token for `role` and show it this once; `name` says what uses it."""
    hub, body = current_hub(), json_body()
    role = _asked_role(text_field(body, "role"))
    name = text_field(body, "name", max_length=actions.MAX_NAME)
    with hub.database.writing() as db:
        token = actions.make_token(db, conf=conf, role=role, name=name, at=hub.now(), by=actor().label)
    return jsonify({"secret": token, "expires_at": None})


@team_bp.post("/c/<conf>/desk/team/accounts/<given_id>/revoke")
@allow(Role.ORGANISER)
def revoke_account(conf: str, given_id: str) -> ResponseReturnValue:
    """Take an account's roles in this conference."""
    return _revoke(conf, given_id, lambda write, one: revoking.revoke_roles(write, one, viewer()))


@team_bp.post("/c/<conf>/desk/team/links/<given_id>/revoke")
@allow(Role.ORGANISER)
def revoke_link(conf: str, given_id: str) -> ResponseReturnValue:
    """End a link and what it opened."""
    return _revoke(conf, given_id, revoking.revoke_link)


@team_bp.post("/c/<conf>/desk/team/tokens/<given_id>/revoke")
@allow(Role.ORGANISER)
def revoke_token(conf: str, given_id: str) -> ResponseReturnValue:
    """End a machine token."""
    return _revoke(conf, given_id, revoking.revoke_token)


@team_bp.post("/c/<conf>/desk/team/devices/<given_id>/revoke")
@allow(Role.ORGANISER)
def revoke_device(conf: str, given_id: str) -> ResponseReturnValue:
    """Sign a browser out."""
    return _revoke(conf, given_id, revoking.revoke_device)


def _revoke(conf: str, given_id: str, revoke: Revoke) -> ResponseReturnValue:
    hub = current_hub()
    with hub.journal.writing(conf, actor=actor()) as write:
        revoke(write, given_id)
    hub.tell_ended()
    return jsonify({"id": given_id})


def _asked_role(text: str) -> Role:
    """Return one of the roles that are given out here; raises Invalid."""
    if text not in STAFF_ROLES:
        raise Invalid(msg("알 수 없는 역할입니다."), field="role")
    return Role(text)
