"""The API of the team page: making one-time links and machine tokens; revoking links, tokens, devices and roles."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from conference_hub.access import giving, revoking
from conference_hub.access.actions import ONE_TIME_LIFE
from conference_hub.access.commands import SECRET_CODES, answer_secret
from conference_hub.access.links import link_url
from conference_hub.access.middleware import actor, viewer
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.access.requests import GiveLink, GiveToken
from conference_hub.access.shapes import RevokedDoc, SecretDoc
from conference_hub.core.journal import Write
from conference_hub.core.now import iso
from conference_hub.core.stream import Doc
from conference_hub.web.describing import answers
from conference_hub.web.hub import current_hub
from conference_hub.web.requests import Press, takes

access_bp = Blueprint("access", __name__)

Revoke = Callable[[Write, str], None]


@access_bp.post("/c/<conf>/desk/team/links")
@allow(Role.ORGANISER)
@answers(SecretDoc, refusals=SECRET_CODES)
@takes(GiveLink)
def make_link(body: GiveLink, conf: str) -> ResponseReturnValue:
    """Make a one-time sign-in link for `role` and show it this once; `name` says whom it is for."""

    def make(write: Write) -> Doc:
        secret = giving.give_link(write, role=body.role, name=body.name or "")
        return {"secret": link_url(secret), "expires_at": iso(write.at + ONE_TIME_LIFE)}

    return answer_secret(body, conf, "team/links", make)


@access_bp.post("/c/<conf>/desk/team/tokens")
@allow(Role.ORGANISER)
@answers(SecretDoc, refusals=SECRET_CODES)
@takes(GiveToken)
def make_token(body: GiveToken, conf: str) -> ResponseReturnValue:
    """Make a machine token for `role` and show it this once; `name` says what uses it."""

    def make(write: Write) -> Doc:
        return {"secret": giving.give_token(write, role=body.role, name=body.name), "expires_at": None}

    return answer_secret(body, conf, "team/tokens", make)


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
