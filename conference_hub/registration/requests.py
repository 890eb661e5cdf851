"""What the forms and queries of registration carry."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import StringConstraints

from conference_hub.people.model import Mode
from conference_hub.registration.model import Kind, Opening, Standing
from conference_hub.registration.reading import OWN
from conference_hub.web.requests import Checkbox, Digits, Empty, Form, Line, LocalTime, OptionalLine, Query
from conference_hub.web.wordings import FormParagraphs, FormWording

CONSENT = "consent_"
Places = Annotated[Digits | None, Empty]
Words = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, max_length=200)]
"""A text of at most 200 characters, which may be empty."""


class Register(Form):
    """Register; the fields of the organiser's own questions and of consents come with it."""

    more: ClassVar[tuple[str, ...]] = (OWN, CONSENT)

    invitation: Words = ""
    """The code of an invitation, where one is needed."""
    name: Line
    email: Line
    organisation: OptionalLine = None
    mode: Mode


class AskForLink(Form):
    """Have the link of one's registration sent once more."""

    again: Line
    """The address that was registered."""


class OpenRegistration(Form):
    """See one's registration by the secret of its link."""

    secrets: ClassVar[frozenset[str]] = frozenset({"secret"})

    secret: Line


class ChangeRegistration(Form):
    """Change one's registration; `revision` is what its sender saw."""

    more: ClassVar[tuple[str, ...]] = (OWN,)

    revision: Digits
    name: Line
    organisation: OptionalLine = None
    mode: Mode


class ChooseConsents(Form):
    """Give the consents that are checked, and withdraw the others."""

    more: ClassVar[tuple[str, ...]] = (CONSENT,)


class RegistrationList(Query):
    """Which registrations are shown; `q` stands in name, organisation or address."""

    state: Standing | None = None
    q: str = ""
    page: Digits = 0


class Move(Form):
    """Move a registration; `revision` is what the sender saw."""

    state: Standing
    revision: Digits


class Seen(Form):
    """Change something that is set; `revision` is what the sender saw."""

    revision: Digits


class ChangeSettings(Seen):
    """Set who may register, when and how many."""

    opening: Opening
    opens_at: Annotated[LocalTime | None, Empty] = None
    closes_at: Annotated[LocalTime | None, Empty] = None
    approval: Checkbox = False
    waiting_list: Checkbox = False
    mode_onsite: Checkbox = False
    mode_metaverse: Checkbox = False
    mode_zoom: Checkbox = False
    mode_online: Checkbox = False
    places_onsite: Places = None
    places_metaverse: Places = None
    places_zoom: Places = None
    places_online: Places = None
    notice_ko: FormParagraphs = ""
    notice_en: FormParagraphs = ""

    def capacity(self) -> dict[Mode, int | None]:
        """Return the modes that are offered, with their places."""
        return {
            mode: getattr(self, f"places_{mode.value}")
            for mode in Mode
            if getattr(self, f"mode_{mode.value}")
        }


class SaveQuestion(Seen):
    """Add or change a question; options are one to a line, in the same order in each language."""

    kind: Kind
    label_ko: FormWording = ""
    label_en: FormWording = ""
    required: Checkbox = False
    options_ko: FormParagraphs = ""
    options_en: FormParagraphs = ""


class MoveQuestion(Seen):
    """Move a question one up or down."""

    to: Literal["up", "down"]


class SaveConsent(Seen):
    """Add or change a consent."""

    title_ko: FormWording = ""
    title_en: FormWording = ""
    body_ko: FormParagraphs = ""
    body_en: FormParagraphs = ""


class Invite(Form):
    """Make an invitation: for whom, to which address, and how often it may be used."""

    title: Line
    address: OptionalLine = None
    most: Places = None
