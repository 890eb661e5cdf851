"""What the forms of reminders send."""

from __future__ import annotations

from conference_hub.web.fields import Checkbox, Line
from conference_hub.web.requests import Form


class SetReminders(Form):
    """Which reminders a conference sends; `seen` marks what it was chosen over."""

    day_ahead: Checkbox = False
    shortly: Checkbox = False
    seen: Line


class ChooseReminders(Form):
    """Which mails a guest wants."""

    day_ahead: Checkbox = False
    shortly: Checkbox = False
    news: Checkbox = False
