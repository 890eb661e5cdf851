"""The forms of channels."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conference_hub.access.middleware import actor, conference
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.conferences.place_store import all_channels
from conference_hub.conferences.places import (
    Channel,
    ChannelAudience,
    ChannelKind,
    OpensWith,
    closed,
    opened,
    to_open_at,
    to_open_with,
)
from conference_hub.core.errors import Invalid
from conference_hub.core.ids import new_id
from conference_hub.core.ordered import moved, put, refuse_more, refuse_taken, without
from conference_hub.places.actions import get_channel, set_channels
from conference_hub.places.audiences import BOTH_TIMES, audience_fault
from conference_hub.places.keys import channel_key
from conference_hub.places.pages import PREFIX, back, places, seen_now
from conference_hub.places.requests import ChannelEdit, ChannelForm, Move
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.local_time import instant
from conference_hub.web.requests import Nothing
from conference_hub.web.wordings import required_text

channel_pages_bp = Blueprint("channel_pages", __name__, url_prefix=PREFIX)

MOST_CHANNELS = 50


@channel_pages_bp.get("/channels/new")
@allow(Role.ORGANISER)
def new_channel(conf: str) -> ResponseReturnValue:
    """Show the form of a new channel."""
    return _form_of(None, conf)


@channel_pages_bp.post("/channels/new")
@allow(Role.ORGANISER)
@takes_form(ChannelForm, new_channel)
def add_channel(form: ChannelForm, conf: str) -> ResponseReturnValue:
    """Add a channel at the end of the list; it stays closed until its time, or until somebody opens it."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        channels = all_channels(write.session, conf)
        refuse_more(channels, MOST_CHANNELS)
        bare = Channel(
            id=new_id(), kind=form.kind, title=required_text(form, "title", conference().languages)
        )
        channel = _with(bare, form, write.at)
        refuse_taken(channels, channel, conference().main_language)
        set_channels(write, (*channels, channel))
    return back(conf)


@channel_pages_bp.get("/channels/<channel_id>")
@allow(Role.ORGANISER)
def edit_channel(conf: str, channel_id: str) -> ResponseReturnValue:
    """Show the form of a channel; raises NotFound."""
    with current_hub().database.reading() as db:
        channel = get_channel(all_channels(db, conf), channel_id)
    return _form_of(channel, conf)


@channel_pages_bp.post("/channels/<channel_id>")
@allow(Role.ORGANISER)
@takes_form(ChannelEdit, edit_channel)
def change_channel(form: ChannelEdit, conf: str, channel_id: str) -> ResponseReturnValue:
    """Change a channel; refused when somebody else changed it since the form was made."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        channels = all_channels(write.session, conf)
        channel = get_channel(channels, channel_id)
        write.require_seen(channel_key(channel_id), form.seen)
        changed = _with(channel, form, write.at)
        refuse_taken(channels, changed, conference().main_language)
        set_channels(write, put(channels, changed))
    return back(conf)


@channel_pages_bp.post("/channels/<channel_id>/open")
@allow(Role.ORGANISER)
@takes_form(Nothing, places)
def open_channel(_form: Nothing, conf: str, channel_id: str) -> ResponseReturnValue:
    """Make the link and videos of a channel public now."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        channels = all_channels(write.session, conf)
        set_channels(write, put(channels, opened(get_channel(channels, channel_id), write.at)))
    return back(conf, _("지금부터 공개됩니다."))


@channel_pages_bp.post("/channels/<channel_id>/close")
@allow(Role.ORGANISER)
@takes_form(Nothing, places)
def close_channel(_form: Nothing, conf: str, channel_id: str) -> ResponseReturnValue:
    """Keep the link and videos of a channel from the public until somebody opens it again."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        channels = all_channels(write.session, conf)
        set_channels(write, put(channels, closed(get_channel(channels, channel_id))))
    return back(conf, _("공개를 중지했습니다."))


@channel_pages_bp.post("/channels/<channel_id>/move")
@allow(Role.ORGANISER)
@takes_form(Move, places)
def move_channel(form: Move, conf: str, channel_id: str) -> ResponseReturnValue:
    """Move a channel one place up or down."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        channels = all_channels(write.session, conf)
        set_channels(write, moved(channels, get_channel(channels, channel_id).id, form.by))
    return redirect(url_for("places_pages.places", conf=conf, _anchor=f"channel-{channel_id}"))


@channel_pages_bp.post("/channels/<channel_id>/remove")
@allow(Role.ORGANISER)
@takes_form(Nothing, places)
def delete_channel(_form: Nothing, conf: str, channel_id: str) -> ResponseReturnValue:
    """Remove a channel with its videos."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        channels = all_channels(write.session, conf)
        set_channels(write, without(channels, {get_channel(channels, channel_id).id}))
    return back(conf, _("삭제했습니다."))


def _form_of(channel: Channel | None, conf: str) -> ResponseReturnValue:
    return render_template(
        "places/channel.html",
        channel=channel,
        kinds=list(ChannelKind),
        audiences=list(ChannelAudience),
        openings=list(OpensWith),
        seen=seen_now(conf),
    )


def _with(channel: Channel, form: ChannelForm, at: datetime) -> Channel:
    """Return the channel as the form has it; raises Invalid when a required text is missing."""
    opens_at = instant(form.opens_at, conference().zone, field="opens_at") if form.opens_at else None
    changed = replace(
        channel,
        kind=form.kind,
        title=required_text(form, "title", conference().languages),
        url=form.url,
        captions_url=form.captions_url,
        delay_ms=int((form.delay_s or 0) * 1000),
        audience=form.audience,
        passcode=form.passcode,
    )
    _refuse_unfit(changed, form)
    timed = to_open_at(changed, opens_at, at)
    return to_open_with(timed, form.opens_with, form.before_min or 0)


def _refuse_unfit(channel: Channel, form: ChannelForm) -> None:
    """Raise Invalid where a passcode would be for everybody, an audience for nobody, or two times are set."""
    fault = audience_fault(channel)
    if fault is not None:
        raise Invalid(fault, field="audience")
    if form.opens_with and form.opens_at:
        raise Invalid(BOTH_TIMES, field="opens_at")
