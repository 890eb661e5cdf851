"""Making and deleting conferences, which have no journal yet or none any more."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from conference_hub.access.accounts import give_role
from conference_hub.access.model import Grant, Role, Viewer
from conference_hub.conferences import lifecycle, store
from conference_hub.conferences.actions import announce
from conference_hub.conferences.model import Conference, State
from conference_hub.core.actor import Actor, ActorKind
from conference_hub.core.errors import Forbidden, Invalid, Refused, msg
from conference_hub.core.text import LANGUAGES, Text
from conference_hub.web.hub import Hub


def creator(viewer: Viewer) -> Actor:
    """Return as whom somebody makes conferences; raises Forbidden for those who may not."""
    if not viewer.may_create or viewer.account_id is None:
        raise Forbidden(msg("행사를 만들 권한이 없습니다. 허브 주최자에게 요청해 주세요."))
    return Actor.of(ActorKind.ACCOUNT, viewer.account_id, viewer.name)


def create(hub: Hub, conference: Conference, actor: Actor) -> None:
    """Make a conference with nothing in it, of which the account `actor` is the organiser.

    Raises Invalid about `slug` when it is taken.
    """

    def found(session: Session) -> None:
        if conference.slug in store.taken_slugs(session):
            raise taken()
        store.add_conference(session, conference)
        if actor.kind is ActorKind.ACCOUNT:
            account_id = actor.id.removeprefix(f"{ActorKind.ACCOUNT}:")
            give_role(session, account_id, Grant(conf=conference.slug, role=Role.ORGANISER))

    try:
        with hub.journal.writing(conference.slug, actor=actor, found=found) as write:
            announce(write)
    except IntegrityError:
        raise taken() from None


def slug_for(hub: Hub, typed: str | None, title: Text, year: int) -> str:
    """Return the slug that was typed, or one made of the title that is not taken."""
    if typed is not None:
        return typed
    with hub.database.reading() as db:
        taken = store.taken_slugs(db)
    wordings = [title.in_language(code) for code in reversed(LANGUAGES)]
    return lifecycle.suggested_slug(wordings, year, taken)


def delete(hub: Hub, slug: str, typed: str) -> None:
    """Delete a conference for good, and end what gave access to it.

    Raises Invalid about `slug` when another one was typed, Refused (`wrong_state`) when its state forbids it.
    """
    require_typed(slug, typed)
    with hub.database.writing() as session:
        conference = store.get_conference(session, slug)
        state = lifecycle.stage(conference.state, hub.run_progress(session, slug))
        if state not in lifecycle.DELETABLE:
            raise undeletable(state)
        store.delete_conference(session, slug)
    hub.tell_purged(slug)
    hub.tell_ended()


def require_typed(slug: str, typed: str) -> None:
    """Raise Invalid about `slug` unless the slug of the conference was typed: what cannot be undone asks for it."""
    if typed != slug:
        raise Invalid(msg("이 행사의 주소와 다릅니다: %(slug)s"), field="slug", slug=slug)


def undeletable(state: State) -> Refused:
    """Return why a conference that is public cannot be deleted."""
    return Refused(
        msg("공개되었거나 진행 중인 행사는 삭제할 수 없습니다. 먼저 공개를 취소하거나 종료해 주세요."),
        code="wrong_state",
        state=state,
    )


def taken() -> Invalid:
    """Return the refusal of a slug that another conference has."""
    return Invalid(msg("이미 쓰고 있는 주소입니다. 다른 이름을 적어 주세요."), code="taken", field="slug")
