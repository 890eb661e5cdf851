"""The forms of channels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from typing_extensions import override

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
from conference_hub.core.journal import Write
from conference_hub.core.ordered import find, put
from conference_hub.places.actions import NO_CHANNEL, get_channel, set_channels
from conference_hub.places.audiences import BOTH_TIMES, audience_fault
from conference_hub.places.desk_list import TitledList, add_list
from conference_hub.places.keys import channel_key
from conference_hub.places.pages import PREFIX, places
from conference_hub.places.requests import ChannelEdit, ChannelForm
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.local_time import instant
from conference_hub.web.requests import Nothing
from conference_hub.web.wordings import required_text

channel_pages_bp = Blueprint("channel_pages", __name__, url_prefix=PREFIX)


class Channels(TitledList[Channel, ChannelForm]):
    """The channels of a conference; a new one stays closed until its time, or until somebody opens it."""

    page, item, path, most, unknown = "places_pages.places", "channel", "/channels", 50, NO_CHANNEL
    form, edit = ChannelForm, ChannelEdit

    @override
    def read(self, session: Session) -> Sequence[Channel]:
        return all_channels(session, self.conf)

    @override
    def save(self, write: Write, after: Sequence[Channel]) -> None:
        set_channels(write, after)

    @override
    def key(self, item_id: str) -> str:
        return channel_key(item_id)

    @override
    def show_form(self, item: Channel | None, seen: int) -> ResponseReturnValue:
        return render_template(
            "places/channel.html",
            channel=item,
            kinds=list(ChannelKind),
            audiences=list(ChannelAudience),
            openings=list(OpensWith),
            seen=seen,
        )

    @override
    def made(self, write: Write, form: ChannelForm, item_id: str) -> Channel:
        """Return the channel as the form has it; raises Invalid when a required text is missing."""
        title = required_text(form, "title", conference().languages)
        opens_at = instant(form.opens_at, conference().zone, field="opens_at") if form.opens_at else None
        before = find(self.read(write.session), item_id)
        changed = replace(
            before or Channel(id=item_id, kind=form.kind, title=title),
            kind=form.kind,
            title=title,
            url=form.url,
            captions_url=form.captions_url,
            delay_ms=int((form.delay_s or 0) * 1000),
            audience=form.audience,
            passcode=form.passcode,
        )
        _refuse_unfit(changed, form)
        timed = to_open_at(changed, opens_at, write.at)
        return to_open_with(timed, form.opens_with, form.before_min or 0)


add_list(channel_pages_bp, Channels, places)


@channel_pages_bp.post("/channels/<channel_id>/open")
@allow(Role.ORGANISER)
@takes_form(Nothing, places)
def open_channel(_form: Nothing, conf: str, channel_id: str) -> ResponseReturnValue:
    """Make the link and videos of a channel public now."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        channels = all_channels(write.session, conf)
        set_channels(write, put(channels, opened(get_channel(channels, channel_id), write.at)))
    return Channels(conf, {}).back(_("지금부터 공개됩니다."))


@channel_pages_bp.post("/channels/<channel_id>/close")
@allow(Role.ORGANISER)
@takes_form(Nothing, places)
def close_channel(_form: Nothing, conf: str, channel_id: str) -> ResponseReturnValue:
    """Keep the link and videos of a channel from the public until somebody opens it again."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        channels = all_channels(write.session, conf)
        set_channels(write, put(channels, closed(get_channel(channels, channel_id))))
    return Channels(conf, {}).back(_("공개를 중지했습니다."))


def _refuse_unfit(channel: Channel, form: ChannelForm) -> None:
    """Raise Invalid where a passcode would be for everybody, an audience for nobody, or two times are set."""
    fault = audience_fault(channel)
    if fault is not None:
        raise Invalid(fault, field="audience")
    if form.opens_with and form.opens_at:
        raise Invalid(BOTH_TIMES, field="opens_at")
