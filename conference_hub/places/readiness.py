"""The lines of the ways to take part in the list "ready for doors"."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from conference_hub.conferences.place_store import all_channels
from conference_hub.conferences.places import Channel, ChannelKind
from conference_hub.web.i18n import render_text
from conference_hub.web.readiness import Line


def readiness(session: Session, conf: str) -> Iterator[Line]:
    """Yield one line: whether there are ways to take part, and whether those that need a link have one."""
    channels, where = all_channels(session, conf), f"/c/{conf}/desk/conference/places"
    lacking = [channel for channel in channels if _needs_link(channel)]
    if not channels:
        words = _("참여 경로가 없습니다.")
        yield Line(id="places/channels", state="open", words=words, where=where)
    elif lacking:
        words = ngettext(
            "링크가 없는 참여 경로가 %(num)d개 있습니다.",
            "링크가 없는 참여 경로가 %(num)d개 있습니다.",
            len(lacking),
        )
        detail = ", ".join(render_text(channel.title) for channel in lacking)
        yield Line(id="places/channels", state="open", words=words, where=where, detail=detail)
    else:
        yield Line(id="places/channels", state="ok", words=_("참여 경로의 링크를 정했습니다."), where=where)


def _needs_link(channel: Channel) -> bool:
    return channel.kind != ChannelKind.HALL and not channel.url and not channel.videos
