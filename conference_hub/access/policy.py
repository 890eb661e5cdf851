"""Who may call which endpoint: declared above each view, checked in `middleware.py`, and in tests against a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from conference_hub.access.model import ORGANISER_MAY_AS, STAFF_ROLES, Role, Viewer
from conference_hub.core.errors import Forbidden, NotSignedIn, msg
from conference_hub.core.stream import Stream

P = ParamSpec("P")
T = TypeVar("T")

ROLES_ATTRIBUTE = "hub_roles"
VIEWERLESS_ATTRIBUTE = "hub_viewerless"
CONFERENCELESS_ATTRIBUTE = "hub_conferenceless"
ACCOUNTS_ATTRIBUTE = "hub_accounts"
ARCHIVED_ATTRIBUTE = "hub_while_archived"
DRAFT_ATTRIBUTE = "hub_while_draft"


def allow(*roles: Role) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Declare which roles may call a view; organisers may wherever operators, emcees or staff may."""

    def mark(view: Callable[P, T]) -> Callable[P, T]:
        setattr(view, ROLES_ATTRIBUTE, frozenset(roles))
        return view

    return mark


def without_viewer(view: Callable[P, T]) -> Callable[P, T]:
    """Declare that a public view is the same for everybody: nobody is looked up, so it needs no database."""
    setattr(view, VIEWERLESS_ATTRIBUTE, True)
    return view


def needs_viewer(view: Callable[..., object]) -> bool:
    """Return whether the sender must be looked up before the view runs."""
    return not getattr(view, VIEWERLESS_ATTRIBUTE, False)


def without_conference(view: Callable[P, T]) -> Callable[P, T]:
    """Declare that a view finds out by itself whether there is the conference that its address names."""
    setattr(view, CONFERENCELESS_ATTRIBUTE, True)
    return view


def needs_conference(view: Callable[..., object]) -> bool:
    """Return whether the conference must be looked up before the view runs."""
    return not getattr(view, CONFERENCELESS_ATTRIBUTE, False)


def accounts_too(view: Callable[P, T]) -> Callable[P, T]:
    """Declare that every account may call a view beside the roles, whatever conferences it has a role in, or none."""
    setattr(view, ACCOUNTS_ATTRIBUTE, True)
    return view


def for_accounts(view: Callable[..., object]) -> bool:
    """Return whether every account may call the view."""
    return bool(getattr(view, ACCOUNTS_ATTRIBUTE, False))


def while_archived(view: Callable[P, T]) -> Callable[P, T]:
    """Declare that a view may change a conference that is archived: it brings it back, deletes it, or ends access."""
    setattr(view, ARCHIVED_ATTRIBUTE, True)
    return view


def may_while_archived(view: Callable[..., object]) -> bool:
    """Return whether the view may change a conference that is archived."""
    return bool(getattr(view, ARCHIVED_ATTRIBUTE, False))


def while_draft(view: Callable[P, T]) -> Callable[P, T]:
    """Declare that a public view of a draft is not for its team alone: it asks for a key that only the team gives."""
    setattr(view, DRAFT_ATTRIBUTE, True)
    return view


def may_while_draft(view: Callable[..., object]) -> bool:
    """Return whether the view answers others than the team of a draft."""
    return bool(getattr(view, DRAFT_ATTRIBUTE, False))


def works_for(viewer: Viewer, conf: str) -> bool:
    """Return whether the viewer belongs to the team of a conference, or is a screen that the team put up."""
    put_up = any(grant.conf == conf and grant.role is Role.PUBLIC for grant in viewer.grants)
    return put_up or bool(viewer.roles(conf) & set(STAFF_ROLES))


def roles_of(view: Callable[..., object]) -> frozenset[Role] | None:
    """Return what a view declared, or None when it declared nothing."""
    roles: frozenset[Role] | None = getattr(view, ROLES_ATTRIBUTE, None)
    return roles


def callers_of(view: Callable[..., object]) -> tuple[str, ...]:
    """Return the roles that may call a view, organisers where they may stand in; nothing where everybody may."""
    declared = roles_of(view) or frozenset()
    if Role.PUBLIC in declared:
        return ()
    implied = {Role.ORGANISER} if declared & ORGANISER_MAY_AS else set()
    return tuple(sorted(declared | implied))


def permits(viewer: Viewer, conf: str | None, allowed: frozenset[Role]) -> bool:
    """Return whether the viewer holds one of the roles in `conf` (None: in any conference)."""
    return bool(viewer.roles(conf) & allowed)


def check_stream(viewer: Viewer, conf: str, stream: Stream) -> None:
    """Raise NotSignedIn or Forbidden unless the viewer may follow a stream of `conf`."""
    if not viewer.may_follow(conf, stream):
        check(viewer, conf, frozenset())


def check(viewer: Viewer, conf: str | None, allowed: frozenset[Role]) -> None:
    """Raise NotSignedIn or Forbidden unless the viewer holds one of the roles in `conf` (None: in any conference)."""
    if permits(viewer, conf, allowed):
        return
    if not viewer.signed_in:
        raise NotSignedIn(msg("로그인이 필요합니다."))
    raise Forbidden(msg("이 화면을 볼 권한이 없습니다."))
