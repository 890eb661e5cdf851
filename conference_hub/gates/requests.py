"""What the desk's forms of points, gates and devices send."""

from __future__ import annotations

from conference_hub.places.requests import SeenBefore
from conference_hub.web.requests import Digits, Form
from conference_hub.web.wordings import FormWording


class GateForm(Form):
    """A gate as it is to be."""

    title_ko: FormWording = ""
    title_en: FormWording = ""
    seen: SeenBefore = None


class GateEdit(GateForm):
    """A gate that is there, as it is to be."""

    seen: Digits
