"""Who may register, who gets a place, and who moves up when one is given up."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Literal

from conference_hub.core.errors import Invalid, Refused, msg
from conference_hub.people.model import Mode
from conference_hub.registration.model import (
    Invitation,
    Opening,
    Registration,
    Settings,
    Standing,
    address_key,
)

Gate = Literal["open", "invited", "early", "late", "closed"]
Taken = Mapping[Mode, int]
"""How many places of each mode are taken."""


def gate(settings: Settings, at: datetime, ends_at: datetime) -> Gate:
    """Return whether one may register at `at`, and if not, why; nobody may once the conference ended at `ends_at`."""
    if settings.opening is Opening.CLOSED:
        return "closed"
    if at >= min(settings.closes_at or ends_at, ends_at):
        return "late"
    if settings.opens_at is not None and at < settings.opens_at:
        return "early"
    return "invited" if settings.opening is Opening.INVITED else "open"


def check_gate(settings: Settings, at: datetime, ends_at: datetime) -> None:
    """Raise Refused when nobody may register at `at`."""
    match gate(settings, at, ends_at):
        case "closed":
            raise Refused(msg("지금은 등록을 받지 않습니다."), code="registration_closed")
        case "early":
            raise Refused(msg("아직 등록 기간이 아닙니다."), code="registration_closed")
        case "late":
            raise Refused(msg("등록 기간이 끝났습니다."), code="registration_closed")
        case "open" | "invited":
            return


def check_invitation(settings: Settings, invitation: Invitation | None, used: int, address: str) -> None:
    """Raise Invalid when an invitation is needed and this one does not count for `address`."""
    if settings.opening is not Opening.INVITED:
        return
    usable = invitation is not None and invitation.revoked_at is None and not _used_up(invitation, used)
    bound = invitation is not None and invitation.address
    if not usable or (bound and address_key(bound) != address_key(address)):
        raise Invalid(
            msg("이 초대 코드로는 등록할 수 없습니다. 초대받은 메일 주소와 코드를 확인해 주세요."),
            field="invitation",
        )


def _used_up(invitation: Invitation, used: int) -> bool:
    return invitation.most is not None and used >= invitation.most


def left(settings: Settings, taken: Taken, mode: Mode) -> int | None:
    """Return how many places of a mode are free, None for any number; a mode that is not offered has none."""
    if mode not in settings.capacity:
        return 0
    capacity = settings.capacity[mode]
    return None if capacity is None else max(capacity - taken.get(mode, 0), 0)


def check_mode(settings: Settings, taken: Taken, mode: Mode) -> None:
    """Raise Invalid when nobody can register for a mode: it is not offered, or full without a waiting list."""
    if mode not in settings.capacity:
        raise Invalid(msg("이 참석 방식은 고를 수 없습니다."), field="mode")
    if left(settings, taken, mode) == 0 and not settings.waiting_list:
        raise Invalid(msg("이 참석 방식은 자리가 모두 찼습니다."), code="full", field="mode")


def first_state(settings: Settings, taken: Taken, mode: Mode, *, queue: int) -> Standing:
    """Return where a new registration stands; behind a `queue` of others it waits, even where a place is free."""
    if settings.approval:
        return Standing.PENDING
    return accepted_state(settings, taken, mode, queue=queue)


def accepted_state(settings: Settings, taken: Taken, mode: Mode, *, queue: int = 0) -> Standing:
    """Return where a registration stands that is approved: it has a place, or waits for one."""
    free = left(settings, taken, mode)
    return Standing.ACCEPTED if free is None or free > queue else Standing.WAITING


def moving_up(settings: Settings, taken: Taken, waiting: Iterable[Registration]) -> list[Registration]:
    """Return those of the waiting list, which is in its order, who get the places that are free."""
    now: dict[Mode, int] = dict(taken)
    found = []
    for registration in waiting:
        mode = registration.person.mode
        if accepted_state(settings, now, mode) is Standing.ACCEPTED:
            now[mode] = now.get(mode, 0) + 1
            found.append(registration)
    return found


ANEW = frozenset({Standing.CANCELLED, Standing.LAPSED})
"""From which states the same address may register anew."""
DECISIONS: Mapping[Standing, Collection[Standing]] = {
    Standing.ACCEPTED: {
        Standing.PENDING,
        Standing.WAITING,
        Standing.DECLINED,
        Standing.CANCELLED,
        Standing.LAPSED,
    },
    Standing.WAITING: {Standing.PENDING, Standing.ACCEPTED},
    Standing.DECLINED: {Standing.PENDING, Standing.WAITING, Standing.ACCEPTED},
    Standing.CANCELLED: {Standing.PENDING, Standing.WAITING, Standing.ACCEPTED},
}
"""From which states an organiser may move a registration to which."""


def decide(registration: Registration, state: Standing) -> Registration:
    """Return a registration as moved by an organiser or its owner; raises Refused."""
    if registration.state not in DECISIONS.get(state, ()):
        raise Refused(msg("이 등록은 지금 그렇게 바꿀 수 없습니다."), code="not_possible")
    return replace(registration, state=state, revision=registration.revision + 1, unconfirmed_since=None)
