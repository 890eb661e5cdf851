"""Rooms, channels and the video sources of channels as parts of the conference file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Annotated, Any

from sqlalchemy.orm import Session
from typing_extensions import override

from conference_hub.conferences.place_store import all_channels, all_rooms
from conference_hub.conferences.places import (
    SPOKEN,
    Channel,
    ChannelAudience,
    ChannelKind,
    OpensWith,
    Room,
    Video,
    VideoKind,
    opened,
    to_open_at,
    to_open_with,
)
from conference_hub.conferences.store import main_language
from conference_hub.core.errors import msg
from conference_hub.core.journal import Write
from conference_hub.core.ordered import titled
from conference_hub.core.text import Text
from conference_hub.exchange.cells import Context
from conference_hub.exchange.columns import Record
from conference_hub.exchange.diff import Change, Changes
from conference_hub.exchange.fields import (
    Line,
    Link,
    Moment,
    Whole,
    Words,
    YesNo,
    choice,
    heading,
    reference,
)
from conference_hub.exchange.formats import SecondsCell
from conference_hub.exchange.part import Ids, Key, Part, Problem, Proposal, plain_word
from conference_hub.exchange.titled import TitledPart, TitledRecord, arranged, left_of
from conference_hub.places.actions import room_uses, set_channels, set_rooms
from conference_hub.places.audiences import BOTH_TIMES, audience_fault
from conference_hub.places.embedding import NOT_EMBEDDED, embedded, may_embed
from conference_hub.web.hub import RoomUses

KINDS = choice({kind.value: kind.label for kind in ChannelKind})
AUDIENCES = choice({one.value: one.label for one in ChannelAudience})
OPENINGS = choice({one.value: one.label for one in OpensWith})
VIDEO_KINDS = choice({kind.value: kind.label for kind in VideoKind})
LANGUAGES = choice({code: Text.of(name) for code, name in SPOKEN.items()})


class RoomRecord(TitledRecord):
    """A room."""

    title: Annotated[Words, heading("회의장", "Room", "장소", "이름", "Title")]
    note: Annotated[Words | None, heading("찾아오는 길", "Directions", "위치", "층", "Floor")] = None
    capacity: Annotated[Whole | None, heading("정원", "Capacity", "수용 인원", "좌석 수", "Seats")] = None


class RoomsPart(TitledPart[RoomRecord]):
    """The rooms in their order, named by their titles."""

    name = "rooms"
    title = Text(ko="회의장", en="Rooms")
    record = RoomRecord

    def __init__(self, uses: Sequence[RoomUses] = ()) -> None:
        """Keep what tells what takes place in rooms (`Hub.room_uses`)."""
        self._uses = uses

    @override
    def current(self, session: Session, conf: str) -> list[RoomRecord]:
        return [
            RoomRecord(title=room.title, note=room.note, capacity=room.capacity)
            for room in all_rooms(session, conf)
        ]

    @override
    def put(self, write: Write, changes: Changes[RoomRecord], ids: Ids) -> None:
        known, main = all_rooms(write.session, write.conf), main_language(write.session, write.conf)
        set_rooms(write, arranged(known, changes, _room, partial(ids, "room"), main))

    @override
    def remove(self, write: Write, gone: Sequence[RoomRecord]) -> None:
        set_rooms(
            write,
            left_of(all_rooms(write.session, write.conf), gone, main_language(write.session, write.conf)),
        )

    @override
    def check(self, proposal: Proposal[RoomRecord]) -> Iterable[Problem]:
        if not proposal.changes.gone:
            return
        known = all_rooms(proposal.session, proposal.conf)
        for change in proposal.changes.of("gone"):
            room = titled(known, change.record.title)
            if room and room_uses(proposal.session, proposal.conf, self._uses, room.id):
                words = msg("이 회의장에서 열리는 순서가 있습니다: %(title)s")
                yield proposal.problem(change, words, title=room.title.ko or room.title.en)


class ChannelRecord(TitledRecord):
    """A channel; a clone takes it without its link, and closed."""

    title: Annotated[Words, heading("참여 경로", "Channel", "이름", "Title")]
    kind: Annotated[str, KINDS, heading("종류", "Kind", "Type")] = ChannelKind.OTHER.value
    url: Annotated[Link | None, heading("주소", "Link", "URL", "참여 주소")] = None
    captions_url: Annotated[Link | None, heading("실시간 자막 주소", "Live captions link", "자막")] = None
    delay_s: Annotated[
        Annotated[float, SecondsCell(60)], heading("송출 지연(초)", "Delay (s)", "지연", "Delay")
    ] = 0.0
    audience: Annotated[str, AUDIENCES, heading("공개 대상", "Audience", "대상")] = (
        ChannelAudience.PUBLIC.value
    )
    passcode: Annotated[Line | None, heading("암호", "Passcode", "비밀번호", "Password")] = None
    opens_with: Annotated[str | None, OPENINGS, heading("저절로 공개", "Opens with")] = None
    before_min: Annotated[Whole | None, heading("시작 전(분)", "Minutes before the start")] = None
    opens_at: Annotated[Moment | None, heading("공개 시각", "Opens at")] = None
    open: Annotated[YesNo, heading("공개", "Open", "공개 중")] = False


class ChannelsPart(TitledPart[ChannelRecord]):
    """The channels in their order, named by their titles."""

    name = "channels"
    title = Text(ko="참여 경로", en="Channels")
    record = ChannelRecord

    @override
    def current(self, session: Session, conf: str) -> list[ChannelRecord]:
        return [
            ChannelRecord(
                title=channel.title,
                kind=channel.kind.value,
                url=channel.url,
                captions_url=channel.captions_url,
                delay_s=channel.delay_ms / 1000,
                audience=channel.audience.value,
                passcode=channel.passcode,
                opens_with=channel.opens_with.value if channel.opens_with else None,
                before_min=channel.before_min if channel.opens_with is OpensWith.START else None,
                opens_at=channel.opens_at,
                open=channel.is_open,
            )
            for channel in all_channels(session, conf)
        ]

    @override
    def put(self, write: Write, changes: Changes[ChannelRecord], ids: Ids) -> None:
        known, main = all_channels(write.session, write.conf), main_language(write.session, write.conf)
        make = partial(_channel, write.at)
        set_channels(write, arranged(known, changes, make, partial(ids, "channel"), main))

    @override
    def remove(self, write: Write, gone: Sequence[ChannelRecord]) -> None:
        set_channels(
            write,
            left_of(all_channels(write.session, write.conf), gone, main_language(write.session, write.conf)),
        )

    @override
    def cloned(self, record: ChannelRecord) -> ChannelRecord:
        gone = dict.fromkeys(("url", "captions_url", "passcode"))
        return record.model_copy(update={**gone, "open": False})

    @override
    def check(self, proposal: Proposal[ChannelRecord]) -> Iterable[Problem]:
        for change in proposal.changes.staying:
            fault = audience_fault(_bare(change.record))
            if fault is not None:
                yield proposal.problem(change, fault, "audience")
            if change.record.opens_with and change.record.opens_at:
                yield proposal.problem(change, BOTH_TIMES, "opens_at")


class VideoRecord(Record):
    """A video source of a channel."""

    channel: Annotated[str, reference("channels"), heading("참여 경로", "Channel")]
    kind: Annotated[str, VIDEO_KINDS, heading("종류", "Kind", "Type")] = VideoKind.MAIN.value
    language: Annotated[str, LANGUAGES, heading("언어", "Language")] = "ko"
    url: Annotated[Link, heading("영상 주소", "Video link", "주소", "URL")]
    captions_url: Annotated[Link | None, heading("실시간 자막 주소", "Live captions link", "자막")] = None


class VideosPart(Part[VideoRecord]):
    """The video sources in the order of each channel's list; one is known by its channel, kind, language and link."""

    name = "videos"
    title = Text(ko="영상", en="Videos")
    record = VideoRecord
    ordered = True

    def __init__(self, hosts: Collection[str] | None = None) -> None:
        """Keep from where pages may embed videos (`Settings.frame_hosts`); None: from anywhere."""
        self._hosts = hosts

    @override
    def keys(self, values: Mapping[str, Any], context: Context) -> Iterable[Key]:
        named = [values.get(name) for name in ("channel", "kind", "language", "url")]
        if named[0] and named[3]:
            words = (plain_word(str(value or "")) for value in (*named[:3], embedded(str(named[3]))))
            yield Key(kind="url", value=" | ".join(words))

    @override
    def current(self, session: Session, conf: str) -> list[VideoRecord]:
        main = main_language(session, conf)
        return [
            VideoRecord(
                channel=channel.title.in_language(main),
                kind=video.kind.value,
                language=video.language,
                url=video.url,
                captions_url=video.captions_url,
            )
            for channel in all_channels(session, conf)
            for video in channel.videos
        ]

    @override
    def check(self, proposal: Proposal[VideoRecord]) -> Iterable[Problem]:
        """What is there already stays, though the hub may have had other hosts then."""
        for change in proposal.changes.staying:
            url = embedded(change.record.url)
            known = change.before is not None and embedded(change.before.url) == url
            if self._hosts is not None and not known and not may_embed(url, self._hosts):
                yield proposal.problem(change, NOT_EMBEDDED, "url", hosts=", ".join(self._hosts))

    @override
    def put(self, write: Write, changes: Changes[VideoRecord], ids: Ids) -> None:
        wanted: defaultdict[str, list[Change[VideoRecord]]] = defaultdict(list)
        for change in changes.staying:
            wanted[plain_word(change.record.channel)].append(change)
        channels = all_channels(write.session, write.conf)
        known = {video for channel in channels for video in channel.videos}
        after = []
        for channel in channels:
            mine = [change for name in _names(channel) for change in wanted.pop(name, [])]
            after.append(replace(channel, videos=tuple(_video(known, change, ids) for change in mine)))
        set_channels(write, after)

    @override
    def remove(self, write: Write, gone: Sequence[VideoRecord]) -> None:
        """Nothing remains to be removed: `put` makes each channel's list what stays of it."""


def _room(room_id: str, record: RoomRecord, _before: Room | None) -> Room:
    return Room(id=room_id, title=record.title, note=record.note, capacity=record.capacity)


def _names(channel: Channel) -> list[str]:
    return list(dict.fromkeys(plain_word(word) for word in (channel.title.ko, channel.title.en) if word))


def _bare(record: ChannelRecord, channel_id: str = "") -> Channel:
    return Channel(
        id=channel_id,
        kind=ChannelKind(record.kind),
        title=record.title,
        url=record.url,
        captions_url=record.captions_url,
        delay_ms=round(record.delay_s * 1000),
        audience=ChannelAudience(record.audience),
        passcode=record.passcode,
    )


def _channel(at: datetime, channel_id: str, record: ChannelRecord, before: Channel | None) -> Channel:
    bare = replace(
        _bare(record, channel_id),
        opens_with=before.opens_with if before else None,
        before_min=before.before_min if before else 0,
        opens_at=before.opens_at if before else None,
        opened_at=before.opened_at if before else None,
        videos=before.videos if before else (),
    )
    opens_with = OpensWith(record.opens_with) if record.opens_with else None
    timed = to_open_with(to_open_at(bare, record.opens_at, at), opens_with, record.before_min or 0)
    if record.open:
        return opened(timed, at)
    if before and before.is_open:
        return replace(timed, opened_at=None)
    return timed


def _video(known: Iterable[Video], change: Change[VideoRecord], ids: Ids) -> Video:
    record, before = change.record, change.before
    made = Video(
        id="",
        kind=VideoKind(record.kind),
        language=record.language,
        url=embedded(record.url),
        captions_url=record.captions_url,
    )
    stood = next((video for video in known if before and _same(video, before)), None)
    return replace(made, id=stood.id if stood else ids("video", record.url))


def _same(video: Video, record: VideoRecord) -> bool:
    return (video.kind.value, video.language, video.url) == (record.kind, record.language, record.url)
