"""Who may no longer follow is let go; all sockets are asked about by one query."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import sqlalchemy as sa

from conference_hub.access import accounts, actions
from conference_hub.access.model import NOBODY, Credential, Grant, Role, Viewer
from conference_hub.access.store import find_account, find_machine, find_screen, find_viewer
from conference_hub.access.tables import MachineTokenRow, SessionGrantRow, WebSessionRow
from conference_hub.access.uses import Uses
from conference_hub.conferences.model import State
from conference_hub.conferences.store import get_conference, save_conference
from conference_hub.core.actor import Actor
from conference_hub.core.stream import Stream
from conference_hub.live.followers import Followers
from conference_hub.live.recheck import Recheck
from conference_hub.screens.actions import links_of, make_link, revoke_link
from conference_hub.screens.model import ScreenKind
from conference_hub.web.hub import Hub
from tests.integration.live.conftest import BARE


@dataclass
class FakeServer:
    """Keeps which engine sockets were closed, and is its own engine and manager."""

    closed: list[str] = field(default_factory=list)

    @property
    def eio(self) -> FakeServer:
        return self

    @property
    def manager(self) -> FakeServer:
        return self

    def eio_sid_from_sid(self, sid: str, namespace: str) -> str:
        assert namespace == "/"
        return f"eio-{sid}"

    def disconnect(self, engine_sid: str) -> None:
        self.closed.append(engine_sid)


def token(hub: Hub, role: Role) -> Credential:
    with hub.database.writing() as db:
        secret = actions.make_token(db, conf=BARE, role=role, name="t", at=hub.now(), by=Actor.system("test"))
    with hub.database.reading() as db:
        return credential_of(find_machine(db, secret))


def browser(hub: Hub, role: Role) -> Credential:
    with hub.database.writing() as db:
        link = actions.make_link(db, conf=BARE, role=role, at=hub.now(), by=Actor.system("test"))
        secret = actions.use_link(db, link, NOBODY, hub.now()).secret
    with hub.database.reading() as db:
        return credential_of(find_viewer(db, secret, hub.now()))


def account_browser(hub: Hub, role: Role) -> Credential:
    with hub.database.writing() as db:
        grants = [Grant(conf=BARE, role=role)]
        accounts.add_account(db, login="kim", name="김", password_hash="x", grants=grants, at=hub.now())
        account = find_account(db, "kim")
        assert account is not None
        secret = actions.sign_in_account(db, account, NOBODY, hub.now()).secret
    with hub.database.reading() as db:
        return credential_of(find_viewer(db, secret, hub.now()))


def credential_of(viewer: Viewer | None) -> Credential:
    assert viewer is not None
    assert viewer.credential is not None
    return viewer.credential


def checked(hub: Hub, followers: Followers) -> list[str]:
    server = FakeServer()
    recheck = Recheck(hub, server, followers, Uses(hub.database, hub.now))
    recheck.round(lambda: None)
    return sorted(server.closed)


def test_recheck_disconnects_only_sockets_that_lost_their_right(bare: Hub) -> None:
    followers = Followers()
    kept, revoked = token(bare, Role.OPERATOR), token(bare, Role.EMCEE)
    out, bared, wrong = (browser(bare, Role.STAFF) for _ in range(3))
    disabled = account_browser(bare, Role.OPERATOR)
    followers.add("kept", (BARE, Stream.OPERATOR), kept)
    followers.add("organiser", (BARE, Stream.SEALED), browser(bare, Role.ORGANISER))
    followers.add("revoked", (BARE, Stream.SEALED), revoked)
    followers.add("revoked-public", (BARE, Stream.PUBLIC), revoked)
    followers.add("out", (BARE, Stream.STAFF), out)
    followers.add("bared", (BARE, Stream.STAFF), bared)
    followers.add("wrong", (BARE, Stream.SEALED), wrong)
    followers.add("disabled", (BARE, Stream.OPERATOR), disabled)
    assert checked(bare, followers) == ["eio-wrong"]
    with bare.database.writing() as db:
        db.execute(
            sa.update(MachineTokenRow).where(MachineTokenRow.id == revoked.id).values(revoked_at=bare.now())
        )
        db.execute(sa.update(WebSessionRow).where(WebSessionRow.id == out.id).values(revoked_at=bare.now()))
        db.execute(sa.delete(SessionGrantRow).where(SessionGrantRow.session_id == bared.id))
        accounts.disable_account(db, "kim", bare.now())

    assert checked(bare, followers) == ["eio-bared", "eio-disabled", "eio-out", "eio-revoked", "eio-wrong"]


def test_recheck_of_three_hundred_sockets_is_one_query(bare: Hub) -> None:
    followers = Followers()
    credentials = [token(bare, Role.STAFF) for _ in range(3)]
    for number in range(300):
        followers.add(str(number), (BARE, Stream.STAFF), credentials[number % 3])
    asked: list[str] = []
    sa.event.listen(
        bare.database.engine, "before_cursor_execute", lambda *args: asked.append(args[2]), named=False
    )

    assert checked(bare, followers) == []

    assert len([statement for statement in asked if "machine_token" in statement]) == 1


def test_sockets_of_a_draft_are_let_go_but_for_the_team(bare: Hub) -> None:
    followers = Followers()
    followers.add("nobody", (BARE, Stream.PUBLIC))
    followers.add("team", (BARE, Stream.PUBLIC), browser(bare, Role.EMCEE))
    followers.add("other", (BARE, Stream.PUBLIC), token(bare, Role.STAFF))
    published = checked(bare, followers)
    with bare.database.writing() as db:
        db.execute(sa.update(MachineTokenRow).values(revoked_at=bare.now()))
        save_conference(db, replace(get_conference(db, BARE), state=State.DRAFT))

    assert (published, checked(bare, followers)) == ([], ["eio-nobody", "eio-other"])


def screen(hub: Hub, kind: ScreenKind) -> Credential:
    with hub.journal.writing(BARE, actor=Actor.system("test")) as write:
        secret = make_link(write, kind=kind, name=kind, options="")
    with hub.database.reading() as db:
        return credential_of(find_screen(db, secret))


def test_screens_of_a_revoked_link_are_let_go_on_public_streams_too(bare: Hub) -> None:
    followers = Followers()
    followers.add("stage", (BARE, Stream.PUBLIC), screen(bare, ScreenKind.STAGE))
    followers.add("emcee", (BARE, Stream.SEALED), screen(bare, ScreenKind.EMCEE))
    followers.add("timer", (BARE, Stream.PUBLIC), screen(bare, ScreenKind.TIMER))
    before = checked(bare, followers)
    with bare.journal.writing(BARE, actor=Actor.system("test")) as write:
        for link in links_of(write.session, BARE):
            if link.kind != ScreenKind.TIMER:
                revoke_link(write, link.id)

    assert (before, checked(bare, followers)) == ([], ["eio-emcee", "eio-stage"])


def test_a_screen_that_the_team_put_up_shows_a_draft(bare: Hub) -> None:
    followers = Followers()
    followers.add("stage", (BARE, Stream.PUBLIC), screen(bare, ScreenKind.STAGE))
    with bare.database.writing() as db:
        save_conference(db, replace(get_conference(db, BARE), state=State.DRAFT))

    assert checked(bare, followers) == []
