"""What can happen to the guest list and its groups. `topic` is its name on the wire, the fields are its own.

Only the operator's stream has them; no document changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from conference_hub.core.facts import Fact
from conference_hub.people.model import GuestId


@dataclass(frozen=True, kw_only=True)
class PeopleFact(Fact):
    """Something that happened to one guest of the list."""

    guest: GuestId


class PersonalLinkMade(PeopleFact):
    """Somebody made a personal link for a guest; nothing of its secret is here."""

    topic: ClassVar[str] = "PersonalLinkMade"


class LanguageChosen(PeopleFact):
    """A guest chose the language in which to be addressed."""

    topic: ClassVar[str] = "LanguageChosen"


class MailChoicesMade(PeopleFact):
    """A guest chose which mails they get, by the link of a mail or on their own page."""

    topic: ClassVar[str] = "MailChoicesMade"


@dataclass(frozen=True, kw_only=True)
class NoticeSeen(PeopleFact):
    """A guest said on their own page that they saw the privacy notice in that version."""

    topic: ClassVar[str] = "NoticeSeen"
    version: int


@dataclass(frozen=True, kw_only=True)
class GroupsChanged(Fact):
    """Groups were added, changed, moved or removed: `groups` are their ids."""

    topic: ClassVar[str] = "GroupsChanged"
    groups: list[str]


@dataclass(frozen=True, kw_only=True)
class GuestsDisclosed(Fact):
    """Somebody took personal data of `count` people out of the hub: `kind` says how, `reason` why."""

    topic: ClassVar[str] = "GuestsDisclosed"
    kind: str
    count: int
    reason: str
