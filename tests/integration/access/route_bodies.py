"""What a well-formed request to each route carries, by the end of the route's name; of two ends the longer counts."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from io import BytesIO
from typing import Any

from tests.integration.access.route_ids import LEVEL, LIST, RECIPIENT, Ids
from tests.integration.registration import registering
from tests.model_day import CONF

Extra = dict[str, Any]
Made = Extra | Callable[[Ids], Extra]
"""A request's fields, or how they are made of a conference's ids."""
numbers = itertools.count(1)
SESSION_FORM = {"title_ko": "세션", "starts_at": "2021-12-20T14:00", "ends_at": "2021-12-20T15:00"}
VIDEO_FORM = {"kind": "main", "language": "ko", "url": "https://youtu.be/walked-video"}
WORDS_FORM = {"subject": "링크", "text": "{link}", "seen": "-", "address": "me@example.com"}
OSC_FORM = {"name": "조명", "host": "lights.example.com", "port": "9000", "language": "ko"}
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


COMMANDS: dict[str, Made] = {
    "/checkin/redeem": lambda ids: {"scan_id": ids.scan, "gate": ids.gate, "guest": ids.guest},
    "/checkin/redeem/batch": lambda ids: {
        "scans": [{"scan_id": ids.scan, "gate": ids.gate, "guest": ids.guest}]
    },
    "/checkin/device/upload": {"scans": [{"scan_id": "scan-of-nobody"}]},
    "/checkin/pair": {"code": "used up"},
    "/checkin/device": {"waiting": 0},
    "/conflicts/<conflict_id>/settle": {"what": "looked"},
    "/checkin/undo": lambda ids: {"scan_id": ids.scan},
    "/door/walk-in": {"name": "현장 손님", "over": ["already_listed", "full"]},
    "/door/badge": lambda ids: {"guest": ids.guest},
    "/door/seat": lambda ids: {"guest": ids.guest, "seat": "Z-99"},
    "/extend": {"seconds": 60},
    "/make-up": {"cuts": {"opening": 60}},
    **{
        f"/{run}/{name}": {"cue": "opening"}
        for run in ("run", "<run_id>")
        for name in ("arm", "jump", "skip", "bring-back")
    },
    "/plan": {"revision": 1, "segments": [], "lanes": []},
    "/plan/edit": {
        "revision": 1,
        "edits": [{"op": "put_lane", "lane": {"id": "street", "title": {"ko": "거리"}}}],
    },
    "/plan/editing": {},
    "/plan/publish": {"revision": 1},
    "/run/apply": {"revision": 1},
    "/runs": {"revision": 1},
    "/runs/<run_id>/speed": {"speed": 2},
    "/runs/<run_id>/screens": {"screens": True},
    "/correct": {"profile": "고친 소개"},
    "/withdraw": {"reason": "사유"},
    "/messages": MESSAGE,
    "/messages/<message_id>/edit": MESSAGE,
    "/honours/<honour_id>/mark": {"standing": "here"},
    "/messages/<message_id>/retract": {"seen": 0},
    "/reschedule": DAY_LATER,
    "/awards/line-up": lambda ids: {"lane": ids.lane, "cue": "-", "order": [ids.award]},
    "/runs/<run_id>/awards/line-up": lambda ids: {"lane": ids.lane, "cue": "-", "order": [RECIPIENT]},
    "/runs/<run_id>/awards/group": lambda ids: {"lane": ids.lane, "awards": [RECIPIENT]},
    "/awards/group": lambda ids: {"lane": ids.lane, "awards": [ids.award]},
    **{
        f"/awards/group/{verb}": lambda ids: {"lane": ids.lane}
        for verb in ("next", "back", "pause", "resume", "skip", "end")
    },
    "/screens/layer": lambda ids: {"lane": ids.lane, "layer": "logo"},
    "/desk/team/links": {"role": "staff", "name": "시험"},
    "/desk/team/tokens": {"role": "staff", "name": "deck"},
}
"""The JSON of commands, without the id that each gets anew."""

WITHOUT_ID = (
    "/checkin/redeem",
    "/redeem/batch",
    "/device/upload",
    "/plan/editing",
    "/desk/team/links",
    "/desk/team/tokens",
)
"""Ends of routes whose JSON has no `command_id`."""

FORMS: dict[str, Made] = {
    "/accounts/<given_id>/link": {},
    "/desk/check-in/together": {"do": "accept"},
    "/desk/check-in/quarantine": {"do": "reject", "sender": "nobody", "until": "2021-12-02T00:00:00Z"},
    "/desk/check-in/<conflict_id>": {"do": "looked"},
    **registering.FORMS,
    "/sign-in": {"login": "kim", "password": "long enough"},
    "POST /link": {"secret": "used up"},
    "/gates/points/new": {"title_ko": "점심", "kind": "count", "reentry": "once"},
    "/gates/points/<point_id>": {"title_ko": "다른 지점", "exits": "on", "seen": "0"},
    "/gates/offline": {"blue": "hold"},
    "/gates/devices": {"name": "새 기기"},
    "/gates/devices/<device_id>": {"name": "다른 기기", "seen": "0"},
    "/me/check-in": {},
    "/lost-link": {"email": "nobody@example.com"},
    "/personal-links/<given_id>/end": {},
    "/me/ready": {},
    "/people/new": {"name": "새 손님"},
    "/people/selected": lambda ids: {"action": "clear-seat", "pick": ids.guest},
    "/people/export": {"form": "csv", "reason": "report"},
    "/people/groups": {"title_ko": "새 구분"},
    "/groups/<group_id>": {"title_ko": "구분"},
    "/people/<guest_id>": {"name": "이름"},
    "/badges/design": {"layout": "a4-8", "seen": "-"},
    "/badges/printed": {"made": "2021-12-02T00:00:00Z"},
    "/desk/conference": CONFERENCE_FORM,
    "/desk/conference/state": {"to": "over", "seen": "draft"},
    "/desk/conference/delete": lambda ids: {"slug": ids.conf},
    "/desk/conference/personal-data": lambda ids: {"slug": ids.conf, "early": "on"},
    "/desk/conference/clone": {"title_ko": "행사", "first_day": "2022-12-01"},
    "/conferences/new": {k: v for k, v in CONFERENCE_FORM.items() if k != "seen"},
    "/conferences/organisers": {"login": "nobody", "may": "yes"},
    "/me/mode": {"mode": "zoom"},
    "/me/language": {"language": "en"},
    "/me/notice": {"version": "1"},
    "/sign-up": {"action": "take"},
    "/follow-up/calendar": {"action": "renew"},
    "/follow-up/<session_id>/join": {},
    "/invited/<token>/answer": {"answer": "accepted"},
    "/invited/<token>/place": {"action": "take"},
    "/invited/<token>/join": {},
    "/follow-up/sign-up": {},
    "/me/agenda": lambda ids: {"kind": "session", "item": ids.session},
    "/conferences/import": lambda _: {"file": (BytesIO(b"{}"), "a.json")},
    "/import/<draft_id>/reading": {"slug": "another", "first_day": "2022-12-01"},
    "/import/<draft_id>/apply": {"token": "x"},
    "/import/<draft_id>/cancel": {},
    "/files/import/<part>": lambda _: {"file": (BytesIO(LIST), "a.csv")},
    "/files/export": {"what": "guests", "form": "csv", "reason": "report"},
    "/drafts/<draft_id>/reading": {"encoding": "utf-8"},
    "/drafts/<draft_id>/apply": {"token": "x"},
    "/drafts/<draft_id>/cancel": {},
    "/mail/test": {"address": "me@example.com"},
    "/desk/mail/write/<bulk>/<occasion>": {},
    "/follow-up/mails": {"news": "on"},
    "/desk/follow-up/reminders": {"day_ahead": "on", "seen": "-"},
    "/u/<chooser>": {"news": "on"},
    "/u/<chooser>/<refused>": {"List-Unsubscribe": "One-Click"},
    **{f"/words/<kind>/<lang>{end}": WORDS_FORM for end in ("", "/preview", "/test")},
    "/words/<kind>/<lang>/reset": {"seen": "-"},
    **{f"/<mail_id>/{verb}": {} for verb in ("copied", "withdraw", "retry")},
    **{f"/<sending_id>/{verb}": {} for verb in ("pause", "resume", "stop", "retry")},
    "/mail/retry": {},
    "/password": {"password": "a long password", "again": "a long password"},
    "/team/invite": lambda _: {"name": "초대", "login": f"invited-{next(numbers)}", "staff": "on"},
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
    **{f"/hooks/<hook_id>/{verb}": {} for verb in ("pause", "rotate", "retire", "test")},
    "/hooks/<hook_id>/resend": {"seq": "1"},
    "/attendance/file": {"reason": "report"},
    "/attendance/certificates": {},
    "/attendance/certificates/<code>/revoke": {},
    "/attendance/certificates/file": {"reason": "report"},
    "/me/certificate": {},
    "/me/follow-up-certificate": {},
    "/desk/follow-up/certificates": {},
    "/attendance/list": {"listed": "아무나"},
    "/attendance/settings": {"seen": "stale"},
    "/attendance/people/<guest_id>": {"connected": "on"},
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
    "/desk/awards": lambda ids: {"award": ids.award},
    "/follow-up/new": {**SESSION_FORM, "title_ko": "다른 세션"},
    "/follow-up/<session_id>": {**SESSION_FORM, "seen": "-"},
    "/follow-up/<session_id>/announce": {"seen": "-"},
    "/desk/follow-up/<session_id>/cancel": {"seen": "-"},
    "/desk/follow-up/<session_id>/restore": {"seen": "-"},
    "/follow-up/notices": {"action": "hold"},
    "/follow-up/notices/cooling": {"minutes": "5"},
    "/copy": {"times": "1"},
    "/answers/<stray_id>/assign": lambda ids: {"guest": "maru.913@example.com" if ids.conf == CONF else "1"},
    "/answers/<stray_id>/discard": {},
    "/follow-up/<session_id>/attendance": {"listed": "아무나"},
    "/sign-ups": lambda ids: {"guest": "maru.913@example.com" if ids.conf == CONF else "1"},
    "/series/new": {"title_ko": "다른 시리즈"},
    "/series/<series_id>": {"title_ko": "시리즈", "seen": "-"},
    "/desk/awards/new": {"level": LEVEL},
    "/desk/awards/<award_id>": {"level": LEVEL, "seen": "-"},
    "/levels/new": {"label_ko": "다른 훈격"},
    "/levels/<level_id>": {"label_ko": "훈격", "seen": "-"},
    "/programmes/new": {"title_ko": "다른 부문"},
    "/programmes/<programme_id>": {"title_ko": "부문", "seen": "-"},
    "/order/<cue_id>": lambda ids: {"order": ids.award, "seen": "-"},
    "/move": {"to": "down"},
    "/open": {},
    "/close": {},
    "/remove": {},
}


def body_of(name: str, ids: Ids) -> Extra:
    """Return what a request to the route carries: `data` for forms, `json` for commands, nothing for what is read."""
    if name.startswith("GET "):
        return {}
    form = _named(FORMS, name, ids)
    if form is not None:
        return {"data": form}
    command = _named(COMMANDS, name, ids) or {}
    given = {} if name.endswith(WITHOUT_ID) else {"command_id": f"r{next(numbers)}"}
    return {"json": {**given, **command}}


def _named(table: dict[str, Made], name: str, ids: Ids) -> Extra | None:
    """Return the fields of the longest end that the route's name has, a copy of its own."""
    made = table.get(max((end for end in table if name.endswith(end)), key=len, default=""))
    if made is None:
        return None
    return made(ids) if callable(made) else dict(made)
