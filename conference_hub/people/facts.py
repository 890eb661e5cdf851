"""What can happen to the guest list. The class is the topic, its fields are the fact's own fields on the wire.

Only the operator's stream has them; no document changes.
"""

from __future__ import annotations

from dataclasses import dataclass

from conference_hub.people.model import GuestId


@dataclass(frozen=True, kw_only=True)
class PersonalLinkMade:
    """Somebody made a personal link for a guest; nothing of its secret is here."""

    guest: GuestId


@dataclass(frozen=True, kw_only=True)
class LanguageChosen:
    """A guest chose the language in which to be addressed."""

    guest: GuestId


PeopleFact = PersonalLinkMade | LanguageChosen
