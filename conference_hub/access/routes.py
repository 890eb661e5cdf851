"""The API of the team page: making one-time links and machine tokens; revoking links, tokens, devices and roles."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from conference_hub.access import actions, revoking
from conference_hub.access.links import link_url
from conference_hub.access.middleware import actor, viewer
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.access.requests import GiveLink, GiveToken
from conference_hub.access.shapes import RevokedDoc, SecretDoc
from conference_hub.core.journal import Write
from conference_hub.core.now import iso
from conference_hub.web.describing import answers
from conference_hub.web.hub import current_hub
from conference_hub.web.requests import Press, takes

access_bp = Blueprint("access", __name__)

Revoke = Callable[[Write, str], None]


@access_bp.post("/c/<conf>/desk/team/links")
@allow(Role.ORGANISER)
@answers(SecretDoc)
@takes(GiveLink)
def make_link(body: GiveLink, conf: str) -> ResponseReturnValue:
    """Make a one-time sign-in link for `role` and show it this once; `name` says whom it is for."""
    hub = current_hub()
    expires_at = hub.now() + actions.ONE_TIME_LIFE
    with hub.database.writing() as db:
        secret = actions.make_link(
            db,
            conf=conf,
            role=body.role,
            at=hub.now(),
            name=body.name or "",
            by=actor(),
            expires_at=expires_at,
        )
    return jsonify({"secret": link_url(secret), "expires_at": iso(expires_at)})


@access_bp.post("/c/<conf>/desk/team/tokens")
@allow(Role.ORGANISER)
@answers(SecretDoc)
@takes(GiveToken)
def make_token(body: GiveToken, conf: str) -> ResponseReturnValue:
    """Make a machine token for `role` and show it this once; `name` says what uses it."""
    hub = current_hub()
    with hub.database.writing() as db:
        token = actions.make_token(db, conf=conf, role=body.role, name=body.name, at=hub.now(), by=actor())
    return jsonify({"secret": token, "expires_at": None})


@access_bp.post("/c/<conf>/desk/team/accounts/<given_id>/revoke")
@allow(Role.ORGANISER)
@answers(RevokedDoc, refusals=("own_role",))
@takes(Press)
def revoke_account(_body: Press, conf: str, given_id: str) -> ResponseReturnValue:
    """Remove an account's roles in this conference."""
    return _revoke(conf, given_id, lambda write, one: revoking.revoke_roles(write, one, viewer()))


@access_bp.post("/c/<conf>/desk/team/links/<given_id>/revoke")
@allow(Role.ORGANISER)
@answers(RevokedDoc)
@takes(Press)
def revoke_link(_body: Press, conf: str, given_id: str) -> ResponseReturnValue:
    """Revoke a link and sign out the browser that used it."""
    return _revoke(conf, given_id, revoking.revoke_link)


@access_bp.post("/c/<conf>/desk/team/tokens/<given_id>/revoke")
@allow(Role.ORGANISER)
@answers(RevokedDoc)
@takes(Press)
def revoke_token(_body: Press, conf: str, given_id: str) -> ResponseReturnValue:
    """Revoke a machine token."""
    return _revoke(conf, given_id, revoking.revoke_token)


@access_bp.post("/c/<conf>/desk/team/devices/<given_id>/revoke")
@allow(Role.ORGANISER)
@answers(RevokedDoc)
@takes(Press)
def revoke_device(_body: Press, conf: str, given_id: str) -> ResponseReturnValue:
    """Sign a browser out."""
    return _revoke(conf, given_id, revoking.revoke_device)


def _revoke(conf: str, given_id: str, revoke: Revoke) -> ResponseReturnValue:
    hub = current_hub()
    with hub.journal.writing(conf, actor=actor()) as write:
        revoke(write, given_id)
    hub.tell_ended()
    return jsonify({"id": given_id})
