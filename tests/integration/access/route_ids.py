"""Things that one conference has, made for requests to every route, and the ids by which addresses name them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from conference_hub.access import accounts, actions, listing
from conference_hub.access.model import NOBODY, Grant, Role
from conference_hub.agenda import rehearsal_actions
from conference_hub.attendance.certificate_store import add_certificates
from conference_hub.attendance.certificates import Certificate, Code, Way
from conference_hub.awards.levels import LevelId, Programme, ProgrammeId
from conference_hub.awards.preparation import put_level, put_programme
from conference_hub.awards.prepared import load_prepared
from conference_hub.awards.preparing import prepare
from conference_hub.checkin.store import find_valid_badge
from conference_hub.conferences.place_store import all_channels, all_rooms
from conference_hub.conferences.places import Channel, ChannelKind, Room, Video, VideoKind
from conference_hub.core.actor import Actor
from conference_hub.core.journal import Write
from conference_hub.core.ordered import put
from conference_hub.core.stream import Stream
from conference_hub.core.text import Text
from conference_hub.data.drafts import Draft as UploadDraft
from conference_hub.data.drafts import add_draft
from conference_hub.followup.answer_store import save_stray
from conference_hub.followup.answers import Stray, StrayId, StrayKind
from conference_hub.followup.invitation_store import ensure
from conference_hub.followup.invitations import Answer
from conference_hub.followup.model import Series, SeriesId, SessionId
from conference_hub.followup.own_calendar_store import calendar_token
from conference_hub.followup.preparing import revise_series
from conference_hub.gates.device_actions import invite, pair
from conference_hub.gates.model import Plan as DevicePlan
from conference_hub.honours import actions as honours_actions
from conference_hub.honours.model import Honour, HonourId
from conference_hub.messages.actions import post as post_message
from conference_hub.messages.model import Audience
from conference_hub.messages.model import Draft as MessageDraft
from conference_hub.messages.store import all_messages
from conference_hub.outbox.actions import put_for
from conference_hub.outbox.model import Draft
from conference_hub.outbox.sendings import start_sending
from conference_hub.outgoing.actions import add_hook
from conference_hub.outgoing.model import HookDraft, OscDraft
from conference_hub.outgoing.osc_actions import add_target
from conference_hub.people.mail_choices import tokens_of
from conference_hub.people.model import GuestId
from conference_hub.places.actions import set_channels, set_rooms
from conference_hub.screens.actions import links_of
from conference_hub.screens.actions import make_link as make_screen
from conference_hub.screens.model import ScreenKind
from conference_hub.web.hub import Hub
from tests.gates import add_gate
from tests.integration.registration import registering
from tests.model_day import CONF
from tests.small_conference import OTHER

GATE = "walked-gate"
ROOM, CHANNEL, VIDEO = "walked-room", "walked-channel", "walked-video"
SERIES = SeriesId("walked-series")
HONOUR = HonourId("walked-honour")
LEVEL, PROGRAMME = LevelId("walked-level"), ProgrammeId("walked-programme")
STRAY = "walked-stray"
AWARD_CUE = {CONF: "round-1-hall", OTHER: "hall-2"}
OCCASIONS = {CONF: "2021-12-02", OTHER: "2021-12-02"}
"""The day of each conference, on which its check-in opens."""
CODES = {CONF: Code("A" * 16), OTHER: Code("B" * 16)}
LIST = "이름\n홍길동\n".encode()
HOOK = HookDraft(name="걷는 웹훅", url="http://127.0.0.1:9/", stream=Stream.PUBLIC)
"""A webhook that reaches nobody: the hub of the tests sends to no private address."""
OSC = OscDraft(name="걷는 조명", host="127.0.0.1", port=9, language="ko")
RECIPIENT = "recipient-01"
"""An award of a rehearsal."""


@dataclass(frozen=True, kw_only=True)
class Ids:
    """What addresses and bodies name: things that one conference has; `given` by the kind of what was given out."""

    conf: str
    lane: str
    run: str
    gate: str
    guest: str
    badge: str
    award: str
    session: str
    scan: str
    calendar: str
    mail: str
    sending: str
    upload: str
    message: str
    given: dict[str, str]

    def arguments(self, name: str) -> dict[str, str]:
        """Return the values of a route's variable parts; `name` is `POST /c/<conf>/...`."""
        kind = next((kind for kind in self.given if f"/{kind}/" in name), "links")
        return {
            "conf": self.conf,
            "award_id": RECIPIENT if "/runs/" in name else self.award,
            "run_id": self.run,
            "verb": "arm",
            "command": "start",
            "session_id": self.session,
            "guest_id": self.guest,
            "group_id": "attendee",
            "given_id": self.given[kind],
            "mail_id": self.mail,
            "sending_id": self.sending,
            "stray_id": STRAY,
            "gate_id": GATE,
            "point_id": "hall",
            "device_id": self.given["device"],
            "link_id": self.given["device link"],
            "conflict_id": "nothing-to-look-at",
            "screen_id": self.given["screen"],
            "hook_id": self.given["hook"],
            "target_id": self.given["osc"],
            "message_id": self.message,
            **registering.IDS,
            "room_id": ROOM,
            "channel_id": CHANNEL,
            "video_id": VIDEO,
            "level_id": LEVEL,
            "series_id": SERIES,
            "honour_id": HONOUR,
            "programme_id": PROGRAMME,
            "cue_id": AWARD_CUE[self.conf],
            "code": CODES[self.conf],
            "part": "guests",
            "kind": "personal-link",
            "chooser": self.given["chooser"],
            "refused": "news",
            "bulk": "doors-open",
            "occasion": OCCASIONS[self.conf],
            "form": "csv",
            "draft_id": self.upload,
            "lang": "en",
            "token": self._token(name),
            "filename": "css/web-base.css",
            "stream": Stream.PUBLIC.value,
            "known": "of-another-day",
        }

    def _token(self, name: str) -> str:
        """Return the secret that stands in the address of a route."""
        if "/invited/" in name:
            return self.given["invitation"]
        return self.given["secret"] if "/s/" in name else self.calendar


def ids_of(hub: Hub, conf: str, *, lane: str, gate: str, guest: str, award: str, session: str) -> Ids:
    """Return the ids of things that the conference has, and give out one of each kind that can be taken back."""
    at = hub.now()
    name, device_name = f"given in {conf}", f"device in {conf}"
    with hub.database.writing() as db:
        actions.make_token(db, conf=conf, role=Role.OPERATOR, name=name, at=at, by=Actor.system("test"))
        actions.make_link(db, conf=conf, role=Role.EMCEE, name=name, at=at, by=Actor.system("test"))
        device = actions.make_link(
            db, conf=conf, role=Role.STAFF, name=device_name, at=at, by=Actor.system("test")
        )
        grants = [Grant(conf=conf, role=Role.OPERATOR)]
        account = accounts.add_account(db, login=conf, name=name, password_hash=None, grants=grants, at=at)
        actions.use_link(db, device, NOBODY, at)
        actions.make_link(
            db,
            conf=conf,
            role=Role.ATTENDEE,
            at=at,
            by=Actor.system("test"),
            guest_id=guest,
            once=False,
        )
        calendar = calendar_token(db, conf, guest)
        save_stray(db, conf, _stray(session, at))
        invitation = ensure(db, conf, SessionId(session), GuestId(guest)).token
        registering.set_up(db, conf)
        add_certificates(db, conf, [_certificate(conf, guest, at)])
        draft = Draft(kind="test", to_name="", to_address="a@example.com", subject=name, content=name)
        upload = UploadDraft(id=f"upload in {conf}", conf=conf, part="guests", name="a.csv", data=LIST)
        add_draft(db, upload, actor=Actor.system("test"), at=at)
        chooser = tokens_of(db, conf, [guest])[guest]
        mail = put_for(db, draft, conf=conf, at=at, by=Actor.system("test"))
    with hub.journal.writing(conf, actor=Actor.system("test")) as write:
        sending = start_sending(write, "test", Text.of("걷는 발송"))
        _add_places(write)
        add_gate(write, GATE, Text.of("걷는 문"))
        invited = invite(write, DevicePlan(name="걷는 기기"))
        paired = pair(write, invited.code, NOBODY, earlier=None, browser="").device.id
        _add_level(write)
        revise_series(write, lambda known: [*known, Series(id=SERIES, title=Text.of("걷는 시리즈"))])
        secret = make_screen(write, kind=ScreenKind.STAGE, name="걷는 화면", options="")
        rehearsal = rehearsal_actions.begin(write, revision=1, features=hub.rehearsed)["run"]
        honours_actions.add(write, [Honour(id=HONOUR, name="걷는 내빈")])
        said = MessageDraft(text=Text.of("안내"), audiences=(Audience.EMCEE,))
        post_message(write, said)
        hook = add_hook(write, HOOK, private=True).id
        osc = add_target(write, OSC, private=True).id
    with hub.database.reading() as db:
        message = all_messages(db, conf)[-1].id
        badge = find_valid_badge(db, conf, guest)
        assert badge is not None
        given = {
            "accounts": account,
            "invitation": invitation,
            "secret": secret,
            "device": paired,
            "device link": invited.link,
            "hook": hook,
            "osc": osc,
            "screen": next(link.id for link in links_of(db, conf)),
            "chooser": chooser,
            "tokens": next(one.id for one in listing.tokens(db, conf) if one.name == name),
            "links": next(one.id for one in listing.links(db, conf, at) if one.name == name),
            "personal-links": listing.all_personal_links(db, conf, guest)[0].id,
            "devices": next(one.id for one in listing.devices(db, conf, at) if one.name == device_name),
        }
    return Ids(
        conf=conf,
        lane=lane,
        run=rehearsal,
        gate=gate,
        guest=guest,
        badge=badge.token,
        award=award,
        session=session,
        scan=f"scan in {conf}",
        calendar=calendar,
        mail=mail,
        sending=sending,
        upload=upload.id,
        message=message,
        given=given,
    )


def _certificate(conf: str, guest: str, at: datetime) -> Certificate:
    return Certificate(
        code=CODES[conf],
        guest_id=GuestId(guest),
        name="홍길동",
        organisation=None,
        minutes=60,
        ways=(Way.HALL,),
        title=Text.of(f"행사 {conf}"),
        issuer=Text.of(f"기관 {conf}"),
        issued_at=at,
    )


def _stray(session: str, at: datetime) -> Stray:
    return Stray(
        id=StrayId(STRAY),
        session_id=SessionId(session),
        guest_id=None,
        address="alias@example.net",
        kind=StrayKind.ALIAS,
        answer=Answer.ACCEPTED,
        sequence=0,
        stamp=at,
        comment="",
        received_at=at,
    )


def _add_level(write: Write) -> None:
    """Add a programme with a level that no award has."""
    programme = Programme(id=PROGRAMME, title=Text.of("걷는 부문"))
    (known, *_) = load_prepared(write.session, write.conf).levels.values()
    level = replace(known, id=LEVEL, label=Text.of("걷는 훈격"), programme_id=programme.id)
    prepare(write, lambda now: put_level(put_programme(now, programme), level))


def _add_places(write: Write) -> None:
    """Add a room, and a channel with a video."""
    title = Text.of("걷는 곳")
    video = Video(id=VIDEO, kind=VideoKind.MAIN, language="ko", url="https://player.vimeo.com/video/76979871")
    channel = Channel(id=CHANNEL, kind=ChannelKind.BROADCAST, title=title, videos=(video,))
    set_rooms(write, put(all_rooms(write.session, write.conf), Room(id=ROOM, title=title)))
    set_channels(write, put(all_channels(write.session, write.conf), channel))
