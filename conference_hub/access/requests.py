"""What the team's page, the sign-in form and sign-in links send."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from conference_hub.access.accounts import MAX_NAME
from conference_hub.access.model import STAFF_ROLES, Role
from conference_hub.access.passwords import MAX_LENGTH
from conference_hub.web.requests import Body, Checkbox, CommandId, Form, Line, Query, text

GivenRole = Literal[Role.ORGANISER, Role.OPERATOR, Role.EMCEE, Role.STAFF]
"""The roles of those who work for a conference."""
GivenName = Annotated[str, text(MAX_NAME)]


class Give(Body):
    """Make a link or token, whose secret is shown once."""

    command_id: CommandId | None = None
    """Names the command: sent again, it is refused as `already_made`, because the secret is not stored."""


class GiveLink(Give):
    """Make a one-time sign-in link."""

    role: GivenRole
    """The role that the link gives."""
    name: GivenName | None = None
    """Whom it is for."""


class GiveToken(Give):
    """Make a machine token."""

    role: GivenRole
    """The role of the script."""
    name: GivenName
    """What uses it."""


class SignInQuery(Query):
    """Where to go after signing in."""

    next: str = ""


class SignIn(Form):
    """Sign in by login and password; `next` is the page to go to."""

    secrets = frozenset({"password"})

    login: Annotated[str, text(MAX_NAME)]
    password: Annotated[str, Field(strict=True, min_length=1, max_length=MAX_LENGTH)]
    next: str = ""


class UseLink(Form):
    """Sign in by the secret of a link; `sure` once it was asked in a browser that somebody else uses."""

    secret: Line
    sure: Checkbox = False


class SignOut(Form):
    """Sign out."""


class TeamRoles(Form):
    """Roles in the team."""

    organiser: Checkbox = False
    operator: Checkbox = False
    emcee: Checkbox = False
    staff: Checkbox = False

    @property
    def roles(self) -> set[Role]:
        """The roles that are checked."""
        return {role for role in STAFF_ROLES if getattr(self, role.value)}


class ChangeRoles(TeamRoles):
    """The roles that a member is to have; `seen` marks those that the sender saw."""

    seen: Line


class Invite(TeamRoles):
    """Invite somebody to the team; an e-mail address as `login` is also where the link goes.

    `known` is the id of the account with that login that the sender was shown before.
    """

    name: GivenName
    login: GivenName
    known: str = ""


class SetPassword(Form):
    """Set a password; `current` is needed where there is one."""

    secrets = frozenset({"current", "password", "again"})

    current: Annotated[str, Field(strict=True, max_length=MAX_LENGTH)] = ""
    password: Annotated[str, Field(strict=True, min_length=1, max_length=MAX_LENGTH)]
    again: Annotated[str, Field(strict=True, max_length=MAX_LENGTH)]
