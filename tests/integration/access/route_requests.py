"""A well-formed request for every route, made of the ids of one conference."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from conference_hub.access import accounts, actions, listing
from conference_hub.access.model import NOBODY, Grant, Role
from conference_hub.agenda import rehearsal_actions
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
from conference_hub.followup.model import Series, SeriesId
from conference_hub.followup.preparing import revise_series
from conference_hub.followup.sign_up_store import calendar_token
from conference_hub.honours import actions as honours_actions
from conference_hub.honours.model import Honour, HonourId
from conference_hub.messages.actions import post as post_message
from conference_hub.messages.model import Audience
from conference_hub.messages.model import Draft as MessageDraft
from conference_hub.messages.store import all_messages
from conference_hub.outbox.actions import put_for
from conference_hub.outbox.model import Draft
from conference_hub.outgoing.actions import add_hook
from conference_hub.outgoing.model import HookDraft, OscDraft
from conference_hub.outgoing.osc_actions import add_target
from conference_hub.places.actions import set_channels, set_rooms
from conference_hub.screens.actions import links_of
from conference_hub.screens.actions import make_link as make_screen
from conference_hub.screens.model import ScreenKind
from conference_hub.web.hub import Hub
from tests.gates import add_gate
from tests.integration.registration import registering
from tests.model_day import CONF
from tests.small_conference import OTHER

numbers = itertools.count(1)
GATE = "walked-gate"
ROOM, CHANNEL, VIDEO = "walked-room", "walked-channel", "walked-video"
SERIES = SeriesId("walked-series")
HONOUR = HonourId("walked-honour")
SESSION_FORM = {"title_ko": "세션", "starts_at": "2021-12-20T14:00", "ends_at": "2021-12-20T15:00"}
LEVEL, PROGRAMME = LevelId("walked-level"), ProgrammeId("walked-programme")
AWARD_CUE = {CONF: "round-1-hall", OTHER: "hall-2"}
VIDEO_FORM = {"kind": "main", "language": "ko", "url": "https://youtu.be/walked-video"}
LIST = "이름\n홍길동\n".encode()
Extra = dict[str, Any]
ANSWERS = {"/readyz": {503}}
"""Readiness is answered 503 here: no relay runs beside the tests."""
DAY_LATER = {"starts_at": "2021-12-08T14:00:00+09:00", "ends_at": "2021-12-08T15:00:00+09:00"}


CONFERENCE_FORM = {
    "title_ko": "행사",
    "host_ko": "주최",
    "venue_ko": "장소",
    "languages": "ko en",
    "starts_at": "2021-12-02T09:00",
    "ends_at": "2021-12-02T18:00",
    "timezone": "Asia/Seoul",
    "accent": "#1b4b8f",
    "seen": "stale",
}
"""What a conference's form sends; `seen` belongs to the one of a conference that is there."""


MESSAGE = {"text": {"ko": "안내"}, "audiences": ["emcee"]}
"""What a command says that sends or changes a message."""


HOOK = HookDraft(name="걷는 웹훅", url="http://127.0.0.1:9/", stream=Stream.PUBLIC)
"""A webhook that reaches nobody: the hub of the tests sends to no private address."""
OSC = OscDraft(name="걷는 조명", host="127.0.0.1", port=9, language="ko")
OSC_FORM = {"name": "조명", "host": "lights.example.com", "port": "9000", "language": "ko"}


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
    upload: str
    message: str
    given: dict[str, str]

    def arguments(self, name: str) -> dict[str, str]:
        """Return the values of a route's variable parts; `name` is `POST /c/<conf>/...`."""
        kind = next((kind for kind in self.given if f"/{kind}/" in name), "links")
        return {
            "conf": self.conf,
            "award_id": self.award,
            "run_id": self.run,
            "verb": "arm",
            "command": "start",
            "session_id": self.session,
            "guest_id": self.guest,
            "group_id": "attendee",
            "given_id": self.given[kind],
            "mail_id": self.mail,
            "gate_id": GATE,
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
            "part": "guests",
            "form": "csv",
            "draft_id": self.upload,
            "lang": "en",
            "token": self.given["secret"] if "/s/" in name else self.calendar,
            "filename": "css/web-base.css",
        }

    def body(self, name: str) -> Extra:
        """Return what a request to the route carries: `json` for commands, `data` for forms, nothing else."""
        bodies: dict[str, Extra] = {
            "/checkin/redeem": {"scan_id": self.scan, "gate": self.gate, "guest": self.guest},
            "/checkin/undo": {"command_id": f"r{next(numbers)}", "scan_id": self.scan},
            "/extend": {"command_id": f"r{next(numbers)}", "seconds": 60},
            "/make-up": {"command_id": f"r{next(numbers)}", "cuts": {"opening": 60}},
            **{
                f"/{run}/{name}": {"command_id": f"r{next(numbers)}", "cue": "opening"}
                for run in ("run", "<run_id>")
                for name in ("arm", "jump", "skip", "bring-back")
            },
            "/plan": {"command_id": f"r{next(numbers)}", "revision": 1, "segments": [], "lanes": []},
            "/plan/edit": {
                "command_id": f"r{next(numbers)}",
                "revision": 1,
                "edits": [{"op": "put_lane", "lane": {"id": "street", "title": {"ko": "거리"}}}],
            },
            "/plan/editing": {},
            "/plan/publish": {"command_id": f"r{next(numbers)}", "revision": 1},
            "/run/apply": {"command_id": f"r{next(numbers)}", "revision": 1},
            "/runs": {"command_id": f"r{next(numbers)}", "revision": 1},
            "/runs/<run_id>/speed": {"command_id": f"r{next(numbers)}", "speed": 2},
            "/runs/<run_id>/screens": {"command_id": f"r{next(numbers)}", "screens": True},
            "/correct": {"command_id": f"r{next(numbers)}", "profile": "고친 소개"},
            "/withdraw": {"command_id": f"r{next(numbers)}", "reason": "사유"},
            "/messages": {"command_id": f"r{next(numbers)}", **MESSAGE},
            "/messages/<message_id>/edit": {"command_id": f"r{next(numbers)}", **MESSAGE},
            "/honours/<honour_id>/mark": {"command_id": f"r{next(numbers)}", "standing": "here"},
            "/messages/<message_id>/retract": {"command_id": f"r{next(numbers)}", "seen": 0},
            "/reschedule": {"command_id": f"r{next(numbers)}", **DAY_LATER},
            "/awards/line-up": {
                "command_id": f"r{next(numbers)}",
                "lane": self.lane,
                "cue": "-",
                "order": [self.award],
            },
            "/awards/group": {"command_id": f"r{next(numbers)}", "lane": self.lane, "awards": [self.award]},
            **{
                f"/awards/group/{verb}": {"command_id": f"r{next(numbers)}", "lane": self.lane}
                for verb in ("next", "back", "pause", "resume", "skip", "end")
            },
            "/screens/layer": {"command_id": f"r{next(numbers)}", "lane": self.lane, "layer": "logo"},
            "/desk/team/links": {"role": "staff", "name": "시험"},
            "/desk/team/tokens": {"role": "staff", "name": "deck"},
        }
        forms: dict[str, Extra] = {
            "/accounts/<given_id>/link": {},
            **registering.FORMS,
            "/sign-in": {"login": "kim", "password": "long enough"},
            "POST /link": {"secret": "used up"},
            "/me/check-in": {},
            "/me/ready": {},
            "/people/new": {"name": "새 손님"},
            "/people/selected": {"action": "clear-seat", "pick": self.guest},
            "/people/export": {"form": "csv", "reason": "report"},
            "/people/groups": {"title_ko": "새 구분"},
            "/groups/<group_id>": {"title_ko": "구분"},
            "/people/<guest_id>": {"name": "이름"},
            "/badges/design": {"layout": "a4-8", "seen": "-"},
            "/badges/printed": {"made": "2021-12-02T00:00:00Z"},
            "/desk/conference": CONFERENCE_FORM,
            "/desk/conference/state": {"to": "over", "seen": "draft"},
            "/desk/conference/delete": {"slug": self.conf},
            "/desk/conference/personal-data": {"slug": self.conf, "early": "on"},
            "/desk/conference/clone": {"title_ko": "행사", "first_day": "2022-12-01"},
            "/conferences/new": {k: v for k, v in CONFERENCE_FORM.items() if k != "seen"},
            "/conferences/organisers": {"login": "nobody", "may": "yes"},
            "/me/mode": {"mode": "zoom"},
            "/me/language": {"language": "en"},
            "/sign-up": {"action": "take"},
            "/conferences/import": {"file": (BytesIO(b"{}"), "a.json")},
            "/import/<draft_id>/reading": {"slug": "another", "first_day": "2022-12-01"},
            "/import/<draft_id>/apply": {"token": "x"},
            "/import/<draft_id>/cancel": {},
            "/files/import/<part>": {"file": (BytesIO(LIST), "a.csv")},
            "/files/export": {"what": "guests", "form": "csv", "reason": "report"},
            "/drafts/<draft_id>/reading": {"encoding": "utf-8"},
            "/drafts/<draft_id>/apply": {"token": "x"},
            "/drafts/<draft_id>/cancel": {},
            "/mail/test": {"address": "me@example.com"},
            **{f"/<mail_id>/{verb}": {} for verb in ("copied", "withdraw", "retry")},
            "/password": {"password": "a long password", "again": "a long password"},
            "/team/invite": {"name": "초대", "login": f"invited-{next(numbers)}", "staff": "on"},
            "/accounts/<given_id>": {"staff": "on", "seen": "-"},
            "/gates/new": {"title_ko": "문"},
            "/gates/<gate_id>": {"title_ko": "다른 문", "seen": "0"},
            "POST /c/<conf>/desk/screens": {"name": "무대", "kind": "stage", "lang": "ko"},
            "/screens/<screen_id>/revoke": {},
            "/screens/applause": {"taken": "on"},
            "/osc/new": OSC_FORM,
            "/osc/<target_id>": {**OSC_FORM, "seen": "-"},
            "/osc/<target_id>/test": {},
            "/hooks/new": {"name": "메신저", "url": "https://hooks.example.com/hub", "stream": "public"},
            "/hooks/<hook_id>/edit": {"name": "메신저", "url": "https://hooks.example.com/hub", "seen": "-"},
            "/hooks/<hook_id>/resume": {"begin": "now"},
            **{f"/hooks/<hook_id>/{verb}": {} for verb in ("pause", "rotate", "test")},
            "/honours/new": {"name": "내빈"},
            "/honours/paste": {"lines": "다른 내빈"},
            "/honours/announce": {"public": "on"},
            "/honours/<honour_id>": {"name": "내빈", "seen": "-"},
            "/rooms/new": {"title_ko": "방"},
            "/rooms/<room_id>": {"title_ko": "다른 방", "seen": "0"},
            "/channels/new": {"kind": "other", "title_ko": "경로"},
            "/channels/<channel_id>": {"kind": "other", "title_ko": "다른 경로", "seen": "0"},
            "/videos/new": VIDEO_FORM,
            "/videos/<video_id>": {**VIDEO_FORM, "seen": "0"},
            "/desk/awards": {"award": self.award},
            "/follow-up/new": {**SESSION_FORM, "title_ko": "다른 세션"},
            "/follow-up/<session_id>": {**SESSION_FORM, "seen": "-"},
            "/follow-up/<session_id>/announce": {"seen": "-"},
            "/desk/follow-up/<session_id>/cancel": {"seen": "-"},
            "/copy": {"times": "1"},
            "/sign-ups": {"guest": "maru.913@example.com" if self.conf == CONF else "1"},
            "/series/new": {"title_ko": "다른 시리즈"},
            "/series/<series_id>": {"title_ko": "시리즈", "seen": "-"},
            "/desk/awards/new": {"level": LEVEL},
            "/desk/awards/<award_id>": {"level": LEVEL, "seen": "-"},
            "/levels/new": {"label_ko": "다른 훈격"},
            "/levels/<level_id>": {"label_ko": "훈격", "seen": "-"},
            "/programmes/new": {"title_ko": "다른 부문"},
            "/programmes/<programme_id>": {"title_ko": "부문", "seen": "-"},
            "/order/<cue_id>": {"order": self.award, "seen": "-"},
            "/move": {"to": "down"},
            "/open": {},
            "/close": {},
            "/remove": {},
        }
        if name.startswith("GET "):
            return {}
        for end, form in forms.items():
            if name.endswith(end):
                return {"data": form}
        usual = {"command_id": f"r{next(numbers)}"}
        return {"json": next((body for end, body in bodies.items() if name.endswith(end)), usual)}


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
        calendar = calendar_token(db, conf, guest)
        registering.set_up(db, conf)
        draft = Draft(kind="test", to_name="", to_address="a@example.com", subject=name, content=name)
        upload = UploadDraft(id=f"upload in {conf}", conf=conf, part="guests", name="a.csv", data=LIST)
        add_draft(db, upload, actor=Actor.system("test"), at=at)
        mail = put_for(db, draft, conf=conf, at=at, by=Actor.system("test"))
    with hub.journal.writing(conf, actor=Actor.system("test")) as write:
        _add_places(write)
        add_gate(write, GATE, Text.of("걷는 문"))
        _add_level(write)
        revise_series(write, lambda known: [*known, Series(id=SERIES, title=Text.of("걷는 시리즈"))])
        secret = make_screen(write, kind=ScreenKind.STAGE, name="걷는 화면", options="")
        rehearsal = rehearsal_actions.begin(write, revision=1)["run"]
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
            "secret": secret,
            "hook": hook,
            "osc": osc,
            "screen": next(link.id for link in links_of(db, conf)),
            "tokens": next(one.id for one in listing.tokens(db, conf) if one.name == name),
            "links": next(one.id for one in listing.links(db, conf, at) if one.name == name),
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
        upload=upload.id,
        message=message,
        given=given,
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


def routes(app: Flask) -> Iterator[tuple[str, Rule]]:
    """Yield every route with its name, such as `GET /c/<conf>/live`."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield f"{method} {rule.rule}", rule


def send(
    browser: FlaskClient,
    name: str,
    rule: Rule,
    ids: Ids,
    *,
    extra: Extra | None = None,
    headers: dict[str, str] | None = None,
) -> TestResponse:
    """Send a well-formed request for the route, about the things of `ids`, and return the closed answer.

    `extra` are further fields of a form.
    """
    arguments = {key: value for key, value in ids.arguments(name).items() if key in rule.arguments}
    _, path = rule.build(arguments) or ("", "")
    query = {"conf": ids.conf} if rule.rule == "/checkin/" else {}
    carried = ids.body(name)
    if extra:
        carried = {"data": {**carried.get("data", {}), **extra}}
    answer = browser.open(path, method=name.partition(" ")[0], query_string=query, headers=headers, **carried)
    answer.get_data()
    answer.close()
    return answer


def let_in(answer: TestResponse) -> bool:
    """Return whether the sender may: not for 401, 403, or when led to the sign-in page.

    Raises AssertionError for an answer that says nothing about who may: one that is no success, no redirect and no
    refusal of a command by the state of the conference (409).
    """
    if answer.status_code in {401, 403} or (answer.location or "").startswith("/sign-in?"):
        return False
    path = answer.request.path
    assert answer.status_code in ANSWERS.get(path, {200, 302, 409}), f"{path}: {answer.status} {answer.text}"
    return True
