"""The forms of the video sources of a channel."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from conference_hub.access.middleware import actor, conference
from conference_hub.access.model import Role
from conference_hub.access.policy import allow
from conference_hub.conferences.place_store import all_channels
from conference_hub.conferences.places import SPOKEN, Channel, Video, VideoKind
from conference_hub.core.errors import Invalid, NotFound, msg
from conference_hub.core.ids import new_id
from conference_hub.core.journal import Write
from conference_hub.core.ordered import find, moved, put, refuse_more, without
from conference_hub.places.actions import get_channel, set_channels
from conference_hub.places.embedding import NOT_EMBEDDED, embedded, may_embed
from conference_hub.places.keys import channel_key
from conference_hub.places.pages import PREFIX, back, places, seen_now
from conference_hub.places.requests import Move, VideoEdit, VideoForm
from conference_hub.web.forms import takes_form
from conference_hub.web.hub import current_hub
from conference_hub.web.requests import Nothing

video_pages_bp = Blueprint("video_pages", __name__, url_prefix=PREFIX)

MOST_VIDEOS = 20


@video_pages_bp.get("/channels/<channel_id>/videos/new")
@allow(Role.ORGANISER)
def new_video(conf: str, channel_id: str) -> ResponseReturnValue:
    """Show the form of a new video source; raises NotFound."""
    return _form_of(_channel(conf, channel_id), None)


@video_pages_bp.post("/channels/<channel_id>/videos/new")
@allow(Role.ORGANISER)
@takes_form(VideoForm, new_video)
def add_video(form: VideoForm, conf: str, channel_id: str) -> ResponseReturnValue:
    """Add a video source at the end of the channel's list."""
    video = _video(form, new_id())
    with current_hub().journal.writing(conf, actor=actor()) as write:
        channel = get_channel(all_channels(write.session, conf), channel_id)
        refuse_more(channel.videos, MOST_VIDEOS)
        _refuse_same(channel, video)
        _set_videos(write, channel, (*channel.videos, video))
    return back(conf)


@video_pages_bp.get("/channels/<channel_id>/videos/<video_id>")
@allow(Role.ORGANISER)
def edit_video(conf: str, channel_id: str, video_id: str) -> ResponseReturnValue:
    """Show the form of a video source; raises NotFound."""
    channel = _channel(conf, channel_id)
    return _form_of(channel, _get(channel, video_id))


@video_pages_bp.post("/channels/<channel_id>/videos/<video_id>")
@allow(Role.ORGANISER)
@takes_form(VideoEdit, edit_video)
def change_video(form: VideoEdit, conf: str, channel_id: str, video_id: str) -> ResponseReturnValue:
    """Change a video source; refused when somebody else changed its channel since the form was made."""
    video = _video(form, video_id)
    with current_hub().journal.writing(conf, actor=actor()) as write:
        channel = get_channel(all_channels(write.session, conf), channel_id)
        _get(channel, video_id)
        write.require_seen(channel_key(channel_id), form.seen)
        _refuse_same(channel, video)
        _set_videos(write, channel, put(channel.videos, video))
    return back(conf)


@video_pages_bp.post("/channels/<channel_id>/videos/<video_id>/move")
@allow(Role.ORGANISER)
@takes_form(Move, places)
def move_video(form: Move, conf: str, channel_id: str, video_id: str) -> ResponseReturnValue:
    """Move a video source one place up or down: the first one is what the live page shows."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        channel = get_channel(all_channels(write.session, conf), channel_id)
        _set_videos(write, channel, moved(channel.videos, _get(channel, video_id).id, form.by))
    return redirect(url_for("places_pages.places", conf=conf, _anchor=f"channel-{channel_id}"))


@video_pages_bp.post("/channels/<channel_id>/videos/<video_id>/remove")
@allow(Role.ORGANISER)
@takes_form(Nothing, places)
def delete_video(_form: Nothing, conf: str, channel_id: str, video_id: str) -> ResponseReturnValue:
    """Remove a video source."""
    with current_hub().journal.writing(conf, actor=actor()) as write:
        channel = get_channel(all_channels(write.session, conf), channel_id)
        _set_videos(write, channel, without(channel.videos, {_get(channel, video_id).id}))
    return back(conf, _("삭제했습니다."))


def _channel(conf: str, channel_id: str) -> Channel:
    with current_hub().database.reading() as db:
        return get_channel(all_channels(db, conf), channel_id)


def _get(channel: Channel, video_id: str) -> Video:
    found = find(channel.videos, video_id)
    if found is None:
        raise NotFound(msg("그런 영상이 없습니다."))
    return found


def _form_of(channel: Channel, video: Video | None) -> ResponseReturnValue:
    return render_template(
        "places/video.html",
        channel=channel,
        video=video,
        kinds=list(VideoKind),
        spoken=SPOKEN,
        hosts=current_hub().settings.frame_hosts,
        seen=seen_now(conference().slug),
    )


def _video(form: VideoForm, video_id: str) -> Video:
    """Return the video source of a form; raises Invalid when pages may not embed it."""
    url, hosts = embedded(form.url), current_hub().settings.frame_hosts
    if not may_embed(url, hosts):
        raise Invalid(NOT_EMBEDDED, field="url", hosts=", ".join(hosts))
    return Video(id=video_id, kind=form.kind, language=form.language, url=url, captions_url=form.captions_url)


def _refuse_same(channel: Channel, video: Video) -> None:
    """Raise Invalid when the channel has the same source already: files know one by what it is."""
    if any(
        (one.kind, one.language, one.url) == (video.kind, video.language, video.url)
        for one in without(channel.videos, {video.id})
    ):
        raise Invalid(msg("이 참여 경로에 같은 영상이 이미 있습니다."), field="url")


def _set_videos(write: Write, channel: Channel, videos: tuple[Video, ...]) -> None:
    channels = all_channels(write.session, write.conf)
    set_channels(write, put(channels, replace(channel, videos=videos)))
