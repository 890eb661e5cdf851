"""What a conference asks those who register, and what they answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from conference_hub.core.labelled import Labelled
from conference_hub.core.text import Text
from conference_hub.people.model import GuestId, Mode

RegistrationId = NewType("RegistrationId", str)
QuestionId = NewType("QuestionId", str)
ConsentId = NewType("ConsentId", str)
InvitationId = NewType("InvitationId", str)
Answer = str | list[str] | bool
"""What was answered: a text, the id of an option, ids of options, or yes or no."""
Answers = Mapping[str, Answer]
"""Answers by the id of their question; a question that was left empty is not there."""


class Opening(Labelled):
    """Who may register; the value is what is stored and sent."""

    OPEN = "open", "누구나 등록", "Open to everybody"
    INVITED = "invited", "초대받은 사람만", "By invitation"
    CLOSED = "closed", "닫힘", "Closed"


class Kind(Labelled):
    """What a question takes; the value is what is stored and sent."""

    LINE = "line", "짧은 글", "Short text"
    TEXT = "text", "긴 글", "Long text"
    CHOICE = "choice", "하나 선택", "One choice"
    CHOICES = "choices", "여러 개 선택", "Several choices"
    YES_NO = "yes_no", "예/아니요", "Yes or no"
    EMAIL = "email", "이메일", "E-mail"
    PHONE = "phone", "전화번호", "Phone"

    @property
    def has_options(self) -> bool:
        """Whether one chooses among options."""
        return self in {Kind.CHOICE, Kind.CHOICES}


class Standing(Labelled):
    """Where a registration stands; the value is what is stored and sent."""

    PENDING = "pending", "승인 대기", "To be approved"
    WAITING = "waiting", "대기자", "Waiting list"
    ACCEPTED = "accepted", "등록됨", "Registered"
    DECLINED = "declined", "거절됨", "Declined"
    CANCELLED = "cancelled", "취소됨", "Cancelled"
    LAPSED = "lapsed", "확인 안 됨", "Not confirmed"

    @property
    def over(self) -> bool:
        """Whether it asks for no place any more."""
        return self in {Standing.DECLINED, Standing.CANCELLED, Standing.LAPSED}


@dataclass(frozen=True, kw_only=True)
class Option:
    """One of the answers to choose from."""

    id: str
    words: Text


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question of the organiser's own, in the order of `position`."""

    id: QuestionId
    position: int
    kind: Kind
    label: Text
    required: bool
    options: tuple[Option, ...] = ()

    @property
    def title(self) -> Text:
        """What names it in files and among the others: its wording."""
        return self.label


@dataclass(frozen=True, kw_only=True)
class Consent:
    """A consent that may be refused; `version` grows with each change of its words.

    A hidden one is not asked for any more: somebody has given it.
    """

    id: ConsentId
    position: int
    title: Text
    body: Text | None
    version: int = 1
    hidden: bool = False


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Who may register when, and how many.

    `capacity` has the modes that are offered, with the number of places; None is no limit. `notice` says what data is
    taken for what and how long it is kept; `notice_version` grows with each change of it.
    """

    opening: Opening = Opening.CLOSED
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    approval: bool = False
    waiting_list: bool = True
    capacity: Mapping[Mode, int | None]
    notice: Text | None = None
    notice_version: int = 0


@dataclass(frozen=True, kw_only=True)
class Setup:
    """Everything that organisers set; `revision` grows with each change, `changed_by` made the last one."""

    settings: Settings
    questions: tuple[Question, ...] = ()
    consents: tuple[Consent, ...] = ()
    revision: int = 0
    changed_by: str = ""

    @property
    def asked(self) -> tuple[Consent, ...]:
        """The consents that are asked for."""
        return tuple(consent for consent in self.consents if not consent.hidden)


NEW = Setup(settings=Settings(capacity={Mode.ONSITE: None}))
"""What a conference has before anybody set anything: registration is closed."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who registers: what somebody typed, cleaned. `address` is the mail address as typed."""

    name: str
    address: str
    organisation: str | None
    mode: Mode
    language: str

    @property
    def key(self) -> str:
        """The address in the form in which two are the same: one registration per address."""
        return address_key(self.address)


def address_key(address: str) -> str:
    """Return a mail address in the form in which addresses are compared."""
    return address.strip().casefold()


@dataclass(frozen=True, kw_only=True)
class Registration:
    """A registration. `queued_at` orders the waiting list; `guest_id` is there once it was accepted.

    `guest_own`: the registration itself put that guest on the list. `proved`: what is written here was saved by who
    opened the registration's link, and so reads the mails of the address; others may have typed the first one.

    `unconfirmed_since`: from when on it holds what it has without being confirmed; None once somebody opened its link,
    or an organiser decided about it (`confirmation.py`).

    `link_number` is part of the registration's link: counting it up makes earlier links useless.
    """

    id: RegistrationId
    person: Person
    state: Standing
    answers: Answers
    created_at: datetime
    queued_at: datetime
    notice_version: int
    guest_id: GuestId | None = None
    invitation_id: InvitationId | None = None
    link_number: int = 1
    revision: int = 1
    changed_by: str = ""
    guest_own: bool = False
    proved: bool = False
    unconfirmed_since: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Given:
    """A consent as somebody gave it, and when they withdrew it."""

    registration_id: RegistrationId
    consent_id: ConsentId
    version: int
    given_at: datetime
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """A code with which one may register. `address` bounds it to one address; `most` says how often it may be used."""

    id: InvitationId
    code: str
    title: str
    address: str | None
    most: int | None
    created_at: datetime
    by: str
    revoked_at: datetime | None = None
