"""The team as a part of the conference file: who works for the conference, and as what. No secret is in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any

from sqlalchemy.orm import Session
from typing_extensions import override

from conference_hub.access import listing, revoking, store
from conference_hub.access.listing import Member
from conference_hub.access.membership import add_member, change_roles
from conference_hub.access.model import NOBODY, STAFF_ROLES, Role, plain_login
from conference_hub.access.names import reads_like_a_guests_id
from conference_hub.core.errors import msg
from conference_hub.core.journal import Write
from conference_hub.core.text import Text
from conference_hub.exchange.cells import Context
from conference_hub.exchange.columns import Record
from conference_hub.exchange.diff import Changes
from conference_hub.exchange.faults import Message, shown
from conference_hub.exchange.fields import Line, YesNo, heading
from conference_hub.exchange.part import Ids, Key, Part, Problem, Proposal, Stated, value_key

EXISTING = msg("이미 있는 계정 %(login)s(%(name)s)에 역할을 줍니다: %(roles)s")


class MemberRecord(Record):
    """An account with its roles; whether it has a password is not in files."""

    login: Annotated[Line, heading("아이디", "Login", "이메일", "E-mail", "Email", "전자우편")]
    name: Annotated[Line, heading("이름", "Name", "성명")]
    organiser: Annotated[YesNo, heading("주최자", "Organiser", "Organizer")] = False
    operator: Annotated[YesNo, heading("진행 감독", "Operator", "진행")] = False
    emcee: Annotated[YesNo, heading("사회자", "Emcee", "사회", "MC")] = False
    staff: Annotated[YesNo, heading("현장 접수", "Check-in staff", "접수", "Staff")] = False

    @property
    def roles(self) -> set[Role]:
        """The roles that it has."""
        return {role for role in STAFF_ROLES if getattr(self, role.value)}


class TeamPart(Part[MemberRecord]):
    """The accounts with a role in the conference, known by their logins.

    A new account has no password: its link to set one is made on the desk. A login that the hub knows already keeps
    its name and password.
    """

    name = "team"
    title = Text(ko="운영진", en="Team")
    record = MemberRecord
    personal = True

    @override
    def keys(self, values: Mapping[str, Any], context: Context) -> Iterable[Key]:
        return value_key(values, "login")

    @override
    def current(self, session: Session, conf: str) -> list[MemberRecord]:
        return [_record(member) for member in listing.members(session, conf)]

    @override
    def prepare(
        self, rows: Sequence[Stated], current: Sequence[MemberRecord], context: Context
    ) -> tuple[Sequence[Stated], list[Problem]]:
        """Leave out the names of members: people keep the names of their accounts."""
        known = {plain_login(one.login) for one in current}
        return [
            replace(row, values={path: value for path, value in row.values.items() if path != "name"})
            if plain_login(str(row.values.get("login") or "")) in known
            else row
            for row in rows
        ], []

    @override
    def check(self, proposal: Proposal[MemberRecord]) -> Iterable[Problem]:
        for change in proposal.changes.staying:
            record = change.record
            if change.before is None and _closed(proposal.session, record.login):
                yield proposal.problem(
                    change, msg("닫힌 계정입니다: %(login)s"), "login", login=shown(record.login)
                )
            if not record.roles:
                yield proposal.problem(change, msg("역할을 하나 이상 골라 주세요."), "organiser")
            for path in ("login", "name"):
                if change.before is None and reads_like_a_guests_id(getattr(record, path)):
                    yield proposal.problem(
                        change, msg("참석자 번호와 같아 보이는 이름은 쓸 수 없습니다."), path
                    )
            if change.before is not None and plain_login(record.login) != plain_login(change.before.login):
                yield proposal.problem(change, msg("아이디는 바꿀 수 없습니다."), "login")
        yield from _organised(proposal)

    @override
    def notices(self, proposal: Proposal[MemberRecord]) -> Iterable[Message]:
        """Say which accounts of the hub get roles: their owners may be others than the file means."""
        for record in (change.record for change in proposal.changes.of("new")):
            account = store.find_account(proposal.session, record.login)
            if account is not None:
                names = {"login": shown(account.login), "name": shown(account.name)}
                yield Message(text=EXISTING, detail={**names, "roles": _labels(record.roles)})

    @override
    def put(self, write: Write, changes: Changes[MemberRecord], ids: Ids) -> None:
        for change in changes.staying:
            if change.before is None:
                add_member(
                    write, login=change.record.login, name=change.record.name, roles=change.record.roles
                )
        known = {member.login: member for member in listing.members(write.session, write.conf)}
        gaining_first = sorted(changes.staying, key=lambda change: not change.record.organiser)
        for change in gaining_first:
            change_roles(write, known[plain_login(change.record.login)].id, change.record.roles)

    @override
    def remove(self, write: Write, gone: Sequence[MemberRecord]) -> None:
        for record in gone:
            account = store.find_account(write.session, record.login)
            if account is not None:
                revoking.revoke_roles(write, account.id, NOBODY)


def _organised(proposal: Proposal[MemberRecord]) -> Iterable[Problem]:
    """A conference that an account organises keeps one that does."""
    before = [change for change in proposal.changes.all if change.before and change.before.organiser]
    if before and not any(record.organiser for record in proposal.changes.after):
        yield proposal.problem(before[0], msg("주최자인 계정이 하나는 있어야 합니다."), "organiser")


def _closed(session: Session, login: str) -> bool:
    account = store.find_account(session, login)
    return account is not None and account.disabled_at is not None


def _labels(roles: Collection[Role]) -> Text:
    labels = [role.label for role in STAFF_ROLES if role in roles]
    return Text(ko=", ".join(one.ko for one in labels), en=", ".join(one.en for one in labels))


def _record(member: Member) -> MemberRecord:
    held = {role.value: role in member.roles for role in STAFF_ROLES}
    return MemberRecord(login=member.login, name=member.name, **held)
