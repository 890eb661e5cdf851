"""The team in files: roles come and go by login, passwords stay, and an organiser remains."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from conference_hub.access import accounts, store
from conference_hub.access.exchange import EXISTING, MemberRecord, TeamPart
from conference_hub.access.model import Grant, Role
from conference_hub.access.tables import AccountRow
from conference_hub.core.actor import Actor
from conference_hub.core.text import Text
from conference_hub.exchange.cells import Context
from conference_hub.exchange.diff import Change, Changes
from conference_hub.exchange.faults import Message
from conference_hub.exchange.part import Proposal, Stated
from conference_hub.web.hub import Hub
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF

pytestmark = ON_SQLITE

CONTEXT = Context(languages=("ko", "en"), zone=ZoneInfo("Asia/Seoul"), day=date(2021, 12, 2))
TEAM = TeamPart()
KIM = MemberRecord(login="kim", name="김주최", organiser=True)
LEE = MemberRecord(login="lee@example.com", name="이접수", staff=True, emcee=True)


@pytest.fixture
def hub_of_kim(seeded: Hub) -> Hub:
    """The model conference, which Kim organises by an account with a password."""
    with seeded.database.writing() as db:
        grants = [Grant(conf=CONF, role=Role.ORGANISER)]
        accounts.add_account(
            db, login="kim", name="김주최", password_hash="kept", grants=grants, at=seeded.now()
        )
    return seeded


def current(hub: Hub) -> list[MemberRecord]:
    with hub.database.reading() as db:
        return TEAM.current(db, CONF)


def put(hub: Hub, *changes: Change[MemberRecord]) -> None:
    with hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        TEAM.put(write, Changes(all=changes), lambda _kind, key: key)
        TEAM.remove(write, Changes(all=changes).gone)


def problems(hub: Hub, *changes: Change[MemberRecord]) -> Sequence[str]:
    with hub.database.reading() as db:
        proposal = Proposal(
            session=db, conf=CONF, context=CONTEXT, changes=Changes(all=changes), known=lambda _name: ()
        )
        return [problem.path for problem in TEAM.check(proposal)]


def test_members_come_without_passwords_and_others_keep_theirs(hub_of_kim: Hub) -> None:
    put(hub_of_kim, Change(before=KIM, after=KIM), Change(before=None, after=LEE))

    assert current(hub_of_kim) == [KIM, LEE]
    with hub_of_kim.database.reading() as db:
        accounts = [store.find_account(db, record.login) for record in (KIM, LEE)]
        assert [account and account.password_hash for account in accounts] == ["kept", None]


def test_roles_change_hands_and_members_go(hub_of_kim: Hub) -> None:
    put(hub_of_kim, Change(before=KIM, after=KIM), Change(before=None, after=LEE))
    helper = KIM.model_copy(update={"organiser": False, "staff": True})
    leader = LEE.model_copy(update={"organiser": True, "emcee": False})

    put(hub_of_kim, Change(before=KIM, after=helper), Change(before=LEE, after=leader))
    assert current(hub_of_kim) == [helper, leader]

    put(hub_of_kim, Change(before=leader, after=leader), Change(before=helper, after=None))
    assert current(hub_of_kim) == [leader]


def test_row_is_the_member_with_its_login(hub_of_kim: Hub) -> None:
    rows = [Stated(values={"login": " KIM "}), Stated(values={"login": "kim2"})]

    assert dict(TEAM.match(rows, current(hub_of_kim), CONTEXT)) == {0: 0}


@pytest.mark.parametrize(
    ("change", "paths"),
    [
        (Change(before=None, after=LEE.model_copy(update={"staff": False, "emcee": False})), ["organiser"]),
        (Change(before=None, after=LEE.model_copy(update={"login": "guest-001"})), ["login"]),
        (Change(before=LEE, after=LEE.model_copy(update={"login": "choi"})), ["login"]),
        (Change(before=KIM, after=None), ["organiser"]),
        (Change(before=None, after=LEE), []),
    ],
)
def test_what_is_wrong_is_said_at_its_cell(
    hub_of_kim: Hub, change: Change[MemberRecord], paths: list[str]
) -> None:
    assert problems(hub_of_kim, change) == paths


def notices(hub: Hub, *changes: Change[MemberRecord]) -> Sequence[Message]:
    with hub.database.reading() as db:
        proposal = Proposal(
            session=db, conf=CONF, context=CONTEXT, changes=Changes(all=changes), known=lambda _name: ()
        )
        return list(TEAM.notices(proposal))


def test_accounts_that_are_there_and_get_roles_are_named_by_their_own_name(hub_of_kim: Hub) -> None:
    with hub_of_kim.database.writing() as db:
        accounts.add_account(
            db, login="park", name="박있음", password_hash=None, grants=[], at=hub_of_kim.now()
        )
    given = MemberRecord(login="PARK", name="다른 이름", staff=True, emcee=True)

    found = notices(
        hub_of_kim,
        Change(before=KIM, after=KIM),
        Change(before=None, after=LEE),
        Change(before=None, after=given),
    )
    assert found == [
        Message(
            text=EXISTING,
            detail={
                "login": "park",
                "name": "박있음",
                "roles": Text(ko="사회자, 현장 접수", en="Emcee, Check-in staff"),
            },
        )
    ]


def test_closed_account_is_refused_at_its_row(hub_of_kim: Hub) -> None:
    with hub_of_kim.database.writing() as db:
        account_id = accounts.add_account(
            db, login="park", name="박닫힘", password_hash=None, grants=[], at=hub_of_kim.now()
        )
        db.get_one(AccountRow, account_id).disabled_at = hub_of_kim.now()
    park = MemberRecord(login="park", name="박닫힘", staff=True)

    assert problems(hub_of_kim, Change(before=None, after=park)) == ["login"]


def test_another_name_for_a_member_changes_nothing(hub_of_kim: Hub) -> None:
    rows = [
        Stated(values={"login": "KIM", "name": "다른 이름"}),
        Stated(values={"login": "new", "name": "새"}),
    ]

    prepared, problems = TEAM.prepare(rows, current(hub_of_kim), CONTEXT)
    assert ([dict(row.values) for row in prepared], problems) == (
        [{"login": "KIM"}, dict(rows[1].values)],
        [],
    )
