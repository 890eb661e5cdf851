"""What the desk's page of groups sends."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from conference_hub.people.model import COLOUR
from conference_hub.web.requests import Checkbox, Form
from conference_hub.web.wordings import FormWording


class SaveGroup(Form):
    """A group as an organiser writes it; `seen` is the state that the sender saw, empty for a new one."""

    seen: Annotated[str, StringConstraints(max_length=40)] = ""
    title_ko: FormWording = ""
    title_en: FormWording = ""
    badge_label_ko: FormWording = ""
    badge_label_en: FormWording = ""
    striped: Checkbox = False
    stripe: Annotated[str, StringConstraints(pattern=rf"^{COLOUR.pattern}$")] = "#3b6ea5"


class MoveGroup(Form):
    """Move a group one place up or down."""

    to: Literal["up", "down"]


class RemoveGroup(Form):
    """Remove a group that nobody belongs to."""
