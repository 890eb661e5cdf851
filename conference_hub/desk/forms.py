"""The form of a conference read into the model, and the model into the form."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from conference_hub.conferences.actions import Edit
from conference_hub.conferences.lifecycle import default_purge
from conference_hub.conferences.model import Conference, State
from conference_hub.core.errors import Invalid, msg
from conference_hub.desk.making import slug_for
from conference_hub.desk.requests import LANGUAGE_CHOICES, ConferenceForm, NewConference
from conference_hub.web.hub import Hub
from conference_hub.web.local_time import instant
from conference_hub.web.wordings import required_text


def edit_from(form: ConferenceForm) -> Edit:
    """Return what a form says of a conference; raises Invalid about the field that is missing or cannot be."""
    languages, zone = LANGUAGE_CHOICES[form.languages], ZoneInfo(form.timezone)
    title, host, venue = (required_text(form, name, languages) for name in ("title", "host", "venue"))
    starts_at = instant(form.starts_at, zone, field="starts_at")
    ends_at = _later(starts_at, instant(form.ends_at, zone, field="ends_at"))
    return Edit(
        title=title,
        host=host,
        venue=venue,
        timezone=form.timezone,
        starts_at=starts_at,
        ends_at=ends_at,
        accent=form.accent,
        languages=languages,
        purge_on=_kept_until(form.purge_on, ends_at.astimezone(zone).date()),
        doors_before_min=form.doors_before_min,
        doors_after_min=form.doors_after_min,
    )


def conference_of(hub: Hub, form: NewConference) -> Conference:
    """Return the draft that a form describes; raises Invalid."""
    edit = edit_from(form)
    return Conference(
        slug=slug_for(hub, form.slug, edit.title, form.starts_at.year),
        channels=(),
        state=State.DRAFT,
        **vars(edit),
    )


def _later(starts_at: datetime, ends_at: datetime) -> datetime:
    if ends_at <= starts_at:
        raise Invalid(msg("시작보다 나중이어야 합니다."), field="ends_at")
    return ends_at


def _kept_until(typed: date | None, last_day: date) -> date:
    if typed is None:
        return default_purge(last_day)
    if typed < last_day:
        raise Invalid(msg("행사의 마지막 날보다 나중이어야 합니다."), field="purge_on")
    return typed
