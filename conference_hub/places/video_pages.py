"""The forms of the video sources of a channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from typing_extensions import override

from conference_hub.conferences.place_store import all_channels
from conference_hub.conferences.places import SPOKEN, Channel, Video, VideoKind
from conference_hub.core.errors import Invalid, msg
from conference_hub.core.journal import Write
from conference_hub.core.ordered import put, without
from conference_hub.places.actions import get_channel, set_channels
from conference_hub.places.desk_list import DeskList, add_list
from conference_hub.places.embedding import NOT_EMBEDDED, embedded, may_embed
from conference_hub.places.keys import channel_key
from conference_hub.places.pages import PREFIX, places
from conference_hub.places.requests import VideoEdit, VideoForm
from conference_hub.web.hub import current_hub

video_pages_bp = Blueprint("video_pages", __name__, url_prefix=PREFIX)


class Videos(DeskList[Video, VideoForm]):
    """The video sources of a channel: the first one is what the live page shows."""

    page, item, path, most = "places_pages.places", "video", "/channels/<channel_id>/videos", 20
    unknown = msg("그런 영상이 없습니다.")
    form, edit = VideoForm, VideoEdit

    @override
    def read(self, session: Session) -> Sequence[Video]:
        return self._channel(session).videos

    @override
    def save(self, write: Write, after: Sequence[Video]) -> None:
        changed = replace(self._channel(write.session), videos=tuple(after))
        set_channels(write, put(all_channels(write.session, self.conf), changed))

    @override
    def refuse_same(self, items: Sequence[Video], item: Video) -> None:
        """Raise Invalid when the channel has the same source already: files know one by what it is."""
        if any(
            (one.kind, one.language, one.url) == (item.kind, item.language, item.url)
            for one in without(items, {item.id})
        ):
            raise Invalid(msg("이 참여 경로에 같은 영상이 이미 있습니다."), field="url")

    @override
    def key(self, item_id: str) -> str:
        return channel_key(self.ids["channel_id"])

    @override
    def anchor(self, item: Video) -> str:
        return f"channel-{self.ids['channel_id']}"

    @override
    def show_form(self, item: Video | None, seen: int) -> ResponseReturnValue:
        with current_hub().database.reading() as db:
            channel = self._channel(db)
        return render_template(
            "places/video.html",
            channel=channel,
            video=item,
            kinds=list(VideoKind),
            spoken=SPOKEN,
            hosts=current_hub().settings.frame_hosts,
            seen=seen,
        )

    @override
    def made(self, write: Write, form: VideoForm, item_id: str) -> Video:
        """Return the video source of a form; raises Invalid when pages may not embed it."""
        url, hosts = embedded(form.url), current_hub().settings.frame_hosts
        if not may_embed(url, hosts):
            raise Invalid(NOT_EMBEDDED, field="url", hosts=", ".join(hosts))
        return Video(
            id=item_id, kind=form.kind, language=form.language, url=url, captions_url=form.captions_url
        )

    def _channel(self, session: Session) -> Channel:
        return get_channel(all_channels(session, self.conf), self.ids["channel_id"])


add_list(video_pages_bp, Videos, places)
